"""Parts of innovation: horizons, openness by role, teams, rotation, weak research."""

from __future__ import annotations

import strawberry

from schema.records.lazy import InitiativeRef, MemberRef
from schema.types import descriptions
from schema.types.measured import Measured, measured, member_at, nodes_at, plain
from service.analyses.figure import Figure
from service.analyses.innovation.functions import TeamLoadResult
from service.analyses.innovation.portfolio import HorizonBand, InsiderRow
from service.analyses.weak_nodes import WeakNodeResult
from service.vocabulary.enums import Horizon


@strawberry.input(description="Target shares of the horizons; their sum is 1.")
class HorizonTargets:
    core: float = strawberry.field(default=0.7, description="Share of CORE, 0..1.")
    adjacent: float = strawberry.field(
        default=0.2, description="Share of ADJACENT, 0..1."
    )
    transformational: float = strawberry.field(
        default=0.1, description="Share of TRANSFORMATIONAL, 0..1."
    )


@strawberry.type(description="The share of one horizon, compared with its target.")
class HorizonShare:
    result: strawberry.Private[HorizonBand]
    horizon: Horizon = plain("horizon", "The horizon.")
    currency: str | None = plain(
        "currency", "ISO 4217 code as stored; null for people."
    )
    amount: float | None = plain(
        "amount",
        "The sum of the known budgets, or people; null if none of its initiatives"
        " states it.",
    )
    known_count: int = plain("known_count", "Initiatives that `amount` adds up.")
    unknown_count: int = plain(
        "unknown_count", "Initiatives of the horizon that do not state it."
    )
    share: Measured = measured(
        "figure",
        "Its share of the total, 0..1; evidence: the initiatives of all horizons.",
    )
    target: float = plain("target", "The target share.")
    gap: float | None = plain("gap", "share - target.")
    null_reason: str | None = plain("figure.reason", descriptions.NULL_REASON)


def role_of(root: RoleShare) -> str:
    return root.result[0]


def share_of(root: RoleShare) -> Measured:
    return Measured.of(root.result[1])


@strawberry.type(description="Initiatives with an outside member of one role at work.")
class RoleShare:
    result: strawberry.Private[tuple[str, Figure]]
    role: str = strawberry.field(
        resolver=role_of, description="CUSTOMER, PARTNER, UNIVERSITY, COMPETITOR."
    )
    share: Measured = strawberry.field(
        resolver=share_of, description="Their share of active initiatives, 0..1."
    )


@strawberry.type(description="A team with its active initiatives.")
class InnovationTeam:
    result: strawberry.Private[TeamLoadResult]
    team: MemberRef = member_at("key", "The team.")
    function: str | None = plain("function", "Its function, if stored.")
    initiatives: list[InitiativeRef] = nodes_at(
        "Initiative",
        "initiatives",
        "The active initiatives of the team and of its people, by key.",
    )
    layers: int = plain("layers", "How many steps the team is below the organisation.")
    silo: bool = plain("silo", "Whether it has no tie to another function.")


@strawberry.type(description="A person who has worked in several functions inside.")
class Rotation:
    result: strawberry.Private[InsiderRow]
    person: MemberRef = member_at("key", "The person.")
    functions: list[str] = plain(
        "functions", "The functions that the person has worked in, by name."
    )


@strawberry.type(description="A research team that would hurt others if it were weak.")
class WeakResearch:
    result: strawberry.Private[WeakNodeResult]
    team: MemberRef = member_at("key", "The team.")
    total_loss: float = plain(
        "total_loss", "The sum of the others' losses, as in weakNodes at operability 0."
    )
    affected_count: int = plain(
        "affected_count", "How many other members would have a loss."
    )
    customers_waiting: int = plain("customers_waiting", "Customers that would wait.")
