"""A customer's case at an organisation or team."""

from __future__ import annotations

import strawberry

from schema.aggregates import aggregated
from schema.around import records_of
from schema.connection import Connection
from schema.feedback import Feedback
from schema.lazy import InitiativeRef, MemberRef
from schema.links import linked
from schema.node import Node, record
from service.vocabulary import nodes


@record
@strawberry.type(description="A customer's case at an organisation or team.")
@aggregated
class ServiceCase(nodes.ServiceCase, Node):
    customer: MemberRef = linked("ServiceCase", "customer")
    provider: MemberRef = linked("ServiceCase", "provider")
    initiative: InitiativeRef | None = linked("ServiceCase", "initiative")
    feedback: Connection[Feedback] = records_of(Feedback, "ServiceCase")
