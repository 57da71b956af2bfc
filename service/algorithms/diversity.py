"""How ties and neighbours are spread over groups: E-I index, Blau's diversity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from service.algorithms.csr import Csr, Floats, Int64s


@dataclass(frozen=True)
class Diversity:
    """One number a member (NaN without neighbours), and the network's own."""

    ei_index: Floats
    blau: Floats
    whole_ei_index: float  # NaN without ties
    whole_blau: float  # NaN without members


def diversity(ties: Csr, groups: Int64s) -> Diversity:
    """E-I index of ties and Blau's diversity of groups.

    E-I = (E - I) / (E + I), E ties to other groups, I ties inside the group: -1 … 1.
    Blau = 1 - sum p_k^2, p_k the share of group k among a member's neighbours, for the
    whole network among its members: 0 … 1.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).
    groups: (n,) group number of each member.

    Cost: O(members + ties).
    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51(2):123-140;
    Blau 1977, Inequality and Heterogeneity.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> found = diversity(path, np.array([7, 7, 8]))
    >>> found.ei_index.tolist(), found.blau.tolist()
    ([-1.0, 0.0, 1.0], [0.0, 0.5, 0.0])
    """
    numbers, sizes = np.unique(groups, return_inverse=True, return_counts=True)[1:]
    degree = np.diff(ties.start)
    outside = numbers[ties.source] != numbers[ties.target]
    external = np.bincount(ties.source, outside, minlength=ties.size)
    with np.errstate(invalid="ignore"):
        ei_index = (2 * external - degree) / degree
        blau = 1 - squares(ties, numbers) / degree**2
        whole_ei_index = (2 * external.sum() - degree.sum()) / np.float64(degree.sum())
        whole_blau = 1 - np.square(sizes / np.float64(ties.size)).sum()
    if not ties.size:
        whole_blau = np.float64(np.nan)
    return Diversity(ei_index, blau, float(whole_ei_index), float(whole_blau))


def squares(ties: Csr, numbers: Int64s) -> Floats:
    """Per member, the sum over groups of (its neighbours in the group) squared."""
    # Its own copy of the row starts, for to sum duplicates moves them.
    columns = (np.ones(ties.arc_count), numbers[ties.target], ties.start.copy())
    table = csr_array(columns, shape=(ties.size, ties.size))
    table.sum_duplicates()
    found: Floats = table.multiply(table).sum(axis=1)
    return found
