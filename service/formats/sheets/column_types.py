"""What the values of a column are, told from all of them together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from service.formats.sheets.booleans import boolean_words
from service.formats.sheets.date_texts import (
    COMPACT,
    EXCEL,
    MIDNIGHT,
    WrittenDate,
    is_like_date,
    standard_date,
    written_date,
)
from service.formats.sheets.number_texts import (
    COMMA,
    CURRENCIES_OF_THOUSANDTHS,
    DECIMALS,
    POINT,
    WrittenNumber,
    currency_codes,
    standard_number,
    written_number,
)

MAX_MISFITS = 10
DIGITS = str.maketrans("23456789", "11111111")
LEAST_SHARE = 2 / 3  # of the values, which fit the type of their column
DATE_NAME = re.compile(r"dat(e|um|o|a)\b|datum|fecha|(?<![a-z])on$", re.IGNORECASE)


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
            return standard_number(text, self.format, self.thousands)
        if self.kind in (ColumnKind.DATE, ColumnKind.TIME):
            return self.parse_date(text)
        if self.kind is ColumnKind.BOOLEAN:
            value = self.truth.get(text.casefold())
            return None if value is None else str(value).lower()
        return text

    def parse_date(self, text: str) -> str | None:
        order = self.orders.get(self.format)
        if order is None:
            return standard_date(text, self.format)
        written = written_date(text)
        has_times = self.kind is ColumnKind.TIME
        return written.standard(order, has_times) if written else None


def column_type(
    values: Iterable[str | None], name: str = "", has_typed_cells: bool = False
) -> ColumnType:
    """The type of the values; `name` may say that numbers are days.

    In a workbook numbers are cells of their own type, and `1.234` has three decimals.

    >>> column_type(["12,5", "1.250,75"]).format
    ','
    >>> column_type(["03/04/2025"]).alternatives
    ('%d/%m/%Y', '%m/%d/%Y')
    """
    return type_of_counts(Counter(v for v in values if v), name, has_typed_cells)


def type_of_counts(
    counts: Counter[str], name: str, has_typed_cells: bool
) -> ColumnType:
    """The type of values of which it is known how often each occurs."""
    for type in candidates(counts, name):
        if type and is_common(type):
            if has_typed_cells and type.alternatives == DECIMALS:
                return point_type(type, counts)
            return type
    return ColumnType(ColumnKind.TEXT, count=counts.total())


def candidates(counts: Counter[str], name: str) -> Iterator[ColumnType | None]:
    yield boolean_type(counts)
    if DATE_NAME.search(name):
        yield numbered_days(counts, EXCEL)
        yield numbered_days(counts, COMPACT)
    yield date_type(counts)
    yield number_type(counts)


def point_type(type: ColumnType, counts: Counter[str]) -> ColumnType:
    """The type of numbers that a program wrote; a comma in them is a person's."""
    has_commas = any(COMMA in text for text in counts)
    return type if has_commas else type.with_format(POINT)


def is_common(type: ColumnType) -> bool:
    return type.count - type.misfit_count >= LEAST_SHARE * type.count > 0


def boolean_type(counts: Counter[str]) -> ColumnType | None:
    truth = boolean_words(counts)
    if not truth:
        return None
    fits = dict.fromkeys(text for text in counts if text.casefold() in truth)
    return with_misfits(ColumnType(ColumnKind.BOOLEAN, truth=truth), counts, fits)


def numbered_days(counts: Counter[str], format: str) -> ColumnType:
    """Days that are whole numbers, such as 46000 in a spreadsheet, or 20251209."""
    days = [t for t in counts if t.isdecimal() and standard_date(t, format)]
    return with_misfits(ColumnType(ColumnKind.DATE, format), counts, days)


