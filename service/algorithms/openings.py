"""Pairs that complete each other and are not tied, by what they have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int64s
from service.algorithms.threads import StopFlag, check_stop, stop_flag

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class OpeningPairs:
    """Unordered pairs by score descending, then by both ends."""

    pairs: Int64s  # (n, 2), the smaller end first
    score: Floats
    count: int  # of all pairs that complete each other at distance 2


def openings(
    ties: Csr, play: Csr, needs: int, template: Flags, only: int, limit: int
) -> OpeningPairs:
    """The best pairs at distance 2 whose traits complete each other, by Adamic-Adar.

    score = sum over common neighbours v of 1 / ln(degree of v). Two members complete
    each other where one has what the other needs, or plays a role that gives to a role
    of the other.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).
    play: arcs from each member to its traits: what it needs (0 … needs), has (needs …
        2 needs), the roles that it gives in, the roles that it takes in.
    template: (roles, roles) which role gives to which.
    only: a member that every pair must have; -1: all.
    limit: pairs to return.

    Cost: O(sum of squared degrees), times the traits of a pair where it is not tied.
    Source: Adamic & Adar 2003, Social Networks 25(3):211-230.

    >>> ties = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> play = Csr(np.array([0, 1, 1, 2]), np.array([0, 1], np.int32), np.ones(2))
    >>> result = openings(ties, play, 1, np.zeros((0, 0), bool), -1, 9)
    >>> result.pairs.tolist(), result.score.round(4).tolist(), result.count
    ([[0, 2]], [1.4427], 1)
    """
    degree = np.diff(ties.start)
    with np.errstate(divide="ignore"):
        worth = 1 / np.log(degree)
    pairs = np.full((limit + 1, 2), -1, dtype=np.int64)
    score = np.full(limit + 1, -1.0)
    columns = ties.start, ties.target, play.start, play.target
    stop = stop_flag.get()
    count = rank_pairs(*columns, needs, template, worth, only, stop, pairs, score)
    check_stop()
    size = min(count, limit)
    return OpeningPairs(pairs[:size], score[:size], count)


@compiled
def rank_pairs(
    start: Int64s,
    target: NDArray[np.int32],
    play_start: Int64s,
    play: NDArray[np.int32],
    needs: int,
    template: Flags,
    worth: Floats,
    only: int,
    stop: StopFlag,
    pairs: Int64s,
    score: Floats,
) -> int:
    """Write the best pairs and their scores; how many complete each other in all."""
    size = len(start) - 1
    sums = np.zeros(size)
    tied = np.full(size, -1, dtype=np.int64)
    touched = np.empty(size, dtype=np.int64)
    count = 0
    for u in range(size):
        if stop[0]:
            break
        if only >= 0 and u != only:
            continue
        tied[u] = u
        for arc in range(start[u], start[u + 1]):
            tied[target[arc]] = u
        number = 0
        for arc in range(start[u], start[u + 1]):
            v = target[arc]
            for onward in range(start[v], start[v + 1]):
                w = target[onward]
                if tied[w] == u or (only < 0 and w < u):
                    continue
                if sums[w] == 0:
                    touched[number] = w
                    number += 1
                sums[w] += worth[v]
        for i in range(number):
            w = touched[i]
            total = sums[w]
            sums[w] = 0
            match = False
            for p in range(play_start[u], play_start[u + 1]):
                if match:
                    break
                for q in range(play_start[w], play_start[w + 1]):
                    left, right = play[p], play[q]
                    match = completes(left, right, needs, template)
                    match = match or completes(right, left, needs, template)
                    if match:
                        break
            if match:
                count += 1
                insert(pairs, score, min(u, w), max(u, w), total)
    return count


@compiled
def completes(left: int, right: int, needs: int, template: Flags) -> bool:
    """Whether a trait needs, or gives to, another."""
    if left < needs:
        return bool(right == left + needs)
    role, roles = left - 2 * needs, len(template)
    receiver = right - 2 * needs - roles
    if role < 0 or role >= roles or receiver < 0:
        return False
    return bool(template[role, receiver])


@compiled
def insert(pairs: Int64s, score: Floats, low: int, high: int, total: float) -> None:
    """Keep the best in order; the last row is for the next candidate."""
    i = len(score) - 1
    score[i] = total
    pairs[i, 0] = low
    pairs[i, 1] = high
    while i > 0 and comes_before(pairs, score, i, i - 1):
        for column in range(2):
            end = pairs[i, column]
            pairs[i, column] = pairs[i - 1, column]
            pairs[i - 1, column] = end
        value = score[i]
        score[i] = score[i - 1]
        score[i - 1] = value
        i -= 1


@compiled
def comes_before(pairs: Int64s, score: Floats, left: int, right: int) -> bool:
    # Sums of the same parts in another order are equal.
    if abs(score[left] - score[right]) > 1e-9 * max(1.0, score[right]):
        return bool(score[left] > score[right])
    if pairs[left, 0] != pairs[right, 0]:
        return bool(pairs[left, 0] < pairs[right, 0])
    return bool(pairs[left, 1] < pairs[right, 1])


def common_neighbours(
    start: Int64s, target: NDArray[np.int32], pairs: Int64s
) -> Floats:
    """Common neighbours of each pair; -1 where the two are tied.

    >>> ties = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> common_neighbours(ties.start, ties.target, np.array([[0, 2], [0, 1]])).tolist()
    [1.0, -1.0]
    """
    counts = np.zeros(len(pairs))
    count_common(start, target, pairs, counts)
    return counts


@compiled
def count_common(
    start: Int64s, target: NDArray[np.int32], pairs: Int64s, counts: Floats
) -> None:
    for k in range(len(pairs)):
        u, v = pairs[k, 0], pairs[k, 1]
        i, j = start[u], start[v]
        tied = False
        while i < start[u + 1] or j < start[v + 1]:
            left = target[i] if i < start[u + 1] else -1
            right = target[j] if j < start[v + 1] else -1
            if left == v:
                tied = True
            if right < 0 or (0 <= left < right):
                i += 1
            elif left < 0 or right < left:
                j += 1
            else:
                counts[k] += 1
                i += 1
                j += 1
        if tied:
            counts[k] = -1


@compiled
def hops(start: Int64s, target: NDArray[np.int32], source: int, goal: int) -> int:
    """Ties of the shortest path between two members; 0 where there is none."""
    size = len(start) - 1
    depth = np.zeros(size, dtype=np.int64)
    queue = np.empty(size, dtype=np.int64)
    queue[0] = source
    depth[source] = 1
    head, tail = 0, 1
    while head < tail:
        u = queue[head]
        head += 1
        if u == goal:
            return int(depth[u] - 1)
        for arc in range(start[u], start[u + 1]):
            w = target[arc]
            if depth[w] == 0:
                depth[w] = depth[u] + 1
                queue[tail] = w
                tail += 1
    return 0
