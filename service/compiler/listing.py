"""A connection becomes [rows, total]: a COLLECT of its rows, a COUNT if asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, get_named_type

from service.compiler import projection
from service.compiler.draft import Details, Draft, Piece, arguments, block, bracketed
from service.compiler.meaning import Around, Every, Page, Uncovered
from service.compiler.shape import Connection, Leaf, Shape, native
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Record
from service.vocabulary.ties import Tie

CURSORS = {"startCursor", "endCursor"}
ARROWS = {
    Direction.OUT: ("-", "->"),
    Direction.IN: ("<-", "-"),
    Direction.BOTH: ("-", "-"),
}


@dataclass(frozen=True)
class Source:
    """Where rows come from: what finds them under `variable`, and counts them."""

    cls: type[Record]
    variable: str
    match: str
    count: str
    sort: str
    distinct: str = ""


@dataclass
class Rows:
    """What a row must hold, and what the response makes of all rows."""

    spot: projection.Spot
    place: str  # value of the order, key
    parts: list[Piece] = field(default_factory=list)
    outs: list[tuple[str, str, Any]] = field(default_factory=list)
    listed: bool = False
    counted: bool = False
    placed: bool = False


def around(
    draft: Draft, anchor: str, meaning: Around, type: str, details: Details
) -> Piece:
    """The connection at a record under the variable `anchor`."""
    defined, node = draft.field(type, details[0].node.name.value), details[0].node
    hanging = meaning.hanging
    only = Direction.OUT if hanging.out else Direction.IN
    default = Direction.BOTH if hanging.out and hanging.into else only
    given = arguments(defined, node, draft.asked.variables)
    direction = given.get("direction", default)
    number, page = draft.page(defined, node, meaning.cls)
    source = hung(draft, anchor, meaning, direction)
    where = beyond(source, page, number) if source and page.bounded else ""
    return connection(draft, source, where, (number, page), defined, details)


def hung(
    draft: Draft, anchor: str, meaning: Around, direction: Direction
) -> Source | None:
    """What hangs on the anchor that way; None where nothing of its kind can."""
    hanging = meaning.hanging
    types = {
        Direction.OUT: hanging.out,
        Direction.IN: hanging.into,
        Direction.BOTH: tuple(dict.fromkeys(hanging.out + hanging.into)),
    }[direction]
    if not types:
        return None
    left, right = ARROWS[direction]
    variable = draft.fresh("n" if hanging.node else "r")
    named = "" if hanging.node else variable
    other = f"{variable}:{hanging.node}" if hanging.node else ""
    match = f"MATCH ({anchor}){left}[{named}:{'|'.join(types)}]{right}({other})"
    count = f"COUNT {{ ({anchor}){left}[:{'|'.join(types)}]{right}() }}"
    if hanging.node:
        count = f"COUNT {{ {match} RETURN DISTINCT {variable} }}"
    sort = draft.face.sort(meaning.cls, variable)
    distinct = "DISTINCT " if hanging.node else ""
    return Source(meaning.cls, variable, match, count, sort, distinct)


def beyond(source: Source, page: Page, number: int) -> str:
    than = "<" if page.backward else ">"
    value, key = f"$value_{number}", f"$key_{number}"
    return (
        f"WHERE {source.sort} {than}= {value}"
        f" AND ({source.sort} {than} {value} OR {source.variable}.key {than} {key})"
    )


def every(draft: Draft, meaning: Every, name: str, details: Details) -> Piece:
    """The connection of all records, found by a seek where its order is an index."""
    defined = draft.field("Query", name)
    number, page = draft.page(defined, details[0].node, meaning.cls)
    tie = issubclass(meaning.cls, Tie)
    variable = draft.fresh("r" if tie else "n")
    ends = f"()-[{variable}:{meaning.name}]->()", f"({variable}:{meaning.name})"
    pattern = ends[0] if tie else ends[1]
    sort = draft.face.sort(meaning.cls, variable)
    hint = draft.face.hint(meaning.cls, variable, meaning.name)
    match = " ".join(filter(None, [f"MATCH {pattern}", hint]))
    source = Source(meaning.cls, variable, match, f"COUNT {{ {pattern} }}", sort)
    where = sought(source, page, number)
    return connection(draft, source, where, (number, page), defined, details)


def sought(source: Source, page: Page, number: int) -> str:
    """As in records/nodes_page: not OR, which would be planned as a union."""
    than = "<" if page.backward else ">"
    value, key = f"$value_{number}", f"$key_{number}"
    own = f"{source.variable}.key"
    return (
        f"WHERE {source.sort} {than}= {value} AND {own} IS NOT NULL"
        f" AND CASE {source.sort} WHEN {value} THEN {own} {than} {key} ELSE true END"
    )


def connection(
    draft: Draft,
    source: Source | None,
    where: str,
    numbered: tuple[int, Page],
    defined: GraphQLField,
    details: Details,
) -> Piece:
    number, page = numbered
    variable = source.variable if source else draft.fresh("n")
    sort = source.sort if source else "null"
    rows = Rows(projection.Spot(variable), f"{sort}, {variable}.key")
    kind = cast(GraphQLObjectType, get_named_type(defined.type))
    cls = source.cls if source else Record
    for name, inner in draft.asked.fields(kind, details).items():
        part_of(draft, rows, kind, name, inner, cls)
    rows.placed = rows.placed or page.enclosed
    listed = collected(rows, source, where, number, page) if rows.listed else "[]"
    total = (source.count if source else "0") if rows.counted else "null"
    shape = Connection(
        number,
        tuple(projection.shape_of(piece) for piece in rows.parts),
        tuple(rows.outs),
        partial(draft.face.cursor, cls),
    )
    return Piece(bracketed([listed, total]), shape)


def part_of(
    draft: Draft,
    rows: Rows,
    kind: GraphQLObjectType,
    name: str,
    details: Details,
    cls: type[Record],
) -> None:
    """What one field of the connection asks of its rows."""
    field = details[0].node.name.value
    if field == "__typename":
        rows.outs.append((name, "constant", kind.name))
        return
    inner = cast(GraphQLObjectType, draft.inner(kind.name, field))
    if field == "totalCount":
        rows.counted = True
        rows.outs.append((name, "total", None))
        return
    rows.listed = True
    match field:
        case "nodes":
            piece = projection.value(draft, rows.spot, inner, details)
        case "edges":
            piece = edge(draft, rows, inner, details, cls)
        case "pageInfo":
            rows.outs.append((name, "info", page_info(draft, rows, inner, details)))
            return
        case _:
            raise Uncovered(f"{kind.name}.{field}")
    rows.outs.append((name, "part", len(rows.parts)))
    rows.parts.append(piece)


def page_info(
    draft: Draft, rows: Rows, type: GraphQLObjectType, details: Details
) -> tuple[tuple[str, str], ...]:
    fields = {
        name: inner[0].node.name.value
        for name, inner in draft.asked.fields(type, details).items()
    }
    rows.placed = rows.placed or bool(CURSORS & set(fields.values()))
    return tuple(
        (name, type.name if field == "__typename" else field)
        for name, field in fields.items()
    )


def edge(
    draft: Draft,
    rows: Rows,
    type: GraphQLObjectType,
    details: Details,
    cls: type[Record],
) -> Piece:
    columns: list[Piece] = []
    fields = draft.asked.fields(type, details)
    for inner in fields.values():
        match inner[0].node.name.value:
            case "node":
                to = draft.inner(type.name, "node")
                columns.append(projection.value(draft, rows.spot, to, inner))
            case "cursor":
                columns.append(Piece(f"[{rows.place}]", cursor(draft, cls)))
            case "__typename":
                columns.append(Piece(f"'{type.name}'"))
            case other:
                raise Uncovered(f"{type.name}.{other}")
    return projection.together(tuple(fields), columns)


def cursor(draft: Draft, cls: type[Record]) -> Shape:
    return Leaf(lambda place: draft.face.cursor(cls, native(place[0]), place[1]))


def collected(
    rows: Rows, source: Source | None, where: str, number: int, page: Page
) -> str:
    """The rows in order, one more than the page holds: it only says "more"."""
    if source is None:
        return "[]"
    turn = "DESC" if page.backward else "ASC"
    variable, bound = source.variable, rows.spot.bindings()
    columns = [piece.text for piece in rows.parts] + [rows.place] * rows.placed
    lines = [
        f"{source.match}",
        *([where] if where else []),
        f"WITH {source.distinct}{variable}",
        f"ORDER BY {source.sort} {turn}, {variable}.key {turn}",
        f"LIMIT $limit_{number}",
        *([f"WITH {variable}{bound}"] if bound else []),
        f"RETURN {bracketed(columns)}",
    ]
    return block("COLLECT", lines)
