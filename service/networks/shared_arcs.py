"""Arcs between members who share something: a company, a contract, a community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from service.algorithms.csr import Floats, Int32s, Int64s
from service.computation.pool import in_thread
from service.graph import Graph
from service.graph.statements import statement
from service.networks.arcs import ArcBuilder, MemberIndex, blocks
from service.networks.selection import SHARED_TIES
from service.vocabulary.enums import ContractRole, TieKind, TieWeight

ONE_SIDE = {ContractRole.SUPPLIER.value: 1, ContractRole.CUSTOMER.value: 2}


@dataclass(frozen=True)
class SharedColumns:
    types: list[str]
    hubs: list[str]
    members: list[list[Any]]
    roles: list[list[str]]
    values: list[float]
    currencies: list[str]


@dataclass
class HubMemberships:
    """Which members belong to which hub, one entry for each member, hub and role."""

    hubs: list[int]
    members: list[int]
    roles: list[int]
    values: list[float]  # of each hub
    currencies: list[str]


async def add_shared(graph: Graph, index: MemberIndex, arcs: ArcBuilder) -> None:
    selection = arcs.selection
    types = {SHARED_TIES[kind] for kind in selection.ties if kind in SHARED_TIES}
    if TieKind.CONTRACT in selection.ties:
        types.add("PARTY_TO")
    if not types:
        return
    memberships = {name: HubMemberships([], [], [], [], []) for name in types}
    hub_numbers: dict[tuple[str, str], int] = {}
    async for row in blocks(
        graph,
        statement("networks/shared", TYPES="|".join(sorted(types)), END=index.end),
        SharedColumns,
        index,
        day=selection.day,
        max_community=selection.max_community,
    ):
        collect(row, index, hub_numbers, memberships)
    for kind in selection.ties:
        if kind in SHARED_TIES:
            shares = memberships[SHARED_TIES[kind]]
            await in_thread(add_together, shares, index, arcs)
        if kind is TieKind.CONTRACT:
            await in_thread(add_contracts, memberships["PARTY_TO"], index, arcs)


def collect(
    row: SharedColumns,
    index: MemberIndex,
    hub_numbers: dict[tuple[str, str], int],
    memberships: dict[str, HubMemberships],
) -> None:
    """A hub may come in several blocks, with some of its members in each."""
    for i, (type, hub) in enumerate(zip(row.types, row.hubs, strict=True)):
        shares = memberships[type]
        if (type, hub) not in hub_numbers:
            hub_numbers[type, hub] = len(shares.values)
            shares.values.append(row.values[i])
            shares.currencies.append(row.currencies[i])
        members = row.members[i]
        shares.hubs += [hub_numbers[type, hub]] * len(members)
        shares.members += members
        shares.roles += [ONE_SIDE.get(role, 0) for role in row.roles[i]]


def add_together(shares: HubMemberships, index: MemberIndex, arcs: ArcBuilder) -> None:
    """Both ways between any two at one hub; each hub counts once."""
    members = index.positions(shares.members).astype(np.int64)
    hub, member = distinct(np.array(shares.hubs, dtype=np.int64), members)
    arcs.check_size(arcs.count + pair_count(hub))
    left, right = pairs(hub)
    is_arc = member[left] != member[right]
    source, target = member[left[is_arc]], member[right[is_arc]]
    arcs.add(as_positions(source), as_positions(target), np.ones(len(source)))


def add_contracts(shares: HubMemberships, index: MemberIndex, arcs: ArcBuilder) -> None:
    """Supplier to customer; both ways where one of the two has another role."""
    hub = np.array(shares.hubs, dtype=np.int64)
    member = index.positions(shares.members).astype(np.int64)
    order = np.argsort(hub, kind="stable")
    hub, member = hub[order], member[order]
    role = np.array(shares.roles, dtype=np.int64)[order]
    arcs.check_size(arcs.count + pair_count(hub))
    left, right = pairs(hub)
    two_sided = (role[left] > 0) & (role[right] > 0)
    is_arc = (member[left] != member[right]) & (~two_sided | (role[left] < role[right]))
    left, right = left[is_arc], right[is_arc]
    # A member in two roles is still one end of the contract.
    size = len(index.ends)
    contract, ends = distinct(hub[left], member[left] * size + member[right])
    source, target = np.divmod(ends, max(size, 1))
    weight = np.ones(len(source))
    if arcs.selection.weight is TieWeight.VALUE:
        weight = values(shares, contract, arcs)[contract]
    arcs.add(as_positions(source), as_positions(target), weight)


def values(shares: HubMemberships, contracts: Int64s, arcs: ArcBuilder) -> Floats:
    """The value of each contract, blanks counted once a contract."""
    used = np.unique(contracts)
    contract_values = np.array(shares.values, dtype=np.float64)
    valued = used[~np.isnan(contract_values[used])]
    currencies = {shares.currencies[i] for i in valued.tolist()}
    contract_values[used] = arcs.weights(contract_values[used], currencies)
    return contract_values


def distinct(hub: Int64s, item: Int64s) -> tuple[Int64s, Int64s]:
    """Each pair once, in the order of the hubs."""
    order = np.lexsort((item, hub))
    hub, item = hub[order], item[order]
    first = np.ones(len(hub), dtype=bool)
    first[1:] = (hub[1:] != hub[:-1]) | (item[1:] != item[:-1])
    return hub[first], item[first]


def pair_count(hub: Int64s) -> int:
    return int((np.bincount(hub) ** 2).sum()) if len(hub) else 0


def pairs(hub: Int64s) -> tuple[Int64s, Int64s]:
    """Positions of any two entries of one hub, itself too; hubs ascend.

    >>> left, right = pairs(np.array([0, 0, 1]))
    >>> left.tolist(), right.tolist()
    ([0, 0, 1, 1, 2], [0, 1, 0, 1, 2])
    """
    sizes = np.bincount(hub) if len(hub) else np.zeros(0, dtype=np.int64)
    partners = sizes[hub]
    left = np.repeat(np.arange(len(hub)), partners)
    begin = np.repeat(np.cumsum(partners) - partners, partners)
    hub_start = np.repeat((np.cumsum(sizes) - sizes)[hub], partners)
    return left, hub_start + np.arange(len(left)) - begin


def as_positions(index: Int64s) -> Int32s:
    return index.astype(np.int32)
