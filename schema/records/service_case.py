"""A customer's case at an organisation or team."""

from __future__ import annotations

import strawberry

from schema.records.aggregates import add_aggregates
from schema.records.attributes import RecordNode
from schema.records.connection import Connection
from schema.records.feedback import Feedback
from schema.records.lazy import InitiativeRef, MemberRef
from schema.records.links import linked
from schema.records.node import register_record
from schema.records.related_fields import records_of
from service.vocabulary import nodes


@register_record
@strawberry.type(description="A customer's case at an organisation or team.")
@add_aggregates
class ServiceCase(nodes.ServiceCase, RecordNode):
    customer: MemberRef = linked("ServiceCase", "customer")
    provider: MemberRef = linked("ServiceCase", "provider")
    initiative: InitiativeRef | None = linked("ServiceCase", "initiative")
    feedback: Connection[Feedback] = records_of(Feedback, "ServiceCase")
