"""A selection on one record becomes a Cypher list of its values, by position."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType

from service.compiler import aggregates, connections
from service.compiler.decoders import Fields, Kinds, Leaf, Maybe, Present, Shape
from service.compiler.schema_mapping import (
    ConnectionAggregate,
    FieldMapping,
    GlobalIdField,
    NotCompilable,
    RoleLabels,
    StoredProperty,
    TieEnd,
    ViewedMember,
)
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    block,
    bracketed,
)
from service.compiler.traversal import Seen
from service.vocabulary import MEMBERS
from service.vocabulary.connections import Around
from service.vocabulary.nodes import Link

MEMBER = "Member"  # the interface; its types are the labels of MEMBERS
TYPE_OF = (
    "CASE WHEN {0}:Organisation THEN 'Organisation' WHEN {0}:Team THEN 'Team'"
    " ELSE 'Person' END"
)


@dataclass
class Spot:
    """A record as the pattern names it; `bound` collects what its ends are called."""

    seen: Seen
    bound: dict[str, str] = field(default_factory=dict)  # expression: variable

    @property
    def variable(self) -> str:
        return self.seen.variable

    def bindings(self) -> str:
        return "".join(f", {text} AS {name}" for text, name in self.bound.items())


def value(
    draft: StatementBuilder, spot: Spot, type: GraphQLOutputType, details: Details
) -> Expression:
    """The record at `spot` as a list; of several types: [number, list]."""
    if isinstance(type, GraphQLObjectType):
        return record(draft, spot, type.name, draft.asked.fields(type, details))
    if getattr(type, "name", "") != MEMBER:
        raise NotCompilable("an interface of many labels")
    chosen = {
        name: draft.asked.fields(object_type(draft, name), details) for name in MEMBERS
    }
    first, *others = chosen.values()
    if all(alike(first, other) for other in others):
        return record(draft, spot, MEMBER, first)
    pieces = [record(draft, spot, name, fields) for name, fields in chosen.items()]
    return kinds(spot, pieces)


def object_type(draft: StatementBuilder, name: str) -> GraphQLObjectType:
    found = draft.asked.schema.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def alike(one: dict[str, Details], other: dict[str, Details]) -> bool:
    """Whether two selections are of the same nodes, in the same order."""
    return [(k, [d.node.loc for d in v]) for k, v in one.items()] == [
        (k, [d.node.loc for d in v]) for k, v in other.items()
    ]


def kinds(spot: Spot, pieces: list[Expression]) -> Expression:
    texts = [bracketed([str(i), piece.text]) for i, piece in enumerate(pieces)]
    labels = list(MEMBERS)[:-1]
    whens = [
        f"WHEN {spot.variable}:{label} THEN {text}"
        for label, text in zip(labels, texts, strict=False)
    ]
    text = "\n".join(["CASE", *whens, f"ELSE {texts[-1]}", "END"])
    return Expression(text, Kinds(tuple(shape_of(piece) for piece in pieces)))


def shape_of(piece: Expression) -> Shape:
    return piece.shape or Leaf(lambda found: found)


def record(
    draft: StatementBuilder, spot: Spot, type: str, fields: dict[str, Details]
) -> Expression:
    pieces = [one(draft, spot, type, details) for details in fields.values()]
    return together(tuple(fields), pieces)


def together(names: tuple[str, ...], pieces: list[Expression]) -> Expression:
    """One list of all the pieces, and under which names the response shows them."""
    steps = [(i, p.shape) for i, p in enumerate(pieces) if p.shape is not None]
    text = bracketed([piece.text for piece in pieces])
    return Expression(text, Fields(names, tuple(steps)))


def one(draft: StatementBuilder, spot: Spot, type: str, details: Details) -> Expression:
    """One field of a record."""
    name = details[0].node.name.value
    if name == "__typename":
        return Expression(type_name(spot, type))
    meaning = draft.meaning(type, name)
    match meaning:
        case StoredProperty():
            return stored(spot, meaning)
        case RoleLabels():
            return roles(spot, meaning)
        case GlobalIdField():
            return global_id(draft, spot, type)
        case Around():
            listed = connections.around(draft, spot.variable, meaning, type, details)
            return connections.connection(draft, listed, details)
        case ConnectionAggregate(of=Around() as beside):
            listed = connections.around(draft, spot.variable, beside, type, details)
            return aggregates.aggregate(draft, listed, beside.record, details)
    return linked(draft, spot, type, meaning, details)


def type_name(spot: Spot, type: str) -> str:
    return TYPE_OF.format(spot.variable) if type == MEMBER else f"'{type}'"


def stored(spot: Spot, found: StoredProperty) -> Expression:
    text = f"{spot.variable}.{found.stored}"
    if found.dated:
        text = f"toString({text})"
    if found.convert:
        return Expression(text, Leaf(found.convert))
    return Expression(text, Present(found.stored) if found.required else None)


def roles(spot: Spot, found: RoleLabels) -> Expression:
    names = dict(found.pairs)

    def convert(labels: list[str]) -> list[str]:
        return [names[label] for label in sorted(labels) if label in names]

    return Expression(f"labels({spot.variable})", Leaf(convert))


def global_id(draft: StatementBuilder, spot: Spot, type: str) -> Expression:
    key = f"{spot.variable}.key"
    if type != MEMBER:
        return Expression(key, Leaf(partial(draft.face.id, type)))
    text = f"[{type_name(spot, type)}, {key}]"
    return Expression(text, Leaf(lambda pair: draft.face.id(*pair)))


def linked(
    draft: StatementBuilder,
    spot: Spot,
    type: str,
    meaning: FieldMapping,
    details: Details,
) -> Expression:
    """A field that leads to another record."""
    to = draft.inner(type, details[0].node.name.value)
    match meaning:
        case ViewedMember():
            return value(draft, spot, to, details)
        case TieEnd():
            text, _ = spot.seen.end("source" if meaning.source else "target")
            if text not in spot.bound:
                spot.bound[text] = draft.fresh("n")
            return value(draft, Spot(Seen(spot.bound[text])), to, details)
        case Link():
            return link(draft, spot, meaning, to, details)
    raise NotCompilable(type)


def link(
    draft: StatementBuilder, spot: Spot, found: Link, to: Any, details: Details
) -> Expression:
    """The first by key, where a record has several; the executor's order."""
    end = draft.fresh("n")
    piece = value(draft, Spot(Seen(end)), to, details)
    lines = [
        f"MATCH ({spot.variable})-[:{found.type}]-({end}:{found.label})",
        f"WITH {end} ORDER BY {end}.key LIMIT 1",
        f"RETURN {piece.text}",
    ]
    return Expression(
        f"head({block('COLLECT', lines)})", Maybe(shape_of(piece), found.required)
    )
