"""Who can introduce a start-up to whom: everybody within reach, as routes."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

from service import introduction_texts as texts
from service.algorithms.paths import Routes
from service.graph import Graph
from service.introduction_ties import (
    COHORT,
    KINDS,
    SUCCESS,
    Person,
    Share,
    Shared,
    Stored,
    Tie,
    ago,
    ended,
    success,
)
from service.queries import statement
from service.settings import Settings
from service.vocabulary import ROLE_LABELS
from service.vocabulary.enums import Introductions, MemberRole, TieKind

COHORTS = ("INCUBATOR_COHORT", "ACCELERATOR_COHORT")
DERIVED = {
    "INVESTED_IN": TieKind.CO_INVESTMENT,
    "PARTY_TO": TieKind.CONTRACT,
    "MEMBER_OF": TieKind.CO_MEMBERSHIP,
}
Pair = tuple[str, str]  # of keys, the smaller first


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True)
class Columns:
    members: list[list[Any]]
    ties: list[list[Any]]
    shared: list[list[Any]]


async def reach(graph: Graph, startup: str, day: date, settings: Settings) -> Reach:
    """Everybody whom ties of any age connect with the start-up."""
    read = statement("partner_paths")
    rows = await graph.rows(read, Columns, startup=startup, day=day)
    found = rows[0] if rows else Columns([], [], [])
    return await asyncio.to_thread(Reach, startup, day, settings, found)


@dataclass
class Reach:
    """The members within reach of a start-up and what ties them, pair by pair."""

    startup: str
    day: date
    settings: Settings
    columns: Columns
    people: dict[str, Person] = field(init=False)
    stored: dict[Pair, list[Stored]] = field(init=False)
    shared: dict[Pair, dict[TieKind, list[Shared]]] = field(init=False)

    def __post_init__(self) -> None:
        people = [Person(*row) for row in self.columns.members]
        self.people = {person.key: person for person in people}
        self.stored = defaultdict(list)
        for row in self.columns.ties:
            tie = Stored(*row)
            if tie.source in self.people and tie.target in self.people:
                self.stored[pair(tie.source, tie.target)].append(tie)
        self.shared = defaultdict(lambda: defaultdict(list))
        for hub in self.hubs.values():
            self.share(hub)

    @cached_property
    def hubs(self) -> dict[tuple[str, str], list[Share]]:
        """What is at each company, contract or community, by type of tie."""
        found: dict[tuple[str, str], list[Share]] = defaultdict(list)
        for row in self.columns.shared:
            share = Share(*row)
            found[share.type, share.hub].append(share)
        return found

    def share(self, crew: list[Share]) -> None:
        kind = DERIVED.get(crew[0].type)
        if kind is None:
            return
        if kind is TieKind.CO_MEMBERSHIP:
            present = {share.member for share in crew if share.active}
            if len(present) > self.settings.max_community:
                return
        # A member may be there more than once; each pair keeps what lasts longest.
        best: dict[Pair, Shared] = {}
        for a, b in combinations(crew, 2):
            both = Shared.of(a, b) if a.member != b.member else None
            if both is not None:
                ends = pair(a.member, b.member)
                kept = best.get(ends)
                if kept is None or longer(both, kept):
                    best[ends] = both
        for ends, both in best.items():
            self.shared[ends][kind].append(both)

    @cached_property
    def closed(self) -> set[str]:
        """People who introduce nobody: they are on no path."""
        shut = Introductions.CLOSED.value
        return {key for key, p in self.people.items() if p.introductions == shut}

    @cached_property
    def keys(self) -> list[str]:
        """Whom a path may pass, in order: an index is a member."""
        return sorted(self.people.keys() - self.closed - {self.startup})

    def backers(self, roles: list[MemberRole]) -> dict[str, bool]:
        """Keys of the backers; True where only a cohort makes them one."""
        labels = {ROLE_LABELS[role] for role in roles}
        able = {key for key in self.keys if labels & set(self.people[key].labels)}
        direct = {
            tie.source
            for ends, ties in self.stored.items()
            if self.startup in ends
            for tie in ties
            if tie.type in ("INVESTED_IN", "ADVISES")
            and tie.target == self.startup
            and (tie.ended is None or tie.ended < 0)
        }
        near = {share.member for crew in self.cohorts for share in crew}
        return {key: key not in direct for key in able & (direct | near)}

    @cached_property
    def cohorts(self) -> list[list[Share]]:
        """Who is now in, or organises, a cohort that the start-up is now in."""
        own = {
            share.hub
            for share in self.hubs_of("MEMBER_OF")
            if share.member == self.startup
        }
        crews: dict[str, list[Share]] = defaultdict(list)
        for share in [*self.hubs_of("MEMBER_OF"), *self.hubs_of("ORGANISES")]:
            if share.hub in own:
                crews[share.hub].append(share)
        return list(crews.values())

    def hubs_of(self, type: str) -> list[Share]:
        return [
            share
            for (name, _), crew in self.hubs.items()
            if name == type
            for share in crew
            if share.active and share.kind in COHORTS
        ]

    def routes(self, backers: dict[str, bool]) -> Routes:
        """Every step: the success of its best tie, times the will of whom it meets."""
        index = {key: i for i, key in enumerate(self.keys)}
        best = {
            ends: chance
            for ends in self.stored.keys() | self.shared.keys()
            if (chance := self.chance(ends)) is not None
        }
        steps: list[dict[int, float]] = [{} for _ in self.keys]
        for (a, b), chance in best.items():
            if a in index and b in index:
                steps[index[a]][index[b]] = chance * self.willing(b)
                steps[index[b]][index[a]] = chance * self.willing(a)
        first = {
            index[key]: self.step(self.startup, key, cohort).success
            for key, cohort in backers.items()
        }
        return Routes(first, steps)

    def chance(self, ends: Pair) -> float | None:
        chances = [success(tie, self.settings) for tie in self.stored.get(ends, ())]
        for kind, shared in self.shared.get(ends, {}).items():
            chances += [ended(SUCCESS[kind], both.ended) for both in shared]
        return max(chances, default=None)

    def willing(self, key: str) -> float:
        """Open favours make a person less likely to say yes."""
        person = self.people[key]
        return 1 / (1 + (person.favours_open or 0)) if "Person" in person.labels else 1

    def step(self, a: str, b: str, cohort: bool = False) -> Step:
        ties = sorted(
            self.ties(a, b, cohort),
            key=lambda tie: (-round(tie.success, 12), tie.kind.value),
        )
        asked = self.people[b].introductions == Introductions.ASK.value
        return Step(a, b, ties[0].success * self.willing(b), ties, asked)

    def ties(self, a: str, b: str, cohort: bool) -> list[Tie]:
        """All that ties the two; `cohort` where nothing else makes b a backer."""
        ends = pair(a, b)
        found = [self.stored_tie(tie) for tie in self.stored.get(ends, ())]
        for kind, shared in self.shared.get(ends, {}).items():
            if kind is TieKind.CONTRACT:
                found += [self.contract_tie(a, b, both) for both in shared]
            elif not (cohort and kind is TieKind.CO_MEMBERSHIP):
                found.append(self.together(kind, a, b, shared, SUCCESS[kind]))
        return found + (self.cohort_ties(a, b) if cohort else [])

    def stored_tie(self, tie: Stored) -> Tie:
        since = ago(self.day, tie.begun)
        until = ago(self.day, tie.ended)
        over = until if tie.ended is not None and tie.ended >= 0 else None
        names = self.people[tie.source].name, self.people[tie.target].name
        text = texts.stored(tie, *names, since, over)
        return Tie(KINDS[tie.type], success(tie, self.settings), since, until, text)

    def contract_tie(self, a: str, b: str, both: Shared) -> Tie:
        since, until = ago(self.day, both.begun), ago(self.day, both.ended)
        over = until if both.ended is not None and both.ended >= 0 else None
        names = self.people[a].name, self.people[b].name
        text = texts.contract(*names, both.name, since, over)
        chance = ended(SUCCESS[TieKind.CONTRACT], both.ended)
        return Tie(TieKind.CONTRACT, chance, since, until, text)

    def together(
        self, kind: TieKind, a: str, b: str, shared: list[Shared], chance: float
    ) -> Tie:
        """All that the two share of one kind: the first begin, the last end."""
        begins = [both.begun for both in shared]
        ends = [both.ended for both in shared]
        begun = None if None in begins else max(b for b in begins if b is not None)
        last = None if None in ends else min(e for e in ends if e is not None)
        since, until = ago(self.day, begun), ago(self.day, last)
        over = until if last is not None and last >= 0 else None
        names = self.people[a].name, self.people[b].name
        text = texts.together(kind, *names, shared, since, over)
        return Tie(kind, ended(chance, last), since, until, text)

    def cohort_ties(self, a: str, b: str) -> list[Tie]:
        """What makes b a backer of the start-up a: a cohort shared or organised."""
        found = []
        shared = []
        for crew in self.cohorts:
            own = next(s for s in crew if s.member == a and s.type == "MEMBER_OF")
            for share in (s for s in crew if s.member == b):
                both = Shared.of(own, share) or Shared(own.name, own.begun, None)
                if share.type == "MEMBER_OF":
                    shared.append(both)
                    continue
                since = ago(self.day, both.begun)
                names = self.people[b].name, self.people[a].name
                text = texts.organises(*names, own.name, since)
                found.append(Tie(TieKind.ORGANISING, COHORT, since, None, text))
        if shared:
            kind = TieKind.CO_MEMBERSHIP
            found.append(self.together(kind, a, b, shared, COHORT))
        return found

    def warnings(self) -> list[str]:
        found = []
        if self.closed:
            count = len(self.closed)
            found.append(f"{count} people within reach are CLOSED to introductions.")
        unstated = Counter(
            tie.score is None and tie.declared_strength is None
            for ties in self.stored.values()
            for tie in ties
            if tie.type == "KNOWS"
        )[True]
        if unstated:
            found.append(f"{unstated} acquaintances without any strength count as .3.")
        return found


@dataclass(frozen=True)
class Step:
    """From one member to the next, and why that may work."""

    source: str
    target: str
    success: float
    ties: list[Tie]  # the best first
    needs_consent: bool


def longer(a: Shared, b: Shared) -> bool:
    """Whether a lasts longer than b: an end later or none."""
    if a.ended is None or b.ended is None:
        return a.ended is None and b.ended is not None
    return a.ended < b.ended
