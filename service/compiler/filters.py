"""Compiles a filter of records to a Cypher predicate that is true or false.

A missing value makes an operator null, which AND, OR and WHERE treat as false; only
`not` must handle it explicitly: `NOT coalesce(…, false)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.compiler.attributes import attribute_conditions
from service.compiler.bindings import MAX_CONNECTION_DEPTH, MAX_NESTING, Bindings
from service.compiler.expressions import (
    activity_conditions,
    expression,
    property_named,
)
from service.compiler.operators import (
    is_equality,
    list_conditions,
    operator_conditions,
)
from service.compiler.traversal import (
    MatchedRecord,
    Traversal,
    conditions_of_none,
    join_conditions,
    traversal_of,
)
from service.errors import BadInput
from service.vocabulary.connections import (
    CONNECTIONS,
    RECORDS,
    RelationDefinition,
    end_types,
)
from service.vocabulary.countries import country_code
from service.vocabulary.nodes import Link, Record
from service.vocabulary.properties import Property
from service.vocabulary.ties import Tie

FilterInput = Mapping[str, Any]
QUANTIFIERS = ("some", "all", "none", "single", "count", "aggregate")


def predicate(
    cls: type[Record],
    filter: FilterInput | None,
    matched: MatchedRecord,
    bindings: Bindings,
) -> str:
    """The condition for a record to pass; `true` where the filter is empty.

    `filter` is a filter input as a plain dict of camelCase names, without nulls.

    >>> from service.vocabulary.nodes import Team
    >>> bindings, matched = Bindings(), MatchedRecord("n")
    >>> predicate(Team, {"headcount": {"gt": 5}}, matched, bindings)
    'n.headcount > $values.v0'
    >>> predicate(Team, {"not": {"country": {"eq": "SE"}}}, matched, bindings)
    'NOT coalesce(n.country = $values.v1, false)'
    """
    return join_conditions(filter_conditions(cls, filter or {}, matched, bindings))


def selection_conditions(
    cls: type[Record],
    filter: FilterInput | None,
    matched: MatchedRecord,
    bindings: Bindings,
) -> list[str]:
    """A connection's records are active on its day and pass its filter."""
    return activity_conditions(cls, matched.variable, bindings) + filter_conditions(
        cls, filter or {}, matched, bindings
    )


def index_conditions(
    cls: type[Record], filter: FilterInput | None, variable: str
) -> list[str]:
    """Conditions without which the index of a filtered value is not used.

    The index contains name and key as well, which every member has.
    """
    if not any(name in (filter or {}) for name in cls.filtered):
        return []
    return [f"{variable}.name IS NOT NULL", f"{variable}.key IS NOT NULL"]


def filter_conditions(
    cls: type[Record], filter: FilterInput, matched: MatchedRecord, bindings: Bindings
) -> list[str]:
    bindings.nesting += 1
    if bindings.nesting > MAX_NESTING:
        raise BadInput(f"filter: nested more than {MAX_NESTING} deep.")
    conditions = []
    for name, value in filter.items():
        conditions += field_conditions(cls, name, value, matched, bindings)
    bindings.nesting -= 1
    return conditions


def field_conditions(
    cls: type[Record],
    name: str,
    value: Any,
    matched: MatchedRecord,
    bindings: Bindings,
) -> list[str]:
    """The conditions of one field of a filter."""
    if name in ("and", "or"):
        parts = [predicate(cls, part, matched, bindings) for part in value]
        return [join_conditions(parts, name.upper())]
    if name == "not":
        return [f"NOT coalesce({predicate(cls, value, matched, bindings)}, false)"]
    if name == "attributes":
        return attribute_conditions(matched.variable, value, bindings)
    if relation := CONNECTIONS.get(cls.__name__, {}).get(name):
        return related_conditions(relation, value, matched.variable, bindings)
    if link := next((link for link in cls.links if link.name == name), None):
        return [link_condition(link, value, matched.variable, bindings)]
    if issubclass(cls, Tie) and name in ("source", "target", "other"):
        return [end_condition(cls, name, value, matched, bindings)]
    attribute = property_named(cls, name)
    value = in_stored_form(attribute, value)
    if attribute.is_list:
        return list_conditions(matched.variable, attribute, value, bindings)
    return operator_conditions(expression(matched.variable, attribute), value, bindings)


