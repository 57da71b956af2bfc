"""`structuralHoles`: who connects others, and what holds the network together?"""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.questions.structural_holes.columns import position_columns
from schema.questions.structural_holes.position import (
    MOST_INT,
    StructuralPosition,
)
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of, members_of
from schema.types import descriptions
from schema.types.about import About, Analysis, begin
from schema.types.member_groups import member_grouping
from schema.types.network_input import NetworkInput
from schema.types.numbers import defined
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.structural_holes import (
    EXACT_WORK,
    RISK,
    GroupedPositions,
    structural_holes_analysis,
)
from service.networks.network import Networks
from service.vocabulary.enums import GroupKey

FORMULA = (
    "z_ij = a_ij + a_ji, p_ij = z_ij / sum_k z_ik, m_jq = z_jq / max_k z_jk."
    " constraint = sum_j c_ij, c_ij = (p_ij + sum_q p_iq p_qj)^2; effectiveSize ="
    " sum_j [1 - sum_q p_iq m_jq]; efficiency = effectiveSize / N; hierarchy ="
    " sum_j (c_ij N / C) ln(c_ij N / C) / (N ln N), N the neighbours. The rest on the"
    " undirected ties: betweenness = pairs of others whose shortest path passes the"
    " member, / ((n-1)(n-2)/2); coreness: largest k-core; separatedPairs: pairs of"
    " others connected before its removal, not after. E-I = (E - I) / (E + I); Blau ="
    " 1 - sum p_k^2; Simmelian: a pair tied both ways that has a third member to whom"
    " both are tied both ways."
)
SOURCE = (
    "Burt 1992, Structural Holes; Borgatti 1997, Connections 20(1):35-38; Freeman 1977,"
    " Sociometry 40:35-41; Brandes 2001, J. Math. Sociology 25:163-177; sampled:"
    " Riondato & Kornaropoulos 2016, doi 10.1007/s10618-015-0423-0; Seidman 1983,"
    " Social Networks 5:269-287; Hopcroft & Tarjan 1973, CACM 16:372-378; Krackhardt &"
    " Stern 1988, Social Psychology Quarterly 51:123-140; Blau 1977; Krackhardt 1998"
)


@strawberry.type(description="Two members that are tied, by their keys.")
class TiedPair:
    source: MemberRef = strawberry.field(description=descriptions.PAIR_SOURCE)
    target: MemberRef = strawberry.field(description=descriptions.PAIR_TARGET)


async def tied_pairs(root: StructuralHoles, info: Info, rows: Any) -> list[TiedPair]:
    pairs = root.grouped.analysis.keys_of(rows.tolist())
    ends = await members_of(info.context, [end for pair in pairs for end in pair])
    return [
        TiedPair(source=source, target=target)
        for source, target in zip(ends[::2], ends[1::2], strict=True)
    ]


def node_count(root: StructuralHoles) -> int:
    return len(root.grouped.keys)


async def tie_count(root: StructuralHoles) -> int:
    return await root.grouped.analysis.tie_count()


async def ei_index(root: StructuralHoles) -> float | None:
    diversity = await root.grouped.diversity()
    return None if diversity is None else defined(diversity.network_ei_index)


async def blau(root: StructuralHoles) -> float | None:
    diversity = await root.grouped.diversity()
    return None if diversity is None else defined(diversity.network_blau)


async def bridges(root: StructuralHoles, most: int) -> Any:
    return (await root.grouped.analysis.cuts()).bridges


async def bridge_count(root: StructuralHoles) -> int:
    return await root.grouped.analysis.bridge_count()


async def cut_point_count(root: StructuralHoles) -> int:
    return await root.grouped.analysis.cut_point_count()


async def simmelian_ties(root: StructuralHoles, most: int) -> Any:
    return await root.grouped.analysis.simmelian_ties()


def positions(
    root: StructuralHoles, info: Info, rows: list[int]
) -> list[StructuralPosition]:
    return [StructuralPosition(positions=root.grouped, index=i) for i in rows]


async def simmelian_tie_count(root: StructuralHoles) -> int:
    return len(await root.grouped.analysis.simmelian_ties())


async def null_reason(root: StructuralHoles) -> str | None:
    if root.grouped.groups is None:
        return "Without groupBy eiIndex and blau are null."
    if not root.grouped.keys:
        return "An empty network: eiIndex and blau are null."
    return None if await tie_count(root) else "No ties: eiIndex is null."


