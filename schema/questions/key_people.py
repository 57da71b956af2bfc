"""`keyPeople`: how few people carry an organisation's network?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import member_at, members_at, plain
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.departures.relations import relations
from service.analyses.key_people import (
    KeyPeopleAnalysis,
    KeyPersonResult,
    key_people_analysis,
)

FORMULA = (
    "People by how many of the organisation's customers and partners (see"
    " networkOwnership) they manage or know, then key. They leave in that order;"
    " truckFactor: how many have left when more than half of the members that had a"
    " contact have none."
)
SOURCE = "Truck factor: Avelino et al. 2016, ICPC, arXiv 1604.06766."


@strawberry.type(description="A person, and how much of the network it carries.")
class KeyPerson:
    result: strawberry.Private[KeyPersonResult]
    person: MemberRef = member_at("person", "The person.")
    members: list[MemberRef] = members_at(
        "members", "The customers and partners that it manages or knows, by key."
    )
    sole_contact_of: list[MemberRef] = members_at(
        "sole_contact_of", "Members whose only contact is this person."
    )
    share: float = plain(
        "share", "Share of the members with a contact that it manages or knows, 0..1."
    )
    orphaned_share: float = plain(
        "orphaned_share",
        "Share of the members that have no contact left when this person and all people"
        " before it in the list have left, 0..1.",
    )
    in_truck_factor: bool = plain(
        "in_truck_factor", "Whether this person counts towards the truck factor."
    )


def people(root: KeyPeople, info: Info, rows: list[KeyPersonResult]) -> list[KeyPerson]:
    return [KeyPerson(result=person) for person in rows]


async def organisation_of(root: KeyPeople, info: Info) -> Any:
    return await reading.member_of(info.context, root.key)


@strawberry.type(description="The people who carry an organisation's network.")
@with_page_infos
class KeyPeople:
    key: strawberry.Private[str]
    organisation: MemberRef = strawberry.field(
        resolver=organisation_of, description="The organisation."
    )
    person_count: int = strawberry.field(
        description="People who manage or know any of its customers and partners."
    )
    result: strawberry.Private[KeyPeopleAnalysis]
    window: strawberry.Private[RankingWindow]
    people: list[KeyPerson] = ranking(
        lambda root, most: root.result.people,
        people,
        "By the number of their members descending, then key.",
    )
    truck_factor: int | None = strawberry.field(
        description="The truck factor: how many of these people must leave until more"
        " than half of the members have no contact."
    )
    owned_count: int = strawberry.field(
        description="Customers and partners with a contact inside; all figures are of"
        " these."
    )
    member_count: int = strawberry.field(
        description="All customers and partners, also those without a contact inside."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def key_people(
    info: Info,
    organisation: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> KeyPeople:
    """How few people carry this organisation's network?

    organisation: Key of the organisation.
    """
    window = window_of(info, first, 20, after)
    question = begin(as_of, organisation=organisation, first=window.limit)
    await reading.existing_node(info.context, "Organisation", organisation)
    analysis = key_people_analysis(
        await relations(info.context.graph, organisation, None, question.day)
    )
    return KeyPeople(
        key=organisation,
        result=analysis,
        window=window,
        person_count=len(analysis.people),
        truck_factor=analysis.truck_factor,
        owned_count=analysis.contact_count,
        member_count=analysis.member_count,
        null_reason=analysis.null_reason,
        about=question.about(FORMULA, SOURCE),
    )
