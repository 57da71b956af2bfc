"""Betweenness of a large network: sampled shortest paths, with a bound on the error."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log, log2

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared

UInt64s = NDArray[np.uint64]
# The constants of the generator splitmix64: Steele, Lea & Flood 2014, OOPSLA, 453-472.
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True)
class Sample:
    """Estimates of the normalised betweenness, and what they are worth."""

    betweenness: Floats
    paths: int  # sampled
    diameter: int  # members on a longest shortest path, at most


def betweenness_sample(ties: Csr, error: float, risk: float) -> Sample:
    """Normalised betweenness, each score within `error`, but for a chance of `risk`.

    So many pairs are drawn at random, and of each one of its shortest paths; a score is
    the share of the paths that lead over a member. Enough are
    r = (0.5 / e^2) (floor(log2(V - 2)) + 1 + ln(1 / risk)), V the most members on any
    shortest path. The bound holds for all members at once and falls with the root of r.
    The draw is fixed: the same network always gets the same answer.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`), three members or more.
    error: of a normalised score, 0 … 1.
    risk: chance that any score is further off.

    Cost: r searches from both ends, each over a small part of the network.
    Source: Riondato & Kornaropoulos 2016, Data Mining and Knowledge Discovery
    30:438-475, doi 10.1007/s10618-015-0423-0.

    >>> ring = np.arange(5), (np.arange(5) + 1) % 5
    >>> sample = betweenness_sample(Csr.of(*ring, np.ones(5), 5).mutual, 0.05, 0.1)
    >>> sample.paths, bool(abs(sample.betweenness - 1 / 6).max() < 0.05)
    (2391, True)
    """
    diameter = vertex_diameter(ties)
    # The theorem counts pairs that end at a member too, so its scores are smaller.
    scale = ties.size / (ties.size - 2)
    count = path_count(diameter, error / scale, risk)
    columns = (ties.start, ties.target)
    pieces = shared(over, count, *columns)
    hits: Int64s = sum(pieces[1:], start=pieces[0])
    scores = hits.astype(np.float64) * (scale / max(1, count))
    return Sample(scores, count, diameter)


def path_count(diameter: int, error: float, risk: float) -> int:
    """How many paths are enough; none where no path has an inner member.

    >>> path_count(2, 0.01, 0.1), path_count(10, 0.01, 0.1)
    (0, 31513)
    """
    if diameter < 3:
        return 0
    terms = floor(log2(diameter - 2)) + 1 + log(1 / risk)
    return floor(0.5 / error**2 * terms) + 1


def vertex_diameter(ties: Csr) -> int:
    """The most members on any shortest path, ends included: an upper bound.

    From any member of a part two members are no further apart than both distances
    together; so one search a part, from its member with the most neighbours, bounds it.
    """
    by_degree = np.argsort(-np.diff(ties.start), kind="stable")
    return longest_path(by_degree, ties.start, ties.target)


@compiled
def longest_path(roots: Int64s, start: Int64s, target: Int32s) -> int:
    """One search a part from the root that comes first, its two longest added."""
    size = len(start) - 1
    depth = np.full(size, -1, dtype=np.int32)
    order = np.empty(size, dtype=np.int32)
    longest = 0
    for root in roots:
        if depth[root] >= 0:
            continue
        order[0] = root
        depth[root] = 0
        visited = 1
        i = 0
        while i < visited:
            u = order[i]
            i += 1
            for a in range(start[u], start[u + 1]):
                v = target[a]
                if depth[v] < 0:
                    depth[v] = depth[u] + 1
                    order[visited] = v
                    visited += 1
        # The two furthest members come last.
        second = depth[order[visited - 2]] if visited > 1 else 0
        longest = max(longest, depth[order[visited - 1]] + second + 1)
    return longest


@compiled
def uniform(state: UInt64s) -> float:
    """The next number of 0 <= x < 1 (splitmix64)."""
    state[0] += GOLDEN
    x = state[0]
    x = (x ^ (x >> np.uint64(30))) * FIRST
    x = (x ^ (x >> np.uint64(27))) * SECOND
    x ^= x >> np.uint64(31)
    return float(x >> np.uint64(11)) / 2.0**53


@compiled
def over(
    first: int, last: int, stopped: StopFlag, start: Int64s, target: Int32s
) -> Int64s:
    """How often each member is inside one of some sampled paths.

    Path number k is drawn from its own random numbers, so it does not depend on the
    thread. Both ends are searched from, the cheaper side first, a whole level at a
    time. The searches first meet in ties (x, y): a shortest path leads over one of
    those, over this one with the chance of paths(x) * paths(y).
    """
    size = len(start) - 1
    state = np.zeros(1, dtype=np.uint64)
    hits = np.zeros(size, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int32)  # by which search: 2k or 2k + 1
    depth = np.empty(size, dtype=np.int32)
    paths = np.empty(size)  # shortest ones from the end that was searched from
    queue = np.empty((2, size), dtype=np.int32)
    begin = np.zeros(2, dtype=np.int64)  # of the last level in the queue
    queued = np.zeros(2, dtype=np.int64)
    work = np.zeros(2, dtype=np.int64)  # ties of the last level
    level = np.zeros(2, dtype=np.int32)
    for k in range(first, last):
        if stopped[0]:
            break
        state[0] = np.uint64(k)
        state[0] = np.uint64(uniform(state) * 2.0**53)
        source = int(uniform(state) * size)
        sink = int(uniform(state) * (size - 1))
        if sink >= source:
            sink += 1
        for side, end in enumerate((source, sink)):
            seen[end] = 2 * k + side
            depth[end] = 0
            paths[end] = 1.0
            queue[side, 0] = end
            begin[side] = 0
            queued[side] = 1
            work[side] = start[end + 1] - start[end]
            level[side] = 0
        total = 0.0
        met = np.array([-1, -1])
        while total == 0 and begin[0] < queued[0] and begin[1] < queued[1]:
            side = 0 if work[0] <= work[1] else 1
            own, other = 2 * k + side, 2 * k + 1 - side
            stop = queued[side]
            level[side] += 1
            work[side] = 0
            for i in range(begin[side], stop):
                x = queue[side, i]
                for a in range(start[x], start[x + 1]):
                    y = target[a]
                    if seen[y] == other:
                        weight = paths[x] * paths[y]
                        total += weight
                        if uniform(state) * total < weight:
                            met[side], met[1 - side] = x, y
                    elif total > 0:
                        continue  # no search continues from y
                    elif seen[y] != own:
                        seen[y] = own
                        depth[y] = level[side]
                        paths[y] = paths[x]
                        queue[side, queued[side]] = y
                        queued[side] += 1
                        work[side] += start[y + 1] - start[y]
                    elif depth[y] == level[side]:
                        paths[y] += paths[x]
            begin[side] = stop
        if total == 0:
            continue  # no path joins the two
        for side in range(2):
            x = met[side]
            while depth[x] > 0:
                hits[x] += 1
                left = uniform(state) * paths[x]
                before = x
                for a in range(start[x], start[x + 1]):
                    y = target[a]
                    if seen[y] == seen[x] and depth[y] == depth[x] - 1:
                        before = y
                        left -= paths[y]
                        if left < 0:
                            break
                x = before
    return hits
