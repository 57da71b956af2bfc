"""A piece of innovation that an organisation runs."""

from __future__ import annotations

import strawberry

from schema import ties
from schema.aggregates import aggregated
from schema.around import records_of, ties_of
from schema.connection import Connection
from schema.feedback import Feedback
from schema.lazy import MemberRef
from schema.links import linked
from schema.node import Node, record
from schema.service_case import ServiceCase
from service.vocabulary import nodes


@record
@strawberry.type(description="A piece of innovation that an organisation runs.")
@aggregated
class Initiative(nodes.Initiative, Node):
    organisation: MemberRef | None = linked("Initiative", "organisation")
    work: Connection[ties.Work] = ties_of(ties.Work, "Initiative")
    feedback: Connection[Feedback] = records_of(Feedback, "Initiative")
    service_cases: Connection[ServiceCase] = records_of(ServiceCase, "Initiative")
