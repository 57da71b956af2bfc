"""Members that complete each other without a tie, by needs and by roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack

from service.algorithms.csr import Csr, Floats, Int64s
from service.algorithms.openings import (
    Flags,
    OpeningPairs,
    common_neighbours,
    hops,
    openings,
)
from service.analyses.exchanges import Exchanges, exchanges
from service.computation.pool import in_thread
from service.graph.statements import statement
from service.networks.arcs import MemberIndex, blocks
from service.networks.members import Members
from service.networks.network import Network, Networks, index_of
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind, TieWeight

NO_OPENING = "No two members without a tie complete each other."
NOTHING_TO_MATCH = (
    "Unknown. No need and capability of these members are stored, and none of their"
    " exchanges states both roles. Add NEED and CAPABILITY ties, or sender_role and"
    " receiver_role to EXCHANGE ties."
)
MOST_PAIRS = 5_000_000  # of holder and needer that are looked at one by one


@dataclass(frozen=True)
class CapabilityColumns:
    capability: str
    needing: list[Any]
    having: list[Any]


@dataclass(frozen=True)
class MemberTraits:
    """What members need, have, give and take, as numbered traits."""

    capabilities: list[str]
    roles: list[str]
    play: Csr  # members to traits
    template: Flags
    able: csr_array  # (members, capabilities)
    needing: csr_array

    @property
    def can_match(self) -> bool:
        """Whether enough is stored for any two members to complete each other."""
        return bool((self.needing.nnz and self.able.nnz) or self.template.any())

    def needs(self, member: int, other: int) -> list[str]:
        """What the member needs and the other has."""
        needed, owned = self.needing[[member]].indices, self.able[[other]].indices
        both = np.intersect1d(needed, owned).tolist()
        return [self.capabilities[capability] for capability in both]

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
class OpeningsAnalysis:
    """OpeningPairs by score descending, then both keys; those far apart come last."""

    network: Network
    ties: Csr
    traits: MemberTraits
    near: OpeningPairs
    far: Int64s  # pairs that share no neighbour, by both ends
    is_cut: bool  # not all far pairs were examined

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return 3 * self.ties.byte_count

    @property
    def count(self) -> int:
        return self.near.count + len(self.far)

    @property
    def null_reason(self) -> str | None:
        if self.count:
            return None
        return NO_OPENING if self.traits.can_match else NOTHING_TO_MATCH

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, part: slice) -> list[tuple[int, int, float]]:
        """Pairs with their scores, as far as they were searched."""
        start, stop, _ = part.indices(self.count)
        near = self.near.pairs[start:stop].tolist()
        scores = self.near.score[start:stop].tolist()
        begin, end = max(start - self.near.count, 0), max(stop - self.near.count, 0)
        pairs = [(*ends, score) for ends, score in zip(near, scores, strict=True)]
        return pairs + [(*ends, 0.0) for ends in self.far[begin:end].tolist()]

    @property
    def warnings(self) -> list[str]:
        if not self.is_cut:
            return self.network.warnings
        cut = (
            "Too many pairs of need and capability: pairs without a common neighbour"
            " are left out. Narrow the community, or give `member`."
        )
        return [*self.network.warnings, cut]

    def distance(self, low: int, high: int, score: float) -> int | None:
        if score > 0:
            return 2
        distance = int(hops(self.ties.start, self.ties.target, low, high))
        return distance if distance > 0 else None

    def between(self, low: int, high: int) -> list[int]:
        """The common neighbours, by key."""
        rows = self.ties.row(low)[0], self.ties.row(high)[0]
        neighbours: list[int] = np.intersect1d(*rows).tolist()
        return neighbours


async def openings_analysis(
    networks: Networks, selection: Selection, member: str | None, limit: int
) -> OpeningsAnalysis:
    """With at least the first `limit` pairs; cached until the next write."""
    # Members without any tie may be needed the most.
    everybody = replace(selection, isolates=True)

    async def analysis() -> OpeningsAnalysis:
        network = await networks.network(everybody)
        traits = await read_traits(networks, network)
        only = -1 if member is None else index_of(network.keys, member)
        return await in_thread(search_openings, network, traits, only, limit)

    return await networks.snapshots.get(
        ("openings", everybody, member, limit), analysis
    )


def search_openings(
    network: Network, traits: MemberTraits, only: int | None, limit: int
) -> OpeningsAnalysis:
    ties = network.arcs.mutual
    none = np.zeros((0, 2), dtype=np.int64)
    if only is None:  # the member is not in this network
        nothing = OpeningPairs(none, np.zeros(0), 0)
        return OpeningsAnalysis(network, ties, traits, nothing, none, False)
    needs = len(traits.capabilities)
    near = openings(ties, traits.play, needs, traits.template, only, limit)
    far, is_cut = far_pairs(ties, traits, only)
    return OpeningsAnalysis(network, ties, traits, near, far, is_cut)


def far_pairs(ties: Csr, traits: MemberTraits, only: int) -> tuple[Int64s, bool]:
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
    score: Floats = common_neighbours(ties.start, ties.target, ends)
    return ends[score == 0], False


async def read_traits(networks: Networks, network: Network) -> MemberTraits:
    chosen = await networks.members(network.selection)
    unweighted = replace(
        network.selection, ties=(TieKind.EXCHANGE,), weight=TieWeight.NONE
    )
    known = await exchanges(networks, unweighted)
    rows = await read_capabilities(networks, chosen, network)
    return await in_thread(build_traits, chosen, rows, known)


async def read_capabilities(
    networks: Networks, chosen: Members, network: Network
) -> list[CapabilityColumns]:
    places = MemberIndex(chosen)
    query = statement("openings/capabilities", END=places.end)
    graph, day = networks.snapshots.graph, network.selection.day
    return [
        row async for row in blocks(graph, query, CapabilityColumns, places, day=day)
    ]


def build_traits(
    chosen: Members, rows: list[CapabilityColumns], known: Exchanges
) -> MemberTraits:
    """Traits: 0 … c needs, c … 2c capabilities owned, then senders, then receivers."""
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
    senders, sender = known.names("sender_role")
    receivers, receiver = known.names("receiver_role")
    roles = sorted({*senders, *receivers})
    at = {name: i for i, name in enumerate(roles)}
    # With isolates both have the same numbers: all members in the order of their keys.
    gives = flags(
        [known.source], [role_numbers(senders, at, sender)], (size, len(roles))
    )
    takes = flags(
        [known.target], [role_numbers(receivers, at, receiver)], (size, len(roles))
    )
    play = hstack([needing, able, gives, takes], format="csr")
    template = np.zeros((len(roles), len(roles)), dtype=bool)
    for kind in known.traits:
        if kind.sender_role and kind.receiver_role:
            template[at[kind.sender_role], at[kind.receiver_role]] = True
    return MemberTraits(names, roles, Csr.from_matrix(play), template, able, needing)


def role_numbers(names: list[str], at: dict[str, int], ids: Any) -> Any:
    return np.array([*(at[name] for name in names), -1], dtype=np.int64)[ids]


def flags(member: list[Any], trait: list[Any], shape: tuple[int, int]) -> csr_array:
    """1 where a member has a trait; an index of -1 is left out."""
    rows = np.concatenate([*member, np.zeros(0, dtype=np.int64)])
    columns = np.concatenate([*trait, np.zeros(0, dtype=np.int64)])
    known = (rows >= 0) & (columns >= 0)
    rows, columns = rows[known].astype(np.int64), columns[known].astype(np.int64)
    table = coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    table.sum_duplicates()
    table.data[:] = 1
    return table
