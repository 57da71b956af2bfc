"""The position of one member in a network, measure by measure."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of, members_of
from schema.types import descriptions
from schema.types.numbers import defined
from schema.types.ranking import ranking, with_page_infos
from service.analyses.structural_holes import GroupedPositions, pairs_of_others

MOST_INT = 2**31 - 1  # of GraphQL's Int


@strawberry.type(description="Two other members that only this member connects.")
class SeparatedPair:
    source: MemberRef = strawberry.field(description=descriptions.PAIR_SOURCE)
    target: MemberRef = strawberry.field(description=descriptions.PAIR_TARGET)


async def position_member(root: StructuralPosition, info: Info) -> Any:
    return await member_of(info.context, root.positions.keys[root.index])


def group(root: StructuralPosition) -> str | None:
    groups = root.positions.groups
    return groups.names[root.index] if groups else None


async def degree(root: StructuralPosition) -> int:
    return await root.positions.analysis.degree(root.index)


async def effective_size(root: StructuralPosition) -> float | None:
    measures = await root.positions.analysis.burt_measures()
    return defined(measures.effective_size[root.index])


async def efficiency(root: StructuralPosition) -> float | None:
    measures = await root.positions.analysis.burt_measures()
    return defined(measures.efficiency[root.index])


async def constraint(root: StructuralPosition) -> float | None:
    measures = await root.positions.analysis.burt_measures()
    return defined(measures.constraint[root.index])


async def hierarchy(root: StructuralPosition) -> float | None:
    measures = await root.positions.analysis.burt_measures()
    return defined(measures.hierarchy[root.index])


async def betweenness(root: StructuralPosition) -> float | None:
    pairs = pairs_of_others(len(root.positions.keys))
    return await betweenness_raw(root) / pairs if pairs else None


async def betweenness_raw(root: StructuralPosition) -> float:
    return float((await root.positions.analysis.betweenness())[root.index])


async def betweenness_error(root: StructuralPosition) -> float:
    return await root.positions.analysis.betweenness_error()


async def coreness(root: StructuralPosition) -> int:
    return int((await root.positions.analysis.coreness())[root.index])


async def cut_point(root: StructuralPosition) -> bool:
    return bool((await root.positions.analysis.cuts()).points[root.index])


async def separated_pairs(root: StructuralPosition) -> int:
    separated = (await root.positions.analysis.cuts()).separated[root.index]
    return min(int(separated), MOST_INT)


async def separated_rows(root: StructuralPosition, most: int) -> list[tuple[str, str]]:
    return await root.positions.analysis.separated_pairs(root.index, most)


async def separates(
    root: StructuralPosition, info: Info, pairs: list[tuple[str, str]]
) -> list[SeparatedPair]:
    ends = await members_of(info.context, [end for pair in pairs for end in pair])
    return [
        SeparatedPair(source=source, target=target)
        for source, target in zip(ends[::2], ends[1::2], strict=True)
    ]


async def ei_index(root: StructuralPosition) -> float | None:
    diversity = await root.positions.diversity()
    return None if diversity is None else defined(diversity.ei_index[root.index])


async def blau(root: StructuralPosition) -> float | None:
    diversity = await root.positions.diversity()
    return None if diversity is None else defined(diversity.blau[root.index])


async def simmelian_ties(root: StructuralPosition) -> int:
    return int((await root.positions.analysis.simmelian_counts())[root.index])


async def null_reason(root: StructuralPosition) -> str | None:
    return reason_of(root.positions, await degree(root))


def reason_of(positions: GroupedPositions, neighbours: int) -> str | None:
    """Why measures of a member with so many neighbours are null."""
    reasons = []
    if neighbours == 0:
        reasons.append(
            "No ties: effectiveSize, efficiency, constraint, hierarchy, eiIndex and"
            " blau are null."
        )
    if neighbours == 1:
        reasons.append("One neighbour: hierarchy is null.")
    if len(positions.keys) < 3:
        reasons.append("Fewer than three members: betweenness is null.")
    if positions.groups is None:
        reasons.append("Without groupBy eiIndex, blau and group are null.")
    return " ".join(reasons) or None


@strawberry.type(
    description="The position of a member between others. Burt's four measures count"
    " both directions of a tie and use the network's weight; all other measures only"
    " ask whether two members have a tie, in any direction and with any weight."
)
@with_page_infos
class StructuralPosition:
    positions: strawberry.Private[GroupedPositions]
    index: strawberry.Private[int]
    member: MemberRef = strawberry.field(
        resolver=position_member, description=descriptions.MEMBER
    )
    group: str | None = strawberry.field(
        resolver=group,
        description="Its group under `groupBy`; the key if the group is a record.",
    )
    degree: int = strawberry.field(
        resolver=degree,
        description="The number of distinct members that it has a tie to.",
    )
    effective_size: float | None = strawberry.field(
        resolver=effective_size,
        description="The number of neighbours minus the redundant ones, which other"
        " neighbours replace: sum_j [1 - sum_q p_iq m_jq]. 1 in a clique of equal"
        " ties, the degree if no two neighbours have a tie. High: access to separate"
        " circles.",
    )
    efficiency: float | None = strawberry.field(
        resolver=efficiency,
        description="effectiveSize / degree. 1: no tie is redundant.",
    )
    constraint: float | None = strawberry.field(
        resolver=constraint,
        description="sum_j (p_ij + sum_q p_iq p_qj)^2: how much its ties lead back to"
        " the same few members. Near 0 with many separate neighbours, 1 with a single"
        " one, 1.125 in a closed triad. Low: room to broker.",
    )
    hierarchy: float | None = strawberry.field(
        resolver=hierarchy,
        description="How much its constraint comes from one neighbour: 0 if all"
        " constrain equally, towards 1 if one of them does. Null with one neighbour.",
    )
    betweenness: float | None = strawberry.field(
        resolver=betweenness,
        description="betweennessRaw / ((n-1)(n-2)/2): 0 if no shortest path passes it,"
        " 1 in the middle of a star. Null below three members.",
    )
    betweenness_raw: float = strawberry.field(
        resolver=betweenness_raw,
        description="Pairs of other members whose shortest path passes it. A pair with"
        " several shortest paths counts as the share of them that do.",
    )
    betweenness_error: float = strawberry.field(
        resolver=betweenness_error,
        description="The largest error of betweenness, with 95 % confidence; 0 if it is"
        " exact.",
    )
    coreness: int = strawberry.field(
        resolver=coreness,
        description="The largest k such that it belongs to a set of members who each"
        " have ties to k others of the set. High: deep in the core; 1: at the edge.",
    )
    cut_point: bool = strawberry.field(
        resolver=cut_point,
        description="Whether its removal splits the network into more parts.",
    )
    separated_pairs: int = strawberry.field(
        resolver=separated_pairs,
        description="Pairs of other members that are connected only through it. At most"
        f" {MOST_INT:,}, the largest Int.",
    )
    separates: list[SeparatedPair] = ranking(
        separated_rows,
        separates,
        "The pairs that `separatedPairs` counts, by both keys.",
        first=5,
    )
    ei_index: float | None = strawberry.field(
        resolver=ei_index,
        description="(E - I) / (E + I), E: neighbours in other groups, I: neighbours in"
        " its own group. -1: all inside, 1: all outside.",
    )
    blau: float | None = strawberry.field(
        resolver=blau,
        description="1 - sum p_k^2, p_k the share of group k among its neighbours: 0 if"
        " all are in one group, near 1 if each is in a group of its own.",
    )
    simmelian_ties: int = strawberry.field(
        resolver=simmelian_ties,
        description="Its ties both ways inside a triad whose ties all run both ways:"
        " the ones that are hard to leave.",
    )
    null_reason: str | None = strawberry.field(
        resolver=null_reason, description=descriptions.NULL_REASON
    )
