"""`networkMap`: nodes and links of any network, ready to draw."""

from __future__ import annotations

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.node import global_id
from schema.records.reading import member_of, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.member_groups import needed_grouping
from schema.types.network_input import NetworkInput
from schema.types.numbers import defined
from service.analyses.network_map import (
    MapLinkResult,
    MapScores,
    NetworkMapAnalysis,
    Surroundings,
    network_map_analysis,
)
from service.vocabulary.enums import GroupKey, TieKind

FORMULA = (
    "The members with most ties (distinct neighbours), or the nearest to `member`;"
    " their arcs kind by kind; and a force-directed layout: with m = ties + 1 and M ="
    " sum m, a member moves along sum_j m_j (x_i - x_j) / (M |x_i - x_j|^2) + 6 / m_i"
    " sum_tied (x_j - x_i) - x_i; deterministic. arc__tangible and arc__intangible are"
    " shares of a member's exchanges with other shown members. brokerage, betweenness"
    " and constraint are those of `brokerage` and `structuralHoles` in the network."
)
SOURCE = "Jacomy, Venturini, Heymann & Bastian 2014, ForceAtlas2, PLoS ONE 9(6):e98679."
MOST_NODES, MOST_LINKS = 2_000, 10_000
MOST_STEPS = 10


async def map_brokerage(root: MapNode) -> float:
    return float((await root.scores.brokerage())[root.index])


async def map_betweenness(root: MapNode) -> float | None:
    return defined((await root.scores.betweenness())[root.index])


async def map_constraint(root: MapNode) -> float | None:
    return defined((await root.scores.constraint())[root.index])


@strawberry.type(
    description="A member as a point. The field names are those of node graph panels."
)
class MapNode:
    scores: strawberry.Private[MapScores]
    index: strawberry.Private[int]
    id: strawberry.ID = strawberry.field(description="The global id of the member.")
    key: str = strawberry.field(description="The key of the member.")
    title: str = strawberry.field(description="The name of the member.")
    sub_title: str | None = strawberry.field(description="Its sector and region.")
    group: str | None = strawberry.field(description="Its group under groupBy.")
    main_stat: float = strawberry.field(
        description="The number of its distinct neighbours."
    )
    secondary_stat: str | None = strawberry.field(description="Its group, as text.")
    size: float = strawberry.field(
        description="`mainStat` divided by the largest `mainStat`, 0..1."
    )
    distance: int | None = strawberry.field(
        description="The ties between it and `member`; null without `member`."
    )
    brokerage: float = strawberry.field(
        resolver=map_brokerage,
        description="Pairs without an arc that it connects, in all roles, in the whole"
        " network; `brokerage` explains it.",
    )
    betweenness: float | None = strawberry.field(
        resolver=map_betweenness,
        description="Its betweenness in the whole network, 0..1; `structuralHoles`"
        " explains it. Null below three members.",
    )
    constraint: float | None = strawberry.field(
        resolver=map_constraint,
        description="Its constraint in the whole network; `structuralHoles` explains"
        " it. Null without ties.",
    )
    x: float = strawberry.field(description="Its x coordinate in a unit square, 0..1.")
    y: float = strawberry.field(description="Its y coordinate in a unit square, 0..1.")
    arc__tangible: float | None = strawberry.field(
        name="arc__tangible",
        description="The tangible share of its exchanges with other members shown.",
    )
    arc__intangible: float | None = strawberry.field(
        name="arc__intangible",
        description="The intangible share of its exchanges with other members shown.",
    )
    member: MemberRef = strawberry.field(description="The member.")


@strawberry.type(description="An arc of one kind, along the flow of value.")
class MapLink:
    id: str = strawberry.field(description="kind:source:target, by keys.")
    source: strawberry.ID = strawberry.field(description="The id of its first node.")
    target: strawberry.ID = strawberry.field(description="The id of its second node.")
    kind: TieKind = strawberry.field(description="The kind of tie.")
    weight: float = strawberry.field(description="Its weight in the network.")
    main_stat: float = strawberry.field(description="Its weight.")
    tangible: int = strawberry.field(description="Tangible exchanges on it.")
    intangible: int = strawberry.field(description="Intangible exchanges on it.")


