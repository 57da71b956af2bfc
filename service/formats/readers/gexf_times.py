"""The times of dynamic GEXF as days: `since`, and `until`, the first day after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*|Z|[+-]\d\d:\d\d)?", re.DOTALL)
MONTH_OR_YEAR = re.compile(r"(\d{4})(?:-(\d\d))?")
NO_BOUND = ("", "-infinity", "infinity", "+infinity", "-inf", "inf", "+inf")
TIME_NAMES = ("start", "startopen", "end", "endopen", "timestamp")
INTERVAL = re.compile(r"[<\[(]\s*([^,\]\[<>()]+)\s*,\s*([^,\]\[<>()]+?)\s*[\])>]")
Days = tuple[date, date | None]  # the first day of a time, and the first day after it


@dataclass(frozen=True)
class Spell:
    """A period as the file writes it, by the names of its bounds."""

    texts: Mapping[str, str]


@dataclass(frozen=True)
class TimeFormat:
    """`timeformat` of a graph: date, datetime, integer or double."""

    name: str

    def days(self, text: str) -> Days | None:
        """The days of a time; None if it is no date.

        >>> TimeFormat("date").days("2024")
        (datetime.date(2024, 1, 1), datetime.date(2025, 1, 1))
        >>> TimeFormat("double").days("2024.0") is None
        True
        """
        try:
            if match := DAY.fullmatch(text):
                day = date(*map(int, match.groups()))
                return day, next_day(day)
            match = MONTH_OR_YEAR.fullmatch(text)
            if match and self.name in ("date", "datetime"):
                return days_of(int(match[1]), int(match[2] or 0))
        except ValueError:
            pass
        return None

    def order(self, text: str) -> tuple[date, float]:
        """By this the times of one file are in order; no time comes first."""
        days = self.days(text)
        try:
            number = float(text) if days is None else 0.0
        except ValueError:
            number = float("-inf")
        return days[0] if days else date.min, number


def days_of(year: int, month: int) -> Days:
    """Of a month, or of a year where the month is 0."""
    first = date(year, month or 1, 1)
    next_year, next_month = (year, month + 1) if month else (year + 1, 1)
    if next_month > 12:
        next_year, next_month = year + 1, 1
    return first, date(next_year, next_month, 1) if next_year <= date.max.year else None


def next_day(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def spells_of(own: Mapping[str, str]) -> list[Spell]:
    """The periods that an element states in its attributes."""
    texts = {name: own[name].strip() for name in TIME_NAMES if own.get(name)}
    spells = [Spell(texts)] if texts else []
    for start, end in INTERVAL.findall(own.get("intervals", "")):
        spells.append(Spell({"start": start, "end": end}))
    if times := own.get("timestamps", "").strip("<[]> "):
        spells += [Spell({"timestamp": t}) for t in re.split(r"[,;]\s*", times)]
    return spells


def stated_period(
    spells: list[Spell], times: TimeFormat
) -> tuple[str | None, str | None] | None:
    """From the first day of all spells to the last; None if one has no dates."""
    begins: list[date | None] = []
    ends: list[date | None] = []
    for spell in spells:
        period = period_of(spell, times)
        if period is None:
            return None
        begins.append(period[0])
        ends.append(period[1])
    first = None if None in begins else min(b for b in begins if b)
    last = None if None in ends else max(e for e in ends if e)
    return (
        first.isoformat() if first else None,
        last.isoformat() if last else None,
    )


def period_of(
    spell: Spell, times: TimeFormat
) -> tuple[date | None, date | None] | None:
    """The first day, and the first day after; None if a bound is no date.

    A closed end is the last day of the period; an open one is not part of it.
    """
    bounds: dict[str, Days] = {}
    for name, text in spell.texts.items():
        if text.lower() in NO_BOUND:
            continue
        days = times.days(text)
        if days is None:
            return None
        bounds[name] = days
    if "timestamp" in bounds:
        return bounds["timestamp"]
    begin = bounds["start"][0] if "start" in bounds else None
    if "startopen" in bounds:
        begin = open_begin(spell.texts["startopen"], bounds["startopen"])
    end = bounds["end"][1] if "end" in bounds else None
    if "endopen" in bounds:
        end = bounds["endopen"][0]
    return begin, end


def open_begin(text: str, days: Days) -> date | None:
    """After a whole day; after a time of a day it is still that day."""
    return days[0] if ":" in text else days[1]
