"""One member's ties, favours, needs and communities, as rows of the graph."""

from __future__ import annotations

import asyncio
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.algorithms.decay import decay
from service.analyses.introductions.chances import CLOSE, KINDS, UNSTATED
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class OwnTieRow:
    """One tie of the member, and its other end."""

    kind: str
    tie: str
    other: str
    context: str | None
    score: float | None
    score_at: date | None
    declared_strength: float | None
    months: list[str]
    since: date | None
    sector: str | None
    region: str | None
    function: str | None
    holdings: list[list[str]]  # each: a capability, and the key of the tie to it

    @property
    def capabilities(self) -> list[str]:
        return [capability for capability, _ in self.holdings]

    @property
    def tie_kind(self) -> TieKind:
        return KINDS[self.kind]

    def decayed_score(self, day: date, half_life: float) -> float | None:
        """The score, halved every half-life since its date."""
        if self.score is None:
            return None
        age = 0 if self.score_at is None else max(0, (day - self.score_at).days)
        return float(max(self.score, 0) * decay(age, half_life))

    def chance(self, day: date, half_life: float, friend: float) -> float:
        """How likely it carries an introduction, as in partnerPaths."""
        strength = self.decayed_score(day, half_life)
        declared = (
            UNSTATED if self.declared_strength is None else self.declared_strength
        )
        chance = declared if strength is None else 1 - 2**-strength
        return chance * friend if self.context in CLOSE else chance

    def last_contact(self, day: date) -> date | None:
        """When it was last renewed: a dated score, a month with a contact, its begin.

        A month counts as its last day, or as `day` where that comes first.
        """
        days = [min(end_of(month), day) for month in self.months if begins(month, day)]
        days += [at for at in (self.score_at, self.since) if at and at <= day]
        return max(days, default=None)


@dataclass(frozen=True)
class FavourRow:
    kind: str
    key: str
    other: str
    is_outgoing: bool
    on: date | None


@dataclass(frozen=True)
class CapabilityRow:
    """A capability that the member has or needs, and who else has or needs it."""

    key: str
    is_owned: bool
    is_needed: bool
    holders: list[str]
    seekers: list[str]


@dataclass(frozen=True)
class CommunityRow:
    """A community that the member is not in."""

    key: str
    is_in_own_region: bool
    has_own_sector: bool
    members: list[str]


@dataclass(frozen=True)
class OwnNetworkRows:
    """All rows about one member."""

    ties: list[OwnTieRow]
    favours: list[FavourRow]
    capabilities: list[CapabilityRow]
    communities: list[CommunityRow]


def begins(month: str, day: date) -> bool:
    return date.fromisoformat(f"{month}-01") <= day


def end_of(month: str) -> date:
    """
    >>> end_of("2024-02")
    datetime.date(2024, 2, 29)
    """
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


async def read_own_network(graph: Graph, member: str, day: date) -> OwnNetworkRows:
    parameters: dict[str, Any] = {"member": member, "day": day}
    return OwnNetworkRows(
        *await asyncio.gather(
            graph.rows(statement("networking/ties"), OwnTieRow, **parameters),
            graph.rows(statement("networking/favours"), FavourRow, **parameters),
            graph.rows(statement("networking/needs"), CapabilityRow, **parameters),
            graph.rows(statement("networking/communities"), CommunityRow, **parameters),
        )
    )
