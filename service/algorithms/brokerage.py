"""Gould-Fernandez brokerage: counts of the five roles for every member of a network.

An arc i -> j and an arc j -> k make j a broker of the pair (i, k) where i, j, k differ
and there is no arc i -> k. The groups of i, j, k make the role: A A A coordinator,
A B A consultant, A A B representative, A B B gatekeeper, A B C liaison.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared

Ints = NDArray[np.int64]
ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")


def roles(
    arcs: Csr, groups: Ints, minimum: bool = False, partial: bool = False
) -> Floats:
    """Sum, per member, the open pairs that it brokers in each role.

    A pair counts 1 where every arc weighs 1; else the product of its two arcs, or the
    smaller of them. With partial credit a pair with k brokers counts 1/k for each.

    Parameters
    ----------
    groups: (n,) group number of each member.
    minimum: a pair weighs as its weaker arc, not as the product.
    partial: share each pair among its brokers.

    Returns
    -------
    (n, 5) sums in the order of `ROLES`.

    Cost: one step for each two-step path, two with partial credit.
    Source: Gould & Fernandez 1989, Sociological Methodology 19:89-126; partial credit
    as in UCINET.

    >>> arcs = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> roles(arcs, np.array([0, 0, 1])).tolist()[1]
    [0.0, 0.0, 1.0, 0.0, 0.0]
    """
    numbers = np.unique(groups, return_inverse=True)[1].astype(np.int32)
    columns = (arcs.start, arcs.target, arcs.weight, numbers, minimum, partial)
    pieces = shared(paths, arcs.size, *columns)
    total: Floats = sum(pieces[1:], start=pieces[0])
    return total


@compiled
def paths(
    begin: int,
    end: int,
    stop: StopFlag,
    start: Int64s,
    target: Int32s,
    weight: Floats,
    group: Int32s,
    minimum: bool,
    partial: bool,
) -> Floats:
    """The open pairs of some sources, to their brokers' credit."""
    size = len(start) - 1
    credit = np.zeros((size, 5))
    tied = np.full(size, -1, dtype=np.int32)  # the source that has an arc to it
    seen = np.full(size, -1, dtype=np.int32)
    brokers = np.zeros(size, dtype=np.int32)
    for i in range(begin, end):
        if stop[0]:
            break
        tied[i] = i
        for a in range(start[i], start[i + 1]):
            tied[target[a]] = i
        if partial:
            for a in range(start[i], start[i + 1]):
                j = target[a]
                for b in range(start[j], start[j + 1]):
                    k = target[b]
                    if seen[k] != i:
                        seen[k] = i
                        brokers[k] = 0
                    brokers[k] += 1
        for a in range(start[i], start[i + 1]):
            j = target[a]
            for b in range(start[j], start[j + 1]):
                k = target[b]
                if tied[k] == i:
                    continue
                worth = min(weight[a], weight[b]) if minimum else weight[a] * weight[b]
                if partial:
                    worth /= brokers[k]
                if group[i] == group[k]:
                    kind = 0 if group[i] == group[j] else 1
                elif group[i] == group[j]:
                    kind = 2
                else:
                    kind = 3 if group[j] == group[k] else 4
                credit[j, kind] += worth
    return credit


@dataclass(frozen=True)
class Neighbourhood:
    """One member's neighbours by group, and how many pairs of them are tied."""

    sources: dict[str, int]  # group of each member with an arc to the broker
    targets: dict[str, int]  # group of each member with an arc from it
    closed: list[tuple[int, int, int]]  # group of i, group of k, arcs i -> k


def roles_of_one(neighbourhood: Neighbourhood, group: int) -> Floats:
    """The same counts for one member, from its neighbours alone.

    >>> roles_of_one(Neighbourhood({"a": 0}, {"c": 1}, []), group=0).tolist()
    [0.0, 0.0, 1.0, 0.0, 0.0]
    """
    counts = np.zeros(len(ROLES))
    into, out = (
        Counter(neighbourhood.sources.values()),
        Counter(neighbourhood.targets.values()),
    )
    own_in, own_out = into[group], out[group]
    other_in, other_out = into.total() - own_in, out.total() - own_out
    alike = sum(into[a] * out[a] for a in into.keys() & out.keys() - {group})
    counts += (
        own_in * own_out,
        alike,
        own_in * other_out,
        other_in * own_out,
        other_in * other_out - alike,
    )
    for both in (
        neighbourhood.sources.keys() & neighbourhood.targets.keys()
    ):  # not a pair of two
        counts[
            role(neighbourhood.sources[both], group, neighbourhood.sources[both])
        ] -= 1
    for a, c, arcs in neighbourhood.closed:
        counts[role(a, group, c)] -= arcs
    return counts


def role(a: int, b: int, c: int) -> int:
    """Index in `ROLES` of the role of b in a -> b -> c, by their groups.

    >>> ROLES[role(1, 2, 1)]
    'consultant'
    """
    if a == c:
        return 0 if a == b else 1
    if a == b:
        return 2
    return 3 if b == c else 4


@dataclass(frozen=True)
class OpenPair:
    """Two members that only others connect, and the broker's credit for it."""

    source: int
    target: int
    credit: float


def open_pairs(
    arcs: Csr, broker: int, most: int, minimum: bool = False, partial: bool = False
) -> list[OpenPair]:
    """The first pairs that one member brokers, in the order of source, then target.

    >>> arcs = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> open_pairs(arcs, 1, most=5)
    [OpenPair(source=0, target=2, credit=1.0)]
    """
    pairs: list[OpenPair] = []
    into, out = arcs.turned.row(broker), arcs.row(broker)
    for source, first in zip(*into, strict=True):
        targets = arcs.row(source)[0]
        untied = ~np.isin(out[0], np.append(targets, source))
        for index in np.flatnonzero(untied)[: most - len(pairs)]:
            target, second = out[0][index], out[1][index]
            worth = min(first, second) if minimum else first * second
            if partial:
                worth /= len(np.intersect1d(targets, arcs.turned.row(target)[0]))
            pairs.append(OpenPair(int(source), int(target), float(worth)))
        if len(pairs) == most:
            break
    return pairs


def open_pair_count(arcs: Csr, broker: int) -> int:
    """The number of pairs that one member brokers.

    >>> arcs = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> open_pair_count(arcs, 1), open_pair_count(arcs, 0)
    (1, 0)
    """
    out = arcs.row(broker)[0]
    return sum(
        int((~np.isin(out, np.append(arcs.row(source)[0], source))).sum())
        for source in arcs.turned.row(broker)[0]
    )