async def structural_holes_about(root: StructuralHoles) -> About:
    grouped, error = root.grouped, await root.grouped.analysis.betweenness_error()
    network = grouped.analysis.network
    method: dict[str, Any] = {"exactUpToMembersTimesTies": EXACT_WORK}
    if error:
        method |= {"error": error, "confidence": 1 - RISK}
    method["method"] = "SAMPLED" if error else "EXACT"
    root.question.add(betweenness=method)
    warnings = [*root.warnings, *network.warnings]
    warnings += await approximations(grouped, error)
    warnings += grouped.groups.warnings if grouped.groups else []
    return root.question.about(FORMULA, SOURCE, warnings, network.read_at)


async def approximations(grouped: GroupedPositions, error: float) -> list[str]:
    """What is not exact because the network is large."""
    warnings = []
    if error:
        warnings.append(
            f"betweenness is sampled: within {error} with {1 - RISK:.0%} confidence;"
            " ranks past about 100 are approximate."
        )
    if above := await grouped.analysis.separation_above(MOST_INT):
        warnings.append(
            f"{above} members separate more than {MOST_INT:,} pairs, the largest"
            " number that separatedPairs can show."
        )
    return warnings


@strawberry.type(description="Positions in a network, and the network as a whole.")
@with_page_infos
class StructuralHoles:
    grouped: strawberry.Private[GroupedPositions]
    question: strawberry.Private[Analysis]
    warnings: strawberry.Private[list[str]]
    node_count: int = strawberry.field(
        resolver=node_count, description="Members of the network."
    )
    tie_count: int = strawberry.field(
        resolver=tie_count, description="Pairs with a tie in at least one direction."
    )
    networks: strawberry.Private[Networks]
    order: strawberry.Private[list[int]]
    window: strawberry.Private[RankingWindow]
    positions: list[StructuralPosition] = ranking(
        lambda root, most: root.order,
        positions,
        "By effectiveSize descending (null last), then key.",
        columns=position_columns,
    )
    ei_index: float | None = strawberry.field(
        resolver=ei_index,
        description="(E - I) / (E + I), E: ties between groups, I: ties inside a group;"
        " -1 to 1.",
    )
    blau: float | None = strawberry.field(
        resolver=blau, description="1 - sum p_k^2 over the groups of all members."
    )
    bridges: list[TiedPair] = ranking(
        bridges,
        tied_pairs,
        "Ties whose removal splits the network into more parts, by both keys.",
        first=20,
    )
    bridge_count: int = strawberry.field(
        resolver=bridge_count, description="How many bridges the network has."
    )
    cut_point_count: int = strawberry.field(
        resolver=cut_point_count,
        description="Members whose removal splits the network into more parts.",
    )
    simmelian_ties: list[TiedPair] = ranking(
        simmelian_ties,
        tied_pairs,
        "Pairs tied both ways inside a triad whose ties all run both ways, by both"
        " keys.",
        first=20,
    )
    simmelian_tie_count: int = strawberry.field(
        resolver=simmelian_tie_count,
        description="How many Simmelian ties the network has.",
    )
    null_reason: str | None = strawberry.field(
        resolver=null_reason, description=descriptions.NULL_REASON
    )
    about: About = strawberry.field(
        resolver=structural_holes_about, description=descriptions.ABOUT
    )


async def structural_holes(
    info: Info,
    network: NetworkInput,
    member: str | None = strawberry.UNSET,
    group_by: GroupKey | None = strawberry.UNSET,
    group_by_attribute: str | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> StructuralHoles:
    """Who connects others, and which members and ties hold the network together?

    member: Key of a member; the answer has the position of this member only.
    group_by: Groups for the E-I index and diversity; without it these are null.
    group_by_attribute: The name of an extra attribute by which to group instead.
    """
    context = info.context
    selection = network.selection(context.settings)
    window, key = window_of(info, first, 20, after), member or None
    if key is not None:
        await member_of(context, key)  # an unknown key is an error, not an empty list
    grouping = member_grouping(group_by or None, group_by_attribute or None)
    question = begin(selection, member=key, first=window.limit, group_by=group_by)
    question.add(group_by_attribute=group_by_attribute)
    analysis = await structural_holes_analysis(context.networks, selection)
    groups = None
    if grouping:
        groups = await context.networks.groups(analysis.network, grouping)
    grouped = GroupedPositions(analysis, grouping, groups)
    if key is None:
        indices = await analysis.order()
    else:
        own = grouped.index(key)
        indices = [] if own is None else [own]
    missing = [] if indices or key is None else [f"{key!r} is not in this network."]
    return StructuralHoles(
        grouped=grouped,
        networks=context.networks,
        question=question,
        warnings=missing,
        order=indices,
        window=window,
    )
