"""Tied pairs of members as columns: who, and with what chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from service.algorithms.csr import Floats, Int32s, Int64s
from service.analyses.introductions.chances import (
    BOARD_SEAT,
    KINDS,
    SUCCESS,
    UNSTATED,
    acquaintance_chance,
    faded,
    remaining_share,
)
from service.errors import BadInput
from service.graph import Graph
from service.graph.statements import statement
from service.networks.arcs import MemberIndex, blocks
from service.settings import Settings
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class LargestValues:
    """Each pair once, by its number, with the largest of its values."""

    pair: Int64s  # ascending: the smaller index * members + the larger
    value: Floats

    @classmethod
    def of(cls, parts: list[tuple[Int64s, Floats]]) -> LargestValues:
        """
        >>> parts = [(np.array([7, 3]), np.ones(2)), (np.array([3]), np.zeros(1))]
        >>> largest = LargestValues.of(parts)
        >>> largest.pair.tolist(), largest.value.tolist()
        ([3, 7], [1.0, 1.0])
        """
        pairs = [np.zeros(0, dtype=np.int64), *(pair for pair, _ in parts)]
        values = [np.zeros(0), *(value for _, value in parts)]
        pair, value = np.concatenate(pairs), np.concatenate(values)
        order = np.argsort(pair, kind="stable")
        pair, value = pair[order], value[order]
        first = np.ones(len(pair), dtype=bool)
        first[1:] = pair[1:] != pair[:-1]
        starts = np.flatnonzero(first)
        best = np.maximum.reduceat(value, starts) if len(starts) else value
        return cls(pair[starts], best)

    def at(self, pair: Int64s) -> Floats:
        """The values of these pairs, 0 where one is not among them."""
        if not len(self.pair):
            return np.zeros(len(pair))
        index = np.minimum(np.searchsorted(self.pair, pair), len(self.pair) - 1)
        return np.where(self.pair[index] == pair, self.value[index], 0.0)


@dataclass
class IntroductionPairs:
    """The pairs read up to now, part by part."""

    places: MemberIndex
    settings: Settings
    count: int = 0
    chances: list[tuple[Int64s, Floats]] = field(default_factory=list)
    renewed: list[tuple[Int64s, Floats]] = field(default_factory=list)
    unstated: list[Int32s] = field(default_factory=list)  # one end of each

    def number(self, left: Int64s, right: Int64s) -> Int64s:
        size = len(self.places.ends)
        return np.minimum(left, right) * size + np.maximum(left, right)

    def refuse(self, more: int) -> None:
        """Raise where there are more pairs than a network may have ties."""
        self.count += more
        if self.count > self.settings.max_ties:
            raise BadInput(
                f"asOf: on that day {self.count:,} ties or more can carry"
                f" introductions, the limit is {self.settings.max_ties:,}; lower"
                " VALUENET_MAX_COMMUNITY, or raise VALUENET_MAX_TIES."
            )


@dataclass(frozen=True)
class IntroductionTieColumns:
    """Ties that differ only in what the columns hold."""

    type: str
    seat: bool
    close: bool
    strength_kind: str  # SCORE, DECLARED or empty
    over: bool
    sources: list[Any]
    targets: list[Any]
    strengths: list[float]
    ages: list[float]
    ended: list[float]


async def add_stored(graph: Graph, day: Any, pairs: IntroductionPairs) -> None:
    """Ties between two members."""
    query = statement("introductions/ties", END=pairs.places.end)
    async for row in blocks(
        graph, query, IntroductionTieColumns, pairs.places, day=day
    ):
        add_ties(row, pairs)


def add_ties(row: IntroductionTieColumns, pairs: IntroductionPairs) -> None:
    source = pairs.places.positions(row.sources).astype(np.int64)
    target = pairs.places.positions(row.targets).astype(np.int64)
    is_pair = (source >= 0) & (target >= 0) & (source != target)
    number = pairs.number(source[is_pair], target[is_pair])
    pairs.refuse(len(number))
    chance = chances(row, pairs.settings)[is_pair]
    if row.over:
        chance = chance * remaining_share(column(row.ended))[is_pair]
    pairs.chances.append((number, chance))
    if KINDS[row.type] is TieKind.ACQUAINTANCE:
        pairs.renewed.append((number, renewed(row, pairs.settings)[is_pair]))
        if not row.strength_kind:
            pairs.unstated.append(source[is_pair].astype(np.int32))


def column(values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)


def chances(row: IntroductionTieColumns, settings: Settings) -> Floats:
    """How likely each tie would carry an introduction if it had not ended."""
    kind = KINDS[row.type]
    if kind is not TieKind.ACQUAINTANCE:
        seat = kind is TieKind.INVESTMENT and row.seat
        return np.full(len(row.sources), BOARD_SEAT if seat else SUCCESS[kind])
    factor = settings.friend_factor if row.close else 1.0
    if row.strength_kind == "SCORE":
        return acquaintance_chance(scores(row, settings)) * factor
    if row.strength_kind == "DECLARED":
        return np.clip(column(row.strengths), 0, 1) * factor
    return np.full(len(row.sources), UNSTATED * factor)


def renewed(row: IntroductionTieColumns, settings: Settings) -> Floats:
    """The same after one contact on the day: it adds 1 to what is left of the score.

    A contact makes a score where there was none, and reopens a tie that had ended.
    """
    factor = settings.friend_factor if row.close else 1.0
    if row.strength_kind == "SCORE":
        return acquaintance_chance(scores(row, settings) + 1) * factor
    return np.full(len(row.sources), float(acquaintance_chance(np.array(1.0))) * factor)


def scores(row: IntroductionTieColumns, settings: Settings) -> Floats:
    return faded(column(row.strengths), column(row.ages), settings.half_life_days)
