"""An entrant among incumbents: what its exchanges and theirs have in common."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from math import isnan
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
class Ecosystem:
    """All that ran among the members of a community by a day, to look at any day."""

    row: FitRow
    day: date
    read_at: float = field(default_factory=time.monotonic)

    @property
    def members(self) -> list[str]:
        """Who belongs to it on the day, by key."""
        return sorted({one["key"] for one in self.row.members if inside(one, self.day)})

    def entry(self, member: str) -> date | None:
        """When it became a member of the community; its first exchange where untold."""
        own = [one for one in self.row.members if one["key"] == member]
        told = [one["since"] for one in own if one["since"]]
        first = [e["since"] for e in self.own(member) if e["since"]]
        return min(told or first, default=None)

    def own(self, member: str) -> list[dict[str, Any]]:
        return [e for e in self.row.exchanges if member in (e["giver"], e["taker"])]

    def profile(self, member: str, day: date) -> set[Trait]:
        """What it gives and takes on a day."""
        return {
            ("GIVES" if e["giver"] == member else "TAKES", e["deliverable"])
            for e in self.own(member)
            if e["deliverable"] and active(e, day)
        }

    def incumbents(self, entrant: str, entry: date) -> list[str]:
        """Members before it came, and still on the day, by key."""
        here = set(self.members)
        before = {
            one["key"]
            for one in self.row.members
            if (one["since"] or one["born"] or date.min) < entry
        }
        return sorted((before & here) - {entrant})

    def weights(self, member: str) -> Weights:
        own = (one["weights"] for one in self.row.members if one["key"] == member)
        return parsed(next(own, []))

    def margin(self, member: str) -> float | None:
        own = (one["margin"] for one in self.row.members if one["key"] == member)
        return next(own, None)


def inside(one: dict[str, Any], day: date) -> bool:
    born, gone = one["born"] or date.min, one["gone"] or NEVER
    return active(one, day) and born <= day < gone


def active(one: dict[str, Any], day: date) -> bool:
    begun: bool = (one["since"] or date.min) <= day
    return begun and day < (one["until"] or NEVER)


def parsed(weights: list[str]) -> Weights:
    """
    >>> parsed(["price=0.5", "size=0.25"])
    {'price': 0.5, 'size': 0.25}
    """
    pairs = (text.rpartition("=") for text in weights)
    return {name: float(share) for name, _, share in pairs}


async def ecosystem(graph: Graph, community: str, day: date) -> Ecosystem:
    read = statement("network_fit/entrants")
    rows = await graph.rows(read, FitRow, community=community, day=day)
    if not rows:
        raise RecordNotFound(f"No Community has the key {community!r}.")
    return Ecosystem(rows[0], day)


def conformity(own: set[Trait], theirs: set[Trait]) -> float | None:
    """The share of what one gives and takes that others give and take too.

    >>> conformity({("GIVES", "disks"), ("TAKES", "money")}, {("TAKES", "money")})
    0.5
    """
    return len(own & theirs) / len(own) if own else None


def usual(of: list[Weights]) -> Weights:
    """The mean weight of each attribute over those that tell it."""
    names = sorted({name for one in of for name in one})
    told = {name: [one[name] for one in of if name in one] for name in names}
    return {name: sum(found) / len(found) for name, found in told.items()}


def rank_correlation(own: Weights, theirs: Weights) -> float | None:
    """Spearman's rho over the attributes that both weigh; None if it is undefined.

    Source: Spearman 1904, American J. of Psychology 15:72-101, as in scipy.

    >>> disk = {"capacity": 0.5, "speed": 0.3, "size": 0.2}
    >>> rank_correlation(disk, {"capacity": 0.1, "speed": 0.3, "size": 0.6})
    -1.0
    """
    names = sorted(own.keys() & theirs.keys())
    one, other = ([side[name] for name in names] for side in (own, theirs))
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    # Here and not above: it takes a second to import, and this question alone asks it.
    from scipy.stats import spearmanr

    rho = float(spearmanr(one, other).statistic)
    return None if isnan(rho) else round(rho, 12)


@dataclass(frozen=True)
class Novelty:
    """What only the entrant gave at its entry, and which incumbents give it now."""

    deliverable: str
    adopters: list[str]


def novelties(
    found: Ecosystem, entrant: str, entry: date, incumbents: list[str]
) -> list[Novelty]:
    """By deliverable; adopters by key."""
    before = {t for one in incumbents for t in found.profile(one, entry)}
    new = found.profile(entrant, entry) - before
    now = {one: found.profile(one, found.day) for one in incumbents}
    return [
        Novelty(name, [one for one in incumbents if (way, name) in now[one]])
        for way, name in sorted(new)
        if way == "GIVES"
    ]


@dataclass(frozen=True)
class Revenue:
    """Money received in one currency; `shared` from customers of incumbents too."""

    currency: str | None
    amount: float
    shared: float


def revenues(found: Ecosystem, entrant: str, incumbents: list[str]) -> list[Revenue]:
    """By currency (null last)."""
    money = [
        e
        for e in found.row.exchanges
        if e["form"] == "MONEY" and e["value"] is not None and active(e, found.day)
    ]
    theirs = {e["giver"] for e in money if e["taker"] in incumbents}
    own = [e for e in money if e["taker"] == entrant]
    named = {e["currency"] for e in own}
    rows = []
    for currency in sorted(named, key=lambda name: (name is None, name)):
        paid = [e for e in own if e["currency"] == currency]
        shared = (e["value"] for e in paid if e["giver"] in theirs)
        rows.append(Revenue(currency, sum(e["value"] for e in paid), sum(shared)))
    return rows
