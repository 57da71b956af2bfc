"""A root field becomes a statement, what it must be given, and its value's shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType
from graphql.execution.values import VariableValues

from service.compiler import aggregates, listing, projection
from service.compiler.arguments import Arguments
from service.compiler.draft import (
    Asked,
    Details,
    Draft,
    Given,
    Piece,
    Wanted,
)
from service.compiler.meaning import Aggregate, ById, ByKey, Every, Face, Uncovered
from service.compiler.projection import Spot, shape_of
from service.compiler.reach import Seen
from service.compiler.shape import Leaf, Maybe, Shape
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
    wanted: tuple[Wanted | Given, ...]  # Given: the same for every request
    used: frozenset[str]

    def given(self, variables: VariableValues) -> list[Given]:
        return [
            one if isinstance(one, Given) else one.given(variables)
            for one in self.wanted
        ]

    def params(self, given: Sequence[Given]) -> dict[str, Any]:
        return {k: v for one in given for k, v in one.params.items() if k in self.used}

    def filled(self, value: Any, given: Sequence[Given]) -> Any:
        pages: list[Any] = [one.page for one in given]
        return self.shape.fill([value], pages)[0]


def compiled(
    asked: Asked, face: Face, roots: dict[str, Details]
) -> tuple[tuple[Form, ...], list[Details]]:
    """A form for each root field that has one, and the fields that have none."""
    forms, others = [], []
    for name, details in roots.items():
        try:
            forms.append(form(asked, face, name, details))
        except Uncovered:
            others.append(details)
    return tuple(forms), others


def form(asked: Asked, face: Face, name: str, details: Details) -> Form:
    draft = Draft(asked, face)
    node = details[0].node
    field = node.name.value
    if field == "__typename":
        return Form(name, node, False, None, Leaf(lambda _: "Query"), (), frozenset())
    meaning = draft.meaning("Query", field)
    defined = draft.field("Query", field)
    match meaning:
        case Every():
            listed = listing.every(draft, meaning, field, details)
            piece = listing.connection(draft, listed, details)
            text = f"RETURN {piece.text} AS value"
        case Aggregate(of=Every() as every):
            listed = listing.every(draft, every, field, details, ordered=False)
            piece = aggregates.aggregate(draft, listed, every.cls, details)
            text = f"RETURN {piece.text} AS value"
        case ByKey():
            text, piece = by_key(draft, meaning, defined, details)
        case ById():
            text, piece = by_id(draft, defined, details)
        case _:
            raise Uncovered(f"Query.{field}")
    return Form(
        name,
        node,
        not isinstance(defined.type, GraphQLNonNull),
        Statement(field, text, "", {}, ("value",)),
        Maybe(shape_of(piece)),
        tuple(settled(one, asked.variables) for one in draft.wanted),
        frozenset(USED.findall(text)),
    )


def settled(wanted: Wanted, variables: VariableValues) -> Wanted | Given:
    return wanted.given(variables) if wanted.arguments.constant else wanted


def by_key(
    draft: Draft, meaning: ByKey, defined: GraphQLField, details: Details
) -> tuple[str, Piece]:
    number = len(draft.wanted)
    draft.want(defined, details[0].node, partial(keyed, number))
    inner = draft.inner("Query", details[0].node.name.value)
    return found(draft, meaning, number, inner, details)


def keyed(number: int, given: dict[str, Any]) -> Given:
    if odd := given.keys() - {"key"}:
        raise Uncovered(f"the argument {min(odd)}")
    return Given({f"key_{number}": given["key"]})


def by_id(draft: Draft, defined: GraphQLField, details: Details) -> tuple[str, Piece]:
    """The type of an id is part of a request's outline; its key is a parameter."""
    node, number = details[0].node, len(draft.wanted)
    draft.want(defined, node, partial(identified, draft.face, number))
    given = Arguments(defined, node)(draft.asked.variables)
    name, _ = draft.face.parsed_id(given["id"])
    type = draft.asked.schema.type_map.get(name)
    if not isinstance(type, GraphQLObjectType):
        raise Uncovered("an id of nothing")
    meaning = ByKey(TYPES.get(name, name), name in TYPES)
    return found(draft, meaning, number, type, details)


def identified(face: Face, number: int, given: dict[str, Any]) -> Given:
    _, key = face.parsed_id(given["id"])
    return Given({f"key_{number}": key})


def found(
    draft: Draft, meaning: ByKey, number: int, type: Any, details: Details
) -> tuple[str, Piece]:
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
