"""A circle of members: cohort, network, club, forum, data set."""

from __future__ import annotations

import strawberry

from schema import ties
from schema.aggregates import aggregated
from schema.around import ties_of
from schema.connection import Connection
from schema.node import Node, record
from service.vocabulary import nodes


@record
@strawberry.type(
    description="A circle of members: cohort, network, club, forum, data set."
)
@aggregated
class Community(nodes.Community, Node):
    memberships: Connection[ties.Membership] = ties_of(ties.Membership, "Community")
    organisings: Connection[ties.Organising] = ties_of(ties.Organising, "Community")
