"""The ties as GraphQL types: one a kind, each with its two ends."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records.attributes import RecordNode
from schema.records.lazy import (
    CapabilityRef,
    CommunityRef,
    ContractRef,
    InitiativeRef,
    MemberRef,
    OfferingRef,
)
from schema.records.node import compiled_as, register_record
from schema.records.reading import node
from service.compiler.schema_mapping import TieEnd
from service.errors import Unavailable
from service.vocabulary import ties
from service.vocabulary.nodes import Record

SOURCE, TARGET = compiled_as(TieEnd(source=True)), compiled_as(TieEnd(source=False))
START, END = "The record at which the tie starts.", "The record at which the tie ends."


async def source(root: Ends, info: Info) -> Any:
    return await end(info, root.source_end)


async def target(root: Ends, info: Info) -> Any:
    return await end(info, root.target_end)


async def end(info: Info, label_and_key: tuple[str, str]) -> Record:
    record = await node(info.context, *label_and_key)
    if record is None:  # deleted between two statements of one request
        raise Unavailable("A record changed while it was read; ask again.")
    return record


@strawberry.type
class Ends(RecordNode):
    source_end: strawberry.Private[tuple[str, str]]
    target_end: strawberry.Private[tuple[str, str]]


@strawberry.type
class BetweenMembers(Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: MemberRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(
    description="giver PROVIDES receiver: one deliverable, tangible or intangible."
)
class Exchange(ties.Exchange, BetweenMembers): ...


@register_record
@strawberry.type(
    description="dependent DEPENDS_ON provider: what the dependent cannot do without."
)
class Dependency(ties.Dependency, BetweenMembers): ...


@register_record
@strawberry.type(description="investor INVESTED_IN organisation.")
class Investment(ties.Investment, BetweenMembers): ...


@register_record
@strawberry.type(description="person KNOWS person: one tie a pair, smaller key first.")
class Acquaintance(ties.Acquaintance, BetweenMembers): ...


@register_record
@strawberry.type(description="person WORKS_FOR organisation or team.")
class Employment(ties.Employment, BetweenMembers): ...


@register_record
@strawberry.type(description="team or organisation is PART_OF an organisation.")
class Affiliation(ties.Affiliation, BetweenMembers): ...


@register_record
@strawberry.type(description="person MANAGES_ACCOUNT of a customer.")
class AccountManagement(ties.AccountManagement, BetweenMembers): ...


@register_record
@strawberry.type(description="member FOLLOWS organisation: it hears from it directly.")
class Following(ties.Following, BetweenMembers): ...


@register_record
@strawberry.type(description="person or organisation ADVISES organisation or person.")
class Advice(ties.Advice, BetweenMembers): ...


@register_record
@strawberry.type(description="member COMPETES_WITH member.")
class Competition(ties.Competition, BetweenMembers): ...


@register_record
@strawberry.type(description="member is MEMBER_OF a community.")
class Membership(ties.Membership, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: CommunityRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="organisation ORGANISES a community.")
class Organising(ties.Organising, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: CommunityRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="member is PARTY_TO a contract, in a role.")
class ContractParty(ties.ContractParty, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: ContractRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="member HAS_CAPABILITY.")
class CapabilityHolding(ties.CapabilityHolding, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: CapabilityRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="member NEEDS a capability.")
class Need(ties.Need, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: CapabilityRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="organisation or team OFFERS an offering.")
class Offer(ties.Offer, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: OfferingRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="contract COVERS an offering.")
class Coverage(ties.Coverage, Ends):
    source: ContractRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: OfferingRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )


@register_record
@strawberry.type(description="member WORKS_ON an initiative.")
class Work(ties.Work, Ends):
    source: MemberRef = strawberry.field(
        resolver=source, metadata=SOURCE, description=START
    )
    target: InitiativeRef = strawberry.field(
        resolver=target, metadata=TARGET, description=END
    )
