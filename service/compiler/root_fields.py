"""A root field becomes a statement, what it must be given, and its value's shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType
from graphql.execution.values import VariableValues

from service.compiler import aggregates, connections, projection
from service.compiler.arguments import Arguments
from service.compiler.decoders import Leaf, Maybe, Shape
from service.compiler.projection import Spot, shape_of
from service.compiler.schema_mapping import (
    AllRecords,
    ConnectionAggregate,
    NotCompilable,
    RecordById,
    RecordByKey,
    SchemaMapping,
)
from service.compiler.statement_builder import (
    BoundParameters,
    Details,
    Expression,
    OperationContext,
    ParameterBinding,
    StatementBuilder,
)
from service.compiler.traversal import Seen
from service.graph.statements import Statement
from service.vocabulary import TIES, key_label

USED = re.compile(r"\$([a-z]+_\d+)")
TYPES = {cls.__name__: cls.type for cls in TIES.values()}


@dataclass(frozen=True)
class Form:
    """One root field, compiled: for all requests that give it the same outline."""

    name: str  # under which the response shows it
    node: FieldNode
    nullable: bool
    statement: Statement | None  # None: a constant
    shape: Shape
    wanted: tuple[
        ParameterBinding | BoundParameters, ...
    ]  # Given: the same for every request
    used: frozenset[str]

    def given(self, variables: VariableValues) -> list[BoundParameters]:
        return [
            one if isinstance(one, BoundParameters) else one.given(variables)
            for one in self.wanted
        ]

    def params(self, given: Sequence[BoundParameters]) -> dict[str, Any]:
        return {k: v for one in given for k, v in one.params.items() if k in self.used}

    def filled(self, value: Any, given: Sequence[BoundParameters]) -> Any:
        pages: list[Any] = [one.page for one in given]
        return self.shape.fill([value], pages)[0]


def compiled(
    asked: OperationContext, face: SchemaMapping, roots: dict[str, Details]
) -> tuple[tuple[Form, ...], list[Details]]:
    """A form for each root field that has one, and the fields that have none."""
    forms, others = [], []
    for name, details in roots.items():
        try:
            forms.append(form(asked, face, name, details))
        except NotCompilable:
            others.append(details)
    return tuple(forms), others


def form(
    asked: OperationContext, face: SchemaMapping, name: str, details: Details
) -> Form:
    draft = StatementBuilder(asked, face)
    node = details[0].node
    field = node.name.value
    if field == "__typename":
        return Form(name, node, False, None, Leaf(lambda _: "Query"), (), frozenset())
    meaning = draft.meaning("Query", field)
    defined = draft.field("Query", field)
    match meaning:
        case AllRecords():
            listed = connections.every(draft, meaning, field, details)
            piece = connections.connection(draft, listed, details)
            text = f"RETURN {piece.text} AS value"
        case ConnectionAggregate(of=AllRecords() as every):
            listed = connections.every(draft, every, field, details, ordered=False)
            piece = aggregates.aggregate(draft, listed, every.cls, details)
            text = f"RETURN {piece.text} AS value"
        case RecordByKey():
            text, piece = by_key(draft, meaning, defined, details)
        case RecordById():
            text, piece = by_id(draft, defined, details)
        case _:
            raise NotCompilable(f"Query.{field}")
    return Form(
        name,
        node,
        not isinstance(defined.type, GraphQLNonNull),
        Statement(field, text, "", {}, ("value",)),
        Maybe(shape_of(piece)),
        tuple(settled(one, asked.variables) for one in draft.wanted),
        frozenset(USED.findall(text)),
    )


def settled(
    wanted: ParameterBinding, variables: VariableValues
) -> ParameterBinding | BoundParameters:
    return wanted.given(variables) if wanted.arguments.constant else wanted


def by_key(
    draft: StatementBuilder,
    meaning: RecordByKey,
    defined: GraphQLField,
    details: Details,
) -> tuple[str, Expression]:
    number = len(draft.wanted)
    draft.want(defined, details[0].node, partial(keyed, number))
    inner = draft.inner("Query", details[0].node.name.value)
    return found(draft, meaning, number, inner, details)


def keyed(number: int, given: dict[str, Any]) -> BoundParameters:
    if odd := given.keys() - {"key"}:
        raise NotCompilable(f"the argument {min(odd)}")
    return BoundParameters({f"key_{number}": given["key"]})


def by_id(
    draft: StatementBuilder, defined: GraphQLField, details: Details
) -> tuple[str, Expression]:
    """The type of an id is part of a request's outline; its key is a parameter."""
    node, number = details[0].node, len(draft.wanted)
    draft.want(defined, node, partial(identified, draft.face, number))
    given = Arguments(defined, node)(draft.asked.variables)
    name, _ = draft.face.parsed_id(given["id"])
    type = draft.asked.schema.type_map.get(name)
    if not isinstance(type, GraphQLObjectType):
        raise NotCompilable("an id of nothing")
    meaning = RecordByKey(TYPES.get(name, name), name in TYPES)
    return found(draft, meaning, number, type, details)


def identified(
    face: SchemaMapping, number: int, given: dict[str, Any]
) -> BoundParameters:
    _, key = face.parsed_id(given["id"])
    return BoundParameters({f"key_{number}": key})


def found(
    draft: StatementBuilder,
    meaning: RecordByKey,
    number: int,
    type: Any,
    details: Details,
) -> tuple[str, Expression]:
    """One record by its key, or no row."""
    variable = draft.fresh("r" if meaning.tie else "n")
    spot = Spot(Seen(variable, "source", "target") if meaning.tie else Seen(variable))
    piece = projection.value(draft, spot, type, details)
    if meaning.tie:
        indexed = meaning.name
        pattern = f"(source)-[{variable}:{indexed} {{key: $key_{number}}}]->(target)"
    else:
        name, indexed = meaning.name, key_label(meaning.name)
        label = name if name == indexed else f"{indexed}&{name}"
        pattern = f"({variable}:{label} {{key: $key_{number}}})"
    match = f"MATCH {pattern}\nUSING INDEX SEEK {variable}:{indexed}(key)"
    bound = spot.bindings()
    ends = f"\nWITH {variable}{bound}" if bound else ""
    return f"{match}{ends}\nRETURN {piece.text} AS value", piece
