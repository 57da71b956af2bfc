"""Measures of an attribute: count, distinct, sum, avg, min, max, median, stdev.

A measure that its formula leaves undefined is null: the average of nothing, the
(sample) standard deviation of fewer than two values, the sum of amounts in several
currencies. So is a sum of records that all lack the value, because an unknown value is
not 0; the sum of no records is 0. A record without the value does not count.
"""

from __future__ import annotations

from datetime import date, datetime

from service.compiler.expressions import expression
from service.errors import BadInput
from service.vocabulary.properties import Property

FORMULAS = {
    "count": "count({x})",
    "distinct": "count(DISTINCT {x})",
    "sum": "sum({x})",
    "avg": "avg({x})",
    "min": "min({x})",
    "max": "max({x})",
    "median": "percentileCont({x}, 0.5)",
    "stdev": "CASE WHEN count({x}) > 1 THEN stDev({x}) END",
}
COUNTS = ("count", "distinct")
NUMBERS = ("count", "distinct", "sum", "avg", "min", "max", "median", "stdev")
ORDERED_VALUES = ("count", "distinct", "min", "max")


def measures_of(attribute: Property) -> tuple[str, ...]:
    """The measures that make sense for an attribute."""
    if attribute.type in (int, float):
        return NUMBERS
    return ORDERED_VALUES if attribute.type in (str, date, datetime) else COUNTS


def measure(name: str, variable: str, attribute: Property) -> str:
    """
    >>> measure("avg", "r", Property("share", float))
    'avg(r.share)'
    """
    if attribute.is_list or name not in measures_of(attribute):
        raise BadInput(f"{attribute.name} has no {name}.")
    value = expression(variable, attribute)
    formula = FORMULAS[name].format(x=value)
    conditions = []
    if attribute.is_money and name not in COUNTS:
        conditions.append(f"{currency_count(variable, value)} < 2")
    if name == "sum" and not attribute.is_required:
        conditions.append(f"(count({value}) > 0 OR count({variable}) = 0)")
    if not conditions:
        return formula
    return f"CASE WHEN {' AND '.join(conditions)} THEN {formula} END"


def currency_count(variable: str, value: str) -> str:
    """The number of currencies of the amounts; no currency counts as any other."""
    currency = f"CASE WHEN {value} IS NOT NULL THEN {variable}.currency END"
    return f"count(DISTINCT {currency})"


def type_of(name: str, attribute: Property) -> type:
    """The type of a measure: int, float, or the type of the attribute."""
    if name in COUNTS:
        return int
    if name in ("min", "max") or (name == "sum" and attribute.type is int):
        return attribute.type
    return float
