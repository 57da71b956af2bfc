"""The exchanges and members of a community up to a day, as rows of the graph."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.errors import RecordNotFound
from service.graph import Graph
from service.graph.statements import statement

Trait = tuple[str, str]  # GIVES or TAKES, a deliverable
Weights = dict[str, float]
NEVER = date.max


@dataclass(frozen=True)
class FitRow:
    kind: str | None
    weights: list[str]
    margin: float | None
    members: list[dict[str, Any]]
    exchanges: list[dict[str, Any]]


@dataclass(frozen=True)
class EcosystemHistory:
    """The exchanges among the members of a community up to a day."""

    row: FitRow
    day: date
    read_at: float = field(default_factory=time.monotonic)

    @property
    def members(self) -> list[str]:
        """The members on the day, by key."""
        return sorted(
            {
                membership["key"]
                for membership in self.row.members
                if is_member_on(membership, self.day)
            }
        )

    def entry(self, member: str) -> date | None:
        """The day on which a member on the day joined the community; the day of its
        first exchange if that is not stored."""
        if member not in self.members:
            return None
        dates = [
            membership["since"]
            for membership in self.row.members
            if membership["key"] == member
            and membership["since"]
            and is_member_on(membership, self.day)
        ]
        starts = [max([e["since"], *e["born"]]) for e in self.own(member) if e["since"]]
        first = [start for start in starts if start <= self.day]
        return min(dates or first, default=None)

    def own(self, member: str) -> list[dict[str, Any]]:
        return [e for e in self.row.exchanges if member in (e["giver"], e["taker"])]

    def profile(self, member: str, day: date) -> set[Trait]:
        """What it gives and takes on a day."""
        return {
            ("GIVES" if e["giver"] == member else "TAKES", e["deliverable"])
            for e in self.own(member)
            if e["deliverable"] and is_exchange_on(e, day)
        }

    def incumbents(self, entrant: str, entry: date) -> list[str]:
        """Members before it came, and still on the day, by key."""
        here = set(self.members)
        before = {
            membership["key"]
            for membership in self.row.members
            if (membership["since"] or membership["born"] or date.min) < entry
        }
        return sorted((before & here) - {entrant})

    def weights(self, member: str) -> Weights:
        own = (
            membership["weights"]
            for membership in self.row.members
            if membership["key"] == member
        )
        return parse_weights(next(own, []))

    def margin(self, member: str) -> float | None:
        own = (
            membership["margin"]
            for membership in self.row.members
            if membership["key"] == member
        )
        return next(own, None)


def is_member_on(membership: dict[str, Any], day: date) -> bool:
    born, gone = membership["born"] or date.min, membership["gone"] or NEVER
    return is_active_on(membership, day) and born <= day < gone


def is_exchange_on(exchange: dict[str, Any], day: date) -> bool:
    """Whether the exchange and both of its ends are active."""
    begun = all(born <= day for born in exchange["born"])
    ended = any(gone <= day for gone in exchange["gone"])
    return is_active_on(exchange, day) and begun and not ended


def is_active_on(record: dict[str, Any], day: date) -> bool:
    begun: bool = (record["since"] or date.min) <= day
    return begun and day < (record["until"] or NEVER)


def parse_weights(weights: list[str]) -> Weights:
    """
    >>> parse_weights(["price=0.5", "size=0.25"])
    {'price': 0.5, 'size': 0.25}
    """
    pairs = (text.rpartition("=") for text in weights)
    return {name: float(share) for name, _, share in pairs}


async def read_history(graph: Graph, community: str, day: date) -> EcosystemHistory:
    query = statement("network_fit/entrants")
    rows = await graph.rows(query, FitRow, community=community, day=day)
    if not rows:
        raise RecordNotFound(f"No Community has the key {community!r}.")
    return EcosystemHistory(rows[0], day)
