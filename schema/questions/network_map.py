"""Q15: nodes and links of any network, ready to draw."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.node import global_id
from schema.records.reading import members_of
from schema.types.about import About, about
from schema.types.network_input import NetworkInput, echo
from service.analyses.network_map import Link, Map
from service.analyses.network_map import network_map as mapped
from service.vocabulary.enums import GroupKey, TieKind

FORMULA = (
    "The members with most ties (distinct neighbours), their arcs kind by kind, and a"
    " force-directed layout: k = 1 / sqrt(n), all pairs repel by k^2 / d, tied pairs"
    " attract by d^2 / k; deterministic. arc__tangible and arc__intangible are shares"
    " of a member's exchanges with other shown members."
)
SOURCE = "Fruchterman & Reingold 1991, Software: Practice and Experience 21:1129-1164."
MOST_LINKS = 5_000


@strawberry.type(description="A member as a point, in the names of node-graph panels.")
class MapNode:
    id: strawberry.ID
    key: str
    title: str
    sub_title: str | None = strawberry.field(description="Sector and region.")
    group: str | None = strawberry.field(description="By groupBy.")
    main_stat: float = strawberry.field(description="Distinct neighbours.")
    secondary_stat: str | None = strawberry.field(description="Its group.")
    size: float = strawberry.field(description="mainStat / the largest, 0..1.")
    x: float = strawberry.field(description="0..1, in a unit square.")
    y: float
    arc__tangible: float | None = strawberry.field(name="arc__tangible")
    arc__intangible: float | None = strawberry.field(name="arc__intangible")
    member: MemberRef


@strawberry.type(description="An arc of one kind, along the flow of value.")
class MapLink:
    id: str
    source: strawberry.ID
    target: strawberry.ID
    kind: TieKind
    weight: float
    main_stat: float = strawberry.field(description="Its weight.")
    tangible: int = strawberry.field(description="Tangible exchanges on it.")
    intangible: int = strawberry.field(description="Intangible exchanges on it.")


@strawberry.type(description="A network ready to draw, bounded in size.")
class NetworkMap:
    nodes: list[MapNode] = strawberry.field(
        description="By mainStat descending, then key."
    )
    links: list[MapLink] = strawberry.field(
        description="By kind in the order asked, then by the places of both ends."
    )
    node_count: int = strawberry.field(description="Of the network, shown or not.")
    link_count: int = strawberry.field(
        description="Among the shown members, kind by kind, shown or not."
    )
    null_reason: str | None
    about: About


async def network_map(
    info: Info,
    network: NetworkInput,
    group_by: GroupKey | None = GroupKey.KIND,
    first: int | None = 200,
    first_links: int | None = 1_000,
) -> NetworkMap:
    """Which points and lines draw this network?

    group_by: What puts the points into groups.
    first: How many points to return at most, those with most ties first.
    first_links: How many lines to return at most, the heaviest first.
    """
    context = info.context
    selection, by = network.selection(context.settings), group_by or GroupKey.KIND
    limit = limit_of("first", first, 200)
    links = limit_of("firstLinks", first_links, 1_000, MOST_LINKS)
    found = await mapped(context.networks, selection, limit, links)
    groups = await context.networks.groups(found.network, by)
    nodes = await nodes_of(info, found, groups.names)
    parameters: dict[str, Any] = {"network": echo(selection), "groupBy": by.value}
    parameters |= {"first": limit, "firstLinks": links}
    count = len(found.network.keys)
    warnings = [*found.network.warnings]
    if count > len(nodes):
        warnings.append(f"{count - len(nodes)} members with fewer ties are not shown.")
    if found.link_count > len(found.links):
        cut = found.link_count - len(found.links)
        warnings.append(f"{cut} links are not shown.")
    return NetworkMap(
        nodes=nodes,
        links=[shown(link, nodes) for link in found.links],
        node_count=count,
        link_count=found.link_count,
        null_reason=None if nodes else "Nobody is in this network on that day.",
        about=about(
            FORMULA, SOURCE, parameters, selection.day, found.read_at, warnings
        ),
    )


async def nodes_of(info: Info, found: Map, groups: list[str | None]) -> list[MapNode]:
    places = found.shown.tolist()
    keys = [found.network.keys[i] for i in places]
    members = await members_of(info.context, keys)
    most = max((int(found.degree[i]) for i in places), default=0)
    nodes = []
    for n, (i, member) in enumerate(zip(places, members, strict=True)):
        degree, flow = int(found.degree[i]), found.flows[n]
        shares = (flow / flow.sum()).tolist() if flow.sum() else [None, None]
        about_it = [part for part in (member.sector, member.region) if part]
        nodes.append(
            MapNode(
                id=global_id(type(member).__name__, member.key),
                key=member.key,
                title=member.name,
                sub_title=", ".join(about_it) or None,
                group=groups[i],
                main_stat=degree,
                secondary_stat=groups[i],
                size=degree / most if most else 0.0,
                x=float(found.position[n, 0]),
                y=float(found.position[n, 1]),
                arc__tangible=shares[0],
                arc__intangible=shares[1],
                member=member,
            )
        )
    return nodes


def shown(link: Link, nodes: list[MapNode]) -> MapLink:
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
