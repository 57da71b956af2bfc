"""What a member thinks of a provider, or of one case."""

from __future__ import annotations

import strawberry

from schema.records.attributes import RecordNode
from schema.records.lazy import InitiativeRef, MemberRef, ServiceCaseRef
from schema.records.links import linked
from schema.records.node import register_record
from service.vocabulary import nodes


@register_record
@strawberry.type(description="What a member thinks of a provider, or of one case.")
class Feedback(nodes.Feedback, RecordNode):
    giver: MemberRef = linked("Feedback", "giver")
    provider: MemberRef | None = linked("Feedback", "provider")
    case: ServiceCaseRef | None = linked("Feedback", "case")
    initiative: InitiativeRef | None = linked("Feedback", "initiative")
