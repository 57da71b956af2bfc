"""A network ready to draw: the members with most ties, their links and positions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from service.algorithms.csr import Csr, Floats, Int64s
from service.algorithms.distances import steps_from
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE
from service.algorithms.layout import layout
from service.analyses.brokerage import BrokerageAnalysis
from service.analyses.exchanges import exchanges
from service.analyses.structural_holes import (
    StructuralHolesAnalysis,
    pairs_of_others,
    structural_holes_analysis,
)
from service.computation.pool import in_thread
from service.computation.sharing import LazyResults
from service.networks.member_groups import MemberGrouping
from service.networks.network import Network, Networks, index_of
from service.networks.selection import STORED_TIES, Selection
from service.networks.tie_kinds import MOST_MEMBERS, tie_kinds
from service.vocabulary.enums import TieKind, TieWeight


@dataclass(frozen=True)
class MapLinkResult:
    """An arc of one kind between two members of the map, by their positions."""

    kind: TieKind
    source: int
    target: int
    weight: float
    tangible: int
    intangible: int


@dataclass(frozen=True)
class MapNodeResult:
    """A member of the map: its index in the network, its size and coordinates."""

    index: int
    degree: int
    size: float  # degree / the largest
    x: float
    y: float
    tangible_share: float | None
    intangible_share: float | None


@dataclass(frozen=True)
class Surroundings:
    """The members that at most so many ties separate from one member."""

    member: str
    steps: int


@dataclass(frozen=True)
class MapScores:
    """The scores of the members, in the order of the network, when they are needed.

    Each is computed once for all points, so that they are of one state of the graph.
    """

    networks: Networks
    network: Network
    grouping: MemberGrouping
    _results: LazyResults = field(default_factory=LazyResults)

    async def brokerage(self) -> Floats:
        """The pairs that each member brokers, in all roles."""

        async def work() -> Floats:
            selection = self.network.selection
            analysis = BrokerageAnalysis(
                self.networks, selection, self.grouping, known_network=self.network
            )
            total: Floats = (await analysis.credit()).sum(axis=1)
            return total

        return await self._results.result("brokerage", work)

    async def betweenness(self) -> Floats:
        """Normalised; NaN below three members."""

        async def work() -> Floats:
            pairs = pairs_of_others(len(self.network.keys)) or np.nan
            return await (await self.positions()).betweenness() / pairs

        return await self._results.result("betweenness", work)

    async def constraint(self) -> Floats:
        async def work() -> Floats:
            return (await (await self.positions()).burt_measures()).constraint

        return await self._results.result("constraint", work)

    async def positions(self) -> StructuralHolesAnalysis:
        selection = self.network.selection
        analysis = await structural_holes_analysis(self.networks, selection)
        # A write came between: the whole answer is about the network read first.
        is_own = analysis.network is self.network
        return analysis if is_own else StructuralHolesAnalysis(self.network)


@dataclass(frozen=True)
class NetworkMapAnalysis:
    """Members by degree descending, then key; links by kind and both positions.

    Around a member: by distance first.
    """

    network: Network
    candidate_count: int  # members of the network, or of the surroundings
    distance: Floats | None  # of all members from the one whose surroundings it shows
    members: Int64s  # indices in the network
    degree: Int64s  # of all members
    coordinates: Floats  # (members, 2)
    links: list[MapLinkResult]
    link_count: int  # of these members, before the limit
    arc_count: int  # of all members, kind by kind
    flows: Floats  # (members, 2) exchanges, tangible and intangible

    @property
    def warnings(self) -> list[str]:
        warnings = [*self.network.warnings]
        if hidden := self.candidate_count - len(self.members):
            fewer = "fewer" if self.has_clear_cut else "fewer or as many"
            which = f"Members with {fewer} ties" if self.distance is None else "Members"
            warnings.append(f"{which} that are not shown: {hidden}.")
        if hidden := self.link_count - len(self.links):
            warnings.append(f"Links that are not shown: {hidden}.")
        return warnings

    @property
    def has_clear_cut(self) -> bool:
        """Whether all members of the map have more ties than all others."""
        by_degree, count = np.sort(self.degree)[::-1], len(self.members)
        return bool(by_degree[count - 1] > by_degree[count])

    def nodes(self) -> list[MapNodeResult]:
        indices = self.members.tolist()
        most = max((int(self.degree[i]) for i in indices), default=0)
        nodes = []
        for position, index in enumerate(indices):
            degree, flow = int(self.degree[index]), self.flows[position]
            shares = (flow / flow.sum()).tolist() if flow.sum() else [None, None]
            x, y = self.coordinates[position].tolist()
            size = degree / most if most else 0.0
            nodes.append(MapNodeResult(index, degree, size, x, y, *shares))
        return nodes

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return self.network.byte_count + 300 * len(self.links) + 100 * len(self.members)


async def network_map_analysis(
    networks: Networks,
    selection: Selection,
    limit: int,
    most_links: int,
    around: Surroundings | None = None,
) -> NetworkMapAnalysis:
    async def analysis() -> NetworkMapAnalysis:
        network = await networks.network(selection)
        ties = await in_thread(lambda: network.arcs.mutual)
        degree = np.diff(ties.start)
        distance = None
        if around:
            own = index_of(network.keys, around.member)
            distance = await in_thread(steps_from, ties, own, around.steps)
        members = by_distance_and_degree(degree, distance)
        candidate_count, members = len(members), members[:limit]
        links, flows, arc_count = [], np.zeros((len(members), 2)), 0
        for kind in await present_kinds(networks, network):
            own_kind = await networks.network(replace(selection, ties=(kind,)))
            arc_count += len(own_kind.arcs.target)
            links += await kind_links(networks, network, own_kind, members, kind, flows)
        ordered = np.sort(members)
        at = np.searchsorted(ordered, members)
        coordinates = await in_thread(lambda: layout(ties.only(ordered))[at])
        return NetworkMapAnalysis(
            network=network,
            candidate_count=candidate_count,
            distance=distance,
            members=members,
            degree=degree,
            coordinates=coordinates,
            links=links[:most_links],
            link_count=len(links),
            arc_count=arc_count,
            flows=flows,
        )

    key = ("network map", selection, limit, most_links, around)
    return await networks.snapshots.get(key, analysis)


async def present_kinds(networks: Networks, network: Network) -> list[TieKind]:
    """The kinds of the network, without stored ones that connect no two members.

    The network of such a kind would look for reasons why it is empty.
    """
    ties, keys = network.selection.ties, network.keys
    if len(ties) == 1 or len(keys) > MOST_MEMBERS:
        return list(ties)
    counts = await tie_kinds(networks.snapshots.graph, keys, network.selection.day)
    active = {kind for kind, row in counts.items() if row.count}
    return [kind for kind in ties if kind in active or kind not in STORED_TIES]


def by_distance_and_degree(degree: Int64s, distance: Floats | None) -> Int64s:
    """The members that are near enough, the nearest first, then by degree and key."""
    if distance is None:
        return np.argsort(-degree, kind="stable")
    order = np.lexsort((-degree, distance))
    return order[np.isfinite(distance[order])]


async def kind_links(
    networks: Networks,
    network: Network,
    own_kind: Network,
    members: Int64s,
    kind: TieKind,
    flows: Floats,
) -> list[MapLinkResult]:
    """The arcs of one kind among the members; exchanges are counted into `flows`."""
    own = [index_of(own_kind.keys, network.keys[i]) for i in members.tolist()]
    position = {i: n for n, i in enumerate(own) if i is not None}
    arcs = {
        pair: [weight, 0, 0] for pair, weight in among(own_kind.arcs, position).items()
    }
    if kind is TieKind.EXCHANGE:
        unweighted = replace(own_kind.selection, weight=TieWeight.NONE)
        rows = await exchanges(networks, unweighted)
        numbers = [index_of(rows.members, network.keys[i]) for i in members.tolist()]
        positions = {i: n for n, i in enumerate(numbers) if i is not None}
        for column, name in enumerate((TANGIBLE, INTANGIBLE)):
            for (source, target), count in among(rows.arcs(name), positions).items():
                flows[source, column] += count
                flows[target, column] += count
                if (source, target) in arcs:
                    arcs[source, target][column + 1] = count
    return [
        MapLinkResult(kind, *pair, weight, int(tangible), int(intangible))
        for pair, (weight, tangible, intangible) in sorted(arcs.items())
    ]


def among(arcs: Csr, positions: dict[int, int]) -> dict[tuple[int, int], float]:
    """The arcs between members that have a position, by those positions."""
    weights = {}
    for member, source in positions.items():
        for end, weight in zip(*arcs.row(member), strict=True):
            if (target := positions.get(int(end))) is not None:
                weights[source, target] = float(weight)
    return weights
