"""The projected network of one selection: members and arcs, fetched as columns.

Arcs run along the flow of value. Parallel arcs of a pair are one, self-loops none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from service.graph import Graph
from service.groups import Members
from service.queries import statement
from service.selection import MUTUAL, REVERSED, SHARED, STORED, Selection
from service.vocabulary import TIES
from service.vocabulary.enums import ContractRole, TieKind

Arcs = NDArray[np.int64]  # one row an arc: index of its source, index of its target
ONE_SIDE = (ContractRole.SUPPLIER.value, ContractRole.CUSTOMER.value)


@dataclass(frozen=True)
class Network:
    """Members in the order of their keys, and the arcs between them by index."""

    members: Members
    arcs: Arcs

    @property
    def mutual(self) -> bool:
        """Whether every arc runs both ways (and there is one)."""
        size = len(self.members.keys)
        codes = self.arcs @ np.array([size, 1])
        turned = self.arcs @ np.array([1, size])
        return len(codes) > 0 and bool(np.isin(turned, codes).all())


@dataclass(frozen=True)
class TieColumns:
    sources: list[str]
    targets: list[str]
    types: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SharedColumns:
    types: list[str]
    crews: list[list[str]]
    roles: list[list[str]]


async def project(graph: Graph, selection: Selection, chosen: Members) -> Network:
    """Fetch what ties the members chosen; those without an arc are left out."""
    index = {key: i for i, key in enumerate(chosen.keys)}
    found = await pairs(graph, selection, chosen.keys)
    arcs = np.array(
        [(index[a], index[b]) for a, b in found if a in index and b in index],
        dtype=np.int64,
    ).reshape(-1, 2)
    arcs = arcs[arcs[:, 0] != arcs[:, 1]]
    # One number an arc: to sort numbers is many times faster than to sort rows.
    size = max(len(chosen.keys), 1)
    codes = np.unique(arcs[:, 0] * size + arcs[:, 1])
    arcs = np.column_stack(np.divmod(codes, size))
    if selection.isolates:
        return Network(chosen, arcs)
    tied, arcs = np.unique(arcs, return_inverse=True)
    return Network(chosen.only(tied.tolist()), arcs.reshape(-1, 2))


async def pairs(
    graph: Graph, selection: Selection, keys: list[str]
) -> list[tuple[str, str]]:
    """Every arc that a selected member has, by keys; some more than once."""
    found: list[tuple[str, str]] = []
    stored = [kind for kind in selection.ties if kind in STORED]
    if stored:
        found += await stored_pairs(graph, selection, stored, keys)
    if TieKind.REFERRAL in selection.ties:
        read = statement("network_referrals")
        day = selection.day
        rows = await graph.rows(read, TieColumns, members=keys, day=day)
        found += zip(rows[0].sources, rows[0].targets, strict=True)
    shared = {SHARED[kind] for kind in selection.ties if kind in SHARED}
    if TieKind.CONTRACT in selection.ties:
        shared.add("PARTY_TO")
    if shared:
        found += await shared_pairs(graph, selection, sorted(shared), keys)
    return found


async def stored_pairs(
    graph: Graph, selection: Selection, kinds: list[TieKind], keys: list[str]
) -> Iterator[tuple[str, str]]:
    types = {TIES[kind].type: kind for kind in kinds}
    exchange_kind = selection.exchange_kind and selection.exchange_kind.value
    rows = await graph.rows(
        statement("network_ties", TYPES="|".join(types)),
        TieColumns,
        members=keys,
        day=selection.day,
        exchange_kind=exchange_kind,
    )
    return along_flow(rows[0], types)


def along_flow(
    columns: TieColumns, types: dict[str, TieKind]
) -> Iterator[tuple[str, str]]:
    reversed_types = {type for type, kind in types.items() if kind in REVERSED}
    mutual_types = {type for type, kind in types.items() if kind in MUTUAL}
    rows = zip(columns.types, columns.sources, columns.targets, strict=True)
    for type, source, target in rows:
        if type not in reversed_types:
            yield source, target
        if type in reversed_types or type in mutual_types:
            yield target, source


async def shared_pairs(
    graph: Graph, selection: Selection, types: list[str], keys: list[str]
) -> Iterator[tuple[str, str]]:
    rows = await graph.rows(
        statement("network_shared", TYPES="|".join(types)),
        SharedColumns,
        members=keys,
        day=selection.day,
        max_community=selection.max_community,
    )
    return through_hubs(rows[0], selection.ties)


def through_hubs(
    columns: SharedColumns, ties: tuple[TieKind, ...]
) -> Iterator[tuple[str, str]]:
    derived = {SHARED[kind] for kind in ties if kind in SHARED}
    for type, crew, roles in zip(
        columns.types, columns.crews, columns.roles, strict=True
    ):
        if type in derived:
            yield from permutations(dict.fromkeys(crew), 2)
        if type == "PARTY_TO" and TieKind.CONTRACT in ties:
            parties = list(zip(crew, roles, strict=True))
            yield from contract_pairs(parties)


def contract_pairs(parties: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Supplier to customer; both ways where one of the two has another role."""
    for (a, role), (b, other) in permutations(parties, 2):
        two_sided = role in ONE_SIDE and other in ONE_SIDE
        if not two_sided or (role, other) == ONE_SIDE:
            yield a, b
