"""Positions in a network: each measure of all members found once, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from service.algorithms.betweenness import betweenness
from service.algorithms.betweenness_sample import betweenness_sample
from service.algorithms.burt import StructuralHoles, structural_holes
from service.algorithms.cohesion import coreness, simmelian_ties
from service.algorithms.connectivity import Cuts, cuts
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.diversity import Diversity, diversity
from service.networks.members import Groups
from service.networks.network import Network, Networks
from service.networks.selection import Selection
from service.vocabulary.enums import GroupKey

T = TypeVar("T")
# Members times ties up to which betweenness is exact: some 10 s on two processors.
EXACT_WORK = 400_000_000
# Bounds on the error of a sampled, normalised betweenness, and up to how many ties the
# first is kept: 100,000 members take some 3 s, ten times as many some 10 s.
ERROR, LARGE_ERROR, LARGE = 0.002, 0.005, 1_000_000
RISK = 0.05  # that any score is further off
MEMBER_BYTES = 120  # of all measures together


@dataclass
class Positions:
    """The measures of one network, each found when it is first asked for.

    Every request for the same network gets the same object, and waits for what another
    is having found already.
    """

    network: Network
    _found: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        # Each tie stands in both rows of the undirected network.
        arcs = self.network.arcs
        return 2 * arcs.byte_count + MEMBER_BYTES * arcs.size

    async def ties(self) -> Csr:
        """The undirected network: each tied pair in both rows."""
        return await self._once("ties", lambda: self.network.arcs.mutual)

    async def holes(self) -> StructuralHoles:
        ties = await self.ties()
        return await self._once("holes", lambda: structural_holes(ties))

    async def order(self) -> list[int]:
        """Members by effective size descending, undefined ones last, then by key."""
        size = (await self.holes()).effective_size
        found: list[int] = np.argsort(-size.round(9), kind="stable").tolist()
        return found

    async def cuts(self) -> Cuts:
        ties = await self.ties()
        return await self._once("cuts", lambda: cuts(ties))

    async def separates(self, place: int, most: int) -> list[tuple[int, int]]:
        """The first pairs of others that only this member joins."""
        found, ties = await self.cuts(), await self.ties()
        return await asyncio.to_thread(found.pairs, ties, place, most)

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
        sample = await self._once(
            "betweenness", lambda: betweenness_sample(ties, error, RISK)
        )
        return sample.betweenness * pairs_of_others(ties.size)

    async def simmelian_ties(self) -> Int32s:
        arcs = self.network.arcs
        return await self._once("simmelian ties", lambda: simmelian_ties(arcs))

    async def simmelian_counts(self) -> Int64s:
        """How many Simmelian ties each member has."""
        ends = (await self.simmelian_ties()).ravel()
        return np.bincount(ends, minlength=self.network.arcs.size)

    async def diversity(self, group_by: GroupKey, groups: Groups) -> Diversity:
        ties = await self.ties()
        return await self._once(
            f"diversity by {group_by.value}", lambda: diversity(ties, groups.ids)
        )

    async def _once(self, name: str, work: Callable[[], T]) -> T:
        """What `work` gives, in a thread; who gives up does not stop it for others."""
        known = self._found.get(name)
        if known is None or (known.done() and known.exception() is not None):
            known = asyncio.ensure_future(asyncio.to_thread(work))
            self._found[name] = known
        found: T = await asyncio.shield(known)
        return found


def pairs_of_others(size: int) -> float:
    """Unordered pairs that one of so many members may stand between.

    >>> pairs_of_others(4)
    3.0
    """
    return (size - 1) * (size - 2) / 2


async def positions(networks: Networks, selection: Selection) -> Positions:
    """The measures of one network, those found before among them."""

    async def found() -> Positions:
        return Positions(await networks.network(selection))

    return await networks.snapshots.get(("structural holes", selection), found)
