"""How far members are from one another along the arcs, 64 of them at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared

WORD = 64
# Members times (members + arcs) up to which all members are searched from: some 0.5 s.
EXACT_WORK = 2_000_000_000
SAMPLE = 512  # members searched from beyond that
SEED = 20_261_101
Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Distances:
    """NaN where there is no pair, `mean` where none can be reached."""

    mean: float
    reachable_share: float
    efficiency: float
    sources: int  # members searched from
    sampled: bool


def distances(arcs: Csr) -> Distances:
    """Mean shortest distance over ordered pairs, beside the share that has any.

    mean = sum d_ij / reachable pairs; reachable_share = reachable pairs / R (R - 1);
    efficiency = mean over all ordered pairs of 1 / d_ij, 0 where j cannot be reached
    from i. A mean alone may fall when arcs go, for pairs out of reach are left out of
    it. Large networks are searched from a sample of members, evenly at random with a
    fixed seed.

    Cost: (searched members / 64) * longest distance * (members + arcs).
    Source: Latora & Marchiori 2001, Phys. Rev. Lett. 87:198701; searches of many
    sources at once: Then et al. 2014, PVLDB 8(4):449-460.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> found = distances(path)
    >>> found.mean, found.reachable_share, round(found.efficiency, 3), found.sources
    (1.3333333333333333, 0.5, 0.417, 3)
    """
    size = arcs.size
    sources = np.arange(size, dtype=np.int64)
    sampled = size * (size + arcs.arc_count) > EXACT_WORK
    if sampled:
        rng = np.random.default_rng(SEED)
        sources = np.sort(rng.choice(size, SAMPLE, replace=False))
    batches = -(-len(sources) // WORD)

    def work(begin: int, end: int, stop: StopFlag) -> Floats:
        sums = np.zeros(3)
        part = sources[begin * WORD : end * WORD]
        search(arcs.start, arcs.target, part, stop, sums)
        return sums

    total, reached, inverse = sum(shared(work, batches, least=4), np.zeros(3))
    pairs = len(sources) * (size - 1)
    return Distances(
        mean=float(total / reached) if reached else np.nan,
        reachable_share=float(reached / pairs) if pairs else np.nan,
        efficiency=float(inverse / pairs) if pairs else np.nan,
        sources=len(sources),
        sampled=sampled,
    )


def steps_from(ties: Csr, member: int | None, most: int) -> Floats:
    """The arcs on the shortest path from one member to each; infinite beyond `most`.

    Without a member all are infinite. Cost: the arcs of those within `most`.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> steps_from(path, 0, 1).tolist(), steps_from(path, None, 1).tolist()
    ([0.0, 1.0, inf], [inf, inf, inf])
    """
    steps = np.full(ties.size, np.inf)
    frontier = np.array([] if member is None else [member], dtype=np.int64)
    steps[frontier] = 0
    for step in range(1, most + 1):
        reached = np.unique(ties.matrix[frontier].indices)
        frontier = reached[np.isinf(steps[reached])]
        steps[frontier] = step
    return steps


@compiled
def search(
    start: Int64s, target: Int32s, sources: Int64s, stop: StopFlag, sums: Floats
) -> None:
    """Add the distances, the pairs and the inverse distances; a bit is a source."""
    size = len(start) - 1
    for first in range(0, len(sources), 64):
        if stop[0]:
            break
        now = np.zeros(size, dtype=np.uint64)
        seen = np.zeros(size, dtype=np.uint64)
        for bit in range(min(64, len(sources) - first)):
            source_bit = np.uint64(1) << np.uint64(bit)
            now[sources[first + bit]] |= source_bit
            seen[sources[first + bit]] |= source_bit
        depth, count = 0, 1
        while count:
            depth, count = depth + 1, 0
            later = np.zeros(size, dtype=np.uint64)
            for u in range(size):
                if now[u]:
                    for arc in range(start[u], start[u + 1]):
                        later[target[arc]] |= now[u]
            for u in range(size):
                later[u] &= ~seen[u]
                seen[u] |= later[u]
                word = later[u]
                while word:
                    word &= word - np.uint64(1)
                    count += 1
            sums[0] += depth * count
            sums[1] += count
            sums[2] += count / depth
            now = later
