"""Compiles the keys of groups and the measures of each group to Cypher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.compiler.attributes import (
    property_of,
    typed_expression,
    value_expression,
)
from service.compiler.bindings import MAX_NESTING, Bindings, to_stored
from service.compiler.expressions import expression, property_named
from service.compiler.measures import measure
from service.compiler.operators import operator_conditions
from service.compiler.orders import OrderTerm, scalar_term, sole_entry
from service.compiler.traversal import MatchedRecord, join_conditions
from service.errors import BadInput
from service.vocabulary.nodes import Record

MAX_KEYS = 5
CURRENCIES = "currencies"  # measures of amounts: their currencies
WITHOUT_CURRENCY = "withoutCurrency"  # and how many have none
UNBOUNDED_MEASURES = ("sum", "avg", "median", "stdev")  # of numbers
LARGEST = "1.7976931348623157E308"
# Texts that sort as their dates do.
BUCKETS = {
    "YEAR": "left(toString(date({x})), 4)",
    "QUARTER": "left(toString(date({x})), 4) + '-Q' + toString({x}.quarter)",
    "MONTH": "left(toString(date({x})), 7)",
    "DAY": "toString(date({x}))",
}
KeyInputs = Sequence[Mapping[str, Any]]
AttributeMeasure = tuple[str, str]  # the names of an attribute and of its measure


@dataclass(frozen=True)
class GroupKeyExpression:
    """One value that the records of a group have in common."""

    name: str
    expression: str


def group_keys(
    cls: type[Record], inputs: KeyInputs, matched: MatchedRecord, bindings: Bindings
) -> list[GroupKeyExpression]:
    """
    >>> from service.vocabulary.nodes import Organisation
    >>> inputs = [{"field": "COUNTRY"}, {"field": "FOUNDED_ON", "bucket": "MONTH"}]
    >>> keys = group_keys(Organisation, inputs, MatchedRecord("n"), Bindings())
    >>> [key.expression for key in keys]
    ['n.country', 'left(toString(date(n.foundedOn)), 7)']
    """
    if not 1 <= len(inputs) <= MAX_KEYS:
        raise BadInput(f"keys: expected 1 to {MAX_KEYS}, got {len(inputs)}.")
    return [
        attribute_key(matched.variable, key, bindings)
        if sole_entry(key)[0] == "attribute"
        else group_key(scalar_term(cls, key, matched), to_stored(key.get("bucket")))
        for key in inputs
    ]


def key_names(cls: type[Record], inputs: KeyInputs) -> list[str]:
    """The names of the values of a group's keys."""
    ends = MatchedRecord("r", "source", "target", "anchor", "other")
    return [key.name for key in group_keys(cls, inputs, ends, Bindings())]


def attribute_key(
    variable: str, key: Mapping[str, Any], bindings: Bindings
) -> GroupKeyExpression:
    """The value of an attribute; by parts of dates only if it is a date."""
    name, bucket = property_of(key["attribute"]), to_stored(key.get("bucket"))
    value = value_expression(variable, key["attribute"], bindings)
    if bucket is None:
        return GroupKeyExpression(name, value)
    return group_key(OrderTerm(name, typed_expression(value, "date"), date), bucket)


def group_key(term: OrderTerm, bucket: str | None) -> GroupKeyExpression:
    if bucket is None:
        return GroupKeyExpression(term.name, term.expression)
    if not issubclass(term.type, date):  # a datetime is one
        raise BadInput(f"keys: {term.name} is not a date and has no {bucket}.")
    return GroupKeyExpression(term.name, BUCKETS[bucket].format(x=term.expression))


def measure_list(
    cls: type[Record], measures: Sequence[AttributeMeasure], variable: str
) -> str:
    """All measures in their order, separated by commas."""
    return ", ".join(group_measure(cls, *pair, variable) for pair in measures)


def having_measures(having: Mapping[str, Any]) -> list[AttributeMeasure]:
    """The measures that conditions on groups need.

    >>> having_measures({"count": {"gt": 1}, "or": [{"amount": {"sum": {"gt": 5}}}]})
    [('amount', 'sum')]
    """
    measures: list[AttributeMeasure] = []
    for name, value in having.items():
        if name in ("and", "or"):
            measures += [each for part in value for each in having_measures(part)]
        elif name == "not":
            measures += having_measures(value)
        elif name != "count":
            measures += [(name, measure) for measure in value]
    return list(dict.fromkeys(measures))


def having_condition(
    having: Mapping[str, Any],
    measures: Sequence[AttributeMeasure],
    bindings: Bindings,
) -> str:
    """Whether a group passes: `total` is its count, `numbers` are its `measures`.

    A measure that is null or beyond the largest number passes `isNull: true` alone.

    >>> having_condition({"count": {"gt": 1}}, [], Bindings())
    'total > $values.v0'
    """
    bindings.nesting += 1
    if bindings.nesting > MAX_NESTING:
        raise BadInput(f"having: nested more than {MAX_NESTING} deep.")
    conditions = []
    for name, value in having.items():
        if name in ("and", "or"):
            parts = [having_condition(part, measures, bindings) for part in value]
            conditions.append(join_conditions(parts, name.upper()))
        elif name == "not":
            inner = having_condition(value, measures, bindings)
            conditions.append(f"NOT coalesce({inner}, false)")
        elif name == "count":
            conditions += operator_conditions("total", value, bindings)
        else:
            for measure_name, operators in value.items():
                number = f"numbers[{measures.index((name, measure_name))}]"
                if measure_name in UNBOUNDED_MEASURES:
                    number = f"CASE WHEN abs({number}) <= {LARGEST} THEN {number} END"
                conditions += operator_conditions(number, operators, bindings)
    bindings.nesting -= 1
    return join_conditions(conditions)


def group_measure(
    cls: type[Record], attribute_name: str, name: str, variable: str
) -> str:
    attribute = property_named(cls, attribute_name)
    has_value = f"{expression(variable, attribute)} IS NOT NULL"
    if name == WITHOUT_CURRENCY:
        has_none = f"{has_value} AND {variable}.currency IS NULL"
        return f"count(CASE WHEN {has_none} THEN true END)"
    if name != CURRENCIES:
        return measure(name, variable, attribute)
    return f"collect(DISTINCT CASE WHEN {has_value} THEN {variable}.currency END)"
