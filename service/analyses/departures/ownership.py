"""Is the network the firm's or its people's, and how few people carry it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from service.analyses.departures.relations import Relation, Relations
from service.analyses.figure import Figure, pieces, share

NOBODY = "The organisation has no customers or partners on that day."
HALF = 0.5


class Channel(Enum):
    """How an organisation reaches a customer or partner."""

    DIRECT = "DIRECT"
    STAFF = "STAFF"
    BOTH = "BOTH"
    NEITHER = "NEITHER"


@dataclass(frozen=True)
class Owned:
    """One customer or partner, and over what it is reached."""

    relation: Relation

    @property
    def key(self) -> str:
        return self.relation.key

    @property
    def channel(self) -> Channel:
        direct, staff = self.relation.direct, bool(self.relation.staff)
        if direct and staff:
            return Channel.BOTH
        if direct or staff:
            return Channel.DIRECT if direct else Channel.STAFF
        return Channel.NEITHER

    @property
    def contracts(self) -> list[str]:
        return sorted({one.contract for one in self.relation.active})

    @property
    def people(self) -> list[str]:
        return self.relation.people

    @property
    def sole(self) -> str | None:
        """The only person of the firm with a tie to it."""
        return self.people[0] if len(self.people) == 1 else None


def owned(found: Relations) -> list[Owned]:
    return [Owned(one) for one in found.current]


def part(members: list[Owned], *channels: Channel) -> Figure:
    own = [one.key for one in members if one.channel in channels]
    return share(len(own), len(members), NOBODY, pieces("Member", own))


def following(members: list[Owned]) -> Figure:
    own = [one.key for one in members if one.relation.follows]
    return share(len(own), len(members), NOBODY, pieces("Member", own))


@dataclass(frozen=True)
class Key:
    """A person, the members it is tied to, and what its going would leave."""

    person: str
    members: list[str]
    sole: list[str]  # those that nobody else is tied to
    share: float  # of all members with an owner
    orphaned: float  # without an owner once this one and all before have gone
    needed: bool  # one of the few whose going leaves more than half without


@dataclass(frozen=True)
class Truck:
    """People by members descending, then key, and how many are too many to lose."""

    people: list[Key]
    factor: int | None
    owned: int


def truck_factor(members: list[Owned]) -> Truck:
    """How many of the people with the most members may go until over half have none.

    People go in the order of how many members they are tied to, ties by key; the
    factor is how many have gone when more than half of the members that had somebody
    have nobody.
    Source: Avelino et al. 2016, ICPC, arXiv 1604.06766 (of files and their authors).
    """
    assets = [one for one in members if one.people]
    held: dict[str, list[Owned]] = {}
    for one in assets:
        for person in one.people:
            held.setdefault(person, []).append(one)
    order = sorted(held, key=lambda person: (-len(held[person]), person))
    gone: set[str] = set()
    found, factor = [], None
    for person in order:
        needed = factor is None
        gone.add(person)
        left = sum(set(one.people) <= gone for one in assets) / len(assets)
        own = [one.key for one in held[person]]
        sole = [one.key for one in held[person] if one.sole == person]
        found.append(Key(person, own, sole, len(own) / len(assets), left, needed))
        if factor is None and left > HALF:
            factor = len(gone)
    return Truck(found, factor, len(assets))
