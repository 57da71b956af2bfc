"""Compiles a connection to [rows, total]: a COLLECT of its rows, a COUNT if needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, get_named_type

from service.compiler import projection
from service.compiler.arguments import FieldArguments
from service.compiler.bindings import Bindings
from service.compiler.decoders import (
    ConnectionDecoder,
    CursorDecoder,
    SingleFieldDecoder,
)
from service.compiler.pages import CompiledPage
from service.compiler.schema_mapping import AllRecords, NotCompilable
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    cypher_list,
    subquery,
)
from service.compiler.traversal import (
    MatchedRecord,
    Traversal,
    join_conditions,
    traversal_of,
)
from service.vocabulary.connections import RelationDefinition
from service.vocabulary.ties import Tie

CURSOR_FIELDS = {"startCursor", "endCursor"}
NO_CONDITION = "true"


@dataclass(frozen=True)
class RowSource:
    """Where rows come from: the MATCH that gives `matched`, and what counts them."""

    matched: MatchedRecord
    match: str
    count: str
    distinct: str = ""


@dataclass(frozen=True)
class ConnectionRecords:
    """The records of a connection; without a source there can be none."""

    definition: GraphQLField
    source: RowSource | None
    number: int  # of the page's parameters
    page: CompiledPage


@dataclass
class RowLayout:
    """What a row consists of, and what the response makes of all rows."""

    record: projection.RecordReference
    number: int  # of the page
    position: str  # the values of the order
    parts: list[Expression] = field(default_factory=list)
    fields: list[tuple[str, str, Any]] = field(default_factory=list)
    has_rows: bool = False
    has_total: bool = False
    has_position: bool = False


def related_records(
    builder: StatementBuilder,
    anchor: str,
    relation: RelationDefinition,
    type: str,
    details: Details,
) -> ConnectionRecords:
    """The related records of the record with the variable `anchor`."""
    node = details[0].node
    definition = builder.field(type, node.name.value)
    arguments = FieldArguments(definition, node)(builder.operation.variables)
    record = builder.new_variable("n" if relation.node else "r")
    names = (record, record if relation.node else builder.new_variable("b"))
    direction = relation.direction_of(arguments.get("direction"))
    traversal = traversal_of(relation, direction, anchor, Bindings(), names)
    matched = traversal.matched if traversal else MatchedRecord(record)
    number, page = builder.add_page(definition, node, relation.record, matched)
    source = related_source(traversal, page, names) if traversal else None
    return ConnectionRecords(definition, source, number, page)


def related_source(
    traversal: Traversal, page: CompiledPage, names: tuple[str, str]
) -> RowSource:
    record, end = names
    count = traversal.count(page.conditions)
    if not traversal.relation.node and not page.conditions:
        # Without variables Neo4j reads the count that the node has stored.
        pattern = traversal.pattern.replace(f"[{record}:", "[:")
        count = f"COUNT {{ {pattern.replace(f'({end})', '()')} }}"
    distinct = "DISTINCT " if traversal.relation.node else ""
    return RowSource(traversal.matched, f"MATCH {traversal.pattern}", count, distinct)


def all_records(
    builder: StatementBuilder,
    mapping: AllRecords,
    name: str,
    details: Details,
    in_order: bool = True,
) -> ConnectionRecords:
    """All records of a kind, read by an index seek where their order is an index."""
    definition = builder.field("Query", name)
    is_tie = issubclass(mapping.cls, Tie)
    variable = builder.new_variable("r" if is_tie else "n")
    matched = MatchedRecord(variable)
    pattern = counted = f"({variable}:{mapping.name})"
    if is_tie:
        matched = MatchedRecord(variable, "source", "target")
        pattern = f"(source)-[{variable}:{mapping.name}]->(target)"
        counted = f"()-[{variable}:{mapping.name}]->()"
    number, page = builder.add_page(
        definition,
        details[0].node,
        mapping.cls,
        matched,
        mapping.name if in_order else None,
    )
    count = f"COUNT {{ {counted} }}"
    if page.conditions:
        conditions = join_conditions(page.conditions)
        count = f"COUNT {{ MATCH {pattern} WHERE {conditions} }}"
    match = " ".join(filter(None, [f"MATCH {pattern}", page.texts["HINT"]]))
    return ConnectionRecords(definition, RowSource(matched, match, count), number, page)


def connection_expression(
    builder: StatementBuilder, records: ConnectionRecords, details: Details
) -> Expression:
    source, number, page = records.source, records.number, records.page
    matched = source.matched if source else MatchedRecord(builder.new_variable("n"))
    record = projection.RecordReference(matched)
    layout = RowLayout(record, number, f"[{page.texts['NAMES']}]")
    kind = cast(GraphQLObjectType, get_named_type(records.definition.type))
    with builder.inside(number):
        for name, inner in builder.operation.fields(kind, details).items():
            add_field(builder, layout, kind, name, inner)
    rows = row_subquery(layout, source, page) if layout.has_rows and source else "[]"
    total = "null"
    if layout.has_total:
        total = source.count if source else "0"
    decoders = tuple(map(projection.decoder_of, layout.parts))
    return Expression(
        cypher_list([rows, total]),
        ConnectionDecoder(number, decoders, tuple(layout.fields)),
    )


def add_field(
    builder: StatementBuilder,
    layout: RowLayout,
    kind: GraphQLObjectType,
    name: str,
    details: Details,
) -> None:
    """Add what one field of the connection needs of its rows."""
    field = details[0].node.name.value
    if field == "__typename":
        layout.fields.append((name, "constant", kind.name))
        return
    type = cast(GraphQLObjectType, builder.named_type(kind.name, field))
    if field == "totalCount":
        layout.has_total = True
        layout.fields.append((name, "total", None))
        return
    layout.has_rows = True
    match field:
        case "nodes":
            part = projection.record_expression(builder, layout.record, type, details)
        case "edges":
            part = edge_expression(builder, layout, type, details)
        case "pageInfo":
            info = page_info_fields(builder, layout, type, details)
            layout.fields.append((name, "info", info))
            return
        case _:
            raise NotCompilable(f"{kind.name}.{field}")
    layout.fields.append((name, "part", len(layout.parts)))
    layout.parts.append(part)


def page_info_fields(
    builder: StatementBuilder,
    layout: RowLayout,
    type: GraphQLObjectType,
    details: Details,
) -> tuple[tuple[str, str], ...]:
    fields = {
        name: inner[0].node.name.value
        for name, inner in builder.operation.fields(type, details).items()
    }
    has_cursor = bool(CURSOR_FIELDS & set(fields.values()))
    layout.has_position = layout.has_position or has_cursor
    return tuple(
        (name, type.name if field == "__typename" else field)
        for name, field in fields.items()
    )


def edge_expression(
    builder: StatementBuilder,
    layout: RowLayout,
    type: GraphQLObjectType,
    details: Details,
) -> Expression:
    columns: list[Expression] = []
    fields = builder.operation.fields(type, details)
    for inner in fields.values():
        match inner[0].node.name.value:
            case "node":
                node_type = builder.named_type(type.name, "node")
                columns.append(
                    projection.record_expression(
                        builder, layout.record, node_type, inner
                    )
                )
            case "cursor":
                decoder = CursorDecoder(layout.number)
                columns.append(Expression(layout.position, decoder))
            case "__typename":
                columns.append(Expression(f"'{type.name}'"))
            case other:
                raise NotCompilable(f"{type.name}.{other}")
    if len(columns) == 1:
        [name], [column] = fields, columns
        decoder_of_column = projection.decoder_of(column)
        return Expression(column.text, SingleFieldDecoder(name, decoder_of_column))
    return projection.combine(tuple(fields), columns)


def row_subquery(layout: RowLayout, source: RowSource, page: CompiledPage) -> str:
    """The rows in order, one more than the page has: it shows that there are more."""
    texts, variable = page.texts, source.matched.variable
    variables = [variable, *layout.record.end_variables.values()]
    carry = f"WITH {', '.join(variables)}, {texts['NAMES']}"
    columns = [part.text for part in layout.parts]
    columns += [layout.position] * layout.has_position
    ends = layout.record.with_ends()
    lines = [
        source.match,
        *where(texts["FILTER"]),
        f"WITH {source.distinct}{variable}{ends}, {texts['TERMS']}",
        *(line for beyond in where(texts["BEYOND"]) for line in (beyond, carry)),
        f"ORDER BY {texts['TURN']}",
        f"LIMIT $limit_{layout.number}",
        f"RETURN {cypher_list(columns)}",
    ]
    return subquery("COLLECT", lines)


def where(condition: str) -> list[str]:
    return [] if condition == NO_CONDITION else [f"WHERE {condition}"]
