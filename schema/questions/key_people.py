"""Q9: how few people carry an organisation's network?"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records import reading
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.types.about import About, about
from schema.types.measured import member_at, members_at, plain
from service.analyses.departures.ownership import Key, owned, truck_factor
from service.analyses.departures.relations import relations

FORMULA = (
    "People by how many of the organisation's customers and partners (see"
    " networkOwnership) they manage or know, then key. truckFactor: how many of them,"
    " the first first, have gone when more than half of those members that had"
    " somebody have nobody."
)
SOURCE = "Truck factor: Avelino et al. 2016, ICPC, arXiv 1604.06766."


@strawberry.type(description="A person, and how much of the network it carries.")
class KeyPerson:
    found: strawberry.Private[Key]
    person: MemberRef = member_at("person")
    members: list[MemberRef] = members_at(
        "members", "Whom it manages or knows, by key."
    )
    sole_contact_of: list[MemberRef] = members_at("sole", "That nobody else does.")
    share: float = plain("share", "Of the members that have anybody, 0..1.")
    orphaned_share: float = plain(
        "orphaned", "Without anybody once this one and all before have gone, 0..1."
    )
    in_truck_factor: bool = plain("needed", "One of the few who are too many to lose.")


async def organisation_of(root: KeyPeople, info: Info) -> Any:
    return await reading.member_of(info.context, root.key)


@strawberry.type(description="The people who carry an organisation's network.")
class KeyPeople:
    key: strawberry.Private[str]
    organisation: MemberRef = strawberry.field(resolver=organisation_of)
    people: list[KeyPerson] = strawberry.field(description="By members, then key.")
    truck_factor: int | None = strawberry.field(
        description="How many may go until over half of the members have nobody."
    )
    owned_count: int = strawberry.field(description="Members that have anybody.")
    null_reason: str | None
    about: About


async def key_people(
    info: Info,
    organisation: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
) -> KeyPeople:
    """How few people carry this organisation's network?

    organisation: Key of the organisation.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    limit = limit_of("first", first, 20)
    await reading.existing_node(context, "Organisation", organisation)
    members = owned(await relations(context.graph, organisation, None, day))
    found = truck_factor(members)
    parameters: dict[str, Any] = {"organisation": organisation, "first": limit}
    parameters["asOf"] = day.isoformat()
    none = "Nobody inside manages or knows a customer or partner."
    return KeyPeople(
        key=organisation,
        people=[KeyPerson(found=one) for one in found.people[:limit]],
        truck_factor=found.factor,
        owned_count=found.owned,
        null_reason=None if found.people else none,
        about=about(FORMULA, SOURCE, parameters, day, read_at, []),
    )
