"""Compiles the aggregate of a connection: the count and the measures of its values.

It computes only what the document selects, and nothing if the database stores the
count. The executor answers groups.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from graphql import GraphQLObjectType, get_named_type

from service.compiler import projection
from service.compiler.connections import ConnectionRecords, RowSource, where
from service.compiler.conversions import conversion
from service.compiler.decoders import ScalarDecoder
from service.compiler.measures import measure, measures_of, type_of
from service.compiler.schema_mapping import NotCompilable
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    subquery,
)
from service.compiler.traversal import join_conditions
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of

COUNT = "count(*)"


def aggregate_expression(
    builder: StatementBuilder,
    records: ConnectionRecords,
    cls: type[Record],
    details: Details,
) -> Expression:
    source = records.source
    if source is None:
        raise NotCompilable("there can be no record")
    kind = cast(GraphQLObjectType, get_named_type(records.definition.type))
    columns, has_measures = {}, False
    for name, inner in builder.operation.fields(kind, details).items():
        field = inner[0].node.name.value
        attribute = properties_of(cls).get(field)
        if field == "__typename":
            columns[name] = Expression(f"'{kind.name}'")
        elif field == "count":
            columns[name] = Expression(COUNT)
        elif attribute is not None:
            type = cast(GraphQLObjectType, builder.named_type(kind.name, field))
            variable = source.matched.variable
            columns[name] = measures_expression(
                builder, variable, attribute, type, inner
            )
            has_measures = True
        else:
            raise NotCompilable(f"{kind.name}.{field}")
    if not has_measures:
        counts = [stored_count(column, source) for column in columns.values()]
        return projection.combine(tuple(columns), counts)
    row = projection.combine(tuple(columns), list(columns.values()))
    lines = [
        source.match,
        *where(join_conditions(records.page.conditions)),
        *([f"WITH DISTINCT {source.matched.variable}"] if source.distinct else []),
        f"RETURN {row.text}",
    ]
    return Expression(f"{subquery('COLLECT', lines)}[0]", row.decoder)


def stored_count(column: Expression, source: RowSource) -> Expression:
    return Expression(source.count) if column.text == COUNT else column


def measures_expression(
    builder: StatementBuilder,
    variable: str,
    attribute: Property,
    type: GraphQLObjectType,
    details: Details,
) -> Expression:
    """The measures of one property, as a list."""
    columns, has_measures = {}, False
    for name, inner in builder.operation.fields(type, details).items():
        field = inner[0].node.name.value
        if field == "__typename":
            columns[name] = Expression(f"'{type.name}'")
        elif field in measures_of(attribute):
            text = measure(field, variable, attribute)
            columns[name] = Expression(text, measure_decoder(field, attribute))
            has_measures = True
        else:
            raise NotCompilable(f"{type.name}.{field}")
    if not has_measures:
        raise NotCompilable(f"no measure of {attribute.name}")
    return projection.combine(tuple(columns), list(columns.values()))


def measure_decoder(name: str, attribute: Property) -> ScalarDecoder | None:
    """Decodes a measure, which is null where it is undefined."""
    kind = float if name == "sum" else type_of(name, attribute)
    convert = conversion(datetime if kind is date else kind)
    return ScalarDecoder(nullable(convert)) if convert else None


def nullable(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)
