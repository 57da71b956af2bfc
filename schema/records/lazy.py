"""Types named for annotations whose modules would otherwise import in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from schema.records.capability import Capability
    from schema.records.community import Community
    from schema.records.contract import Contract
    from schema.records.initiative import Initiative
    from schema.records.member import Member
    from schema.records.offering import Offering
    from schema.records.service_case import ServiceCase

CapabilityRef: TypeAlias = Annotated["Capability", strawberry.lazy(".capability")]
CommunityRef: TypeAlias = Annotated["Community", strawberry.lazy(".community")]
ContractRef: TypeAlias = Annotated["Contract", strawberry.lazy(".contract")]
InitiativeRef: TypeAlias = Annotated["Initiative", strawberry.lazy(".initiative")]
MemberRef: TypeAlias = Annotated["Member", strawberry.lazy(".member")]
OfferingRef: TypeAlias = Annotated["Offering", strawberry.lazy(".offering")]
ServiceCaseRef: TypeAlias = Annotated["ServiceCase", strawberry.lazy(".service_case")]
