"""The decimal sign of a column of numbers, told from all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from service.formats.sheets.column_kinds import (
    DIGITS,
    ColumnKind,
    ColumnType,
    with_misfits,
)
from service.formats.sheets.number_texts import (
    COMMA,
    CURRENCIES_OF_THOUSANDTHS,
    DECIMALS,
    POINT,
    WrittenNumber,
    currency_codes,
    written_number,
)


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
    right = values[best[0]]
    percent = sum(shapes[text] for text in right if numbers[text].is_percent)
    is_percent = percent * 2 > sizes[best[0]]
    right = {t: v for t, v in right.items() if numbers[t].is_percent == is_percent}
    fitting = [numbers[text] for text in right]
    type = ColumnType(
        ColumnKind.NUMBER,
        best[0],
        alternatives=tuple(best) if best[1:] else (),
        currencies=tuple(dict.fromkeys(n.currency for n in fitting if n.currency)),
        is_percent=is_percent,
        has_decimals=values[POINT] != values[COMMA],
    )
    fits = (text for text in counts if text.translate(DIGITS) in right)
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
