"""$filter applied to rows in memory, with the three truth values of OData."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from service.errors import BadInput
from service.feeds.odata.expressions import (
    Call,
    ColumnName,
    Comparison,
    Junction,
    Literal,
    Membership,
    Negation,
    Node,
)
from service.feeds.odata.values import NUMBERS, Value, comparable
from service.feeds.table import Column

Row = Mapping[str, Value]
Evaluate = Callable[[Row], Any]
Columns = Mapping[str, Column]
ORDERS = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
CASES: dict[str, Callable[[str], str]] = {"tolower": str.lower, "toupper": str.upper}


def type_of(node: Node, columns: Columns) -> type | None:
    """The type of an expression; None of null. BadInput for an unknown column."""
    match node:
        case Literal(value):
            return None if value is None else type(value)
        case ColumnName(name):
            if name not in columns:
                known = ", ".join(columns)
                raise BadInput(f"$filter: no column {name[:60]!r}. Columns: {known}.")
            kind = columns[name].type
            return str if kind is list else kind
        case Call(function, _):
            if function in CASES:
                return str
            return int if function in ("year", "month") else bool
    return bool


def evaluator(node: Node, columns: Columns) -> Evaluate:
    """A function from a row to true, false or None (unknown); types are checked now."""
    match node:
        case Literal(value):
            return lambda row: value
        case ColumnName(name):
            type_of(node, columns)
            return lambda row: row[name]
        case Negation(inner):
            part = truth(inner, columns)
            return lambda row: None if (value := part(row)) is None else not value
        case Junction(word, parts):
            return junction(word, [truth(part, columns) for part in parts])
        case Membership(left, values):
            return membership(left, values, columns)
        case Comparison(word, left, right):
            return comparison(word, left, right, columns)
        case Call(function, arguments):
            return call(function, arguments, columns)


def truth(node: Node, columns: Columns) -> Evaluate:
    if type_of(node, columns) not in (bool, None):
        raise BadInput("$filter: and, or and not take conditions.")
    return evaluator(node, columns)


def junction(word: str, parts: list[Evaluate]) -> Evaluate:
    """A part decides `and` if false, `or` if true; else an unknown part is unknown."""
    decisive = word == "or"

    def evaluate(row: Row) -> Any:
        is_unknown = False
        for part in parts:
            value = part(row)
            if value is decisive:
                return decisive
            is_unknown = is_unknown or value is None
        return None if is_unknown else not decisive

    return evaluate


def membership(left: Node, values: Sequence[Value], columns: Columns) -> Evaluate:
    """Equal to one of the values, of which there may be thousands."""
    kind, side = type_of(left, columns), evaluator(left, columns)
    known = set(values if kind is None else (comparable(kind, v) for v in values))
    return lambda row: side(row) in known


def comparison(word: str, left: Node, right: Node, columns: Columns) -> Evaluate:
    kinds = type_of(left, columns), type_of(right, columns)
    left_side, right_side = evaluator(left, columns), evaluator(right, columns)
    if isinstance(right, Literal) and kinds[0] is not None:
        value = comparable(kinds[0], right.value)
        right_side = lambda row: value  # noqa: E731
    elif isinstance(left, Literal) and kinds[1] is not None:
        own = comparable(kinds[1], left.value)
        left_side = lambda row: own  # noqa: E731
    elif None not in kinds and not alike(*kinds):
        raise BadInput(f"$filter: the two sides of {word} have different types.")
    if word in ("eq", "ne"):
        return lambda row: (left_side(row) == right_side(row)) is (word == "eq")
    compare: Any = ORDERS[word]

    def evaluate(row: Row) -> bool:
        a, b = left_side(row), right_side(row)
        return a is not None and b is not None and bool(compare(a, b))

    return evaluate


def alike(left: type | None, right: type | None) -> bool:
    return left is right or (left in NUMBERS and right in NUMBERS)


def call(function: str, arguments: tuple[Node, ...], columns: Columns) -> Evaluate:
    kinds = {type_of(argument, columns) for argument in arguments} - {None}
    is_date = function in ("year", "month")
    if not kinds <= ({date, datetime} if is_date else {str}):
        what = "a date or a time" if is_date else "texts"
        raise BadInput(f"$filter: {function} takes {what}.")
    sides = [evaluator(argument, columns) for argument in arguments]

    def evaluate(row: Row) -> Any:
        values = [side(row) for side in sides]
        if None in values:
            return None
        if function in TESTS:
            return TESTS[function](values[0], values[1])
        if function in CASES:
            return CASES[function](values[0])
        return getattr(values[0], function)

    return evaluate
