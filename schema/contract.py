"""An agreement between members, each with a role in it."""

from __future__ import annotations

import strawberry

from schema import ties
from schema.aggregates import aggregated
from schema.around import records_of, ties_of
from schema.connection import Connection
from schema.introduction import Introduction
from schema.node import Node, record
from schema.referral import Referral
from service.vocabulary import nodes


@record
@strawberry.type(description="An agreement between members, each with a role in it.")
@aggregated
class Contract(nodes.Contract, Node):
    parties: Connection[ties.ContractParty] = ties_of(ties.ContractParty, "Contract")
    coverages: Connection[ties.Coverage] = ties_of(ties.Coverage, "Contract")
    referrals: Connection[Referral] = records_of(Referral, "Contract")
    introductions: Connection[Introduction] = records_of(Introduction, "Contract")
