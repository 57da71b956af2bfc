"""The Cypher expression of an attribute, and whether a record is active."""

from __future__ import annotations

from service.compiler.bindings import Bindings
from service.errors import BadInput
from service.vocabulary.enums import MemberKind
from service.vocabulary.nodes import Contract, Record
from service.vocabulary.properties import Property, properties_of, scalars


def expression(variable: str, attribute: Property) -> str:
    """Its value, or its default where nothing is stored.

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


def scalar(cls: type[Record], constant: str) -> Property:
    """The attribute that a value of an order's or aggregate's enum names."""
    for attribute in scalars(cls):
        if attribute.constant == constant:
            return attribute
    raise BadInput(f"{cls.__name__} has no {constant}.")


def named(cls: type[Record], name: str) -> Property:
    found = properties_of(cls).get(name)
    if found is None:
        raise BadInput(f"{cls.__name__} has no {name}.")
    return found


def active(cls: type[Record], variable: str, bindings: Bindings) -> list[str]:
    """Conditions for a record to be active on the day; none where there is no day."""
    if bindings.day is None:
        return []
    day = bindings.today()
    found = [
        f"coalesce({variable}.since <= {day}, true)",
        f"coalesce({day} < {variable}.until, true)",
    ]
    if issubclass(cls, Contract):
        status = f"coalesce({variable}.status, '')"
        found.append(f"{status} <> 'DRAFT'")
        ended = f"{status} IN ['COMPLETED', 'TERMINATED']"
        found.append(f"({variable}.until IS NOT NULL OR NOT {ended})")
    return found
