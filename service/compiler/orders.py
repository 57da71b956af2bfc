"""Compiles an orderBy list to terms, and terms to the text after ORDER BY.

The key is always the last term, so that an order is total; entries after it have no
effect. Nulls come last unless the client asks otherwise, in both directions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from service.compiler.attributes import (
    TYPES,
    property_of,
    typed_expression,
    value_expression,
)
from service.compiler.bindings import Bindings, to_stored
from service.compiler.expressions import expression, scalar_of
from service.compiler.filters import filtered_traversal
from service.compiler.measures import measure, type_of
from service.compiler.traversal import MatchedRecord
from service.errors import BadInput
from service.vocabulary import camel
from service.vocabulary.connections import CONNECTIONS, RelationDefinition, end_types
from service.vocabulary.nodes import Record
from service.vocabulary.properties import properties_of
from service.vocabulary.ties import Tie

OrderInput = Mapping[str, Any]
MAX_TERMS = 8
MODIFIERS = ("direction", "nulls", "bucket")  # of the one criterion that an entry names


@dataclass(frozen=True)
class OrderTerm:
    """One term of an order."""

    name: str  # the same for every way to ask for this term
    expression: str
    type: type
    required: bool = False  # never null
    descending: bool = False
    nulls_first: bool = False

    def in_direction(self, backward: bool) -> OrderTerm:
        """The same term; `backward`: read from the other end."""
        if not backward:
            return self
        descending, nulls_first = not self.descending, not self.nulls_first
        return replace(self, descending=descending, nulls_first=nulls_first)

    @property
    def identity(self) -> tuple[str, bool, bool]:
        """Two orders are equal if these are."""
        return self.name, self.descending, self.nulls_first and not self.required


def order_terms(
    cls: type[Record],
    order: Sequence[OrderInput] | None,
    matched: MatchedRecord,
    bindings: Bindings,
) -> list[OrderTerm]:
    """The terms of an order; without one those of the default order.

    >>> from service.vocabulary.nodes import Team
    >>> order = [{"field": "HEADCOUNT", "direction": "DESC"}]
    >>> order_by(order_terms(Team, order, MatchedRecord("n"), Bindings()))
    'n.headcount IS NULL, n.headcount DESC, n.key'
    """
    if order and len(order) > MAX_TERMS:
        raise BadInput(f"orderBy: expected at most {MAX_TERMS}, got {len(order)}.")
    default = [{"field": properties_of(cls)[camel(cls.sort)].constant}]
    terms: dict[str, OrderTerm] = {}
    for entry in [*(order or default), {"field": "KEY"}]:
        for term in terms_of(cls, entry, matched, bindings):
            terms.setdefault(term.name, term)
        if "key" in terms:
            break
    return list(terms.values())


def terms_of(
    cls: type[Record], entry: OrderInput, matched: MatchedRecord, bindings: Bindings
) -> list[OrderTerm]:
    """The terms of an entry: one, or those of an attribute."""
    name, value = sole_entry(entry)
    if name == "attribute":
        terms = attribute_terms(matched.variable, value, bindings)
    elif relation := CONNECTIONS.get(cls.__name__, {}).get(name):
        terms = [related_term(name, relation, value, matched, bindings)]
    else:
        terms = [scalar_term(cls, entry, matched)]
    descending = to_stored(entry.get("direction")) == "DESC"
    nulls_first = to_stored(entry.get("nulls")) == "FIRST"
    return [
        replace(term, descending=descending, nulls_first=nulls_first) for term in terms
    ]


def attribute_terms(variable: str, name: str, bindings: Bindings) -> list[OrderTerm]:
    """A term for each type that the values may have."""
    value = value_expression(variable, name, bindings)
    return [
        OrderTerm(f"{property_of(name)} {type}", typed_expression(value, type), python)
        for type, (_, python) in TYPES.items()
    ]


def sole_entry(entry: OrderInput) -> tuple[str, Any]:
    """The one criterion that an entry names, and its value."""
    fields = {n: v for n, v in entry.items() if v is not None and n not in MODIFIERS}
    if len(fields) != 1:
        names = " and ".join(fields) or "none"
        raise BadInput(f"orderBy: each entry takes one criterion, not {names}.")
    return next(iter(fields.items()))


def scalar_term(
    cls: type[Record], entry: OrderInput, matched: MatchedRecord
) -> OrderTerm:
    """A property of the record, or of the record at an end of a tie."""
    name, value = sole_entry(entry)
    if name == "field":
        return property_term(cls, "", matched.variable, to_stored(value))
    return end_term(cls, name, matched, to_stored(value))


def property_term(
    cls: type[Record], prefix: str, variable: str, constant: str
) -> OrderTerm:
    attribute = scalar_of(cls, constant)
    text = expression(variable, attribute)
    return OrderTerm(
        prefix + attribute.name, text, attribute.type, attribute.is_required
    )


def end_term(
    cls: type[Record], name: str, matched: MatchedRecord, constant: str
) -> OrderTerm:
    """A property of the record at an end of a tie."""
    if not issubclass(cls, Tie) or name not in ("source", "target", "other"):
        raise BadInput(f"{cls.__name__} has no {name} to sort by.")
    source, target = end_types(cls)
    text, _ = matched.end(name)
    end = text if name != "other" or " " not in text else f"({text})"
    end_type = source if name == "source" else target
    return property_term(end_type, f"{name}.", end, constant)


def related_term(
    name: str,
    relation: RelationDefinition,
    value: OrderInput,
    matched: MatchedRecord,
    bindings: Bindings,
) -> OrderTerm:
    """The count or a measure of the related records."""
    measure_name = (to_stored(value.get("measure")) or "COUNT").lower()
    constant = to_stored(value.get("field"))
    if (constant is None) != (measure_name == "count"):
        raise BadInput(
            f"orderBy: {name}: COUNT takes no field, all other measures need one."
        )
    label = f"{name}:{canonical_json(value)}"
    traversal = filtered_traversal(relation, value, matched.variable, bindings)
    if constant is None:
        text = traversal.count([]) if traversal else "0"
        return OrderTerm(label, text, int, required=True)
    attribute = scalar_of(relation.record, constant)
    text = "0" if measure_name in ("sum", "distinct") else "null"
    if traversal:
        variable = traversal.matched.variable
        text = traversal.aggregate(measure(measure_name, variable, attribute))
    return OrderTerm(label, text, type_of(measure_name, attribute))


def canonical_json(value: Any) -> str:
    """One text for one input, whatever the order of its fields."""

    def without_nulls(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {k: without_nulls(v) for k, v in value.items() if v is not None}
        if isinstance(value, list | tuple):
            return [without_nulls(item) for item in value]
        return to_stored(value)

    return orjson.dumps(without_nulls(value), option=orjson.OPT_SORT_KEYS).decode()


def order_by(
    order: Sequence[OrderTerm],
    names: Sequence[str] | None = None,
    backward: bool = False,
) -> str:
    """The text after ORDER BY; `names` replace expressions that have a name already."""
    parts = []
    terms = [term.in_direction(backward) for term in order]
    for term, name in zip(terms, names or expressions(order), strict=True):
        # Ascending, Neo4j puts nulls last by itself, descending first.
        if not term.required and term.nulls_first != term.descending:
            parts.append(f"{name} IS NULL" + (" DESC" if term.nulls_first else ""))
        parts.append(name + (" DESC" if term.descending else ""))
    return ", ".join(parts)


def expressions(order: Sequence[OrderTerm]) -> list[str]:
    return [term.expression for term in order]