def date_type(counts: Counter[str]) -> ColumnType | None:
    shapes = {shape for text in counts if is_like_date(shape := text.translate(DIGITS))}
    every = {t: written_date(t) for t in counts if t.translate(DIGITS) in shapes}
    dates = {text: day for text, day in every.items() if day}
    if not dates:
        return None
    fits = Counter[str]()
    for text, day in dates.items():
        fits.update(dict.fromkeys(day.days, counts[text]))
    best = [order for order, count in fits.items() if count == max(fits.values())]
    formats = {order: common_format(dates.values(), order) for order in best}
    has_times = any(day.time != MIDNIGHT or day.zone for day in dates.values())
    is_same = all(len({d.days.get(o) for o in best}) == 1 for d in dates.values())
    best = best[:1] if is_same else best
    type = ColumnType(
        ColumnKind.TIME if has_times else ColumnKind.DATE,
        formats[best[0]],
        alternatives=tuple(formats[order] for order in best) if best[1:] else (),
        orders={formats[order]: order for order in best},
    )
    fitting = (text for text, day in dates.items() if day.standard(best[0], True))
    return with_misfits(type, counts, fitting)


def common_format(dates: Iterable[WrittenDate], order: str) -> str:
    formats = Counter(day.formats[order] for day in dates if order in day.formats)
    return formats.most_common(1)[0][0]


def number_type(counts: Counter[str]) -> ColumnType | None:
    """What the shapes of the values are: digits other than zero make no difference."""
    shapes = Counter[str]()
    for text, count in counts.items():
        shapes[text.translate(DIGITS)] += count
    numbers = {text: number for text in shapes if (number := written_number(text))}
    values = {decimal: standard_forms(numbers, decimal) for decimal in DECIMALS}
    sizes = {d: sum(shapes[text] for text in values[d]) for d in DECIMALS}
    best = [d for d in DECIMALS if sizes[d] == max(sizes.values())]
    if not values[best[0]]:
        return None
    if best[1:] and values[POINT] == values[COMMA]:
        best = [POINT]  # there is no mark of decimals
    elif best[1:] and (decimal := decimal_by_clue(numbers, values)):
        best = [decimal]
    fitting = [numbers[text] for text in values[best[0]]]
    type = ColumnType(
        ColumnKind.NUMBER,
        best[0],
        alternatives=tuple(best) if best[1:] else (),
        currencies=tuple(dict.fromkeys(n.currency for n in fitting if n.currency)),
        is_percent=all(number.is_percent for number in fitting),
        has_decimals=values[POINT] != values[COMMA],
    )
    fits = (text for text in counts if text.translate(DIGITS) in values[best[0]])
    return with_misfits(type, counts, fits)


def standard_forms(
    numbers: Mapping[str, WrittenNumber], decimal: str
) -> dict[str, str]:
    every = {text: number.standard(decimal) for text, number in numbers.items()}
    return {text: value for text, value in every.items() if value is not None}


def decimal_by_clue(
    numbers: Mapping[str, WrittenNumber], values: Mapping[str, Mapping[str, str]]
) -> str | None:
    """The decimal sign where `1,234` could be either: what has three digits after its
    only mark are thousands in money, and where `12,000` stands beside `950`."""
    different = [t for t in numbers if values[POINT].get(t) != values[COMMA].get(t)]
    marks = {mark for text in different for mark in numbers[text].body if mark in ".,"}
    if len(marks) != 1:
        return None
    mark = marks.pop()
    decimal = COMMA if mark == POINT else POINT
    is_money = all(is_in_hundredths(numbers[text].currency) for text in different)
    has_plain = any(number.body.isdecimal() for number in numbers.values())
    has_round = any(numbers[text].body.endswith("0") for text in different)
    return decimal if is_money or (has_plain and has_round) else None


def is_in_hundredths(sign: str | None) -> bool:
    """Whether it is a currency whose amounts have no three decimals."""
    return bool(sign) and not set(currency_codes(sign or "")) & {
        *CURRENCIES_OF_THOUSANDTHS
    }


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
