"""A drawn ecosystem of any size, as `reference/performance.md` describes it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

GROUPS = 20
INSIDE = 0.72  # of all draws stay inside a community
RETURNED = 0.2  # of all arcs have their reverse beside them
LOYAL = 0.74  # of a community are of its own group; so 40 % of arcs are inside one
MOST = 5.0  # times the root of the members: where expected degrees are cut


class Ecosystem(NamedTuple):
    """Arcs by source, then target, without doubles or loops; the group of each
    member."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]
    group: NDArray[np.int32]


def ecosystem(members: int, arcs: int, seed: int = 7) -> Ecosystem:
    """Expected degrees Pareto(2.4), communities of 20 to 1,000, weights Beta(4, 2)."""
    rng = np.random.default_rng(seed)
    bounds = communities(members, rng)
    group = groups(bounds, rng)
    pairs = drawn(bounds, arcs - round(arcs * RETURNED / 2), rng)
    back = rng.choice(len(pairs), arcs - len(pairs), replace=False)
    source, target = np.divmod(pairs, members)
    both = np.concatenate((pairs, target[back] * members + source[back]))
    source, target = np.divmod(np.sort(both), members)
    # Communities are runs of members until here: now anybody may have any number.
    place = rng.permutation(members)
    source, target = place[source], place[target]
    order = np.lexsort((target, source))
    numbered = np.empty_like(group)
    numbered[place] = group
    return Ecosystem(
        source[order].astype(np.int32),
        target[order].astype(np.int32),
        rng.beta(4, 2, arcs),
        numbered,
    )


def communities(members: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Where each community begins, and the end of the last; small ones are many."""
    sizes = np.exp(rng.uniform(np.log(20), np.log(1_000), members // 20 + 1))
    bounds = np.concatenate(([0], np.cumsum(sizes.astype(np.int64))))
    return np.append(bounds[bounds < members], members)


def groups(bounds: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int32]:
    sizes = np.diff(bounds)
    own = np.repeat(rng.integers(0, GROUPS, len(sizes)), sizes)
    other = rng.integers(0, GROUPS, len(own))
    return np.where(rng.random(len(own)) < LOYAL, own, other).astype(np.int32)


def drawn(
    bounds: NDArray[np.int64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """So many pairs of members, no two of them alike in whatever order."""
    members = int(bounds[-1])
    degree = expected_degrees(members, 2 * count / members, rng)
    below = np.concatenate(([0.0], np.cumsum(degree)))
    sizes = np.diff(bounds)
    first, last = np.repeat(bounds[:-1], sizes), np.repeat(bounds[1:], sizes)

    def pick(low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.int64]:
        at = below[low] + rng.random(len(low)) * (below[high] - below[low])
        places: NDArray[np.int64] = np.searchsorted(below, at, "right") - 1
        return places.clip(low, high - 1)

    found = np.zeros(0, dtype=np.int64)
    while len(found) < count:
        draws = int(1.2 * (count - len(found))) + 100
        zero, all_ = np.zeros(draws, np.int64), np.full(draws, members)
        source = pick(zero, all_)
        inside = rng.random(draws) < INSIDE
        low, high = np.where(inside, first[source], 0), last[source]
        target = pick(low, np.where(inside, high, members))
        apart = source != target
        found = distinct(np.append(found, (source * members + target)[apart]), members)
    return rng.permutation(found)[:count]


def expected_degrees(
    members: int, mean: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """With a density that falls as the 2.4th power, from where their mean is right."""
    drawn = rng.pareto(1.4, members) + 1
    degrees: NDArray[np.float64] = drawn * mean / drawn.mean()
    return degrees.clip(None, MOST * np.sqrt(members))


def distinct(pairs: NDArray[np.int64], members: int) -> NDArray[np.int64]:
    source, target = np.divmod(pairs, members)
    alike = np.minimum(source, target) * members + np.maximum(source, target)
    return pairs[np.unique(alike, return_index=True)[1]]
