"""Who completes whom without being tied: needs, and roles that exchange elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack

from service.algorithms.csr import Csr, Floats, Int64s
from service.algorithms.openings import Flags, Openings, openings
from service.algorithms.openings import hops as hops_between
from service.algorithms.openings import shared as shared_score
from service.analyses.exchanges import Exchanges, exchanges
from service.graph.statements import statement
from service.networks.arcs import MemberIndex, blocks
from service.networks.members import Members
from service.networks.network import Network, Networks, index_of
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind, TieWeight

MOST_PAIRS = 5_000_000  # of holder and needer that are looked at one by one


@dataclass(frozen=True)
class CapabilityColumns:
    capability: str
    needing: list[Any]
    having: list[Any]


@dataclass(frozen=True)
class Traits:
    """What members need, have, give and take: traits by number, roles after needs."""

    capabilities: list[str]
    roles: list[str]
    play: Csr  # members to traits
    template: Flags
    able: csr_array  # (members, capabilities)
    needing: csr_array

    def needs(self, member: int, other: int) -> list[str]:
        """What the member needs and the other has."""
        wanted = self.needing[[member]].indices
        held = self.able[[other]].indices
        return [self.capabilities[c] for c in np.intersect1d(wanted, held).tolist()]

    def gives(self, member: int, other: int) -> list[tuple[str, str]]:
        """Pairs of roles in which the member could give to the other."""
        first, count = 2 * len(self.capabilities), len(self.roles)
        own = [t - first for t in self.play.row(member)[0].tolist()]
        its = [t - first - count for t in self.play.row(other)[0].tolist()]
        return sorted(
            (self.roles[s], self.roles[r])
            for s in own
            for r in its
            if 0 <= s < count and r >= 0
            if self.template[s, r]
        )


@dataclass(frozen=True)
class Found:
    """Openings by score descending, then both keys; those far apart come last."""

    network: Network
    ties: Csr
    traits: Traits
    near: Openings
    far: Int64s  # pairs that share no neighbour, by both ends
    cut: bool  # not all far pairs were looked at

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return 3 * self.ties.byte_count

    @property
    def count(self) -> int:
        return self.near.count + len(self.far)

    def pairs(self, limit: int) -> list[tuple[int, int, float]]:
        near = zip(self.near.pairs.tolist(), self.near.score.tolist(), strict=True)
        found = [(low, high, score) for (low, high), score in near]
        found += [(low, high, 0.0) for low, high in self.far[:limit].tolist()]
        return found[:limit]

    def distance(self, low: int, high: int, score: float) -> int | None:
        if score > 0:
            return 2
        found = int(hops_between(self.ties.start, self.ties.target, low, high))
        return found if found > 0 else None

    def between(self, low: int, high: int) -> list[int]:
        """The common neighbours, by key."""
        rows = self.ties.row(low)[0], self.ties.row(high)[0]
        found: list[int] = np.intersect1d(*rows).tolist()
        return found


async def found_openings(
    networks: Networks, selection: Selection, member: str | None, limit: int
) -> Found:
    # Whoever has no tie at all may be needed the most.
    whole = replace(selection, isolates=True)

    async def find() -> Found:
        network = await networks.network(whole)
        traits = await read_traits(networks, network)
        only = -1 if member is None else index_of(network.keys, member)
        return await asyncio.to_thread(searched, network, traits, only, limit)

    return await networks.snapshots.get(("openings", whole, member, limit), find)


def searched(network: Network, traits: Traits, only: int | None, limit: int) -> Found:
    ties = network.arcs.mutual
    none = np.zeros((0, 2), dtype=np.int64)
    if only is None:  # the member is not in this network
        nothing = Openings(none, np.zeros(0), 0)
        return Found(network, ties, traits, nothing, none, False)
    needs = len(traits.capabilities)
    near = openings(ties, traits.play, needs, traits.template, only, limit)
    far, cut = apart(ties, traits, only)
    return Found(network, ties, traits, near, far, cut)


def apart(ties: Csr, traits: Traits, only: int) -> tuple[Int64s, bool]:
    """Pairs of which one needs what the other has, without a common neighbour."""
    none = np.zeros((0, 2), dtype=np.int64)
    able, needing = traits.able, traits.needing
    work = able.sum(axis=0) @ needing.sum(axis=0)
    if work > MOST_PAIRS:
        return none, True
    matched = (needing @ able.T).tocoo()
    ends = np.column_stack((matched.row, matched.col)).astype(np.int64)
    ends = np.unique(np.sort(ends, axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    if only >= 0:
        ends = ends[(ends == only).any(axis=1)]
    score: Floats = shared_score(ties.start, ties.target, ends)
    return ends[score == 0], False


async def read_traits(networks: Networks, network: Network) -> Traits:
    chosen = await networks.members(network.selection)
    plain = replace(network.selection, ties=(TieKind.EXCHANGE,), weight=TieWeight.NONE)
    known = await exchanges(networks, plain)
    rows = await read_capabilities(networks, chosen, network)
    return await asyncio.to_thread(drawn, chosen, rows, known)


async def read_capabilities(
    networks: Networks, chosen: Members, network: Network
) -> list[CapabilityColumns]:
    places = MemberIndex(chosen)
    read = statement("openings/capabilities", END=places.end)
    graph, day = networks.snapshots.graph, network.selection.day
    return [
        row async for row in blocks(graph, read, CapabilityColumns, places, day=day)
    ]


def drawn(chosen: Members, rows: list[CapabilityColumns], known: Exchanges) -> Traits:
    """Traits: 0 … c needs, c … 2c capabilities held, then senders, then receivers."""
    size, places = len(chosen.keys), MemberIndex(chosen)
    names = sorted({row.capability for row in rows})
    number = {name: i for i, name in enumerate(names)}

    def table(column: str) -> csr_array:
        member = [places.positions(getattr(row, column)) for row in rows]
        trait = [
            np.full(len(m), number[r.capability])
            for m, r in zip(member, rows, strict=True)
        ]
        return flags(member, trait, (size, len(names)))

    needing, able = table("needing"), table("having")
    senders, sender = known.named("sender_role")
    receivers, receiver = known.named("receiver_role")
    roles = sorted({*senders, *receivers})
    at = {name: i for i, name in enumerate(roles)}
    # With isolates both are numbered alike: all members in the order of their keys.
    gives = flags([known.source], [renamed(senders, at, sender)], (size, len(roles)))
    takes = flags(
        [known.target], [renamed(receivers, at, receiver)], (size, len(roles))
    )
    play = hstack([needing, able, gives, takes], format="csr")
    template = np.zeros((len(roles), len(roles)), dtype=bool)
    for sort in known.sorts:
        if sort.sender_role and sort.receiver_role:
            template[at[sort.sender_role], at[sort.receiver_role]] = True
    return Traits(names, roles, Csr.from_matrix(play), template, able, needing)


def renamed(names: list[str], at: dict[str, int], ids: Any) -> Any:
    return np.array([*(at[name] for name in names), -1], dtype=np.int64)[ids]


def flags(member: list[Any], trait: list[Any], shape: tuple[int, int]) -> csr_array:
    """1 where a member has a trait; -1 is nobody's."""
    rows = np.concatenate([*member, np.zeros(0, dtype=np.int64)])
    columns = np.concatenate([*trait, np.zeros(0, dtype=np.int64)])
    kept = (rows >= 0) & (columns >= 0)
    rows, columns = rows[kept].astype(np.int64), columns[kept].astype(np.int64)
    found = coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    found.sum_duplicates()
    found.data[:] = 1
    return found
