"""Arcs between members who share something: a company, a contract, a community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from service.algorithms.csr import Floats, Int32s, Int64s
from service.graph import Graph
from service.graph.statements import statement
from service.networks.arcs import Arcs, Places, blocks
from service.networks.selection import SHARED
from service.vocabulary.enums import ContractRole, TieKind, TieWeight

ONE_SIDE = {ContractRole.SUPPLIER.value: 1, ContractRole.CUSTOMER.value: 2}


@dataclass(frozen=True)
class SharedColumns:
    types: list[str]
    hubs: list[str]
    crews: list[list[Any]]
    roles: list[list[str]]
    values: list[float]
    currencies: list[str]


@dataclass
class Shares:
    """Who is at which hub, as what; one entry a member, hub and role."""

    hubs: list[int]
    members: list[int]
    roles: list[int]
    values: list[float]  # of each hub
    currencies: list[str]


async def add_shared(graph: Graph, places: Places, arcs: Arcs) -> None:
    selection = arcs.selection
    types = {SHARED[kind] for kind in selection.ties if kind in SHARED}
    if TieKind.CONTRACT in selection.ties:
        types.add("PARTY_TO")
    if not types:
        return
    found = {name: Shares([], [], [], [], []) for name in types}
    known: dict[tuple[str, str], int] = {}
    async for row in blocks(
        graph,
        statement("networks/shared", TYPES="|".join(sorted(types)), END=places.end),
        SharedColumns,
        places,
        day=selection.day,
        max_community=selection.max_community,
    ):
        collect(row, places, known, found)
    for kind in selection.ties:
        if kind in SHARED:
            add_together(found[SHARED[kind]], places, arcs)
        if kind is TieKind.CONTRACT:
            add_contracts(found["PARTY_TO"], places, arcs)


def collect(
    row: SharedColumns,
    places: Places,
    known: dict[tuple[str, str], int],
    found: dict[str, Shares],
) -> None:
    """A hub may come in several blocks, with some of its crew in each."""
    for i, (type, hub) in enumerate(zip(row.types, row.hubs, strict=True)):
        shares = found[type]
        if (type, hub) not in known:
            known[type, hub] = len(shares.values)
            shares.values.append(row.values[i])
            shares.currencies.append(row.currencies[i])
        crew = row.crews[i]
        shares.hubs += [known[type, hub]] * len(crew)
        shares.members += crew
        shares.roles += [ONE_SIDE.get(role, 0) for role in row.roles[i]]


def add_together(shares: Shares, places: Places, arcs: Arcs) -> None:
    """Both ways between any two at one hub; each hub counts once."""
    members = places.of(shares.members).astype(np.int64)
    hub, member = distinct(np.array(shares.hubs, dtype=np.int64), members)
    arcs.refuse(arcs.count + pair_count(hub))
    one, other = pairs(hub)
    kept = member[one] != member[other]
    source, target = member[one[kept]], member[other[kept]]
    arcs.add(as_places(source), as_places(target), np.ones(len(source)))


def add_contracts(shares: Shares, places: Places, arcs: Arcs) -> None:
    """Supplier to customer; both ways where one of the two has another role."""
    hub = np.array(shares.hubs, dtype=np.int64)
    member = places.of(shares.members).astype(np.int64)
    order = np.argsort(hub, kind="stable")
    hub, member = hub[order], member[order]
    role = np.array(shares.roles, dtype=np.int64)[order]
    arcs.refuse(arcs.count + pair_count(hub))
    one, other = pairs(hub)
    two_sided = (role[one] > 0) & (role[other] > 0)
    kept = (member[one] != member[other]) & (~two_sided | (role[one] < role[other]))
    one, other = one[kept], other[kept]
    # A member in two roles is still one end of the contract.
    size = len(places.ends)
    contract, ends = distinct(hub[one], member[one] * size + member[other])
    source, target = np.divmod(ends, max(size, 1))
    weight = np.ones(len(source))
    if arcs.selection.weight is TieWeight.VALUE:
        weight = values(shares, contract, arcs)[contract]
    arcs.add(as_places(source), as_places(target), weight)


def values(shares: Shares, contracts: Int64s, arcs: Arcs) -> Floats:
    """The value of each contract, blanks counted once a contract."""
    used = np.unique(contracts)
    found = np.array(shares.values, dtype=np.float64)
    valued = used[~np.isnan(found[used])]
    currencies = {shares.currencies[i] for i in valued.tolist()}
    found[used] = arcs.weights(found[used], currencies)
    return found


def distinct(hub: Int64s, what: Int64s) -> tuple[Int64s, Int64s]:
    """Each pair once, in the order of the hubs."""
    order = np.lexsort((what, hub))
    hub, what = hub[order], what[order]
    first = np.ones(len(hub), dtype=bool)
    first[1:] = (hub[1:] != hub[:-1]) | (what[1:] != what[:-1])
    return hub[first], what[first]


def pair_count(hub: Int64s) -> int:
    return int((np.bincount(hub) ** 2).sum()) if len(hub) else 0


def pairs(hub: Int64s) -> tuple[Int64s, Int64s]:
    """Positions of any two entries of one hub, itself too; hubs ascend.

    >>> one, other = pairs(np.array([0, 0, 1]))
    >>> one.tolist(), other.tolist()
    ([0, 0, 1, 1, 2], [0, 1, 0, 1, 2])
    """
    crews = np.bincount(hub) if len(hub) else np.zeros(0, dtype=np.int64)
    partners = crews[hub]
    one = np.repeat(np.arange(len(hub)), partners)
    begin = np.repeat(np.cumsum(partners) - partners, partners)
    crew_start = np.repeat((np.cumsum(crews) - crews)[hub], partners)
    return one, crew_start + np.arange(len(one)) - begin


def as_places(index: Int64s) -> Int32s:
    return index.astype(np.int32)
