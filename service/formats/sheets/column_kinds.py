"""The type of a column: what its values are, and how they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from service.formats.sheets.date_texts import EXCEL, standard_date, written_date
from service.formats.sheets.number_texts import written_number

MAX_MISFITS = 10
# Digits other than zero make no difference for the marks between them.
DIGITS = str.maketrans("23456789", "11111111")


class ColumnKind(StrEnum):
    """The kinds of values that are told apart."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class ColumnType:
    """The type of a column.

    `format` is the decimal sign of numbers, and the format of dates as `strptime` names
    it. `alternatives` has two or more formats if all fit, with different values: the
    person has to choose, and `with_format` makes the type that the choice gives.
    """

    kind: ColumnKind
    format: str = ""
    thousands: str | None = None  # their only mark, where a person says so
    alternatives: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()  # signs or codes, as they are written
    is_percent: bool = False
    has_decimals: bool = False  # which of the two signs of decimals is clear
    count: int = 0  # of the values that are not blank
    misfits: tuple[str, ...] = ()  # the first of the values that do not fit
    misfit_count: int = 0
    orders: Mapping[str, str] = field(default_factory=dict)  # of dates, by format
    truth: Mapping[str, bool] = field(default_factory=dict)  # of the words of booleans

    @property
    def is_ambiguous(self) -> bool:
        return len(self.alternatives) > 1

    def with_format(self, format: str, thousands: str | None = None) -> ColumnType:
        """The type with a format that a person gives: a decimal sign, or of dates."""
        kind = self.kind
        if "%" not in format and format != EXCEL:
            kind = ColumnKind.NUMBER
        elif kind is not ColumnKind.TIME:
            kind = ColumnKind.DATE
        return replace(
            self, kind=kind, format=format, thousands=thousands, alternatives=()
        )

    def parse(self, text: str) -> str | None:
        """The value as `tables` writes it; None if it does not fit."""
        if self.kind is ColumnKind.NUMBER:
            return self.parse_number(text)
        if self.kind in (ColumnKind.DATE, ColumnKind.TIME):
            return self.parse_date(text)
        if self.kind is ColumnKind.BOOLEAN:
            value = self.truth.get(text.casefold())
            return None if value is None else str(value).lower()
        return text

    def parse_number(self, text: str) -> str | None:
        """A percentage among other numbers, and the reverse, do not fit."""
        number = written_number(text)
        if number is None or (number.is_percent != self.is_percent and text != "0"):
            return None
        return number.standard(self.format, self.thousands)

    def parse_date(self, text: str) -> str | None:
        order = self.orders.get(self.format)
        if order is None:
            return standard_date(text, self.format)
        written = written_date(text)
        has_times = self.kind is ColumnKind.TIME
        return written.standard(order, has_times) if written else None


def with_misfits(
    type: ColumnType, counts: Counter[str], fits: Iterable[str]
) -> ColumnType:
    fitting = set(fits)
    others = [text for text in counts if text not in fitting]
    return replace(
        type,
        count=counts.total(),
        misfits=tuple(others[:MAX_MISFITS]),
        misfit_count=sum(counts[text] for text in others),
    )