def in_stored_form(
    attribute: Property, operators: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Operators whose countries have the form in which writes store them."""
    if attribute.text_form != "country":
        return operators
    return {
        name: stored_country(value) if is_equality(name) else value
        for name, value in operators.items()
    }


def stored_country(value: Any) -> Any:
    """
    >>> stored_country(["Sweden", "Atlantis"])
    ['SE', 'Atlantis']
    """
    if isinstance(value, list):
        return [stored_country(item) for item in value]
    return country_code(value) or value


def link_condition(
    link: Link, filter: FilterInput, variable: str, bindings: Bindings
) -> str:
    """The record has this link, and the record at its end passes."""
    bindings.count_condition()
    end, cls = bindings.variable(), RECORDS[link.label]
    left, right = ("-[", "]->") if link.outgoing else ("<-[", "]-")
    inner = selection_conditions(cls, filter, MatchedRecord(end), bindings)
    pattern = f"({variable}){left}:{link.type}{right}({end}:{link.label})"
    where = f" WHERE {join_conditions(inner)}" if inner else ""
    return f"EXISTS {{ MATCH {pattern}{where} }}"


def end_condition(
    cls: type[Tie],
    name: str,
    filter: FilterInput,
    matched: MatchedRecord,
    bindings: Bindings,
) -> str:
    """The record at an end of a tie passes."""
    bindings.count_condition()
    source, target = end_types(cls)
    end_type = source if name == "source" else target
    end, is_variable = matched.end(name)
    if is_variable:
        inner = selection_conditions(end_type, filter, MatchedRecord(end), bindings)
        return join_conditions(inner)
    variable = bindings.variable()
    inner = selection_conditions(end_type, filter, MatchedRecord(variable), bindings)
    return f"any({variable} IN [{end}] WHERE {join_conditions(inner)})"


def filtered_traversal(
    relation: RelationDefinition, filter: FilterInput, anchor: str, bindings: Bindings
) -> Traversal | None:
    """The related records in the direction of the filter that pass its `among`."""
    traversal = traversal_of(relation, filter.get("direction"), anchor, bindings)
    if traversal is None:
        return None
    inner = selection_conditions(
        relation.record, filter.get("among"), traversal.matched, bindings
    )
    return replace(traversal, conditions=inner)


def related_conditions(
    relation: RelationDefinition, filter: FilterInput, anchor: str, bindings: Bindings
) -> list[str]:
    """A condition for each of some, all, none, single, count and aggregate."""
    bindings.count_condition()
    bindings.connection_depth += 1
    if bindings.connection_depth > MAX_CONNECTION_DEPTH:
        raise BadInput(f"filter: more than {MAX_CONNECTION_DEPTH} connections deep.")
    conditions = []
    for name in QUANTIFIERS:
        if name in filter:
            traversal = filtered_traversal(relation, filter, anchor, bindings)
            conditions += quantifier_conditions(traversal, name, filter[name], bindings)
    bindings.connection_depth -= 1
    return conditions


def quantifier_conditions(
    traversal: Traversal | None, name: str, value: FilterInput, bindings: Bindings
) -> list[str]:
    if traversal is None:
        return conditions_of_none(name, value, bindings)
    if name == "count":
        return operator_conditions(traversal.count([]), value, bindings)
    if name == "aggregate":
        return traversal.aggregate_conditions(value, bindings)
    record = traversal.relation.record
    inner = filter_conditions(record, value, traversal.matched, bindings)
    if name == "single":
        return [f"{traversal.count(inner)} = 1"]
    if name == "all":
        inner = [f"NOT coalesce({join_conditions(inner)}, false)"]
    exists = traversal.exists(inner)
    return [exists if name == "some" else f"NOT {exists}"]
