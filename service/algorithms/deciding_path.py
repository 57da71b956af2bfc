"""The path of a loss: from a member back to the seed, by the deciding providers."""

from __future__ import annotations

import numpy as np

from service.algorithms.cascade_arrays import DEPENDENCY, SMALL, Bools
from service.algorithms.compiled import compiled
from service.algorithms.csr import Floats, Int32s
from service.algorithms.dependencies import Dependencies

DIGITS = 9  # values that are equal but for rounding tie, and the key decides
NOBODY = -1


@compiled
def hops_from(d: Dependencies, loss: Floats, seed: int) -> tuple[Int32s, Int32s]:
    """Fewest hops from the seed through members with a loss, and the member before. -1
    where the seed does not reach, and before the seed.
    """
    hops = np.full(len(loss), -1, dtype=np.int32)
    before = np.full(len(loss), NOBODY, dtype=np.int32)
    queue = np.empty(len(loss), dtype=np.int32)
    queue[0] = seed
    hops[seed] = 0
    begin, end = 0, 1
    while begin < end:
        i = queue[begin]
        begin += 1
        for e in range(d.dependent_start[i], d.dependent_start[i + 1]):
            j = d.dependent[e]
            if hops[j] < 0 and loss[j] > 0:
                hops[j] = hops[i] + 1
                before[j] = i
                queue[end] = j
                end += 1
    return hops, before


@compiled
def around(d: Dependencies, loss: Floats, seed: int, path: Bools) -> Bools:
    """Whom the seed reaches through members with a loss, none of them on the path."""
    reachable = np.zeros(len(loss), dtype=np.bool_)
    queue = np.empty(len(loss), dtype=np.int32)
    queue[0] = seed
    reachable[seed] = True
    begin, end = 0, 1
    while begin < end:
        i = queue[begin]
        begin += 1
        for e in range(d.dependent_start[i], d.dependent_start[i + 1]):
            j = d.dependent[e]
            if not reachable[j] and not path[j] and loss[j] > 0:
                reachable[j] = True
                queue[end] = j
                end += 1
    return reachable


@compiled
def mean_binds(d: Dependencies, loss: Floats, j: int) -> bool:
    """Whether the mean over classes is the smaller operability; on a tie it is."""
    total, worst = 0.0, -1.0
    first, last = d.member_start[j], d.member_start[j + 1]
    for c in range(first, last):
        part, drop = 1.0, 1.0
        for e in range(d.class_start[c], d.class_start[c + 1]):
            lost = loss[d.provider[e]]
            part = min(part, d.strength[e] * lost)
            drop = min(drop, lost - d.rest[e])
        total += part
        worst = max(worst, drop)
    binds: bool = total / (last - first) >= worst - SMALL
    return binds


@compiled
def decider(
    d: Dependencies, model: int, loss: Floats, j: int, may: Bools, mean: bool
) -> int:
    """The provider of j that decides, among those that may.

    DEPENDENCY: of the classes the one that takes most in the binding part, in it the
    provider that leaves most. The others: the largest strength times loss.
    """
    best, worst = NOBODY, -np.inf
    for c in range(d.member_start[j], d.member_start[j + 1]):
        own, least, class_least = NOBODY, np.inf, np.inf
        for e in range(d.class_start[c], d.class_start[c + 1]):
            i = d.provider[e]
            value = d.strength[e] * loss[i]
            if model == DEPENDENCY and not mean:
                value = loss[i] - d.rest[e]
            value = round(value, DIGITS)
            class_least = min(class_least, value)
            if not may[i]:
                continue
            if model != DEPENDENCY:
                if value > worst or (value == worst and i < best):
                    best, worst = i, value
            elif value < least or (value == least and i < own):
                own, least = i, value
        if own != NOBODY and (
            class_least > worst or (class_least == worst and own < best)
        ):
            best, worst = own, class_least
    return best


@compiled
def deciding_path(
    d: Dependencies, model: int, loss: Floats, before: Int32s, seed: int, member: int
) -> Int32s:
    """From a member back to the seed; `before` is what `hops_from` gave.

    At each step only providers with a loss count that are not on the path yet, and
    that the seed reaches without touching it. The fewest hops to most of them keep
    clear of the path: all others are searched for once a step.

    Cost: O(steps * hops) where they do, O(steps * entries) else.
    """
    path = np.empty(len(loss), dtype=np.int32)
    on_path = np.zeros(len(loss), dtype=np.bool_)
    may = np.zeros(len(loss), dtype=np.bool_)
    path[0] = member
    on_path[member] = True
    here, length = member, 1
    while here != seed:
        first = d.class_start[d.member_start[here]]
        last = d.class_start[d.member_start[here + 1]]
        searched = False
        for e in range(first, last):
            i = d.provider[e]
            step = i
            while step != NOBODY and not on_path[step]:
                step = before[step]
            may[i] = step == NOBODY and (loss[i] > 0 or i == seed)
            if step != NOBODY and loss[i] > 0 and not on_path[i]:
                searched = True
        if searched:
            reached = around(d, loss, seed, on_path)
            for e in range(first, last):
                may[d.provider[e]] = reached[d.provider[e]]
        mean = model == DEPENDENCY and mean_binds(d, loss, here)
        here = decider(d, model, loss, here, may, mean)
        path[length] = here
        length += 1
        on_path[here] = True
    return path[:length]
