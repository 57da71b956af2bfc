"""Which ties count, among which members, as of when: a NetworkInput, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from service.errors import BadInput
from service.vocabulary.enums import (
    ExchangeKind,
    MemberKind,
    MemberRole,
    TieKind,
    TieWeight,
)

DIRECTED_TIES = (
    TieKind.EXCHANGE,
    TieKind.INVESTMENT,
    TieKind.EMPLOYMENT,
    TieKind.AFFILIATION,
    TieKind.ACCOUNT_MANAGEMENT,
    TieKind.FOLLOWING,
    TieKind.ADVICE,
)
REVERSED_TIES = (TieKind.DEPENDENCY,)  # value flows from the provider to the dependent
MUTUAL_TIES = (TieKind.ACQUAINTANCE, TieKind.COMPETITION)
STORED_TIES = (*DIRECTED_TIES, *REVERSED_TIES, *MUTUAL_TIES)
SHARED_TIES = {
    TieKind.CO_INVESTMENT: "INVESTED_IN",
    TieKind.CO_CONTRACT: "PARTY_TO",
    TieKind.CO_MEMBERSHIP: "MEMBER_OF",
}
# Ties that do not connect two members, and the tie to use in their place.
DERIVED_TIES = {
    TieKind.MEMBERSHIP: "CO_MEMBERSHIP",
    TieKind.ORGANISING: "CO_MEMBERSHIP",
    TieKind.CAPABILITY: "DEPENDENCY or EXCHANGE",
    TieKind.NEED: "DEPENDENCY or EXCHANGE",
    TieKind.OFFER: "EXCHANGE",
    TieKind.COVERAGE: "CONTRACT",
    TieKind.WORK: "AFFILIATION or EMPLOYMENT",
}
# The kinds of tie that have the property of a weight; NONE and COUNT suit all.
WEIGHT_TIES = {
    TieWeight.STRENGTH: (TieKind.ACQUAINTANCE, TieKind.DEPENDENCY),
    TieWeight.VALUE: (TieKind.EXCHANGE, TieKind.CONTRACT),
    TieWeight.AMOUNT: (TieKind.INVESTMENT,),
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which ties count, among which members, as of when: a NetworkInput, checked."""

    ties: tuple[TieKind, ...]
    kinds: tuple[MemberKind, ...] | None = None
    roles: tuple[MemberRole, ...] | None = None
    community: str | None = None
    region: str | None = None
    organisation: str | None = None
    exchange_kind: ExchangeKind | None = None
    weight: TieWeight = TieWeight.NONE
    isolates: bool = False
    surroundings: bool = False  # of the community
    day: date
    max_community: int = 200
    half_life_days: float = 180

    def __post_init__(self) -> None:
        if not self.ties:
            raise BadInput("network.ties: name at least one kind of tie.")
        if self.surroundings and self.community is None:
            raise BadInput("network.surroundings: give network.community too.")
        for kind in self.ties:
            if kind in DERIVED_TIES:
                raise BadInput(
                    f"network.ties: {kind.value} does not connect two members;"
                    f" use {DERIVED_TIES[kind]}."
                )
        able = WEIGHT_TIES.get(self.weight, self.ties)
        unable = [kind.value for kind in self.ties if kind not in able]
        if unable:
            raise BadInput(
                f"network.weight: {' and '.join(unable)} have no {self.weight.value};"
                f" only {' and '.join(kind.value for kind in able)} have."
            )

    @property
    def scope(self) -> tuple[Any, ...]:
        """The part of the selection that decides who may be a member."""
        who = (self.kinds, self.roles, self.community, self.surroundings, self.region)
        return (*who, self.organisation, self.day)
