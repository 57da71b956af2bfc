"""Stored ties and shares of one pair of members, with their ages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from service.analyses.introductions.chances import KINDS
from service.vocabulary.enums import TieKind


class StoredTieRow(NamedTuple):
    """A stored tie; ages are whole days on the day of the question."""

    type: str
    source: str
    key: str
    begun: int | None
    ended: int | None
    score: float | None
    score_age: int | None
    declared_strength: float | None
    context: str | None
    contact_months: list[str] | None
    board_seat: bool | None
    title: str | None
    round: str | None
    amount: float | None
    currency: str | None
    advice_kind: str | None

    @property
    def kind(self) -> TieKind:
        return KINDS[self.type]

    @property
    def is_over(self) -> bool:
        return self.ended is not None and self.ended >= 0


class ShareRow(NamedTuple):
    """Both members of a pair in one company, contract or community."""

    type: str  # of the tie of the second member
    hub: str
    name: str
    cohort: bool
    small: bool  # a community that is not too large to tie its members
    one_begun: int | None
    one_ended: int | None
    other_begun: int | None
    other_ended: int | None
    hub_begun: int | None
    hub_ended: int | None

    @property
    def is_active(self) -> bool:
        ends = (self.one_ended, self.other_ended, self.hub_ended)
        return all(ended is None or ended < 0 for ended in ends)

    @property
    def overlap(self) -> SharedPeriod | None:
        """The time that both were there; None where they never met."""
        begins = (self.one_begun, self.other_begun, self.hub_begun)
        ends = (self.one_ended, self.other_ended, self.hub_ended)
        begun = min((age for age in begins if age is not None), default=None)
        ended = max((age for age in ends if age is not None), default=None)
        if begun is not None and ended is not None and begun <= ended:
            return None
        return SharedPeriod(self.name, begun, ended)


class SharedPeriod(NamedTuple):
    """Two members in one hub: from the later begin to the earlier end."""

    name: str
    begun: int | None
    ended: int | None

    @property
    def is_over(self) -> bool:
        return self.ended is not None and self.ended >= 0


def lasts_longer(period: SharedPeriod, other: SharedPeriod) -> bool:
    """Whether one lasts longer than the other: an end later or none."""
    if period.ended is None or other.ended is None:
        return period.ended is None and other.ended is not None
    return period.ended < other.ended


def day_ago(day: date, age: int | None) -> date | None:
    return None if age is None else day - timedelta(days=age)