@strawberry.type(description="A network of limited size, ready to draw.")
class NetworkMap:
    nodes: list[MapNode] = strawberry.field(
        description="The members, by mainStat descending, then key; with `member` by"
        " distance first."
    )
    links: list[MapLink] = strawberry.field(
        description="The arcs, by kind in the order of `ties`, then by the positions"
        " of both ends."
    )
    node_count: int = strawberry.field(
        description="Members of the network, shown or not; with `member` those within"
        " `steps` of it."
    )
    link_count: int = strawberry.field(
        description="Arcs among the members shown, kind by kind, shown or not."
    )
    arc_count: int = strawberry.field(
        description="Arcs of the network, among all its members, kind by kind."
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no nodes; null if there are any."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def network_map(
    info: Info,
    network: NetworkInput,
    group_by: GroupKey | None = GroupKey.KIND,
    group_by_attribute: str | None = strawberry.UNSET,
    first: int | None = 200,
    first_links: int | None = 1_000,
    member: str | None = strawberry.UNSET,
    steps: int | None = 2,
) -> NetworkMap:
    """Which points and lines make a picture of this network?

    group_by: What puts the points into groups.
    group_by_attribute: The name of an extra attribute by which to group instead.
    first: How many points to return at most, up to 2,000; those with the most ties come
        first.
    first_links: How many lines to return at most, up to 10,000, in the order of
        `links`.
    member: Key of a member; only this member and those near it.
    steps: The most ties between `member` and another, from 1 to 10.
    """
    context = info.context
    selection = network.selection(context.settings)
    group_by = None if group_by_attribute else group_by or GroupKey.KIND
    grouping = needed_grouping(group_by, group_by_attribute or None)
    limit = limit_of("first", first, 200, MOST_NODES)
    links = limit_of("firstLinks", first_links, 1_000, MOST_LINKS)
    question = begin(selection, group_by=group_by, first=limit, first_links=links)
    question.add(group_by_attribute=group_by_attribute)
    around = None
    if member:
        await member_of(context, member)  # an unknown key is an error, not an empty map
        around = Surroundings(member, limit_of("steps", steps, 2, MOST_STEPS))
        question.add(member=around.member, steps=around.steps)
    analysis = await network_map_analysis(
        context.networks, selection, limit, links, around
    )
    groups = await context.networks.groups(analysis.network, grouping)
    scores = MapScores(context.networks, analysis.network, grouping)
    nodes = await map_nodes(info, analysis, scores, groups.names)
    warnings, read_at = analysis.warnings, analysis.read_at
    return NetworkMap(
        nodes=nodes,
        links=[map_link(link, nodes) for link in analysis.links],
        node_count=analysis.candidate_count,
        link_count=analysis.link_count,
        arc_count=analysis.arc_count,
        null_reason=None if nodes else empty_reason(around),
        about=question.about(FORMULA, SOURCE, warnings, read_at),
    )


def empty_reason(around: Surroundings | None) -> str:
    if around:
        return f"{around.member!r} is not in this network on that day."
    return "No member is in this network on that day."


async def map_nodes(
    info: Info,
    analysis: NetworkMapAnalysis,
    scores: MapScores,
    groups: list[str | None],
) -> list[MapNode]:
    results = analysis.nodes()
    keys = [analysis.network.keys[result.index] for result in results]
    members = await members_of(info.context, keys)
    nodes = []
    for result, member in zip(results, members, strict=True):
        texts = [part for part in (member.sector, member.region) if part]
        distance = analysis.distance
        nodes.append(
            MapNode(
                scores=scores,
                index=result.index,
                distance=None if distance is None else int(distance[result.index]),
                id=global_id(type(member).__name__, member.key),
                key=member.key,
                title=member.name,
                sub_title=", ".join(texts) or None,
                group=groups[result.index],
                main_stat=result.degree,
                secondary_stat=groups[result.index],
                size=result.size,
                x=result.x,
                y=result.y,
                arc__tangible=result.tangible_share,
                arc__intangible=result.intangible_share,
                member=member,
            )
        )
    return nodes


def map_link(link: MapLinkResult, nodes: list[MapNode]) -> MapLink:
    source, target = nodes[link.source], nodes[link.target]
    return MapLink(
        id=f"{link.kind.value}:{source.key}:{target.key}",
        source=source.id,
        target=target.id,
        kind=link.kind,
        weight=link.weight,
        main_stat=link.weight,
        tangible=link.tangible,
        intangible=link.intangible,
    )
