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
from service.analyses.departure_impact import AtRisk
from service.analyses.departures.points import Points
from service.analyses.departures.relations import MANAGES


@strawberry.type(description="Points after Raffiee (2017): no probability.")
class RiskPoints:
    found: strawberry.Private[Points]
    total: float | None = plain("total")
    with_person: float | None = plain(
        "person", "+2 a completed half-year with the person."
    )
    with_firm: float | None = plain("firm", "-1 a completed half-year with the firm.")
    team: float = plain("team", "-2.5 a further person of the firm.")
    null_reason: str | None = plain("reason")


async def colleague(root: Remedy, info: Info) -> Any:
    path = root.found.path
    return await reading.member_of(info.context, path[0]) if path else None


def remedy(found: AtRisk) -> str:
    """What to do first: a colleague who knows it, or a channel of the firm's own."""
    if found.team:
        return "Let the colleagues who know the customer already take it over."
    if found.relation.follows:
        return "Write to the customer over the channel that it follows, at once."
    win = "Win it as a follower of the firm itself"
    return f"{win}, and let the colleague call on it." if found.path else f"{win}."


def advised(root: Remedy) -> str:
    return remedy(root.found)


@strawberry.type(description="How the firm may keep the customer.")
class Remedy:
    found: strawberry.Private[AtRisk]
    colleague: MemberRef | None = strawberry.field(
        resolver=colleague,
        description="Who of the firm has the likeliest path to it, without the person.",
    )
    path: list[MemberRef] = members_at("path", "From that colleague to the customer.")
    success: float | None = plain("success", "Of the path, as in partnerPaths.")
    text: str = strawberry.field(resolver=advised)


async def accounts(root: DepartureCustomer, info: Info) -> list[Any]:
    keys = root.found.ties(MANAGES)
    return [await reading.tie(info.context, ties.AccountManagement, k) for k in keys]


async def acquaintances(root: DepartureCustomer, info: Info) -> list[Any]:
    keys = root.found.ties("KNOWS")
    return [await reading.tie(info.context, ties.Acquaintance, k) for k in keys]


def sole(root: DepartureCustomer) -> bool:
    return not root.found.team


def direct(root: DepartureCustomer) -> bool:
    return bool(root.found.relation.follows)


def remedied(root: DepartureCustomer) -> Remedy:
    return Remedy(found=root.found)


@strawberry.type(description="A customer that the person manages or knows.")
class DepartureCustomer:
    found: strawberry.Private[AtRisk]
    customer: MemberRef = member_at("key")
    points: RiskPoints = part(RiskPoints, "points")
    sole_contact: bool = strawberry.field(
        resolver=sole,
        description="Nobody else at the firm manages or knows it.",
    )
    team: list[MemberRef] = members_at("team", "Who else at the firm does, by key.")
    with_person_since: date | None = plain(
        "with_person", "The earlier of account and acquaintance."
    )
    with_firm_since: date | None = plain("with_firm", "Of the first contract.")
    last_contact: str | None = plain("last_contact", "The last month, YYYY-MM.")
    direct_channel: bool = strawberry.field(
        resolver=direct,
        description="It, or one of its people, FOLLOWS the firm itself.",
    )
    contracts: list[Contract] = nodes_at("Contract", "contracts", "Active ones.")
    accounts: list[ties.AccountManagement] = strawberry.field(
        resolver=accounts, description="The person's own, to the customer."
    )
    acquaintances: list[ties.Acquaintance] = strawberry.field(
        resolver=acquaintances, description="The person's, with the customer's people."
    )
    remedy: Remedy = strawberry.field(resolver=remedied)
