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
from service.compiler.bindings import Bindings, to_stored
from service.compiler.expressions import expression, property_named
from service.compiler.measures import measure
from service.compiler.orders import OrderTerm, scalar_term, sole_entry
from service.compiler.traversal import MatchedRecord
from service.errors import BadInput
from service.vocabulary.nodes import Record

MAX_KEYS = 5
CURRENCIES = "currencies"  # measures of amounts: their currencies
WITHOUT_CURRENCY = "withoutCurrency"  # and how many have none
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
