"""How a network is built: density, reciprocity, centralisation, spread of ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.algorithms.csr import Csr


@dataclass(frozen=True)
class Structure:
    """NaN where a share is one of nothing."""

    pairs: int  # tied, whichever way
    mutual_pairs: int  # tied both ways
    density: float
    reciprocity: float
    centralisation: float
    degree_variance: float


def structure(arcs: Csr) -> Structure:
    """Shares of pairs, and how unevenly the pairs are spread over the members.

    density = tied pairs / (R (R - 1) / 2), at most one tie counted a pair;
    reciprocity = pairs with arcs both ways / tied pairs;
    centralisation = sum(max d - d_i) / ((R - 1)(R - 2)), d_i the distinct neighbours,
    whichever way: 1 for a star, 0 where all have as many; degree_variance = the
    variance of d_i over all members.

    Cost: O(members + arcs).
    Source: Freeman 1979, Social Networks 1:215-239; after the indicators of V. Allee.

    >>> star = Csr.of(np.array([0, 0, 1]), np.array([1, 2, 0]), np.ones(3), 3)
    >>> found = structure(star)
    >>> found.pairs, found.mutual_pairs, found.reciprocity, found.centralisation
    (2, 1, 0.5, 1.0)
    """
    ties, size = arcs.mutual, np.float64(arcs.size)
    pairs = ties.arc_count // 2
    mutual = arcs.arc_count - pairs
    degree = np.diff(ties.start)
    with np.errstate(invalid="ignore", divide="ignore"):
        density = pairs / (size * (size - 1) / 2)
        reciprocity = mutual / np.float64(pairs)
        gaps = np.float64((degree.max(initial=0) - degree).sum())
        centralisation = gaps / ((size - 1) * (size - 2)) if size > 2 else np.nan
        variance = degree.var() if len(degree) else np.nan
    density = density if size > 1 else np.float64(np.nan)
    shares = map(float, (density, reciprocity, centralisation, variance))
    return Structure(pairs, mutual, *shares)
