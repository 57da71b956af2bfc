"""What a member can do, or needs."""

from __future__ import annotations

import strawberry

from schema import ties
from schema.aggregates import aggregated
from schema.around import ties_of
from schema.connection import Connection
from schema.node import Node, record
from service.vocabulary import nodes


@record
@strawberry.type(description="What a member can do, or needs.")
@aggregated
class Capability(nodes.Capability, Node):
    holdings: Connection[ties.CapabilityHolding] = ties_of(
        ties.CapabilityHolding, "Capability"
    )
    needs: Connection[ties.Need] = ties_of(ties.Need, "Capability")
