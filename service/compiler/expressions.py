"""Cypher expressions of attributes, and the conditions for a record to be active."""

from __future__ import annotations

from service.compiler.bindings import Bindings
from service.errors import BadInput
from service.graph.activity import active_on
from service.vocabulary.enums import MemberKind
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of, scalars


def expression(variable: str, attribute: Property) -> str:
    """The value of an attribute, or its default where nothing is stored.

    >>> expression("r", Property("bufferDays", float, default=0.0))
    'coalesce(r.bufferDays, 0.0)'
    """
    if attribute.type is MemberKind:
        return (
            f"CASE WHEN {variable}:Organisation THEN 'ORGANISATION'"
            f" WHEN {variable}:Team THEN 'TEAM' ELSE 'PERSON' END"
        )
    stored = f"{variable}.{attribute.name}"
    if attribute.default is None:
        return stored
    literal = attribute.default
    return f"coalesce({stored}, {literal!r})"


def scalar_of(cls: type[Record], constant: str) -> Property:
    """The attribute that a value of an order's or aggregate's enum names."""
    for attribute in scalars(cls):
        if attribute.constant == constant:
            return attribute
    raise BadInput(f"{cls.__name__} has no {constant}.")


def property_named(cls: type[Record], name: str) -> Property:
    attribute = properties_of(cls).get(name)
    if attribute is None:
        raise BadInput(f"{cls.__name__} has no {name}.")
    return attribute


def activity_conditions(
    cls: type[Record], variable: str, bindings: Bindings
) -> list[str]:
    """Conditions for a record to be active on the day; none where there is no day."""
    if bindings.day is None:
        return []
    return active_on(cls, variable, bindings.day_reference())
