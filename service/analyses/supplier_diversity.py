"""How diverse each member's suppliers are: by sector, region and country."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from service.algorithms.csr import Csr, Int64s
from service.algorithms.diversity import blau_index
from service.computation.pool import in_thread
from service.errors import BadInput
from service.networks.network import Network, Networks
from service.networks.selection import Selection
from service.vocabulary.enums import GroupKey, TieKind, TieWeight

GROUPS = (GroupKey.SECTOR, GroupKey.REGION, GroupKey.COUNTRY)
WEIGHTS = (TieWeight.NONE, TieWeight.VALUE)


@dataclass(frozen=True)
class Supplier:
    """One supplier, and its share of all that the member is supplied with."""

    key: str
    share: float


@dataclass(frozen=True)
class Spread:
    """Blau's index over one kind of group, of the suppliers whose group is known."""

    index: float | None
    unknown_count: int


@dataclass(frozen=True)
class MemberSuppliers:
    """The suppliers of one member: the largest first, then by key."""

    key: str
    suppliers: list[Supplier]
    spreads: dict[GroupKey, Spread]
    is_by_value: bool = False

    @property
    def largest_share(self) -> float | None:
        return self.suppliers[0].share if self.suppliers else None

    @property
    def null_reason(self) -> str | None:
        if not self.suppliers:
            if self.is_by_value:
                return "No member of this network supplies it with a known value."
            return "No member of this network supplies it."
        blank = [
            by.value for by, spread in self.spreads.items() if spread.index is None
        ]
        names = ", ".join(name.lower() for name in blank)
        return f"No supplier has a known {names}." if blank else None


@dataclass(frozen=True)
class SupplierDiversityAnalysis:
    """All members, the largest share first (unknown last), then by key."""

    network: Network
    order: Int64s  # indices of members
    groups: dict[GroupKey, list[str | None]]

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return self.order.nbytes

    def bases(self, indices: list[int]) -> list[MemberSuppliers]:
        """The suppliers of these members."""
        keys, suppliers = self.network.keys, self.network.arcs.turned
        is_by_value = self.network.selection.weight is TieWeight.VALUE
        bases = [suppliers_of(keys, suppliers, self.groups, i) for i in indices]
        return [replace(base, is_by_value=is_by_value) for base in bases]


async def supplier_diversity(
    networks: Networks, selection: Selection
) -> SupplierDiversityAnalysis:
    """Cached until the next write."""
    check(selection)

    async def rank() -> SupplierDiversityAnalysis:
        network = await networks.network(selection)
        groups = {by: (await networks.groups(network, by)).names for by in GROUPS}
        order = await in_thread(lambda: by_largest_share(network.arcs.turned))
        return SupplierDiversityAnalysis(network, order, groups)

    return await networks.snapshots.get(("supplier diversity", selection), rank)


def check(selection: Selection) -> None:
    if selection.ties != (TieKind.EXCHANGE,):
        got = ", ".join(kind.value for kind in selection.ties)
        raise BadInput(
            f"network.ties: suppliers are those who give in an EXCHANGE; use"
            f" [EXCHANGE] instead of [{got}]."
        )
    if selection.weight not in WEIGHTS:
        raise BadInput(
            "network.weight: a supplier counts once (NONE) or by the VALUE of its"
            f" exchanges; {selection.weight.value} is not possible here."
        )


def by_largest_share(suppliers: Csr) -> Int64s:
    """Members by the share of their largest supplier; those without one come last.

    >>> suppliers = Csr.of(np.array([1, 1, 2]), np.array([0, 2, 0]), np.ones(3), 3)
    >>> by_largest_share(suppliers).tolist()
    [2, 1, 0]
    """
    total, largest = np.zeros(suppliers.size), np.zeros(suppliers.size)
    np.add.at(total, suppliers.source, suppliers.weight)
    np.maximum.at(largest, suppliers.source, suppliers.weight)
    share = np.divide(largest, total, out=np.full_like(total, -1), where=total > 0)
    # Members are in the order of their keys, and a stable sort keeps it.
    return np.argsort(-share.round(12), kind="stable")


def suppliers_of(
    keys: list[str],
    suppliers: Csr,
    groups: dict[GroupKey, list[str | None]],
    member: int,
) -> MemberSuppliers:
    targets, weights = suppliers.row(member)
    givers = dict(zip(targets.tolist(), weights.tolist(), strict=True))
    total = sum(givers.values())
    shares = [Supplier(keys[i], weight / total) for i, weight in givers.items()]
    shares.sort(key=lambda share: (-round(share.share, 12), share.key))
    spreads = {by: spread(givers, names) for by, names in groups.items()}
    return MemberSuppliers(keys[member], shares, spreads)


def spread(givers: dict[int, float], names: list[str | None]) -> Spread:
    """Groups of unknown name are left out, and counted.

    >>> spread({0: 1.0, 1: 3.0, 2: 9.0}, ["Steel", "Paper", None])
    Spread(index=0.375, unknown_count=1)
    """
    sizes: defaultdict[str, float] = defaultdict(float)
    for giver, weight in givers.items():
        if (name := names[giver]) is not None:
            sizes[name] += weight
    return Spread(
        blau_index(sizes.values()), sum(names[giver] is None for giver in givers)
    )
