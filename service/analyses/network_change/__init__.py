"""One network on two days: which members and arcs appeared and disappeared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from service.algorithms.csr import Int64s
from service.algorithms.distances import Distances, distances
from service.algorithms.structure import Structure, structure
from service.analyses.value_network import value_network_analysis
from service.computation.pool import in_thread
from service.networks.network import KEY_BYTES, Network, Networks
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind, TieWeight

KeyPair = tuple[str, str]


@dataclass(frozen=True)
class NetworkChangeAnalysis:
    """Members by key; pairs by the keys of source, then target."""

    before: Network
    after: Network
    members_came: list[str]
    members_went: list[str]
    arcs_came: Int64s  # codes of arcs among `keys`, ascending
    arcs_went: Int64s
    stayed_count: int
    keys: list[str]  # of both days, ascending

    @property
    def read_at(self) -> float:
        return min(self.before.read_at, self.after.read_at)

    @property
    def byte_count(self) -> int:
        return (
            KEY_BYTES * len(self.keys) + self.arcs_came.nbytes + self.arcs_went.nbytes
        )

    @property
    def distance(self) -> float | None:
        """1 - Jaccard of the two sets of arcs; None where both are empty."""
        union = len(self.arcs_came) + len(self.arcs_went) + self.stayed_count
        return 1 - self.stayed_count / union if union else None

    def pairs(self, codes: Int64s) -> list[KeyPair]:
        """The keys of source and target of these arcs."""
        ends = (divmod(code, len(self.keys)) for code in codes.tolist())
        return [(self.keys[source], self.keys[target]) for source, target in ends]


async def network_change_analysis(
    networks: Networks, selection: Selection, begin: date, end: date
) -> NetworkChangeAnalysis:
    """Cached until the next write."""

    async def compare() -> NetworkChangeAnalysis:
        before = await networks.network(replace(selection, day=begin))
        after = await networks.network(replace(selection, day=end))
        return await in_thread(compare_networks, before, after)

    key = ("network change", selection, begin, end)
    return await networks.snapshots.get(key, compare)


def compare_networks(before: Network, after: Network) -> NetworkChangeAnalysis:
    keys = sorted({*before.keys, *after.keys})
    index = {key: i for i, key in enumerate(keys)}

    def arc_codes(network: Network) -> Int64s:
        own = np.array([index[key] for key in network.keys], dtype=np.int64)
        arcs = network.arcs
        codes: Int64s = own[arcs.source] * len(keys) + own[arcs.target]
        return np.sort(codes)

    old, new = arc_codes(before), arc_codes(after)
    came = np.setdiff1d(new, old, assume_unique=True)
    return NetworkChangeAnalysis(
        before=before,
        after=after,
        members_came=sorted({*after.keys}.difference(before.keys)),
        members_went=sorted({*before.keys}.difference(after.keys)),
        arcs_came=came,
        arcs_went=np.setdiff1d(old, new, assume_unique=True),
        stayed_count=len(new) - len(came),
        keys=keys,
    )


def changes_exchanges(selection: Selection) -> bool:
    """Whether the network is one of exchanges alone, and so has value indicators."""
    is_exchange = selection.ties == (TieKind.EXCHANGE,)
    return is_exchange and selection.weight in (TieWeight.NONE, TieWeight.COUNT)


async def role_distance(
    networks: Networks, selection: Selection, begin: date, end: date
) -> float | None:
    """1 - Jaccard of the pairs of roles that exchange; None for other networks."""
    if not changes_exchanges(selection):
        return None
    before, after = [
        (
            await value_network_analysis(networks, replace(selection, day=day))
        ).role_pairs()
        for day in (begin, end)
    ]
    return 1 - len(before & after) / len(before | after) if before | after else None


async def network_structure(
    networks: Networks, network: Network
) -> tuple[Structure, Distances]:
    """The structure of one day, computed once."""

    async def snapshot() -> StructureSnapshot:
        arcs = network.arcs
        both = await in_thread(lambda: (structure(arcs), distances(arcs)))
        return StructureSnapshot(*both, network.read_at)

    cached = await networks.snapshots.get(("built", network.selection), snapshot)
    return cached.structure, cached.distances


@dataclass(frozen=True)
class StructureSnapshot:
    structure: Structure
    distances: Distances
    read_at: float
    byte_count: int = 500
