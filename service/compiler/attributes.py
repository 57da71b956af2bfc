"""Compiles conditions on extra attributes, and their values, to Cypher.

Their names are parameters. The values of one name may have several types, and Neo4j
compares values of one type alone, so each type has an expression of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.compiler.bindings import Bindings
from service.compiler.operators import operator_conditions
from service.errors import BadInput
from service.vocabulary.attributes import stored_name
from service.vocabulary.texts import InvalidValue

# The types in the order in which their values are sorted.
TYPES: dict[str, tuple[str, type]] = {
    "number": ("INTEGER | FLOAT", float),
    "date": ("DATE", date),
    "text": ("STRING", str),
    "boolean": ("BOOLEAN", bool),
}


def property_of(name: str) -> str:
    """The property of an attribute that a client names."""
    try:
        return stored_name(name)
    except InvalidValue as error:
        raise BadInput(f"attribute: {error}.") from error


def value_expression(variable: str, name: str, bindings: Bindings) -> str:
    """The value of an attribute, of any type.

    >>> value_expression("n", "tier", Bindings())
    'n[$values.v0]'
    """
    return f"{variable}[{bindings.value(property_of(name))}]"


def typed_expression(value: str, type: str) -> str:
    """The value if it has this type, else null.

    >>> typed_expression("n[$values.v0]", "text")
    'CASE WHEN n[$values.v0] IS :: STRING THEN n[$values.v0] END'
    """
    return f"CASE WHEN {value} IS :: {TYPES[type][0]} THEN {value} END"


def attribute_conditions(
    variable: str, filters: Sequence[Mapping[str, Any]], bindings: Bindings
) -> list[str]:
    """The conditions of all filters of a list; operators of a text stand in a filter.

    >>> attribute_conditions("n", [{"name": "a", "isNull": True}], Bindings())
    ['n[$values.v0] IS NULL']
    """
    conditions = []
    for filter in filters:
        bindings.count_condition()
        value = value_expression(variable, filter["name"], bindings)
        text = typed_expression(value, "text")
        for name, operand in filter.items():
            if name in TYPES:
                typed = typed_expression(value, name)
                conditions += operator_conditions(typed, operand, bindings)
            elif name != "name":
                expression = value if name == "isNull" else text
                conditions += operator_conditions(expression, {name: operand}, bindings)
    return conditions
