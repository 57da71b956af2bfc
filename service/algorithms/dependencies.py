"""Who depends on whom, as arrays: the providers of each member, by class, and back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s, Ints

NO_GROUP = -1


class Dependencies(NamedTuple):
    """Entries "dependent DEPENDS_ON provider", sorted by dependent, class, provider.

    A class of a dependent is a substitute group among its providers, whose members
    replace each other, or one provider without a group. Parallel entries of a pair are
    separate. Members are numbers below `size`; the number tells the order of the keys.

    A tuple of arrays, because kernels take no other kind of record. An entry costs
    32 bytes, a member 16.
    """

    provider: Int32s  # of each entry
    strength: Floats  # 0..1
    rest: Floats  # criticality / 100: what is left when the provider is at 0
    buffer: Floats  # days
    class_start: Int64s  # first entry of each class, and the end
    member_start: Int64s  # first class of each member, and the end
    dependent_start: Int64s  # the dependents of i: dependent[dependent_start[i]:...]
    dependent: Int32s  # each once, ascending

    @property
    def size(self) -> int:
        return len(self.member_start) - 1

    @property
    def dependents(self) -> NDArray[np.bool_]:
        """Whether each member depends on anybody."""
        is_dependent: NDArray[np.bool_] = np.diff(self.member_start) > 0
        return is_dependent

    @property
    def byte_count(self) -> int:
        return sum(column.nbytes for column in self)


def dependencies(
    dependent: Ints,
    provider: Ints,
    strength: Floats,
    rest: Floats,
    buffer: Floats,
    group: Ints,
    size: int,
) -> Dependencies:
    """From parallel columns, one row an entry; entries of a member on itself drop out.

    Parameters
    ----------
    strength: 0..1; rest: 0..1; buffer: days, 0 or more.
    group: number of the substitute group, or NO_GROUP.

    Cost: one sort of the entries.

    >>> ends, group = np.array([[2, 0], [2, 1], [2, 0]]).T, np.array([5, 5, NO_GROUP])
    >>> weights = np.full(3, 0.9), np.full(3, 0.1), np.zeros(3)
    >>> web = dependencies(*ends, *weights, group, size=3)
    >>> web.class_start.tolist(), web.member_start.tolist()
    ([0, 2, 3], [0, 0, 0, 2])
    """
    alone = group.max(initial=NO_GROUP) + 1 + np.arange(len(group))
    name = np.where(group == NO_GROUP, alone, group)
    order = np.lexsort((provider, name, dependent))
    order = order[dependent[order] != provider[order]]
    owner, name = dependent[order], name[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (owner[1:] != owner[:-1]) | (name[1:] != name[:-1])
    firsts = np.flatnonzero(begins)
    back = Csr.of(provider, dependent, np.ones(len(dependent)), size)
    return Dependencies(
        provider=provider[order].astype(np.int32),
        strength=strength[order],
        rest=rest[order],
        buffer=buffer[order],
        class_start=np.append(firsts, len(order)).astype(np.int64),
        member_start=np.searchsorted(owner[firsts], np.arange(size + 1)).astype(
            np.int64
        ),
        dependent_start=back.start,
        dependent=back.target,
    )


def among(d: Dependencies, mask: NDArray[np.bool_]) -> Dependencies:
    """The entries between two members that are kept; the numbers stay."""
    groups = np.repeat(np.arange(len(d.class_start) - 1), np.diff(d.class_start))
    entries = d.class_start[d.member_start]
    dependent = np.repeat(np.arange(d.size), np.diff(entries))
    both = mask[dependent] & mask[d.provider]
    return dependencies(
        dependent[both],
        d.provider[both],
        d.strength[both],
        d.rest[both],
        d.buffer[both],
        groups[both],
        d.size,
    )


@compiled
def heights(d: Dependencies) -> Int32s:
    """Most steps from each member to the last dependent; -1 where it meets a cycle."""
    size = len(d.member_start) - 1
    open_arcs = d.dependent_start[1:] - d.dependent_start[:-1]
    height = np.full(size, -1, dtype=np.int32)
    queue = np.empty(size, dtype=np.int32)
    last = np.full(size, -1, dtype=np.int32)
    end = 0
    for j in range(size):
        if open_arcs[j] == 0:
            height[j] = 0
            queue[end] = j
            end += 1
    begin = 0
    while begin < end:
        j = queue[begin]
        begin += 1
        for e in range(
            d.class_start[d.member_start[j]], d.class_start[d.member_start[j + 1]]
        ):
            i = d.provider[e]
            if last[i] == j:  # a parallel entry
                continue
            last[i] = j
            open_arcs[i] -= 1
            if open_arcs[i] == 0:
                height[i] = height[j] + 1
                queue[end] = i
                end += 1
    return height
