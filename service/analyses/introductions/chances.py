"""How likely a tie carries an introduction, by its kind, its age and its end."""

from __future__ import annotations

from typing import Any

import numpy as np

from service.algorithms.csr import Floats
from service.algorithms.decay import decay
from service.settings import Settings
from service.vocabulary import TIES
from service.vocabulary.enums import AcquaintanceContext, TieKind

KINDS = {cls.type: kind for kind, cls in TIES.items()}
# Our own table of success values; `about.source` says that it is our own.
SUCCESS = {
    TieKind.EMPLOYMENT: 0.9,
    TieKind.AFFILIATION: 0.9,
    TieKind.INVESTMENT: 0.8,
    TieKind.ADVICE: 0.8,
    TieKind.ACCOUNT_MANAGEMENT: 0.8,
    TieKind.CONTRACT: 0.7,
    TieKind.CO_INVESTMENT: 0.5,
    TieKind.CO_MEMBERSHIP: 0.3,
}
BOARD_SEAT = 0.9
COHORT = 0.5  # the first tie, to a backer that only shares or organises the cohort
UNSTATED = 0.3  # an acquaintance with neither score nor declared strength
HALVED = 365  # days in which an ended tie loses half of its success
CLOSE = (AcquaintanceContext.FAMILY.value, AcquaintanceContext.FRIEND.value)


def faded(score: Floats, days: Floats, half_life: float) -> Floats:
    """The score so many days after its date; before that day it does not fade."""
    return np.maximum(score, 0) * decay(np.maximum(days, 0), half_life)


def acquaintance_chance(score: Floats) -> Floats:
    """1 - 2^-s with the faded score s.

    >>> acquaintance_chance(np.array([0.0, 1.0, 2.0])).tolist()
    [0.0, 0.5, 0.75]
    """
    return 1 - np.exp2(-score)


def remaining_share(days: Floats) -> Floats:
    """The share of a tie that remains so many days after its end; 1 before.

    >>> remaining_share(np.array([-9.0, 0.0, 365.0])).tolist()
    [1.0, 1.0, 0.5]
    """
    return decay(np.maximum(days, 0), HALVED)


def chance_table(settings: Settings) -> dict[str, Any]:
    """The success of each kind of tie, and the settings that change it."""
    chances = {kind.value: chance for kind, chance in SUCCESS.items()}
    chances["INVESTMENT with a board seat"] = BOARD_SEAT
    chances["cohort of a backer"] = COHORT
    chances["ACQUAINTANCE without strength"] = UNSTATED
    return {
        "success": chances,
        "halfLifeDays": settings.half_life_days,
        "endedHalfLifeDays": HALVED,
        "friendFactor": settings.friend_factor,
        "maxCommunity": settings.max_community,
    }
