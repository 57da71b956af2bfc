"""What an organisation or team offers."""

from __future__ import annotations

import strawberry

from schema.records import ties
from schema.records.aggregates import aggregated
from schema.records.connection import Connection
from schema.records.node import Node, record
from schema.records.related_fields import ties_of
from service.vocabulary import nodes


@record
@strawberry.type(description="What an organisation or team offers.")
@aggregated
class Offering(nodes.Offering, Node):
    offers: Connection[ties.Offer] = ties_of(ties.Offer, "Offering")
    coverages: Connection[ties.Coverage] = ties_of(ties.Coverage, "Offering")
