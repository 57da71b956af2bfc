"""The ties that an introduction may walk: rows of the graph, ages and success."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from service.settings import Settings
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind

KINDS = {cls.type: kind for kind, cls in TIES.items()}
# How likely a tie of each kind carries an introduction (measures.md 7.2).
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


class Person(NamedTuple):
    """A member within reach."""

    key: str
    name: str
    labels: list[str]
    introductions: str | None
    favours_open: int | None


class Stored(NamedTuple):
    """A stored tie; ages are whole days on the day asked about."""

    type: str
    source: str
    target: str
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


class Share(NamedTuple):
    """A member at a hub: a company it invested in, a contract, a community."""

    type: str
    member: str
    hub: str
    name: str
    kind: str | None
    begun: int | None
    ended: int | None
    hub_begun: int | None
    hub_ended: int | None

    @property
    def active(self) -> bool:
        ends = (self.ended, self.hub_ended)
        return all(ended is None or ended < 0 for ended in ends)


class Shared(NamedTuple):
    """Two members at one hub: from the later begin to the earlier end."""

    name: str
    begun: int | None
    ended: int | None

    @classmethod
    def of(cls, a: Share, b: Share) -> Shared | None:
        """None where the two were never there at the same time."""
        begins = [x for x in (a.begun, b.begun, a.hub_begun) if x is not None]
        ends = [x for x in (a.ended, b.ended, a.hub_ended) if x is not None]
        begun, ended = min(begins, default=None), max(ends, default=None)
        if begun is not None and ended is not None and begun <= ended:
            return None
        return cls(a.name, begun, ended)


@dataclass(frozen=True)
class Tie:
    """One reason to believe in a step."""

    kind: TieKind
    success: float  # of the tie itself, without the favours of whom it reaches
    since: date | None
    until: date | None
    text: str


def success(tie: Stored, settings: Settings) -> float:
    """How likely the tie carries an introduction, faded by its age and its end."""
    kind = KINDS[tie.type]
    if kind is TieKind.ACQUAINTANCE:
        chance = acquaintance(tie, settings)
    elif kind is TieKind.INVESTMENT and tie.board_seat:
        chance = BOARD_SEAT
    else:
        chance = SUCCESS[kind]
    return ended(chance, tie.ended)


def acquaintance(tie: Stored, settings: Settings) -> float:
    """1 - 2^-s with the faded score s; family and friends times a setting."""
    close = tie.context in ("FAMILY", "FRIEND")
    factor = settings.friend_factor if close else 1.0
    if tie.score is not None:
        age = max(0, tie.score_age or 0)
        faded = tie.score * 2.0 ** (-age / settings.half_life_days)
        return float((1 - 2.0**-faded) * factor)
    if tie.declared_strength is not None:
        return tie.declared_strength * factor
    return UNSTATED * factor


def ended(chance: float, age: int | None) -> float:
    """What is left of a chance `age` days after its tie ended."""
    if age is None or age < 0:
        return chance
    return float(chance * 2.0 ** (-age / HALVED))


def ago(day: date, age: int | None) -> date | None:
    return None if age is None else day - timedelta(days=age)
