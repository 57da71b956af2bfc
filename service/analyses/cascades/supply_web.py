"""Who depends on whom and who supplies whom on a day, as arrays."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from service.algorithms.cascade_arrays import Bools, Customers
from service.algorithms.csr import Floats, Int32s
from service.algorithms.dependencies import Dependencies, among, dependencies

KEY_BYTES = 70  # of one key in a list, as sys.getsizeof measures


@dataclass(frozen=True)
class Supplies:
    """One row for a contract, a supplier and a customer of it, by these keys."""

    contracts: list[str]
    supplier: Int32s
    buyer: Int32s
    values: Floats  # NaN where blank
    currencies: list[str]  # empty where blank

    def only(self, rows_to_keep: Bools) -> Supplies:
        rows = np.flatnonzero(rows_to_keep).tolist()
        return Supplies(
            [self.contracts[row] for row in rows],
            self.supplier[rows_to_keep],
            self.buyer[rows_to_keep],
            self.values[rows_to_keep],
            [self.currencies[row] for row in rows],
        )


@dataclass(frozen=True)
class SupplyWeb:
    """Every member in a dependency or a contract, numbered in the order of the keys."""

    keys: list[str]
    dependencies: Dependencies
    unstated: Int32s  # (2, n) dependent and provider of those without a strength
    supplies: Supplies
    recovery_days: Floats  # of providers and suppliers; NaN where unknown
    active: Bools  # on the day; others may still be party to a contract
    customer: Bools  # by role or contract, of those who depend on anybody
    part: Int32s  # is part of the whole beside it
    whole: Int32s
    read_at: float

    @classmethod
    def alone(cls, key: str, read_at: float) -> SupplyWeb:
        """A member that is in no dependency and no contract."""
        none, blank = np.zeros(0, dtype=np.int32), np.zeros(0)
        return cls(
            keys=[key],
            dependencies=dependencies(none, none, blank, blank, blank, none, 1),
            unstated=np.zeros((2, 0), dtype=np.int32),
            supplies=Supplies([], none, none, blank, []),
            recovery_days=np.array([np.nan]),
            active=np.array([True]),
            customer=np.array([False]),
            part=none,
            whole=none,
            read_at=read_at,
        )

    @property
    def group_count(self) -> int:
        """Substitute groups of two or more providers."""
        return int((np.diff(self.dependencies.class_start) > 1).sum())

    @property
    def byte_count(self) -> int:
        rows = len(self.supplies.contracts)
        return (
            self.dependencies.byte_count
            + self.unstated.nbytes
            + (KEY_BYTES + 10) * len(self.keys)
            + (KEY_BYTES + 40) * rows
            + 8 * len(self.part)
        )

    def supplies_anybody(self, member: int) -> bool:
        """Whether anybody depends on a member, or is its customer under contract."""
        first, last = self.dependencies.dependent_start[member : member + 2]
        return bool(last > first or (self.supplies.supplier == member).any())

    def index(self, key: str) -> int | None:
        """The number of a member; None where it is in no dependency or contract."""
        index = bisect_left(self.keys, key)
        return index if self.keys[index : index + 1] == [key] else None

    def within(self, members: list[str]) -> SupplyWeb:
        """The same among some members, without what has an end outside."""
        chosen = set(members)
        inside = np.array([key in chosen for key in self.keys], dtype=np.bool_)
        supplies, parts = self.supplies, inside[self.part] & inside[self.whole]
        return replace(
            self,
            dependencies=among(self.dependencies, inside),
            unstated=self.unstated[:, inside[self.unstated].all(axis=0)],
            supplies=supplies.only(inside[supplies.supplier] & inside[supplies.buyer]),
            customer=self.customer & inside,
            part=self.part[parts],
            whole=self.whole[parts],
        )

    @cached_property
    def direct(self) -> Bools:
        """Of each supply, whether the customer waits over the contract.

        It does not where it depends on the supplier, or on a part of it: then that
        dependency decides how it is hit.
        """
        wholes: dict[int, list[int]] = {}
        for part, whole in zip(self.part.tolist(), self.whole.tolist(), strict=True):
            wholes.setdefault(part, []).append(whole)
        providers_of: dict[int, set[int]] = {}
        is_direct = np.ones(len(self.supplies.buyer), dtype=np.bool_)
        pairs = zip(
            self.supplies.buyer.tolist(), self.supplies.supplier.tolist(), strict=True
        )
        for row, (buyer, supplier) in enumerate(pairs):
            if buyer not in providers_of:
                providers_of[buyer] = self._providers(buyer, wholes)
            is_direct[row] = supplier not in providers_of[buyer]
        return is_direct

    def _providers(self, member: int, wholes: dict[int, list[int]]) -> set[int]:
        """Its providers, and all that those are part of."""
        d = self.dependencies
        first, last = d.class_start[d.member_start[member : member + 2]]
        waiting = d.provider[first:last].tolist()
        providers: set[int] = set()
        while waiting:
            member = waiting.pop()
            if member not in providers:
                providers.add(member)
                waiting += wholes.get(member, ())
        return providers

    @cached_property
    def customers(self) -> Customers:
        rows = self.supplies
        return Customers.of(
            self.customer, rows.supplier[self.direct], rows.buyer[self.direct]
        )
