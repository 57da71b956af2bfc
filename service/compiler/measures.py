"""Aggregates of an attribute: count, distinct, sum, avg, min, max, median, stdev.

What a formula leaves undefined is null: the average of nothing, the (sample) standard
deviation of fewer than two values, the sum of amounts in several currencies. The sum
of nothing is 0. A record without the value does not count.
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
COUNTED = ("count", "distinct")
NUMBERS = ("count", "distinct", "sum", "avg", "min", "max", "median", "stdev")
OTHERS = ("count", "distinct", "min", "max")


def measures_of(attribute: Property) -> tuple[str, ...]:
    """The aggregates that make sense of an attribute."""
    if attribute.type in (int, float):
        return NUMBERS
    return OTHERS if attribute.type in (str, date, datetime) else COUNTED


def measure(name: str, variable: str, attribute: Property) -> str:
    """
    >>> measure("avg", "r", Property("share", float))
    'avg(r.share)'
    """
    if attribute.is_list or name not in measures_of(attribute):
        raise BadInput(f"{attribute.name} has no {name}.")
    value = expression(variable, attribute)
    found = FORMULAS[name].format(x=value)
    if not attribute.is_money or name in COUNTED:
        return found
    return f"CASE WHEN {currencies(variable, value)} < 2 THEN {found} END"


def currencies(variable: str, value: str) -> str:
    """How many currencies the amounts are in; one without counts as any other."""
    found = f"CASE WHEN {value} IS NOT NULL THEN {variable}.currency END"
    return f"count(DISTINCT {found})"


def type_of(name: str, attribute: Property) -> type:
    """What a measure gives: a whole number, a number, or what the attribute holds."""
    if name in COUNTED:
        return int
    if name in ("min", "max") or (name == "sum" and attribute.type is int):
        return attribute.type
    return float
