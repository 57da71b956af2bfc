"""What the values of a column are, told from all of them together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from service.formats.sheets.booleans import boolean_words
from service.formats.sheets.column_kinds import (
    DIGITS,
    ColumnKind,
    ColumnType,
    with_misfits,
)
from service.formats.sheets.date_texts import (
    COMPACT,
    EXCEL,
    MIDNIGHT,
    WrittenDate,
    is_like_date,
    standard_date,
    written_date,
)
from service.formats.sheets.number_columns import number_type
from service.formats.sheets.number_texts import COMMA, DECIMALS, POINT

LEAST_SHARE = 2 / 3  # of the values, which fit the type of their column
DATE_NAME = re.compile(r"dat(e|um|o|a)\b|datum|fecha|(?<![a-z])on$", re.IGNORECASE)


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
