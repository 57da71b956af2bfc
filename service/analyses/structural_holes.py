"""Who connects others: each measure of all members, computed once and cached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from service.algorithms.betweenness import betweenness
from service.algorithms.betweenness_sample import betweenness_sample
from service.algorithms.burt import BurtMeasures, structural_holes
from service.algorithms.cohesion import coreness, simmelian_ties
from service.algorithms.connectivity import Cuts, cuts
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.diversity import Diversity, diversity
from service.computation.pool import in_thread
from service.computation.sharing import LazyResults
from service.networks.member_groups import MemberGrouping
from service.networks.members import Groups
from service.networks.network import Network, Networks, index_of
from service.networks.selection import Selection

T = TypeVar("T")
# Members times ties up to which betweenness is exact: some 10 s on two processors.
EXACT_WORK = 400_000_000
# Bounds on the error of a sampled, normalised betweenness; the second holds above so
# many ties: 100,000 members take some 3 s, ten times as many some 10 s.
ERROR, LARGE_ERROR, LARGE = 0.002, 0.005, 1_000_000
RISK = 0.05  # the probability that any score is further off
MEMBER_BYTES = 120  # of all measures together


@dataclass
class StructuralHolesAnalysis:
    """The measures of one network, each computed when it is first needed.

    Every request for the same network gets the same object, and waits where another
    request has started the work already.
    """

    network: Network
    _results: LazyResults = field(default_factory=LazyResults)

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        # Each tie is in both rows of the undirected network.
        arcs = self.network.arcs
        return 2 * arcs.byte_count + MEMBER_BYTES * arcs.size

    async def ties(self) -> Csr:
        """The undirected network: each tied pair in both rows."""
        return await self._once("ties", lambda: self.network.arcs.mutual)

    async def tie_count(self) -> int:
        return (await self.ties()).arc_count // 2

    async def degree(self, index: int) -> int:
        ties = await self.ties()
        return int(ties.start[index + 1] - ties.start[index])

    async def degrees(self) -> Int64s:
        return np.diff((await self.ties()).start)

    async def burt_measures(self) -> BurtMeasures:
        ties = await self.ties()
        return await self._once("burt", lambda: structural_holes(ties))

    async def order(self) -> list[int]:
        """Members by effective size descending, undefined ones last, then by key."""
        size = (await self.burt_measures()).effective_size
        return await self._once(
            "order", lambda: np.argsort(-size.round(9), kind="stable").tolist()
        )

    async def cuts(self) -> Cuts:
        ties = await self.ties()
        return await self._once("cuts", lambda: cuts(ties))

    async def separation(self, key: str) -> int:
        """Pairs of others that only this member joins; 0 outside the network."""
        own = index_of(self.network.keys, key)
        return 0 if own is None else int((await self.cuts()).separated[own])

    async def separated_pairs(self, index: int, most: int) -> list[tuple[str, str]]:
        """The first pairs of others that only this member joins, by key."""
        cuts, ties = await self.cuts(), await self.ties()
        pairs = await in_thread(cuts.pairs, ties, index, most)
        return self.keys_of(pairs)

    async def bridge_count(self) -> int:
        return len((await self.cuts()).bridges)

    def keys_of(self, pairs: Iterable[Iterable[int]]) -> list[tuple[str, str]]:
        """The keys of both ends of these pairs."""
        keys = self.network.keys
        return [(keys[source], keys[target]) for source, target in pairs]

    async def cut_point_count(self) -> int:
        return int(np.count_nonzero((await self.cuts()).points))

    async def separation_above(self, bound: int) -> int:
        """How many members separate more pairs than `bound`."""
        if pairs_of_others(len(self.network.keys)) <= bound:
            return 0
        return int(np.count_nonzero((await self.cuts()).separated > bound))

    async def coreness(self) -> Int32s:
        ties = await self.ties()
        return await self._once("coreness", lambda: coreness(ties))

    async def betweenness_error(self) -> float:
        """How far a normalised betweenness may be off; 0 where it is exact."""
        ties = await self.ties()
        pairs = ties.arc_count // 2
        if ties.size * pairs <= EXACT_WORK:
            return 0.0
        return LARGE_ERROR if pairs > LARGE else ERROR

    async def betweenness(self) -> Floats:
        """Sums over unordered pairs of others."""
        ties, error = await self.ties(), await self.betweenness_error()
        if not error:
            return await self._once("betweenness", lambda: betweenness(ties))
        pairs = pairs_of_others(ties.size)
        return await self._once(
            "betweenness",
            lambda: betweenness_sample(ties, error, RISK).betweenness * pairs,
        )

    async def simmelian_ties(self) -> Int32s:
        arcs = self.network.arcs
        return await self._once("simmelian ties", lambda: simmelian_ties(arcs))

    async def simmelian_counts(self) -> Int64s:
        """How many Simmelian ties each member has."""
        ends, size = await self.simmelian_ties(), self.network.arcs.size
        return await self._once(
            "simmelian counts", lambda: np.bincount(ends.ravel(), minlength=size)
        )

    async def diversity(self, group_by: MemberGrouping, groups: Groups) -> Diversity:
        ties = await self.ties()
        return await self._once(
            f"diversity by {group_by.value}", lambda: diversity(ties, groups.ids)
        )

    async def _once(self, name: str, work: Callable[[], T]) -> T:
        """The result of `work`, in a thread."""
        return await self._results.result(name, lambda: in_thread(work))


@dataclass(frozen=True)
class GroupedPositions:
    """The positions in a network, with the groups of its members if it has any."""

    analysis: StructuralHolesAnalysis
    group_by: MemberGrouping | None
    groups: Groups | None

    @property
    def keys(self) -> list[str]:
        return self.analysis.network.keys

    async def diversity(self) -> Diversity | None:
        if self.group_by is None or self.groups is None:
            return None
        return await self.analysis.diversity(self.group_by, self.groups)

    def index(self, key: str) -> int | None:
        return index_of(self.keys, key)


def pairs_of_others(size: int) -> float:
    """The unordered pairs of others that one of so many members may connect.

    >>> pairs_of_others(4)
    3.0
    """
    return (size - 1) * (size - 2) / 2


async def structural_holes_analysis(
    networks: Networks, selection: Selection
) -> StructuralHolesAnalysis:
    """The measures of one network, those computed before among them."""

    async def analysis() -> StructuralHolesAnalysis:
        return StructuralHolesAnalysis(await networks.network(selection))

    return await networks.snapshots.get(("structural holes", selection), analysis)
