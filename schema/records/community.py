"""A circle of members: cohort, network, club, forum, data set."""

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
@strawberry.type(
    description="A circle of members: cohort, network, club, forum, data set."
)
@add_aggregates
class Community(nodes.Community, RecordNode):
    memberships: Connection[ties.Membership] = ties_of(ties.Membership, "Community")
    organisings: Connection[ties.Organising] = ties_of(ties.Organising, "Community")
