"""What ties an organisation to its customers and partners: itself, or its people."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date

from service.graph import Graph
from service.graph.statements import statement

MANAGES = "MANAGES_ACCOUNT"


@dataclass(frozen=True)
class StaffTie:
    """One person inside who manages or knows somebody outside."""

    person: str
    kind: str
    tie: str
    contact: str | None  # the person known; None of an account
    members: list[str]  # whom the tie reaches: the other end, and all above it
    since: date | None
    months: list[str]
    score_at: date | None


@dataclass(frozen=True)
class Shared:
    """A contract of the organisation's with one other party."""

    contract: str
    member: str
    own_role: str | None
    role: str | None
    since: date | None
    active: bool

    @property
    def sale(self) -> bool:
        return self.own_role == "SUPPLIER" and self.role == "CUSTOMER"


@dataclass(frozen=True)
class Other:
    """A follower, or a partner by exchange, investment or advice."""

    kind: str
    tie: str
    members: list[str]


@dataclass
class Relation:
    """One customer or partner, and all that ties it."""

    key: str
    contracts: list[Shared] = field(default_factory=list)  # active or over
    follows: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    staff: list[StaffTie] = field(default_factory=list)

    @property
    def active(self) -> list[Shared]:
        return [one for one in self.contracts if one.active]

    @property
    def customer(self) -> bool:
        return any(one.sale for one in self.active) or any(
            tie.kind == MANAGES for tie in self.staff
        )

    @property
    def direct(self) -> bool:
        return bool(self.active or self.follows)

    @property
    def people(self) -> list[str]:
        return sorted({tie.person for tie in self.staff})


@dataclass(frozen=True)
class Relations:
    """Customers and partners by key; whom staff knows beside them is left out."""

    found: dict[str, Relation]

    @property
    def current(self) -> list[Relation]:
        """Those that anything active ties."""
        return [
            one
            for one in self.found.values()
            if one.direct or one.others or any(t.kind == MANAGES for t in one.staff)
        ]


async def relations(
    graph: Graph, organisation: str, leaver: str | None, day: date
) -> Relations:
    """`leaver` counts as one of the people inside, employed or not."""
    asked = {"organisation": organisation, "day": day}
    staff, contracts, others = await asyncio.gather(
        graph.rows(statement("departures/staff"), StaffTie, leaver=leaver, **asked),
        graph.rows(statement("departures/contracts"), Shared, **asked),
        graph.rows(statement("departures/others"), Other, **asked),
    )
    found: dict[str, Relation] = {}
    for one in contracts:
        found.setdefault(one.member, Relation(one.member)).contracts.append(one)
    for tie in staff:
        if tie.kind == MANAGES:
            found.setdefault(tie.members[0], Relation(tie.members[0]))
    add_others(found, others)
    for tie in staff:
        for key in tie.members:
            if key in found:
                found[key].staff.append(tie)
    return Relations({key: found[key] for key in sorted(found)})


def add_others(found: dict[str, Relation], others: list[Other]) -> None:
    """Followers speak for a customer that is known; else they are one themselves."""
    for one in others:
        if one.kind == "FOLLOWS":
            known = [key for key in one.members if key in found]
            for key in known or one.members[:1]:
                found.setdefault(key, Relation(key)).follows.append(one.tie)
        else:
            key = one.members[0]
            found.setdefault(key, Relation(key)).others.append(one.tie)
