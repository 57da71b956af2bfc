"""The points after Raffiee: how closely a customer is tied to the person who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.algorithms.calendar import HALF_YEAR, completed

WITH_PERSON, WITH_FIRM, TEAM_MEMBER = 2.0, -1.0, -2.5


@dataclass(frozen=True)
class DeparturePoints:
    """Each term, and their sum; None where a date is not known."""

    person: float | None
    firm: float | None
    team: float
    reason: str | None

    @property
    def total(self) -> float | None:
        if self.person is None or self.firm is None:
            return None
        return self.person + self.firm + self.team


def departure_points(
    with_person: date | None, with_firm: date | None, team: int, day: date
) -> DeparturePoints:
    """+2 a completed half-year with the person, -1 with the firm, -2.5 a team member.

    Percentage points, not a probability: the study's baseline is not known.
    Source: Raffiee 2017, Strategic Management Journal 38:2019-2040.

    >>> person, firm, day = date(2023, 11, 1), date(2021, 11, 1), date(2026, 11, 1)
    >>> departure_points(person, firm, 2, day).total
    -3.0
    """
    reasons = []
    if with_person is None:
        reasons.append("It is not known since when the person has known the customer.")
    if with_firm is None:
        reasons.append("It is not known since when the customer has been the firm's.")
    return DeparturePoints(
        term(WITH_PERSON, with_person, day),
        term(WITH_FIRM, with_firm, day),
        TEAM_MEMBER * team if team else 0.0,
        " ".join(reasons) or None,
    )


def term(weight: float, since: date | None, day: date) -> float | None:
    return None if since is None else weight * completed(since, day, HALF_YEAR)
