"""How well an entrant fits a network: what their exchanges have in common."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isnan
from typing import Any

from service.algorithms.net import net
from service.analyses.currency_sums import currency_order
from service.analyses.figure import unknown_warnings
from service.analyses.network_fit.history import (
    EcosystemHistory,
    Trait,
    Weights,
    is_exchange_on,
    parse_weights,
    read_history,
)
from service.graph import Graph

FOOTHOLD_RHO, FOOTHOLD_MOST = 0.5, 3
DIGITS = 12  # of weights and of their correlation


def conformity(own: set[Trait], theirs: set[Trait]) -> float | None:
    """The share of what one gives and takes that others give and take too.

    >>> conformity({("GIVES", "disks"), ("TAKES", "money")}, {("TAKES", "money")})
    0.5
    """
    return len(own & theirs) / len(own) if own else None


def mean_weights(all_weights: list[Weights]) -> Weights:
    """The mean weight of each attribute over those that state it."""
    stated: dict[str, list[float]] = defaultdict(list)
    for weights in all_weights:
        for name, weight in weights.items():
            stated[name].append(weight)
    return {name: sum(own) / len(own) for name, own in sorted(stated.items())}


def common_weights(own: Weights, theirs: Weights) -> tuple[list[float], list[float]]:
    """The weights of what both weigh, rounded: equal means share a rank."""
    names = sorted(own.keys() & theirs.keys())
    return (
        [round(own[name], DIGITS) for name in names],
        [round(theirs[name], DIGITS) for name in names],
    )


def rank_correlation(own: Weights, theirs: Weights) -> float | None:
    """Spearman's rho over the attributes that both weigh; None if it is undefined.

    Source: Spearman 1904, American J. of Psychology 15:72-101, as in scipy.

    >>> disk = {"capacity": 0.5, "speed": 0.3, "size": 0.2}
    >>> rank_correlation(disk, {"capacity": 0.1, "speed": 0.3, "size": 0.6})
    -1.0
    """
    own_values, other_values = common_weights(own, theirs)
    if len(set(own_values)) < 2 or len(set(other_values)) < 2:
        return None
    # Imported here because it takes a second, and only this question needs it.
    from scipy.stats import spearmanr

    rho = float(spearmanr(own_values, other_values).statistic)
    return None if isnan(rho) else round(rho, DIGITS)


@dataclass(frozen=True)
class NoveltyResult:
    """What only the entrant gave at its entry, and which incumbents give it now."""

    deliverable: str
    adopters: list[str]


def novelties(
    history: EcosystemHistory, entrant: str, entry: date, incumbents: list[str]
) -> list[NoveltyResult]:
    """By deliverable; adopters by key."""
    before = {t for key in incumbents for t in history.profile(key, entry)}
    new = history.profile(entrant, entry) - before
    now = {key: history.profile(key, history.day) for key in incumbents}
    return [
        NoveltyResult(name, [key for key in incumbents if (way, name) in now[key]])
        for way, name in sorted(new)
        if way == "GIVES"
    ]


@dataclass(frozen=True)
class RevenueResult:
    """Money received in one currency; `shared` from customers of incumbents too."""

    currency: str | None
    amount: float
    shared: float
    count: int  # payments


def payments(history: EcosystemHistory) -> list[dict[str, Any]]:
    """The money that moves on the day, with or without a known value."""
    return [
        e
        for e in history.row.exchanges
        if e["form"] == "MONEY" and is_exchange_on(e, history.day)
    ]


def revenues(
    history: EcosystemHistory, entrant: str, incumbents: list[str]
) -> list[RevenueResult]:
    """Of the known values, by currency (null last)."""
    money = payments(history)
    theirs = {e["giver"] for e in money if e["taker"] in incumbents}
    own = [e for e in money if e["taker"] == entrant and e["value"] is not None]
    rows = []
    for currency in currency_order(e["currency"] for e in own):
        paid = [e for e in own if e["currency"] == currency]
        shared = sum(e["value"] for e in paid if e["giver"] in theirs)
        total = sum(e["value"] for e in paid)
        rows.append(RevenueResult(currency, total, shared, len(paid)))
    return rows


@dataclass(frozen=True)
class NetworkFitAnalysis:
    """An entrant of a community against those that were there before it."""

    history: EcosystemHistory
    entrant: str

    @cached_property
    def is_member(self) -> bool:
        return self.entrant in self.history.members

    @cached_property
    def entry(self) -> date | None:
        return self.history.entry(self.entrant)

    @cached_property
    def incumbents(self) -> list[str]:
        if self.entry is None:
            return []
        return self.history.incumbents(self.entrant, self.entry)

    @property
    def conformity_at_entry(self) -> float | None:
        return self._conformity(self.entry)

    @property
    def conformity_now(self) -> float | None:
        return self._conformity(self.entry and self.history.day)

    def _conformity(self, day: date | None) -> float | None:
        if day is None:
            return None
        profiles = (
            self.history.profile(incumbent, day) for incumbent in self.incumbents
        )
        theirs = {trait for profile in profiles for trait in profile}
        return conformity(self.history.profile(self.entrant, day), theirs)

    @property
    def novelties(self) -> list[NoveltyResult]:
        if self.entry is None:
            return []
        return novelties(self.history, self.entrant, self.entry, self.incumbents)

    @property
    def revenues(self) -> list[RevenueResult]:
        if not self.is_member:
            return []
        return revenues(self.history, self.entrant, self.incumbents)

    @property
    def warnings(self) -> list[str]:
        """What is left out of the figures because it is unknown."""
        money = payments(self.history)
        margins = [self.history.margin(incumbent) for incumbent in self.incumbents]
        if self.history.row.margin is not None:
            margins = []
        return unknown_warnings(
            {
                "Payments to the entrant without a value, left out of its revenue": [
                    e["value"] for e in money if e["taker"] == self.entrant
                ],
                "Incumbents without a gross margin, left out of the usual one": margins,
            }
        )

    @cached_property
    def weights(self) -> tuple[Weights, Weights]:
        """The attribute weights of the entrant, and those of the community."""
        theirs = parse_weights(self.history.row.weights)
        if not theirs:
            theirs = mean_weights(
                [self.history.weights(incumbent) for incumbent in self.incumbents]
            )
        return self.history.weights(self.entrant), theirs

    @cached_property
    def rank_correlation(self) -> float | None:
        """Of the entrant's attribute weights with the community's."""
        return rank_correlation(*self.weights) if self.is_member else None

    @property
    def rank_null_reason(self) -> str | None:
        """Why there is no rank correlation of a member."""
        if self.rank_correlation is not None:
            return None
        if len(common_weights(*self.weights)[0]) < 2:
            return "Fewer than two attributes have a weight on both sides."
        return "All common attributes weigh the same on one side: they have no order."

    @property
    def margin_fit(self) -> float | None:
        """The entrant's gross margin minus the usual one."""
        if not self.is_member:
            return None
        margins = [self.history.margin(incumbent) for incumbent in self.incumbents]
        known = [margin for margin in margins if margin is not None]
        usual = self.history.row.margin
        if usual is None and known:
            usual = sum(known) / len(known)
        own = self.history.margin(self.entrant)
        return None if own is None or usual is None else net(own, usual)

    @property
    def is_foothold(self) -> bool | None:
        rho = self.rank_correlation
        if rho is None or self.entry is None:
            return None
        return rho >= FOOTHOLD_RHO and len(self.incumbents) <= FOOTHOLD_MOST


async def network_fit_analysis(
    graph: Graph, entrant: str, community: str, day: date
) -> NetworkFitAnalysis:
    return NetworkFitAnalysis(await read_history(graph, community, day), entrant)
