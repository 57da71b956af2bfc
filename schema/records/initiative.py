"""A piece of innovation that an organisation runs."""

from __future__ import annotations

import strawberry

from schema.records import ties
from schema.records.aggregates import add_aggregates
from schema.records.attributes import RecordNode
from schema.records.connection import Connection
from schema.records.feedback import Feedback
from schema.records.lazy import MemberRef
from schema.records.links import linked
from schema.records.node import register_record
from schema.records.related_fields import records_of, ties_of
from schema.records.service_case import ServiceCase
from service.vocabulary import nodes


@register_record
@strawberry.type(description="A piece of innovation that an organisation runs.")
@add_aggregates
class Initiative(nodes.Initiative, RecordNode):
    organisation: MemberRef | None = linked("Initiative", "organisation")
    work: Connection[ties.Work] = ties_of(ties.Work, "Initiative")
    feedback: Connection[Feedback] = records_of(Feedback, "Initiative")
    service_cases: Connection[ServiceCase] = records_of(ServiceCase, "Initiative")
