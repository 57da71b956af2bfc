"""Diversity, reciprocity, strength, regularity and upkeep of one member's ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.algorithms.calendar import later
from service.algorithms.decay import decay
from service.algorithms.diversity import blau_index
from service.analyses.figure import Figure, Piece, mean, nothing, pieces, share
from service.analyses.introductions.chances import UNSTATED
from service.analyses.networking.rows import FavourRow, OwnNetworkRows, OwnTieRow
from service.vocabulary.enums import TieKind

YEAR = 12
STRONG = 0.5
NO_CONTACTS = "The member has no contacts on that day."
# A tie of a member to its own organisation is not a contact.
AT_HOME = (TieKind.EMPLOYMENT, TieKind.AFFILIATION)


@dataclass(frozen=True)
class UpkeepResult:
    """One acquaintance, on the day of the answer."""

    tie: OwnTieRow
    strength: float | None  # the decayed score
    chance: float
    last_contact: date | None
    months: int  # of the last twelve with a contact

    @property
    def regularity(self) -> float:
        return self.months / YEAR


@dataclass(frozen=True)
class TieCountResult:
    """Distinct members tied, by kind of tie or by context."""

    name: str
    count: int


def contacts(own: OwnNetworkRows) -> list[OwnTieRow]:
    """A person's acquaintances; if none, all others except its own organisation."""
    known = [tie for tie in own.ties if tie.tie_kind is TieKind.ACQUAINTANCE]
    others = [tie for tie in own.ties if tie.tie_kind not in AT_HOME]
    return list({tie.other: tie for tie in known or others}.values())


def kind_counts(own: OwnNetworkRows) -> list[TieCountResult]:
    return distinct_counts((tie.tie_kind.value, tie.other) for tie in own.ties)


def context_counts(own: OwnNetworkRows) -> list[TieCountResult]:
    return distinct_counts((tie.context, tie.other) for tie in own.ties if tie.context)


def distinct_counts(pairs: Iterable[tuple[str, str]]) -> list[TieCountResult]:
    counts = Counter(name for name, _ in set(pairs))
    return [TieCountResult(name, n) for name, n in sorted(counts.items())]


def diversity_figure(
    name: str, values: Iterable[str], evidence: Iterable[Piece]
) -> Figure:
    """Blau's index over the values; `n` counts them."""
    counts = Counter(values)
    index = blau_index(counts.values())
    if index is None:
        return nothing(f"No contact has a known {name}.")
    return Figure(index, counts.total(), None, tuple(evidence))


def lacked_share(own: OwnNetworkRows) -> Figure:
    """Capabilities of contacts that the member does not have, of all of them."""
    near = {key for tie in contacts(own) for key in tie.capabilities}
    new = near - {
        capability.key for capability in own.capabilities if capability.is_owned
    }
    evidence = pieces("Capability", sorted(near))
    return share(len(new), len(near), "No contact has a capability.", evidence)


def balance(favours: list[FavourRow], day: date, half_life: float) -> Figure:
    """What the member gave less what it received, each halved every half-life."""
    if not favours:
        return nothing("Nothing was given or received by that day.")
    total = 0.0
    for favour in favours:
        age = 0 if favour.on is None else max(0, (day - favour.on).days)
        weight = decay(age, half_life)
        total += weight if favour.is_outgoing else -weight
    evidence = tuple((favour.kind, favour.key) for favour in favours)
    return Figure(total, len(favours), None, evidence)


def last_year(day: date) -> set[str]:
    """The month of the day and the eleven before."""
    return {f"{later(day.replace(day=1), -back):%Y-%m}" for back in range(YEAR)}


def upkeep(
    own: OwnNetworkRows, day: date, half_life: float, friend: float
) -> list[UpkeepResult]:
    """Acquaintances by their chance to introduce, descending, then key."""
    year = last_year(day)
    results = [
        UpkeepResult(
            tie,
            tie.decayed_score(day, half_life),
            tie.chance(day, half_life, friend),
            tie.last_contact(day),
            len(year & set(tie.months)),
        )
        for tie in own.ties
        if tie.tie_kind is TieKind.ACQUAINTANCE
    ]
    return sorted(results, key=lambda result: (-result.chance, result.tie.other))


def upkeep_due(
    ties: list[UpkeepResult], day: date, half_life: float
) -> list[UpkeepResult]:
    """Not renewed within one half-life: the oldest first, unknown before all."""
    results = [
        tie
        for tie in ties
        if tie.last_contact is None or (day - tie.last_contact).days > half_life
    ]
    return sorted(
        results, key=lambda result: (result.last_contact or date.min, result.tie.other)
    )


def regularity(ties: list[UpkeepResult], day: date) -> Figure:
    """Months of the last twelve with any contact."""
    if not ties:
        return nothing("The member has no acquaintances on that day.")
    if not any(tie.tie.months for tie in ties):
        return nothing(f"Acquaintances with contactMonths: 0 of {len(ties)}.")
    months = {month for tie in ties for month in tie.tie.months} & last_year(day)
    own = sorted(tie.tie.other for tie in ties if tie.months)
    return Figure(len(months) / YEAR, YEAR, None, pieces("Member", own))


def stated_values(own: OwnNetworkRows) -> dict[str, list[Any]]:
    """What the figures are computed from; they assume or leave out None."""
    known = [tie for tie in own.ties if tie.tie_kind is TieKind.ACQUAINTANCE]
    return {
        "Acquaintances without a score and a declaredStrength, whose success is taken"
        f" as {UNSTATED}": [
            t.declared_strength if t.score is None else t.score for t in known
        ],
        "Acquaintances without contactMonths, which add nothing to regularity": [
            tie.months or None for tie in known
        ],
        "Favours without a day, counted as fresh": [
            favour.on for favour in own.favours
        ],
    }


def strong_share(ties: list[UpkeepResult]) -> Figure:
    strong = sum(tie.chance >= STRONG for tie in ties)
    empty = "The member has no acquaintances on that day."
    evidence = pieces("Member", sorted(tie.tie.other for tie in ties))
    return share(strong, len(ties), empty, evidence)


def mean_strength(ties: list[UpkeepResult]) -> Figure:
    own = {tie.tie.other: tie.strength for tie in ties if tie.strength is not None}
    evidence = pieces("Member", sorted(own))
    return mean(list(own.values()), "No acquaintance has a score.", evidence)
