"""How ties and neighbours are spread over groups: E-I index, Blau's index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from service.algorithms.csr import Csr, Floats, Int64s


@dataclass(frozen=True)
class Diversity:
    """One number a member (NaN without neighbours), and the network's own."""

    ei_index: Floats
    blau: Floats
    network_ei_index: float  # NaN without ties
    network_blau: float  # NaN without members


def blau_index(counts: Iterable[float]) -> float | None:
    """Blau's index of heterogeneity: 1 - sum p_k^2, p_k the share of group k.

    0 where all are in one group, towards 1 where each is in another; None of nothing.
    1 - blau_index is the Herfindahl-Hirschman index of concentration.

    Parameters
    ----------
    counts: how many are in each group, or how much.

    Source: Blau 1977, Inequality and Heterogeneity.

    >>> round(blau_index([1, 1, 1, 1, 1]), 9), blau_index([4])
    (0.8, 0.0)
    """
    sizes = list(counts)
    total = sum(sizes)
    if not total:
        return None
    return 1 - sum(size * size for size in sizes) / (total * total)


def diversity(ties: Csr, groups: Int64s) -> Diversity:
    """E-I index of ties and Blau's diversity of groups.

    E-I = (E - I) / (E + I), E ties to other groups, I ties inside the group: -1 … 1.
    Blau's index as in `blau_index`, of a member over the groups of its neighbours, of
    the network over those of its members: 0 … 1.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).
    groups: (n,) group number of each member.

    Cost: O(members + ties).
    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51(2):123-140;
    Blau 1977, Inequality and Heterogeneity.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> result = diversity(path, np.array([7, 7, 8]))
    >>> result.ei_index.tolist(), result.blau.tolist()
    ([-1.0, 0.0, 1.0], [0.0, 0.5, 0.0])
    """
    numbers, sizes = np.unique(groups, return_inverse=True, return_counts=True)[1:]
    degree = np.diff(ties.start)
    outside = numbers[ties.source] != numbers[ties.target]
    external = np.bincount(ties.source, outside, minlength=ties.size)
    with np.errstate(invalid="ignore"):
        ei_index = (2 * external - degree) / degree
        blau = 1 - squares(ties, numbers) / degree**2
        network_ei_index = (2 * external.sum() - degree.sum()) / np.float64(
            degree.sum()
        )
    network_blau = blau_index(sizes.tolist())
    return Diversity(
        ei_index,
        blau,
        float(network_ei_index),
        np.nan if network_blau is None else network_blau,
    )


def squares(ties: Csr, numbers: Int64s) -> Floats:
    """Per member, the sum over groups of (its neighbours in the group) squared."""
    # A copy of the row starts, because sum_duplicates changes them.
    columns = (np.ones(ties.arc_count), numbers[ties.target], ties.start.copy())
    table = csr_array(columns, shape=(ties.size, ties.size))
    table.sum_duplicates()
    sums: Floats = table.multiply(table).sum(axis=1)
    return sums
