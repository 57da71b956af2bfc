"""Types named for annotations whose modules would otherwise import in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

if TYPE_CHECKING:
    from schema.capability import Capability
    from schema.community import Community
    from schema.contract import Contract
    from schema.initiative import Initiative
    from schema.member import Member
    from schema.offering import Offering
    from schema.service_case import ServiceCase

CapabilityRef: TypeAlias = Annotated["Capability", strawberry.lazy("schema.capability")]
CommunityRef: TypeAlias = Annotated["Community", strawberry.lazy("schema.community")]
ContractRef: TypeAlias = Annotated["Contract", strawberry.lazy("schema.contract")]
InitiativeRef: TypeAlias = Annotated["Initiative", strawberry.lazy("schema.initiative")]
MemberRef: TypeAlias = Annotated["Member", strawberry.lazy("schema.member")]
OfferingRef: TypeAlias = Annotated["Offering", strawberry.lazy("schema.offering")]
ServiceCaseRef: TypeAlias = Annotated[
    "ServiceCase", strawberry.lazy("schema.service_case")
]
