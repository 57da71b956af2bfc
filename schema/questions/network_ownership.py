"""Q9: is the network the firm's, or that of its people?"""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records import reading
from schema.records.contract import Contract
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.node import register_enum
from schema.types.about import About, about
from schema.types.measured import Measured, member_at, members_at, nodes_at, plain
from service.analyses.departures.ownership import Channel, Owned, following, owned, part
from service.analyses.departures.relations import relations

register_enum(
    Channel,
    "How an organisation reaches a customer or partner.",
    DIRECT="Itself alone: an active contract, or it follows the organisation.",
    STAFF="Through its people alone, who manage or know it.",
    BOTH="Both ways.",
    NEITHER="Tied by exchange, investment or advice, but known to nobody.",
)
FORMULA = (
    "Customers: CUSTOMER parties of active contracts that the organisation supplies,"
    " and accounts that its people manage; partners: other parties to its contracts,"
    " followers, and whom exchange, investment or advice ties. Direct: an active"
    " contract or following; staff: a person inside manages it or knows one of its"
    " people. ownedShare = (DIRECT + BOTH) / all."
)
SOURCE = "The reading is decided here, after Raffiee 2017, SMJ 38:2019-2040."


@strawberry.type(description="A customer or partner, and over what it is reached.")
class OwnedMember:
    found: strawberry.Private[Owned]
    member: MemberRef = member_at("key")
    customer: bool = plain("relation.customer", "A partner where it is not.")
    channel: Channel = plain("channel")
    contracts: list[Contract] = nodes_at("Contract", "contracts", "Active, by key.")
    follows: bool = strawberry.field(description="It hears from the organisation.")
    people: list[MemberRef] = members_at("people", "Inside, who manage or know it.")
    sole_contact: MemberRef | None = member_at("sole", "Where there is one alone.")


def of(found: Owned) -> OwnedMember:
    return OwnedMember(found=found, follows=bool(found.relation.follows))


@strawberry.type(description="How many are reached in which way.")
class ChannelCount:
    channel: Channel
    count: int


async def organisation_of(root: NetworkOwnership, info: Info) -> Any:
    return await reading.member_of(info.context, root.key)


@strawberry.type(description="Whose an organisation's network is.")
class NetworkOwnership:
    key: strawberry.Private[str]
    organisation: MemberRef = strawberry.field(resolver=organisation_of)
    owned_share: Measured = strawberry.field(description="Reached by itself, 0..1.")
    staff_only_share: Measured = strawberry.field(description="Through people alone.")
    following_share: Measured = strawberry.field(description="Who hear from it.")
    channels: list[ChannelCount]
    members: list[OwnedMember] = strawberry.field(description="By key.")
    sole_contacts: list[OwnedMember] = strawberry.field(
        description="Those that one person alone is tied to, by key."
    )
    about: About


async def network_ownership(
    info: Info,
    organisation: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 50,
) -> NetworkOwnership:
    """Is this organisation's network its own, or that of its people?

    organisation: Key of the organisation.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    limit = limit_of("first", first, 50)
    await reading.existing_node(context, "Organisation", organisation)
    found = owned(await relations(context.graph, organisation, None, day))
    counts = Counter(one.channel for one in found)
    parameters: dict[str, Any] = {"organisation": organisation, "first": limit}
    parameters["asOf"] = day.isoformat()
    return NetworkOwnership(
        key=organisation,
        owned_share=Measured.of(part(found, Channel.DIRECT, Channel.BOTH)),
        staff_only_share=Measured.of(part(found, Channel.STAFF)),
        following_share=Measured.of(following(found)),
        channels=[ChannelCount(channel=c, count=counts[c]) for c in Channel],
        members=[of(one) for one in found[:limit]],
        sole_contacts=[of(one) for one in found if one.sole][:limit],
        about=about(FORMULA, SOURCE, parameters, day, read_at, []),
    )
