"""A customer that may follow a person who leaves, and what may keep it."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading, ties
from schema.records.contract import Contract
from schema.records.lazy import MemberRef
from schema.types.measured import member_at, members_at, nodes_at, part, plain
from service.analyses.departure_impact.customers import CustomerAtRisk
from service.analyses.departure_impact.points import DeparturePoints
from service.analyses.departures.relations import MANAGES


@strawberry.type(
    description="Points after Raffiee (2017): percentage points, not a probability."
)
class RiskPoints:
    result: strawberry.Private[DeparturePoints]
    total: float | None = plain("total", "The sum of the three terms.")
    with_person: float | None = plain(
        "person", "+2 for each completed half-year with the person."
    )
    with_firm: float | None = plain(
        "firm", "-1 for each completed half-year with the firm."
    )
    team: float = plain("team", "-2.5 for each other person of the firm who knows it.")
    null_reason: str | None = plain("reason", "Why `total` is null; null if it is not.")


async def colleague(root: Remedy, info: Info) -> Any:
    path = root.result.path
    return await reading.member_of(info.context, path[0]) if path else None


def remedy_text(root: Remedy) -> str:
    """What to do first: a colleague who knows it, or a channel of the firm's own."""
    customer = root.result
    if customer.is_known_to_colleague:
        return "Let the colleagues who already know the customer take it over."
    if customer.relation.follows:
        return "Write to the customer at once, through the channel that it follows."
    win = "Win the customer as a follower of the firm"
    return f"{win}, and let the colleague visit it." if customer.path else f"{win}."


@strawberry.type(description="How the firm may keep the customer.")
class Remedy:
    result: strawberry.Private[CustomerAtRisk]
    colleague: MemberRef | None = strawberry.field(
        resolver=colleague,
        description="The colleague with the most likely path to the customer that does"
        " not pass the person.",
    )
    path: list[MemberRef] = members_at(
        "path", "The path from that colleague to the customer."
    )
    success: float | None = plain(
        "success", "The success of the path, as in partnerPaths."
    )
    text: str = strawberry.field(
        resolver=remedy_text, description="What the firm should do first."
    )


async def accounts(root: DepartureCustomer, info: Info) -> list[Any]:
    keys = root.result.ties(MANAGES)
    return [await reading.tie(info.context, ties.AccountManagement, k) for k in keys]


async def acquaintances(root: DepartureCustomer, info: Info) -> list[Any]:
    keys = root.result.ties("KNOWS")
    return [await reading.tie(info.context, ties.Acquaintance, k) for k in keys]


def is_sole_contact(root: DepartureCustomer) -> bool:
    return not root.result.team


def has_direct_channel(root: DepartureCustomer) -> bool:
    return bool(root.result.relation.follows)


def remedy(root: DepartureCustomer) -> Remedy:
    return Remedy(result=root.result)


@strawberry.type(description="A customer that the person manages or knows.")
class DepartureCustomer:
    result: strawberry.Private[CustomerAtRisk]
    customer: MemberRef = member_at("key", "The customer.")
    points: RiskPoints = part(
        RiskPoints, "points", "How closely it is tied to the person."
    )
    sole_contact: bool = strawberry.field(
        resolver=is_sole_contact,
        description="Whether the person is the only one at the firm who manages or"
        " knows it.",
    )
    team: list[MemberRef] = members_at(
        "team", "Other people at the firm who manage or know it, by key."
    )
    with_person_since: date | None = plain(
        "with_person",
        "The first day of the account or of the acquaintance, whichever is earlier.",
    )
    with_firm_since: date | None = plain(
        "with_firm",
        "The first day on which a contract was active and both were parties to it.",
    )
    last_contact: str | None = plain(
        "last_contact", "The month of the last contact, YYYY-MM."
    )
    direct_channel: bool = strawberry.field(
        resolver=has_direct_channel,
        description="Whether it, or one of its people or of its teams' people,"
        " FOLLOWS the firm.",
    )
    contracts: list[Contract] = nodes_at(
        "Contract", "contracts", "Its active contracts."
    )
    accounts: list[ties.AccountManagement] = strawberry.field(
        resolver=accounts, description="The person's accounts with the customer."
    )
    acquaintances: list[ties.Acquaintance] = strawberry.field(
        resolver=acquaintances,
        description="The person's acquaintances at the customer.",
    )
    remedy: Remedy = strawberry.field(
        resolver=remedy, description="How the firm may keep it."
    )
