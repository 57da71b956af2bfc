"""What an organisation or team offers."""

from __future__ import annotations

import strawberry

from schema.records import ties
from schema.records.aggregates import add_aggregates
from schema.records.attributes import RecordNode
from schema.records.connection import Connection
from schema.records.node import register_record
from schema.records.related_fields import ties_of
from service.vocabulary import nodes


@register_record
@strawberry.type(description="What an organisation or team offers.")
@add_aggregates
class Offering(nodes.Offering, RecordNode):
    offers: Connection[ties.Offer] = ties_of(ties.Offer, "Offering")
    coverages: Connection[ties.Coverage] = ties_of(ties.Coverage, "Offering")
