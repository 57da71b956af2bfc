"""Expected counts and variances of the five roles (sna's reading), in fractions."""

from fractions import Fraction
from itertools import permutations
from math import comb

Moments = dict[str, Fraction]


def mean_and_variance(
    n: int, others: list[int], density: Fraction
) -> tuple[Moments, Moments]:
    """Of one broker whose group has n members; `others`: sizes of the other groups."""
    all_, k = n + sum(others), density**2 * (1 - density)
    rest = all_ - n
    between = sum(others) ** 2 - sum(h * h for h in others)
    half = (n - 1) * comb(rest, 2) + rest * comb(n - 1, 2)
    pairs = {
        "coordinator": (n - 1) * (n - 2),
        "consultant": sum(h * (h - 1) for h in others),
        "representative": rest * (n - 1),
        "gatekeeper": rest * (n - 1),
        "liaison": between,
        "total": (all_ - 1) * (all_ - 2),
    }
    shared = {
        "coordinator": (n - 1) * (n - 2) * (n - 3),
        "consultant": sum(h * (h - 1) * (h - 2) for h in others),
        "representative": half,
        "gatekeeper": half,
        "liaison": 2 * sum(h * comb(all_ - h - n, 2) for h in others),
        "total": (all_ - 1) * (all_ - 2) * (all_ - 3),
    }
    q = density**3 * (1 - density) ** 3
    mean = {name: k * pairs[name] for name in pairs}
    return mean, {f: mean[f] * (1 - k) + 2 * shared[f] * q for f in pairs}


def whole_variance(sizes: list[int], d: Fraction, mean: Moments) -> Moments:
    """sna's reading of the variance of the whole network's counts."""
    N, k = sum(sizes), d**2 * (1 - d)
    q, r, s = d**3 * (1 - d) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    half = sum(n * (N - n) * (n - 1) * ((N - 3) * q + (n - 2) * s) for n in sizes)
    extra = {
        "coordinator": sum(
            n * (n - 1) * (n - 2) * ((4 * n - 10) * q - 4 * (n - 3) * r + (n - 3) * s)
            for n in sizes
        ),
        "consultant": sum(
            x * y * (x - 1) * ((2 * x + 2 * y - 6) * q + (N - x - 1) * s)
            for x, y in permutations(sizes, 2)
        ),
        "representative": half,
        "gatekeeper": half,
        "liaison": sum(
            i * j * o * ((4 * (N - j) - 2 * (i + o + 1)) * q)
            - i * j * o * ((4 * (N - o) - 2 * (i + j + 1)) * r)
            + i * j * o * ((N - i - o - 1) * s)
            for i, j, o in permutations(sizes, 3)
        ),
        "total": N
        * (N - 1)
        * (N - 2)
        * ((4 * N - 10) * q - 4 * (N - 3) * r + (N - 3) * s),
    }
    return {name: mean[name] * (1 - k) + extra[name] for name in extra}
