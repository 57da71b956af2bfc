"""What a member can do, or needs."""

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
@strawberry.type(description="What a member can do, or needs.")
@add_aggregates
class Capability(nodes.Capability, RecordNode):
    holdings: Connection[ties.CapabilityHolding] = ties_of(
        ties.CapabilityHolding, "Capability"
    )
    needs: Connection[ties.Need] = ties_of(ties.Need, "Capability")
