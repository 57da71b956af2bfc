"""The input that most questions share: which network they are about."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import strawberry

from schema.context import today
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary import camel
from service.vocabulary.enums import (
    ExchangeKind,
    MemberKind,
    MemberRole,
    TieKind,
    TieWeight,
)


@strawberry.input(
    description="Which ties count, among which members, on which day. Arcs follow the"
    " flow of value. A list matches if one of its entries matches."
)
class NetworkInput:
    ties: list[TieKind] = strawberry.field(description="The kinds of tie that count.")
    kinds: list[MemberKind] | None = strawberry.field(
        default=strawberry.UNSET, description="Only members of these kinds."
    )
    roles: list[MemberRole] | None = strawberry.field(
        default=strawberry.UNSET, description="Only members with one of these roles."
    )
    community: str | None = strawberry.field(
        default=strawberry.UNSET, description="Key of a community: only its members."
    )
    region: str | None = strawberry.field(
        default=strawberry.UNSET, description="Only members of this region."
    )
    organisation: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Key of an organisation: only the organisation, its internal"
        " members and the external members tied to them.",
    )
    exchange_kind: ExchangeKind | None = strawberry.field(
        default=strawberry.UNSET, description="Only exchanges of this kind."
    )
    weight: TieWeight | None = strawberry.field(
        default=TieWeight.NONE, description="The weight of an arc."
    )
    isolates: bool | None = strawberry.field(
        default=False, description="Whether to keep members without arcs."
    )
    surroundings: bool | None = strawberry.field(
        default=False,
        description="With `community`: also the internal members of its members, and"
        " the external members tied to any of these.",
    )
    as_of: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="The day of the network; today (UTC) by default.",
    )

    def selection(self, settings: Settings) -> Selection:
        def value_or(value: Any, default: Any = None) -> Any:
            return default if value in (None, strawberry.UNSET) else value

        kinds, roles = value_or(self.kinds), value_or(self.roles)
        return Selection(
            ties=tuple(dict.fromkeys(self.ties)),
            kinds=kinds if kinds is None else tuple(kinds),
            roles=roles if roles is None else tuple(roles),
            community=value_or(self.community),
            region=value_or(self.region),
            organisation=value_or(self.organisation),
            exchange_kind=value_or(self.exchange_kind),
            weight=value_or(self.weight, TieWeight.NONE),
            isolates=value_or(self.isolates, False),
            surroundings=value_or(self.surroundings, False),
            day=value_or(self.as_of) or today(),
            max_community=settings.max_community,
            half_life_days=settings.half_life_days,
        )


def echo(selection: Selection) -> dict[str, Any]:
    """A selection in the form of its input."""
    parameters = {
        camel(f.name): plain(getattr(selection, f.name)) for f in fields(selection)
    }
    parameters["asOf"] = parameters.pop("day")
    return {name: value for name, value in parameters.items() if value is not None}


def plain(value: Any) -> Any:
    """An argument as JSON: dates and enums as text, a network as its input."""
    if isinstance(value, Selection):
        return echo(value)
    if value is strawberry.UNSET:
        return None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
