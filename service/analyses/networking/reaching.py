"""Over whom a member reaches others: holders of what it needs, communities, matches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from service.algorithms.routes import MOST_HOPS
from service.algorithms.spread import Reach, reach
from service.analyses.exposure import asked
from service.analyses.figure import Figure, nothing, pieces
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.networking.rows import Ability, Circle

HOPS = 4


@dataclass(frozen=True)
class Way:
    """The likeliest path to a member, the asker left out."""

    key: str
    path: list[str]
    success: float


@dataclass(frozen=True)
class Match:
    """Who has what the member needs and needs what it has."""

    key: str
    gives: list[str]
    takes: list[str]
    way: Way | None


@dataclass(frozen=True)
class Entry:
    """A community that the member is not in, and who could bring it in."""

    circle: Circle
    own_region: bool
    own_sector: bool
    way: Way | None

    @property
    def key(self) -> str:
        return self.circle.key


class Reaching:
    """All that one member reaches within so many hops, and how far all others are."""

    def __init__(self, network: IntroductionNetwork, member: str) -> None:
        self.network, self.place = network, network.place(member)
        self.near: Reach | None = None
        if self.place is None or network.manners.closed[self.place]:
            return
        nobody = np.zeros(len(network.keys), dtype=np.bool_)
        self.asked = asked(network.routes, self.place, None, HOPS)
        self.near = reach(self.asked, nobody)
        far = asked(network.routes.certain, self.place, None, MOST_HOPS)
        self.far = reach(far, nobody)

    def way(self, key: str) -> Way | None:
        place = self.network.place(key)
        if self.near is None or place is None or self.near.label[place] < 0:
            return None
        path = self.near.path(place)
        keys = [self.network.keys[i] for i in path]
        return Way(key, keys, self.asked.chance(path))

    def best(self, keys: Iterable[str]) -> Way | None:
        """The likeliest; then fewer hops, then key."""
        found = [way for key in keys if (way := self.way(key))]
        return min(
            found,
            key=lambda w: (-round(w.success, 12), len(w.path), w.key),
            default=None,
        )

    def distance(self, keys: Iterable[str]) -> int | None:
        """Hops to the nearest of these, at most 8."""
        places = [self.network.place(key) for key in keys]
        if self.near is None:
            return None
        hops = [
            len(self.far.path(place))
            for place in places
            if place is not None and self.far.label[place] >= 0
        ]
        return min(hops, default=None)


def mean_distance(ways: Reaching, abilities: list[Ability]) -> Figure:
    """Mean hops to the nearest holder of each need; needs out of reach are left out."""
    needs = [one for one in abilities if one.needed]
    found = [(ways.distance(one.holders), one.key) for one in needs]
    hops = [(d, key) for d, key in found if d is not None]
    if not hops:
        why = (
            "Nobody who has what it needs is in reach."
            if needs
            else "It needs nothing."
        )
        return nothing(why)
    evidence = pieces("Capability", (key for _, key in hops))
    return Figure(sum(d for d, _ in hops) / len(hops), len(hops), None, evidence)


def matches(ways: Reaching, abilities: list[Ability]) -> list[Match]:
    """By the success of the likeliest path (none last), then key."""
    needs = [one for one in abilities if one.needed]
    haves = [one for one in abilities if one.had]
    givers = {key for one in needs for key in one.holders}
    takers = {key for one in haves for key in one.seekers}
    found = [
        Match(
            key,
            [one.key for one in needs if key in one.holders],
            [one.key for one in haves if key in one.seekers],
            ways.way(key),
        )
        for key in givers & takers
    ]
    return sorted(found, key=lambda m: (-(m.way.success if m.way else 0), m.key))


def entries(
    ways: Reaching, circles: list[Circle], region: str | None, sector: str | None
) -> list[Entry]:
    """Of the own region first, then the own sector, then by path, then key."""
    found = [
        Entry(
            circle,
            region is not None and circle.region == region,
            sector is not None and sector in circle.sectors,
            ways.best(circle.members),
        )
        for circle in circles
    ]

    def order(one: Entry) -> tuple[bool, bool, float, str]:
        success = one.way.success if one.way else 0.0
        return not one.own_region, not one.own_sector, -round(success, 12), one.key

    return sorted(found, key=order)
