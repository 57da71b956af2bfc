"""`networking`: how good is one member's own network?"""

from __future__ import annotations

from datetime import date

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import (
    Measured,
    each,
    every,
    length,
    measured,
    member_at,
    plain,
)
from schema.types.own_network import CommunityEntry, NetworkMatch, TieCount, UpkeepTie
from schema.types.ranking import with_page_infos
from service.analyses.introductions.chances import chance_table
from service.analyses.networking import NetworkingAnalysis, networking_analysis

FORMULA = (
    "Contacts: a person's acquaintances (if there are none, all members tied to it,"
    " except by employment and affiliation); Blau = 1 - sum p_k^2 over them; lacked ="
    " capabilities of contacts that the member lacks / all of theirs; a person counts"
    " by its earliest employer, or what that is part of, where its own sector, region,"
    " function or capability is blank; balance = given"
    " - received of intangible exchanges, referrals and introductions made, each times"
    " 2^(-days / half-life); strong: success >= 0.5; regularity = months with a contact"
    " / the twelve months up to the month of asOf; due: not renewed within one"
    " half-life; distance: hops to the nearest holder of each need, at most 8; ways:"
    " the most likely path within 4 hops."
)
SOURCE = (
    "Blau 1977, Inequality and Heterogeneity; decay: Ahmad, Porter & Beguerisse-Diaz"
    " 2021, arXiv 1805.00193; ties and chances as in partnerPaths."
)


@strawberry.type(description="One member's own network.")
@with_page_infos
class Networking:
    result: strawberry.Private[NetworkingAnalysis]
    member: MemberRef = member_at("key", descriptions.MEMBER)
    degree: int = plain("degree", "Distinct members that it is tied to.")
    degree_by_kind: list[TieCount] = every(
        TieCount, "kinds", "Members that it is tied to, by kind of tie."
    )
    degree_by_context: list[TieCount] = every(
        TieCount, "contexts", "Members that it is tied to, by context."
    )
    sector_diversity: Measured = measured(
        "sector_diversity", "Blau's index of its contacts over sectors, 0..1."
    )
    region_diversity: Measured = measured(
        "region_diversity", "Blau's index of its contacts over regions, 0..1."
    )
    function_diversity: Measured = measured(
        "function_diversity", "Blau's index of its contacts over functions, 0..1."
    )
    capability_diversity: Measured = measured(
        "capability_diversity", "Blau's index of its contacts' capabilities, 0..1."
    )
    lacked_capability_share: Measured = measured(
        "lacked_share",
        "Share of the contacts' capabilities that the member lacks, 0..1.",
    )
    reciprocity_balance: Measured = measured(
        "balance", "What it gave minus what it received; above 0 it gave more."
    )
    strong_tie_share: Measured = measured(
        "strong_share", "Share of acquaintances with a success of at least 0.5, 0..1."
    )
    mean_strength: Measured = measured(
        "mean_strength", "The mean of the decayed scores of its acquaintances."
    )
    regularity: Measured = measured(
        "regularity", "Share of the last twelve months with any contact, 0..1."
    )
    tie_count: int = length("ties", "Its acquaintances.")
    ties: list[UpkeepTie] = each(
        UpkeepTie, "ties", "Its acquaintances, by success descending, then key."
    )
    upkeep_due_count: int = length(
        "upkeep_due",
        "Acquaintances not renewed within a half-life, or without any day of contact.",
    )
    upkeep_due: list[UpkeepTie] = each(
        UpkeepTie,
        "upkeep_due",
        "Acquaintances not renewed within a half-life, the oldest first; before them"
        " those without any day of contact, of which nobody knows.",
    )
    need_distance: Measured = measured(
        "encounters.need_distance",
        "Mean hops to the nearest holder of each need; n: needs within reach.",
    )
    match_count: int = length(
        "encounters.matches", "Members that have what it needs and need what it has."
    )
    matches: list[NetworkMatch] = each(
        NetworkMatch,
        "encounters.matches",
        "Members that have what it needs and need what it has, by success of the path,"
        " then key.",
    )
    community_count: int = length(
        "encounters.communities", "Communities that it has not joined."
    )
    communities: list[CommunityEntry] = each(
        CommunityEntry,
        "encounters.communities",
        "Communities that it has not joined: first those in its region, then those with"
        " its sector, then by path and key.",
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def networking(
    info: Info, member: str, as_of: date | None = strawberry.UNSET
) -> Networking:
    """How diverse, mutual, regular, fresh and close is this member's own network?

    member: Key of the member whose own network it is.
    """
    context, settings = info.context, info.context.settings
    question = begin(as_of, member=member, **chance_table(settings))
    day = question.day
    await member_of(context, member)
    analysis = await networking_analysis(context.networks, settings, member, day)
    about = question.about(FORMULA, SOURCE, analysis.warnings)
    return Networking(result=analysis, about=about)
