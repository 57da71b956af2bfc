"""Networks as arrays: the members and arcs of a selection, projected once and cached.

Arcs run along the flow of value. Parallel arcs of a pair are one; self-loops are
dropped.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from service.algorithms.csr import Csr
from service.computation.pool import in_thread
from service.networks.arcs import ArcBuilder, MemberIndex, add_referrals, add_stored
from service.networks.member_groups import MemberGrouping
from service.networks.members import (
    Groups,
    MemberNames,
    Members,
    read_names,
    read_network_members,
)
from service.networks.selection import Selection
from service.networks.shared_arcs import add_shared
from service.networks.snapshots import Snapshots
from service.networks.tie_kinds import no_ties_warning
from service.vocabulary.enums import TieKind

KEY_BYTES = 70  # of one key in a list, as sys.getsizeof reports


@dataclass(frozen=True)
class Network:
    """Members in the order of their keys, and the arcs between them by index."""

    selection: Selection
    keys: list[str]
    arcs: Csr
    warnings: list[str]
    read_at: float
    by_group: dict[MemberGrouping, Groups] = field(default_factory=dict)

    @property
    def byte_count(self) -> int:
        # Arcs in both directions: the second is made at its first use.
        return 2 * self.arcs.byte_count + KEY_BYTES * len(self.keys)

    @property
    def mutual(self) -> bool:
        """Whether every arc runs both ways (and there is one)."""
        arcs, turned = self.arcs, self.arcs.turned
        same = np.array_equal(arcs.start, turned.start)
        return (
            arcs.arc_count > 0 and same and np.array_equal(arcs.target, turned.target)
        )


def index_of(keys: list[str], key: str) -> int | None:
    """The index of a member among keys in order; None where it is not there.

    >>> index_of(["a", "c"], "c"), index_of(["a", "c"], "b")
    (1, None)
    """
    index = bisect_left(keys, key)
    return index if keys[index : index + 1] == [key] else None


class Networks:
    """The door to the networks of one database."""

    def __init__(self, snapshots: Snapshots, max_ties: int) -> None:
        self.snapshots = snapshots
        self.max_ties = max_ties

    async def members(
        self, selection: Selection, group_by: MemberGrouping | None = None
    ) -> Members:
        """The members that pass the filters, also those without any arc."""
        graph = self.snapshots.graph
        return await self.snapshots.get(
            ("members", selection.scope, group_by),
            lambda: read_network_members(graph, selection, group_by),
        )

    async def names(self) -> MemberNames:
        """The names of all members by their keys."""
        graph = self.snapshots.graph
        return await self.snapshots.get("names", lambda: read_names(graph))

    async def network(
        self, selection: Selection, group_by: MemberGrouping | None = None
    ) -> Network:
        """The network; if `groups` will be called for it, `group_by` spares a read."""
        return await self.snapshots.get(
            ("network", selection), lambda: self._project(selection, group_by)
        )

    async def groups(self, network: Network, group_by: MemberGrouping) -> Groups:
        """The group of each member of the network, in its order."""
        if group_by not in network.by_group:
            members = await self.members(network.selection, group_by)
            network.by_group[group_by] = await in_thread(
                Groups.of, network.keys, members, group_by
            )
        return network.by_group[group_by]

    async def _project(
        self, selection: Selection, group_by: MemberGrouping | None
    ) -> Network:
        read_at = time.monotonic()
        members = await self.members(selection, group_by)
        index, arcs = MemberIndex(members), ArcBuilder(selection, self.max_ties)
        graph = self.snapshots.graph
        await add_stored(graph, index, arcs)
        await add_shared(graph, index, arcs)
        if TieKind.REFERRAL in selection.ties:
            await add_referrals(graph, index, arcs)
        csr = await in_thread(arcs.csr, len(members.keys))
        keys, warnings = members.keys, arcs.warnings
        if not csr.arc_count:
            warnings = [*warnings, await no_ties_warning(graph, selection, keys)]
        if not selection.isolates:
            keys, csr = await in_thread(without_isolates, keys, csr)
        return Network(selection, keys, csr, warnings, read_at)


def without_isolates(keys: list[str], arcs: Csr) -> tuple[list[str], Csr]:
    tied = np.flatnonzero(arcs.tied)
    return [keys[i] for i in tied.tolist()], arcs.only(tied)
