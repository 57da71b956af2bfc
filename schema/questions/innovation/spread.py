"""Parts of innovation: horizons, openness by role, teams, rotation, weak research."""

from __future__ import annotations

import strawberry

from schema.records.lazy import InitiativeRef, MemberRef
from schema.types.measured import Measured, measured, member_at, nodes_at, plain
from service.analyses.figure import Figure
from service.analyses.innovation.functions import TeamLoad
from service.analyses.innovation.portfolio import Band, Insider
from service.analyses.weak_nodes import WeakNode
from service.vocabulary.enums import Horizon


@strawberry.input(description="Shares to compare with, 0..1; 1 together.")
class HorizonTargets:
    core: float = 0.7
    adjacent: float = 0.2
    transformational: float = 0.1


@strawberry.type(description="What one horizon has, against its target.")
class HorizonShare:
    found: strawberry.Private[Band]
    horizon: Horizon = plain("horizon")
    currency: str | None = plain("currency", "Null for people.")
    amount: float = plain("amount", "Money or people.")
    share: Measured = measured("figure", "0..1; evidence: the initiatives.")
    target: float = plain("target")
    gap: float | None = plain("gap", "Share less target.")


def role_of(root: RoleShare) -> str:
    return root.found[0]


def share_of(root: RoleShare) -> Measured:
    return Measured.of(root.found[1])


@strawberry.type(description="Initiatives with an outsider of one role at work.")
class RoleShare:
    found: strawberry.Private[tuple[str, Figure]]
    role: str = strawberry.field(
        resolver=role_of, description="CUSTOMER, PARTNER, UNIVERSITY, COMPETITOR."
    )
    share: Measured = strawberry.field(resolver=share_of)


@strawberry.type(description="A team's active initiatives, and where it stands.")
class InnovationTeam:
    found: strawberry.Private[TeamLoad]
    team: MemberRef = member_at("key")
    function: str | None = plain("function")
    initiatives: list[InitiativeRef] = nodes_at(
        "Initiative", "initiatives", "Its own and its people's, by key."
    )
    layers: int = plain("layers", "Steps up to the organisation.")
    silo: bool = plain("silo", "Without any tie to another function.")


@strawberry.type(description="A person who has worked in several functions inside.")
class Rotation:
    found: strawberry.Private[Insider]
    person: MemberRef = member_at("key")
    functions: list[str] = plain("functions")


@strawberry.type(description="A research team that would hurt others if it were weak.")
class WeakResearch:
    found: strawberry.Private[WeakNode]
    team: MemberRef = member_at("key")
    total_loss: float = plain("total_loss", "As in weakNodes, at operability 0.")
    affected_count: int = plain("affected_count")
    customers_waiting: int = plain("customers_waiting")
