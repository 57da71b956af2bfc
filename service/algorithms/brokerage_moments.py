"""Mean and variance of brokerage counts where arcs fall at random (Gould-Fernandez).

The null model: each of the N(N-1) arcs is there by itself with d = m/(N(N-1)).
Variances follow the R package sna, whose whole-network terms differ from the exact
Bernoulli variance in some places; see `about.formula`. Order of roles: coordinator,
consultant, representative, gatekeeper, liaison, total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt

Moments = list[tuple[float, float]]  # (mean, standard deviation) of each role


@dataclass(frozen=True)
class Null:
    """N members, m arcs, and the sizes of all groups."""

    size: int
    arcs: int
    groups: Sequence[int]

    @cached_property
    def sizes(self) -> Counter[int]:
        """How many groups have each size."""
        return Counter(self.groups)

    @property
    def density(self) -> Fraction:
        return Fraction(self.arcs, self.size * (self.size - 1))

    def others(self, own: int, power: int) -> int:
        """Sum of the powers of the sizes of all groups but one of size `own`."""
        left_out: int = own**power
        return self.power(power) - left_out

    def power(self, power: int) -> int:
        total: int = sum(n * size**power for size, n in self.sizes.items())
        return total


def of_broker(null: Null, own: int) -> Moments:
    """Moments for one member whose group has `own` members (itself one of them).

    Var = E (1 - k) + 2 X d^3 (1-d)^3 with k = d^2 (1-d); X is the number of pairs of
    two-paths that share an arc.

    >>> moments = of_broker(Null(4, 6, [2, 2]), 2)
    >>> [(mean, round(sd, 4)) for mean, sd in moments][:3]
    [(0.0, 0.0), (0.25, 0.4677), (0.25, 0.5)]
    """
    d = null.density
    k, q = d**2 * (1 - d), (d * (1 - d)) ** 3
    pairs, shared = broker_terms(null, own)
    means = [k * count for count in pairs]
    return [
        moment(mean, mean * (1 - k) + 2 * x * q)
        for mean, x in zip(means, shared, strict=True)
    ]


def broker_terms(null: Null, own: int) -> tuple[list[int], list[int]]:
    """Number of pairs that could be brokered, and X, per role."""
    n, rest, size = own, null.size - own, null.size
    p1, p2, p3 = (null.others(own, power) for power in (1, 2, 3))
    crossing = rest * (n - 1)
    shared = (n - 1) * choose2(rest) + rest * choose2(n - 1)
    pairs = [
        (n - 1) * (n - 2),
        p2 - p1,
        crossing,
        crossing,
        rest**2 - p2,
        (size - 1) * (size - 2),
    ]
    x = [
        (n - 1) * (n - 2) * (n - 3),
        p3 - 3 * p2 + 2 * p1,
        shared,
        shared,
        # 2 sum n_h C(rest - n_h, 2), multiplied out in power sums
        p1 * rest * (rest - 1) - p2 * (2 * rest - 1) + p3,
        (size - 1) * (size - 2) * (size - 3),
    ]
    return pairs, x


def of_network(null: Null) -> Moments:
    """Moments of the sums over all members; exact fractions, so 0 is 0.

    >>> moments = of_network(Null(4, 6, [2, 2]))
    >>> [(mean, round(sd, 4)) for mean, sd in moments]
    [(0.0, 0.0), (1.0, 1.118), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0), (3.0, 1.9365)]
    """
    d = null.density
    k = d**2 * (1 - d)
    factors = ((d * (1 - d)) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d))
    pairs = [0] * 6
    for own, times in null.sizes.items():
        terms, _ = broker_terms(null, own)
        pairs = [a + times * own * b for a, b in zip(pairs, terms, strict=True)]
    moments = []
    for count, shared in zip(pairs, network_terms(null), strict=True):
        mean = k * count
        extra = sum(f * term for f, term in zip(factors, shared, strict=True))
        moments.append(moment(mean, mean * (1 - k) + extra))
    return moments


def network_terms(null: Null) -> list[tuple[int, int, int]]:
    """Per role, how often d^3(1-d)^3, d^4(1-d)^2 and d^5(1-d) enter the variance."""
    size = null.size
    triple = size * (size - 1) * (size - 2)
    coordinator = consultant = crossing = (0, 0, 0)
    p2 = null.power(2)
    for n, times in null.sizes.items():
        inner = times * n * (n - 1) * (n - 2)
        coordinator = add(coordinator, inner, (4 * n - 10, 4 * (3 - n), n - 3))
        # over ordered pairs of groups: ends in a group of size n, brokers elsewhere
        rest = size - n
        ends = ((2 * n - 6) * rest + 2 * (p2 - n * n), 0, (size - n - 1) * rest)
        consultant = add(consultant, times * n * (n - 1), ends)
        crossing = add(crossing, times * n * rest * (n - 1), (size - 3, 0, n - 2))
    total = add((0, 0, 0), triple, (4 * size - 10, 4 * (3 - size), size - 3))
    return [coordinator, consultant, crossing, crossing, liaison_terms(null), total]


def liaison_terms(null: Null) -> tuple[int, int, int]:
    """Sums over ordered triples of distinct groups, by power sums."""
    p1, p2, p3, p4 = (null.power(power) for power in (1, 2, 3, 4))
    once = p1**3 - 3 * p1 * p2 + 2 * p3  # n_i n_j n_l
    twice = p2 * p1**2 - 2 * p1 * p3 - p2**2 + 2 * p4  # n_i^2 n_j n_l
    step = 4 * null.size * once - 8 * twice - 2 * once
    return step, -step, (null.size - 1) * once - 2 * twice


def add(
    sums: tuple[int, int, int], times: int, terms: tuple[int, int, int]
) -> tuple[int, int, int]:
    a, b, c = (s + times * t for s, t in zip(sums, terms, strict=True))
    return a, b, c


def choose2(n: int) -> int:
    return n * (n - 1) // 2


def moment(mean: Fraction, variance: Fraction) -> tuple[float, float]:
    return float(mean), sqrt(max(variance, Fraction(0)))


def z(observed: float, mean: float, deviation: float) -> float | None:
    """
    >>> z(2, 1, 0) is None
    True
    """
    return None if deviation == 0 else (observed - mean) / deviation
