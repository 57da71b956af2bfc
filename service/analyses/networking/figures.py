"""Diversity, reciprocity, strength, regularity and upkeep of one member's ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.algorithms.calendar import later
from service.algorithms.decay import decay
from service.analyses.figure import Figure, Piece, mean, nothing, pieces, share
from service.analyses.networking.rows import Favour, Own, Tied
from service.vocabulary.enums import TieKind

YEAR = 12
NO_CONTACTS = "The member has no contacts on that day."
# What ties a member to its own house is no contact.
AT_HOME = (TieKind.EMPLOYMENT, TieKind.AFFILIATION)


@dataclass(frozen=True)
class Upkeep:
    """One acquaintance, as it stands on the day."""

    tie: Tied
    faded: float | None
    chance: float
    last: date | None
    months: int  # of the last twelve with a contact

    @property
    def regularity(self) -> float:
        return self.months / YEAR


@dataclass(frozen=True)
class Count:
    """Distinct members tied, by kind of tie or by context."""

    name: str
    count: int


def contacts(own: Own) -> list[Tied]:
    """A person's acquaintances; where there are none, all others but its own house."""
    known = [tie for tie in own.ties if tie.tie_kind is TieKind.ACQUAINTANCE]
    others = [tie for tie in own.ties if tie.tie_kind not in AT_HOME]
    return list({tie.other: tie for tie in known or others}.values())


def kinds(own: Own) -> list[Count]:
    return counted((tie.tie_kind.value, tie.other) for tie in own.ties)


def contexts(own: Own) -> list[Count]:
    return counted((tie.context, tie.other) for tie in own.ties if tie.context)


def counted(pairs: Iterable[tuple[str, str]]) -> list[Count]:
    found = Counter(name for name, _ in set(pairs))
    return [Count(name, n) for name, n in sorted(found.items())]


def blau(values: Iterable[str | None], evidence: Iterable[Piece]) -> Figure:
    """1 - sum p_k^2 over the values told: 0 where all are alike.

    Source: Blau 1977, Inequality and Heterogeneity.

    >>> round(blau("abcde", ()).value, 9), blau("aaaa", ()).value
    (0.8, 0.0)
    """
    counts = Counter(value for value in values if value is not None)
    n = sum(counts.values())
    if not n:
        return nothing("No contact tells it.")
    squares = sum(count * count for count in counts.values())
    return Figure(1 - squares / (n * n), n, None, tuple(evidence))


def lacked(own: Own) -> Figure:
    """Capabilities of contacts that the member does not have, of all of them."""
    near = {key for tie in contacts(own) for key in tie.capabilities}
    new = near - {one.key for one in own.abilities if one.had}
    evidence = pieces("Capability", sorted(new))
    return share(len(new), len(near), "No contact has a capability.", evidence)


def balance(favours: list[Favour], day: date, half_life: float) -> Figure:
    """What was given less what was received, each halved every half-life."""
    if not favours:
        return nothing("Nothing was given or received by that day.")
    total = 0.0
    for one in favours:
        age = 0 if one.on is None else max(0, (day - one.on).days)
        weight = decay(age, half_life)
        total += weight if one.given else -weight
    records = [one for one in favours if one.kind != "Exchange"]
    evidence = tuple((one.kind, one.key) for one in records)
    return Figure(total, len(favours), None, evidence)


def last_year(day: date) -> set[str]:
    """The month of the day and the eleven before."""
    return {f"{later(day.replace(day=1), -back):%Y-%m}" for back in range(YEAR)}


def upkeep(own: Own, day: date, half_life: float, friend: float) -> list[Upkeep]:
    """Acquaintances by what is left of their strength, descending, then key."""
    year = last_year(day)
    found = [
        Upkeep(
            tie,
            tie.faded(day, half_life),
            tie.chance(day, half_life, friend),
            tie.last_contact(day),
            len(year & set(tie.months)),
        )
        for tie in own.ties
        if tie.tie_kind is TieKind.ACQUAINTANCE
    ]
    return sorted(found, key=lambda one: (-one.chance, one.tie.other))


def due(ties: list[Upkeep], day: date, half_life: float) -> list[Upkeep]:
    """Not renewed within one half-life: the oldest first, unknown before all."""
    found = [
        one for one in ties if one.last is None or (day - one.last).days > half_life
    ]
    return sorted(found, key=lambda one: (one.last or date.min, one.tie.other))


def regularity(ties: list[Upkeep], day: date) -> Figure:
    """Months of the last twelve with any contact."""
    if not ties:
        return nothing("The member has no acquaintances on that day.")
    months = {month for one in ties for month in one.tie.months} & last_year(day)
    return Figure(len(months) / YEAR, YEAR, None)


def strong(ties: list[Upkeep]) -> Figure:
    own = [one.tie.other for one in ties if one.chance >= 0.5]
    empty = "The member has no acquaintances on that day."
    return share(len(own), len(ties), empty, pieces("Member", own))


def strength(ties: list[Upkeep]) -> Figure:
    own = [(one.faded, one.tie.other) for one in ties if one.faded is not None]
    evidence = pieces("Member", (key for _, key in own))
    return mean([value for value, _ in own], "No acquaintance has a score.", evidence)
