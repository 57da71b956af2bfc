"""Brokerage of a network: one member counted in Cypher, all of them over arrays.

Each part is found once, when it is first asked for: one member's counts need no arcs.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.algorithms import brokerage, brokerage_moments
from service.algorithms.brokerage_moments import Moments, Null
from service.graph import Graph
from service.groups import Members, members
from service.network import Network, project
from service.queries import statement
from service.selection import MUTUAL, REVERSED, STORED, Selection
from service.vocabulary import TIES
from service.vocabulary.enums import GroupKey, TieKind

T = TypeVar("T")


@dataclass(frozen=True)
class Around:
    """Columns of the two statements about one member: [key, group] and counts."""

    sources: list[tuple[str, int]]
    targets: list[tuple[str, int]]
    closed: list[tuple[int, int, int]]


class Brokerage:
    """One question's data; reads happen in the order in which answers need them."""

    def __init__(self, graph: Graph, selection: Selection, group_by: GroupKey) -> None:
        self.graph = graph
        self.selection = selection
        self.group_by = group_by
        self.read_at = time.monotonic()
        self._found: dict[str, asyncio.Task[Any]] = {}

    async def _once(self, name: str, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, shared by all who ask for it."""
        if name in self._found:
            work.close()
        else:
            self._found[name] = asyncio.ensure_future(work)
        result: T = await self._found[name]
        return result

    async def members(self) -> Members:
        return await self._once(
            "members", members(self.graph, self.selection, self.group_by)
        )

    async def network(self) -> Network:
        return await self._once("network", self._network())

    async def _network(self) -> Network:
        return await project(self.graph, self.selection, await self.members())

    async def counts(self) -> NDArray[np.int64]:
        """The five roles of every member of the network, in its order."""
        return await self._once("counts", self._counts())

    async def _counts(self) -> NDArray[np.int64]:
        network = await self.network()
        groups = network.members.group_ids
        return await asyncio.to_thread(brokerage.roles, network.arcs, groups)

    async def null(self) -> Null | None:
        """The null model, or None where a density is undefined (N < 2)."""
        return await self._once("null", self._null())

    async def _null(self) -> Null | None:
        network = await self.network()
        size = len(network.members.keys)
        if size < 2:
            return None
        sizes = Counter(network.members.group_ids.tolist())
        return Null(size, len(network.arcs), list(sizes.values()))

    async def moments(self, group: str | None) -> Moments | None:
        """Moments of one broker: they hang on the size of its group alone."""
        null = await self.null()
        if null is None:
            return None
        groups = (await self.network()).members.groups
        own = 1 if group is None else groups.count(group)
        return await self._once(f"moments {own}", of_broker(null, own))

    async def whole(self) -> Moments | None:
        null = await self.null()
        if null is None:
            return None
        return await asyncio.to_thread(brokerage_moments.of_whole, null)

    async def one(self, key: str) -> tuple[str | None, NDArray[np.int64]] | None:
        """Group and counts of one member, in Cypher where the ties allow; else None.

        None as well where the member is not in the network.
        """
        if not in_cypher(self.selection):
            network = await self.network()
            if key not in network.members.keys:
                return None
            place = network.members.keys.index(key)
            return network.members.groups[place], (await self.counts())[place]
        chosen = await self.members()
        if key not in chosen.keys:
            return None
        place = chosen.keys.index(key)
        around = await self._around(key, chosen)
        if not (around.sources or around.targets or self.selection.isolates):
            return None
        counts = brokerage.roles_of_one(
            brokerage.Around(dict(around.sources), dict(around.targets), around.closed),
            int(chosen.group_ids[place]),
        )
        return chosen.groups[place], counts

    async def _around(self, key: str, chosen: Members) -> Around:
        groups = dict(zip(chosen.keys, chosen.group_ids.tolist(), strict=True))
        params = {"member": key, "groups": groups, "day": self.selection.day}
        if self.selection.ties == (TieKind.CO_INVESTMENT,):
            read = statement("brokerage_by_investment")
        else:
            types = [TIES[kind].type for kind in self.selection.ties]
            read = statement("brokerage_by_ties", TYPES="|".join(types))
            params["reversed"] = [TIES[kind].type for kind in REVERSED]
            params["mutual"] = [TIES[kind].type for kind in MUTUAL]
            exchange_kind = self.selection.exchange_kind
            params["exchange_kind"] = exchange_kind and exchange_kind.value
        return (await self.graph.rows(read, Around, **params))[0]

    async def warnings(self) -> list[str]:
        network = await self.network()
        found = network.members.warnings(self.group_by)
        if network.mutual:
            found.append(
                "Every arc is mutual; the null model of expected and z assumes"
                " independent directed arcs."
            )
        return found


async def of_broker(null: Null, own: int) -> Moments:
    return brokerage_moments.of_broker(null, own)


def in_cypher(selection: Selection) -> bool:
    """Stored ties, or co-investment alone: a bounded pattern around one member."""
    stored = all(kind in STORED for kind in selection.ties)
    return stored or selection.ties == (TieKind.CO_INVESTMENT,)
