"""Exponential decay: how much of a score is left after some days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@overload
def decay(days: float, half_life: float) -> float: ...
@overload
def decay(days: NDArray[np.float64], half_life: float) -> NDArray[np.float64]: ...


def decay(days: Any, half_life: float) -> Any:
    """The share that is left after `days`: 2^(-days / half_life).

    `days` is a number or an array of any shape, of 0 or more; `half_life` is in days,
    above 0. Cost: O(1) for each number.

    Source: the law of exponential decay, lambda = ln 2 / half_life.

    >>> decay(0, 180), decay(180, 180), decay(360, 180)
    (1.0, 0.5, 0.25)
    """
    return 2.0 ** (-days / half_life)
