"""How an organisation reaches its customers and partners: itself, or its people."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from service.graph import Graph
from service.graph.statements import statement

MANAGES = "MANAGES_ACCOUNT"
FOLLOWS = "FOLLOWS"


@dataclass(frozen=True)
class StaffTie:
    """A tie of one person inside, who manages an account or knows somebody."""

    organisation: str
    person: str
    kind: str
    tie: str
    contact: str | None  # the person outside; None for an account
    members: list[str]  # the other end of the tie, and all that it works for
    since: date | None
    months: list[str]
    score_at: date | None


class Channel(Enum):
    """How an organisation reaches a customer or partner."""

    DIRECT = "DIRECT"
    STAFF = "STAFF"
    BOTH = "BOTH"
    NEITHER = "NEITHER"


@dataclass(frozen=True)
class SharedContract:
    """A contract between the organisation and one other party."""

    organisation: str
    contract: str
    member: str
    own_role: str | None
    role: str | None
    since: date | None
    active: bool

    @property
    def is_sale(self) -> bool:
        return self.own_role == "SUPPLIER" and self.role == "CUSTOMER"


@dataclass(frozen=True)
class OtherTie:
    """A tie to a follower, or to a partner by exchange, investment or advice."""

    organisation: str
    kind: str
    tie: str
    members: list[str]


@dataclass
class Relation:
    """One customer or partner, and all ties to it."""

    key: str
    contracts: list[SharedContract] = field(default_factory=list)  # active or over
    follows: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    staff: list[StaffTie] = field(default_factory=list)

    @property
    def active_contracts(self) -> list[str]:
        return sorted(
            {contract.contract for contract in self.contracts if contract.active}
        )

    @property
    def is_customer(self) -> bool:
        has_sale = any(
            contract.is_sale for contract in self.contracts if contract.active
        )
        return has_sale or any(tie.kind == MANAGES for tie in self.staff)

    @property
    def is_direct(self) -> bool:
        return bool(self.active_contracts or self.follows)

    @property
    def channel(self) -> Channel:
        if self.is_direct and self.staff:
            return Channel.BOTH
        if self.is_direct or self.staff:
            return Channel.DIRECT if self.is_direct else Channel.STAFF
        return Channel.NEITHER

    @property
    def people(self) -> list[str]:
        return sorted({tie.person for tie in self.staff})

    @property
    def sole_contact(self) -> str | None:
        """The only person of the firm with a tie to it."""
        return self.people[0] if len(self.people) == 1 else None


R = TypeVar("R", StaffTie, SharedContract, OtherTie)


@dataclass(frozen=True)
class Relations:
    """Customers and partners by key, without other acquaintances of the staff."""

    by_key: dict[str, Relation]

    @property
    def current(self) -> list[Relation]:
        """Those with any active tie."""
        return [
            relation
            for relation in self.by_key.values()
            if relation.is_direct
            or relation.others
            or any(t.kind == MANAGES for t in relation.staff)
        ]


async def relations(
    graph: Graph, organisation: str, leaver: str | None, day: date
) -> Relations:
    """`leaver` counts as one of the people inside, employed or not."""
    one = [organisation]
    staff, contracts, others = await asyncio.gather(
        staff_ties(graph, one, leaver, day),
        shared_contracts(graph, one, day),
        other_ties(graph, one, day),
    )
    return relations_from(staff, contracts, others)


async def relations_of_staff(
    graph: Graph, organisations: list[str], day: date
) -> dict[str, Relations]:
    """Of each organisation whose people manage an account or know somebody, by key."""
    staff = await staff_ties(graph, organisations, None, day)
    reaching = sorted({tie.organisation for tie in staff})
    contracts, others = await asyncio.gather(
        shared_contracts(graph, reaching, day), other_ties(graph, reaching, day)
    )
    staff_of, contracts_of = by_organisation(staff), by_organisation(contracts)
    others_of = by_organisation(others)
    return {
        key: relations_from(staff_of[key], contracts_of[key], others_of[key])
        for key in reaching
    }


def by_organisation(rows: Iterable[R]) -> dict[str, list[R]]:
    grouped: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.organisation].append(row)
    return grouped


async def staff_ties(
    graph: Graph, organisations: list[str], leaver: str | None, day: date
) -> list[StaffTie]:
    query = statement("departures/staff")
    among: dict[str, Any] = {"organisations": organisations, "leaver": leaver}
    return await graph.rows(query, StaffTie, **among, day=day)


async def shared_contracts(
    graph: Graph, organisations: list[str], day: date
) -> list[SharedContract]:
    query = statement("departures/contracts")
    return await graph.rows(query, SharedContract, organisations=organisations, day=day)


async def other_ties(
    graph: Graph, organisations: list[str], day: date
) -> list[OtherTie]:
    query = statement("departures/others")
    return await graph.rows(query, OtherTie, organisations=organisations, day=day)


def relations_from(
    staff: list[StaffTie], contracts: list[SharedContract], others: list[OtherTie]
) -> Relations:
    """The rows of one organisation as its customers and partners."""
    by_key: dict[str, Relation] = {}
    for contract in contracts:
        key = contract.member
        by_key.setdefault(key, Relation(key)).contracts.append(contract)
    for tie in staff:
        if tie.kind == MANAGES:
            by_key.setdefault(tie.members[0], Relation(tie.members[0]))
    add_others(by_key, others)
    for tie in staff:
        for key in tie.members:
            if key in by_key:
                by_key[key].staff.append(tie)
    return Relations({key: by_key[key] for key in sorted(by_key)})


def add_others(by_key: dict[str, Relation], others: list[OtherTie]) -> None:
    """A follower at work counts for the customers and partners that it works for.

    If the organisation has no tie to any of these, the follower counts for itself.
    """
    at_work = [other for other in others if len(other.members) > 1]
    for other in others:
        if len(other.members) == 1:
            [key] = other.members
            relation = by_key.setdefault(key, Relation(key))
            ties = relation.follows if other.kind == FOLLOWS else relation.others
            ties.append(other.tie)
    for other in at_work:
        known = [key for key in other.members if key in by_key]
        for key in known or other.members[:1]:
            by_key.setdefault(key, Relation(key)).follows.append(other.tie)
