"""A network ready to draw: the members with most ties, their links, their places."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import numpy as np

from service.algorithms.csr import Csr, Floats, Int64s
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE
from service.algorithms.layout import layout
from service.analyses.exchanges import exchanges
from service.networks.network import Network, Networks, index_of
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class Link:
    """An arc of one kind between two shown members, by their places."""

    kind: TieKind
    source: int
    target: int
    weight: float
    tangible: int
    intangible: int


@dataclass(frozen=True)
class Map:
    """Shown members by degree descending, then key; links by kind and both places."""

    network: Network
    shown: Int64s  # places in the network
    degree: Int64s  # of all members
    position: Floats
    links: list[Link]
    link_count: int  # of the shown members, those cut off among them
    flows: Floats  # (shown, 2) exchanges, tangible and intangible

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return self.network.byte_count + 300 * len(self.links) + 100 * len(self.shown)


async def network_map(
    networks: Networks, selection: Selection, limit: int, most_links: int
) -> Map:
    async def found() -> Map:
        network = await networks.network(selection)
        ties = await asyncio.to_thread(lambda: network.arcs.mutual)
        degree = np.diff(ties.start)
        shown = np.argsort(-degree, kind="stable")[:limit]
        links, flows = [], np.zeros((len(shown), 2))
        for kind in selection.ties:
            links += await linked(networks, network, shown, kind, flows)
        ordered = np.sort(shown)
        at = np.searchsorted(ordered, shown)
        position = await asyncio.to_thread(lambda: layout(ties.only(ordered))[at])
        kept = links[:most_links]
        return Map(network, shown, degree, position, kept, len(links), flows)

    key = ("network map", selection, limit, most_links)
    return await networks.snapshots.get(key, found)


async def linked(
    networks: Networks, network: Network, shown: Int64s, kind: TieKind, flows: Floats
) -> list[Link]:
    """The arcs of one kind among the shown; exchanges are counted into `flows`."""
    one = await networks.network(replace(network.selection, ties=(kind,)))
    own = [index_of(one.keys, network.keys[i]) for i in shown.tolist()]
    at = {i: n for n, i in enumerate(own) if i is not None}
    arcs = {pair: [weight, 0, 0] for pair, weight in among(one.arcs, at).items()}
    if kind is TieKind.EXCHANGE:
        plain = replace(one.selection, weight=type(one.selection.weight).NONE)
        found = await exchanges(networks, plain)
        numbers = [index_of(found.members, network.keys[i]) for i in shown.tolist()]
        here = {i: n for n, i in enumerate(numbers) if i is not None}
        for column, sort in enumerate((TANGIBLE, INTANGIBLE)):
            for (source, target), count in among(found.arcs(sort), here).items():
                flows[source, column] += count
                flows[target, column] += count
                if (source, target) in arcs:
                    arcs[source, target][column + 1] = count
    return [
        Link(kind, *pair, weight, int(tangible), int(intangible))
        for pair, (weight, tangible, intangible) in sorted(arcs.items())
    ]


def among(arcs: Csr, at: dict[int, int]) -> dict[tuple[int, int], float]:
    """The arcs between members that have a place, by those places."""
    found = {}
    for member, source in at.items():
        for end, weight in zip(*arcs.row(member), strict=True):
            if (target := at.get(int(end))) is not None:
                found[source, target] = float(weight)
    return found
