"""One network on two days: who and what came and went."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from service.algorithms.csr import Int64s
from service.algorithms.distances import Distances, distances
from service.algorithms.structure import Structure, structure
from service.networks.network import Network, Networks
from service.networks.selection import Selection

Pair = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """Members by key; pairs by the keys of source, then target."""

    before: Network
    after: Network
    members_came: list[str]
    members_went: list[str]
    came: Int64s  # codes of arcs among `keys`, ascending
    went: Int64s
    stayed: int
    keys: list[str]  # of both days, ascending

    @property
    def distance(self) -> float | None:
        """1 - Jaccard of the two sets of arcs; None where both are empty."""
        union = len(self.came) + len(self.went) + self.stayed
        return 1 - self.stayed / union if union else None

    def pairs(self, codes: Int64s) -> list[Pair]:
        ends = (divmod(code, len(self.keys)) for code in codes.tolist())
        return [(self.keys[source], self.keys[target]) for source, target in ends]


async def change(
    networks: Networks, selection: Selection, begin: date, end: date
) -> Change:
    before = await networks.network(replace(selection, day=begin))
    after = await networks.network(replace(selection, day=end))
    return await asyncio.to_thread(compared, before, after)


def compared(before: Network, after: Network) -> Change:
    keys = sorted({*before.keys, *after.keys})
    place = {key: i for i, key in enumerate(keys)}

    def codes(network: Network) -> Int64s:
        own = np.array([place[key] for key in network.keys], dtype=np.int64)
        arcs = network.arcs
        found: Int64s = own[arcs.source] * len(keys) + own[arcs.target]
        return np.sort(found)

    old, new = codes(before), codes(after)
    came = np.setdiff1d(new, old, assume_unique=True)
    return Change(
        before=before,
        after=after,
        members_came=sorted({*after.keys}.difference(before.keys)),
        members_went=sorted({*before.keys}.difference(after.keys)),
        came=came,
        went=np.setdiff1d(old, new, assume_unique=True),
        stayed=len(new) - len(came),
        keys=keys,
    )


async def built(networks: Networks, network: Network) -> tuple[Structure, Distances]:
    """The indicators of one day, found once."""

    async def found() -> Built:
        arcs = network.arcs
        both = await asyncio.to_thread(lambda: (structure(arcs), distances(arcs)))
        return Built(*both, network.read_at)

    kept = await networks.snapshots.get(("built", network.selection), found)
    return kept.structure, kept.distances


@dataclass(frozen=True)
class Built:
    structure: Structure
    distances: Distances
    read_at: float
    byte_count: int = 500
