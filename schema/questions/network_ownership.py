"""`networkOwnership`: does the network belong to the firm, or to its people?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading
from schema.records.contract import Contract
from schema.records.lazy import MemberRef
from schema.records.node import register_enum
from schema.records.ranking_windows import RankingWindow
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import Measured, member_at, members_at, nodes_at, plain
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.departures.relations import Channel, Relation, relations
from service.analyses.network_ownership import (
    NetworkOwnershipAnalysis,
    network_ownership_analysis,
)

register_enum(
    Channel,
    "How an organisation reaches a customer or partner.",
    DIRECT="Directly: by an active contract, or because the member follows it.",
    STAFF="Only through its people, who manage or know the member.",
    BOTH="Both directly and through its people.",
    NEITHER="Only by exchange, investment or advice: no contract, no following, and no"
    " person inside who knows the member is stored.",
)
FORMULA = (
    "Customers: CUSTOMER parties of active contracts that the organisation supplies,"
    " and accounts that its people manage; partners: other parties to its contracts,"
    " followers, and members tied to it by exchange, investment or advice. Direct: an"
    " active contract or following (by itself, its people or its teams' people); staff:"
    " a person inside manages it or knows one of these. ownedShare = (DIRECT + BOTH) /"
    " all."
)
SOURCE = "The definition is our own, after Raffiee 2017, SMJ 38:2019-2040."


@strawberry.type(
    description="A customer or partner, and how the organisation reaches it."
)
class OwnedMember:
    result: strawberry.Private[Relation]
    member: MemberRef = member_at("key", "The customer or partner.")
    customer: bool = plain(
        "is_customer", "Whether it is a customer; otherwise it is a partner."
    )
    channel: Channel = plain("channel", "How the organisation reaches it.")
    contracts: list[Contract] = nodes_at(
        "Contract", "active_contracts", "The active contracts between the two, by key."
    )
    follows: bool = strawberry.field(
        description="Whether it, or one of its people or of its teams' people, follows"
        " the organisation."
    )
    people: list[MemberRef] = members_at(
        "people", "People inside who manage or know it, by key."
    )
    sole_contact: MemberRef | None = member_at(
        "sole_contact", "The only person inside with a tie to it, if there is just one."
    )


def owned_members(
    root: NetworkOwnership, info: Info, rows: list[Relation]
) -> list[OwnedMember]:
    return [
        OwnedMember(result=relation, follows=bool(relation.follows))
        for relation in rows
    ]


@strawberry.type(description="How many members are reached through one channel.")
class ChannelCount:
    channel: Channel = strawberry.field(description="The channel.")
    count: int = strawberry.field(
        description="The number of members reached through it."
    )


async def organisation_of(root: NetworkOwnership, info: Info) -> Any:
    return await reading.member_of(info.context, root.key)


@strawberry.type(
    description="How much of an organisation's network is its own, and how much its"
    " people carry."
)
@with_page_infos
class NetworkOwnership:
    key: strawberry.Private[str]
    result: strawberry.Private[NetworkOwnershipAnalysis]
    window: strawberry.Private[RankingWindow]
    organisation: MemberRef = strawberry.field(
        resolver=organisation_of, description="The organisation."
    )
    owned_share: Measured = strawberry.field(
        description="Share of the members that it reaches directly, 0..1."
    )
    staff_only_share: Measured = strawberry.field(
        description="Share of the members that it reaches only through its people,"
        " 0..1."
    )
    following_share: Measured = strawberry.field(
        description="Share of the members that follow it, 0..1."
    )
    channels: list[ChannelCount] = strawberry.field(
        description="How many members each channel reaches."
    )
    member_count: int = strawberry.field(description="Its customers and partners.")
    members: list[OwnedMember] = ranking(
        lambda root, most: root.result.members,
        owned_members,
        "Its customers and partners, by key.",
    )
    sole_contact_count: int = strawberry.field(
        description="Members with a tie to one person only."
    )
    sole_contacts: list[OwnedMember] = ranking(
        lambda root, most: root.result.sole_contacts,
        owned_members,
        "Members with a tie to one person only, by key.",
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def network_ownership(
    info: Info,
    organisation: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 50,
    after: str | None = strawberry.UNSET,
) -> NetworkOwnership:
    """Is this organisation's network its own, or that of its people?

    organisation: Key of the organisation.
    """
    window = window_of(info, first, 50, after)
    question = begin(as_of, organisation=organisation, first=window.limit)
    await reading.existing_node(info.context, "Organisation", organisation)
    analysis = network_ownership_analysis(
        await relations(info.context.graph, organisation, None, question.day)
    )
    return NetworkOwnership(
        key=organisation,
        owned_share=Measured.of(analysis.channel_share(Channel.DIRECT, Channel.BOTH)),
        staff_only_share=Measured.of(analysis.channel_share(Channel.STAFF)),
        following_share=Measured.of(analysis.following_share),
        channels=[
            ChannelCount(channel=channel, count=count)
            for channel, count in analysis.channel_counts.items()
        ],
        member_count=len(analysis.members),
        sole_contact_count=len(analysis.sole_contacts),
        result=analysis,
        window=window,
        about=question.about(FORMULA, SOURCE, analysis.warnings),
    )
