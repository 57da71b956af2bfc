"""A member asked to be brought together with another."""

from __future__ import annotations

import strawberry

from schema.records.attributes import RecordNode
from schema.records.lazy import ContractRef, MemberRef
from schema.records.links import linked
from schema.records.node import register_record
from service.vocabulary import nodes


@register_record
@strawberry.type(description="A member asked to be brought together with another.")
class Introduction(nodes.Introduction, RecordNode):
    requester: MemberRef = linked("Introduction", "requester")
    introducer: MemberRef = linked("Introduction", "introducer")
    target: MemberRef = linked("Introduction", "target")
    contract: ContractRef | None = linked("Introduction", "contract")
