"""The input that most questions share: which network they are asked of."""

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
    description="Which ties count, among which members, as of when. Arcs run along the"
    " flow of value; a list passes where one entry matches."
)
class NetworkInput:
    ties: list[TieKind]
    kinds: list[MemberKind] | None = strawberry.UNSET
    roles: list[MemberRole] | None = strawberry.UNSET
    community: str | None = strawberry.field(
        default=strawberry.UNSET, description="Key of a community: its members only."
    )
    region: str | None = strawberry.UNSET
    organisation: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Key: that organisation, its internal members and the external"
        " ones tied to them.",
    )
    exchange_kind: ExchangeKind | None = strawberry.UNSET
    weight: TieWeight | None = TieWeight.NONE
    isolates: bool | None = strawberry.field(
        default=False, description="Keep members without any arc."
    )
    as_of: date | None = strawberry.field(
        default=strawberry.UNSET, description="Default: today (UTC)."
    )

    def selection(self, settings: Settings) -> Selection:
        def given(value: Any, default: Any = None) -> Any:
            return default if value in (None, strawberry.UNSET) else value

        kinds, roles = given(self.kinds), given(self.roles)
        return Selection(
            ties=tuple(dict.fromkeys(self.ties)),
            kinds=kinds if kinds is None else tuple(kinds),
            roles=roles if roles is None else tuple(roles),
            community=given(self.community),
            region=given(self.region),
            organisation=given(self.organisation),
            exchange_kind=given(self.exchange_kind),
            weight=given(self.weight, TieWeight.NONE),
            isolates=given(self.isolates, False),
            day=given(self.as_of) or today(),
            max_community=settings.max_community,
            half_life_days=settings.half_life_days,
        )


def echo(selection: Selection) -> dict[str, Any]:
    """A selection as its own input would be written."""
    found = {
        camel(f.name): plain(getattr(selection, f.name)) for f in fields(selection)
    }
    found["asOf"] = found.pop("day")
    return {name: value for name, value in found.items() if value is not None}


def plain(value: Any) -> Any:
    """An argument as JSON: dates and enums as text, a network as its input."""
    if isinstance(value, Selection):
        return echo(value)
    if value is strawberry.UNSET:
        return None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
