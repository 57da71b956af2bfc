"""What records are grouped by, and the measures of each group, as Cypher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.compiler.bindings import stored
from service.compiler.expressions import expression, named
from service.compiler.measures import measure
from service.compiler.orders import Term, one_scalar
from service.compiler.traversal import Seen
from service.errors import BadInput
from service.vocabulary.nodes import Record

MOST_KEYS = 5
CURRENCIES = "currencies"  # a measure of amounts: which currencies they are in
# Texts that sort as their dates do.
BUCKETS = {
    "YEAR": "left(toString(date({x})), 4)",
    "QUARTER": "left(toString(date({x})), 4) + '-Q' + toString({x}.quarter)",
    "MONTH": "left(toString(date({x})), 7)",
    "DAY": "toString(date({x}))",
}
Given = Sequence[Mapping[str, Any]]
Chosen = tuple[str, str]  # an attribute and a measure of it


@dataclass(frozen=True)
class Key:
    """One thing that the records of a group have in common."""

    name: str
    expression: str


def keys(cls: type[Record], given: Given, seen: Seen) -> list[Key]:
    """
    >>> from service.vocabulary.nodes import Organisation
    >>> asked = [{"field": "COUNTRY"}, {"field": "FOUNDED_ON", "bucket": "MONTH"}]
    >>> [key.expression for key in keys(Organisation, asked, Seen("n"))]
    ['n.country', 'left(toString(date(n.foundedOn)), 7)']
    """
    if not 1 <= len(given) <= MOST_KEYS:
        raise BadInput(f"keys: expected 1 to {MOST_KEYS}, got {len(given)}.")
    return [key(one_scalar(cls, one, seen), stored(one.get("bucket"))) for one in given]


def key_names(cls: type[Record], given: Given) -> list[str]:
    """What each value of a group is the value of."""
    ends = Seen("r", "source", "target", "anchor", "other")
    return [key.name for key in keys(cls, given, ends)]


def key(term: Term, bucket: str | None) -> Key:
    if bucket is None:
        return Key(term.name, term.expression)
    if not issubclass(term.type, date):  # a datetime is one
        raise BadInput(f"keys: {term.name} is no date: it has no {bucket}.")
    return Key(term.name, BUCKETS[bucket].format(x=term.expression))


def measured(cls: type[Record], chosen: Sequence[Chosen], variable: str) -> str:
    """The list of all measures, in their order."""
    return ", ".join(one(cls, *pair, variable) for pair in chosen)


def one(cls: type[Record], attribute: str, name: str, variable: str) -> str:
    found = named(cls, attribute)
    if name != CURRENCIES:
        return measure(name, variable, found)
    held = f"{expression(variable, found)} IS NOT NULL"
    return f"collect(DISTINCT CASE WHEN {held} THEN {variable}.currency END)"
