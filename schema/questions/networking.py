"""Q11: how diverse, mutual, regular, fresh and close is one member's own network?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types.about import About, about
from schema.types.measured import Measured, each, every, measured, member_at
from schema.types.own_network import CommunityEntry, NetworkMatch, TieCount, UpkeepTie
from service.analyses.figure import Figure, pieces
from service.analyses.introductions.chances import table
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
)
from service.analyses.networking import figures, reaching
from service.analyses.networking.figures import Count, Upkeep
from service.analyses.networking.reaching import Entry, Match, Reaching
from service.analyses.networking.rows import Own, own

FORMULA = (
    "Contacts: a person's acquaintances (else all tied but by employment and"
    " affiliation); Blau = 1 - sum p_k^2 over them; lacked = capabilities of contacts"
    " that the member lacks / all of theirs; balance = given - received of intangible"
    " exchanges, referrals and introductions made, each times 2^(-days / half-life);"
    " strong: success >= .5; regularity = months with a contact of the twelve that end"
    " with asOf's; due: not renewed within one half-life; distance: hops to the nearest"
    " holder of each need, at most 8; ways: the likeliest within 4 hops."
)
SOURCE = (
    "Blau 1977, Inequality and Heterogeneity; decay: Ahmad, Porter & Beguerisse-Diaz"
    " 2021, arXiv 1805.00193; ties and chances as in partnerPaths."
)


@dataclass(frozen=True)
class Found:
    """One member's own network, and what may be reached from it."""

    key: str
    own: Own
    ties: list[Upkeep]
    due: list[Upkeep]
    day: date
    half_life: float
    distance: Figure
    matches: list[Match]
    entries: list[Entry]

    def blau(self, name: str) -> Figure:
        contacts = figures.contacts(self.own)
        evidence = pieces("Member", (tie.other for tie in contacts))
        return figures.blau((getattr(tie, name) for tie in contacts), evidence)

    @property
    def sectors(self) -> Figure:
        return self.blau("sector")

    @property
    def regions(self) -> Figure:
        return self.blau("region")

    @property
    def functions(self) -> Figure:
        return self.blau("function")

    @property
    def capabilities(self) -> Figure:
        contacts = figures.contacts(self.own)
        held = [key for tie in contacts for key in tie.capabilities]
        return figures.blau(held, pieces("Capability", sorted(set(held))))

    @property
    def degree(self) -> int:
        return len({tie.other for tie in self.own.ties})

    @property
    def kinds(self) -> list[Count]:
        return figures.kinds(self.own)

    @property
    def contexts(self) -> list[Count]:
        return figures.contexts(self.own)

    @property
    def lacked(self) -> Figure:
        return figures.lacked(self.own)

    @property
    def balance(self) -> Figure:
        return figures.balance(self.own.favours, self.day, self.half_life)

    @property
    def strong(self) -> Figure:
        return figures.strong(self.ties)

    @property
    def strength(self) -> Figure:
        return figures.strength(self.ties)

    @property
    def regularity(self) -> Figure:
        return figures.regularity(self.ties, self.day)


def degree(root: Networking) -> int:
    return root.found.degree


@strawberry.type(description="One member's own network.")
class Networking:
    found: strawberry.Private[Found]
    member: MemberRef = member_at("key")
    degree: int = strawberry.field(resolver=degree, description="Members tied.")
    degree_by_kind: list[TieCount] = every(TieCount, "kinds", "By kind of tie.")
    degree_by_context: list[TieCount] = every(TieCount, "contexts", "By context.")
    sector_diversity: Measured = measured("sectors", "Blau, 0..1.")
    region_diversity: Measured = measured("regions", "Blau, 0..1.")
    function_diversity: Measured = measured("functions", "Blau, 0..1.")
    capability_diversity: Measured = measured("capabilities", "Blau, 0..1.")
    lacked_capability_share: Measured = measured(
        "lacked", "Of contacts' capabilities, those that the member lacks, 0..1."
    )
    reciprocity_balance: Measured = measured("balance", "Above 0: it gave more.")
    strong_tie_share: Measured = measured("strong", "Success of .5 or more, 0..1.")
    mean_strength: Measured = measured("strength", "Faded, of ties with a score.")
    regularity: Measured = measured("regularity", "Of the last twelve months, 0..1.")
    ties: list[UpkeepTie] = each(UpkeepTie, "ties", "By success, then key.")
    upkeep_due: list[UpkeepTie] = each(
        UpkeepTie, "due", "Not renewed within a half-life, the oldest first."
    )
    need_distance: Measured = measured("distance", "Mean hops; n: needs in reach.")
    matches: list[NetworkMatch] = each(NetworkMatch, "matches", "By path, then key.")
    communities: list[CommunityEntry] = each(
        CommunityEntry,
        "entries",
        "It is not in: of its region first, then of its sector, then by path, key.",
    )
    about: About


async def networking(
    info: Info, member: str, as_of: date | None = strawberry.UNSET
) -> Networking:
    """How diverse, mutual, regular, fresh and close is this member's own network?

    member: Key of the member whose own network it is.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    settings = context.settings
    who = await member_of(context, member)
    network, read = await asyncio.gather(
        introduction_network(context.networks, settings, day),
        own(context.graph, member, day),
    )
    half_life, friend = settings.half_life_days, settings.friend_factor
    ties = figures.upkeep(read, day, half_life, friend)
    late = figures.due(ties, day, half_life)
    ahead = await asyncio.to_thread(reached, network, who, read)
    parameters: dict[str, Any] = {"member": member, "asOf": day.isoformat()}
    told = about(FORMULA, SOURCE, parameters | table(settings), day, read_at, [])
    found = Found(member, read, ties, late, day, half_life, *ahead)
    return Networking(found=found, about=told)


def reached(
    network: IntroductionNetwork, who: Any, read: Own
) -> tuple[Figure, list[Match], list[Entry]]:
    ways = Reaching(network, who.key)
    return (
        reaching.mean_distance(ways, read.abilities),
        reaching.matches(ways, read.abilities),
        reaching.entries(ways, read.circles, who.region, who.sector),
    )
