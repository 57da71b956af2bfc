"""A connection becomes [rows, total]: a COLLECT of its rows, a COUNT if asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, get_named_type

from service.compiler import projection
from service.compiler.arguments import Arguments
from service.compiler.bindings import Bindings
from service.compiler.decoders import Connection, Cursors, Sole
from service.compiler.schema_mapping import AllRecords, NotCompilable, Page
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    block,
    bracketed,
)
from service.compiler.traversal import Reach, Seen, joined, reached
from service.vocabulary.connections import Around
from service.vocabulary.ties import Tie

CURSORS = {"startCursor", "endCursor"}
ANYTHING = "true"  # the condition where nothing is asked


@dataclass(frozen=True)
class Source:
    """Where rows come from: what finds them, as `seen`, and what counts them."""

    seen: Seen
    match: str
    count: str
    distinct: str = ""


@dataclass(frozen=True)
class Listed:
    """The records of a connection: where from, None if nothing can; and which page."""

    defined: GraphQLField
    source: Source | None
    number: int  # of the page's parameters
    page: Page


@dataclass
class Rows:
    """What a row must hold, and what the response makes of all rows."""

    spot: projection.Spot
    number: int  # of the page
    place: str  # values of the order
    parts: list[Expression] = field(default_factory=list)
    outs: list[tuple[str, str, Any]] = field(default_factory=list)
    listed: bool = False
    counted: bool = False
    placed: bool = False


def around(
    draft: StatementBuilder, anchor: str, meaning: Around, type: str, details: Details
) -> Listed:
    """What hangs on a record under the variable `anchor`."""
    defined, node = draft.field(type, details[0].node.name.value), details[0].node
    given = Arguments(defined, node)(draft.asked.variables)
    found = draft.fresh("n" if meaning.node else "r")
    names = (found, found if meaning.node else draft.fresh("b"))
    way = meaning.way(given.get("direction"))
    reach = reached(meaning, way, anchor, Bindings(), names)
    seen = reach.seen if reach else Seen(found)
    number, page = draft.page(defined, node, meaning.record, seen)
    source = hung(reach, page, names) if reach else None
    return Listed(defined, source, number, page)


def hung(reach: Reach, page: Page, names: tuple[str, str]) -> Source:
    """What hangs on the anchor that way."""
    found, end = names
    count = reach.counted(page.conditions)
    if not reach.around.node and not page.conditions:
        # Without names it is a look at a number that the node has stored.
        pattern = reach.pattern.replace(f"[{found}:", "[:").replace(f"({end})", "()")
        count = f"COUNT {{ {pattern} }}"
    distinct = "DISTINCT " if reach.around.node else ""
    return Source(reach.seen, f"MATCH {reach.pattern}", count, distinct)


def every(
    draft: StatementBuilder,
    meaning: AllRecords,
    name: str,
    details: Details,
    ordered: bool = True,
) -> Listed:
    """All records of a kind, found by a seek where their order is an index."""
    defined = draft.field("Query", name)
    tie = issubclass(meaning.cls, Tie)
    variable = draft.fresh("r" if tie else "n")
    seen = Seen(variable, "source", "target") if tie else Seen(variable)
    node = details[0].node
    indexed = meaning.name if ordered else None
    number, page = draft.page(defined, node, meaning.cls, seen, indexed)
    pattern, bare = f"({variable}:{meaning.name})", f"({variable}:{meaning.name})"
    if tie:
        pattern = f"(source)-[{variable}:{meaning.name}]->(target)"
        bare = f"()-[{variable}:{meaning.name}]->()"
    count = f"COUNT {{ {bare} }}"
    if page.conditions:
        count = f"COUNT {{ MATCH {pattern} WHERE {joined(page.conditions)} }}"
    match = " ".join(filter(None, [f"MATCH {pattern}", page.words["HINT"]]))
    return Listed(defined, Source(seen, match, count), number, page)


def connection(draft: StatementBuilder, listed: Listed, details: Details) -> Expression:
    source, number, page = listed.source, listed.number, listed.page
    seen = source.seen if source else Seen(draft.fresh("n"))
    rows = Rows(projection.Spot(seen), number, f"[{page.words['NAMES']}]")
    kind = cast(GraphQLObjectType, get_named_type(listed.defined.type))
    for name, inner in draft.asked.fields(kind, details).items():
        part_of(draft, rows, kind, name, inner)
    found = collected(rows, source, page) if rows.listed and source else "[]"
    total = (source.count if source else "0") if rows.counted else "null"
    shapes = tuple(projection.shape_of(piece) for piece in rows.parts)
    return Expression(
        bracketed([found, total]), Connection(number, shapes, tuple(rows.outs))
    )


def part_of(
    draft: StatementBuilder,
    rows: Rows,
    kind: GraphQLObjectType,
    name: str,
    details: Details,
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
            piece = edge(draft, rows, inner, details)
        case "pageInfo":
            rows.outs.append((name, "info", page_info(draft, rows, inner, details)))
            return
        case _:
            raise NotCompilable(f"{kind.name}.{field}")
    rows.outs.append((name, "part", len(rows.parts)))
    rows.parts.append(piece)


def page_info(
    draft: StatementBuilder, rows: Rows, type: GraphQLObjectType, details: Details
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
    draft: StatementBuilder, rows: Rows, type: GraphQLObjectType, details: Details
) -> Expression:
    columns: list[Expression] = []
    fields = draft.asked.fields(type, details)
    for inner in fields.values():
        match inner[0].node.name.value:
            case "node":
                to = draft.inner(type.name, "node")
                columns.append(projection.value(draft, rows.spot, to, inner))
            case "cursor":
                columns.append(Expression(rows.place, Cursors(rows.number)))
            case "__typename":
                columns.append(Expression(f"'{type.name}'"))
            case other:
                raise NotCompilable(f"{type.name}.{other}")
    if len(columns) == 1:
        [name], [only] = fields, columns
        return Expression(only.text, Sole(name, projection.shape_of(only)))
    return projection.together(tuple(fields), columns)


def collected(rows: Rows, source: Source, page: Page) -> str:
    """The rows in order, one more than the page holds: it only says "more"."""
    words, variable = page.words, source.seen.variable
    kept = f"WITH {', '.join([variable, *rows.spot.bound.values()])}, {words['NAMES']}"
    columns = [piece.text for piece in rows.parts] + [rows.place] * rows.placed
    lines = [
        source.match,
        *where(words["FILTER"]),
        f"WITH {source.distinct}{variable}{rows.spot.bindings()}, {words['TERMS']}",
        *(line for beyond in where(words["BEYOND"]) for line in (beyond, kept)),
        f"ORDER BY {words['TURN']}",
        f"LIMIT $limit_{rows.number}",
        f"RETURN {bracketed(columns)}",
    ]
    return block("COLLECT", lines)


def where(condition: str) -> list[str]:
    return [] if condition == ANYTHING else [f"WHERE {condition}"]
