"""An agreement between members, each with a role in it."""

from __future__ import annotations

import strawberry

from schema.records import ties
from schema.records.aggregates import add_aggregates
from schema.records.attributes import RecordNode
from schema.records.connection import Connection
from schema.records.introduction import Introduction
from schema.records.node import register_record
from schema.records.referral import Referral
from schema.records.related_fields import records_of, ties_of
from service.vocabulary import nodes


@register_record
@strawberry.type(description="An agreement between members, each with a role in it.")
@add_aggregates
class Contract(nodes.Contract, RecordNode):
    parties: Connection[ties.ContractParty] = ties_of(ties.ContractParty, "Contract")
    coverages: Connection[ties.Coverage] = ties_of(ties.Coverage, "Contract")
    referrals: Connection[Referral] = records_of(Referral, "Contract")
    introductions: Connection[Introduction] = records_of(Introduction, "Contract")
