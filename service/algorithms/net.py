"""Differences of sums, without what only rounding leaves."""

from __future__ import annotations

import numpy as np

from service.algorithms.csr import Floats

SMALL = 1e-12  # of the larger sum, or of 1


def nets(incoming: Floats, outgoing: Floats) -> Floats:
    """incoming - outgoing, 0 where it is within 1e-12 of zero; an overflow stays one.

    >>> nets(np.array([0.1 + 0.2, 2, 3e5]), np.array([0.3, 0.5, 2e5 + 1e5])).tolist()
    [0.0, 1.5, 0.0]
    """
    with np.errstate(invalid="ignore"):  # infinite on both sides: NaN
        difference = incoming - outgoing
    largest = np.maximum(1.0, np.maximum(abs(incoming), abs(outgoing)))
    is_noise = np.isfinite(difference) & (abs(difference) <= SMALL * largest)
    return np.where(is_noise, 0.0, difference)


def net(incoming: float, outgoing: float) -> float:
    """
    >>> net(0.1 + 0.2, 0.3), net(1.0, 4.0), net(np.inf, 4.0)
    (0.0, -3.0, inf)
    """
    return float(nets(np.float64(incoming), np.float64(outgoing)))  # type: ignore[arg-type]
