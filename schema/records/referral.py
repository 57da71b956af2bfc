"""A referrer sends a customer to a provider."""

from __future__ import annotations

import strawberry

from schema.records.attributes import RecordNode
from schema.records.lazy import ContractRef, MemberRef
from schema.records.links import linked
from schema.records.node import register_record
from service.vocabulary import nodes


@register_record
@strawberry.type(description="A referrer sends a customer to a provider.")
class Referral(nodes.Referral, RecordNode):
    referrer: MemberRef = linked("Referral", "referrer")
    customer: MemberRef = linked("Referral", "customer")
    provider: MemberRef = linked("Referral", "provider")
    contract: ContractRef | None = linked("Referral", "contract")
