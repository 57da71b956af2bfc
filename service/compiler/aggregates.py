"""What the records of a connection come to: their count, and measures of their values.

Only what the document selects is computed, and nothing where the store has the count.
Groups are the executor's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from graphql import GraphQLObjectType, get_named_type

from service.compiler import projection
from service.compiler.connections import Listed, Source, where
from service.compiler.conversions import conversion
from service.compiler.decoders import Leaf
from service.compiler.measures import measure, measures_of, type_of
from service.compiler.schema_mapping import NotCompilable
from service.compiler.statement_builder import (
    Details,
    Expression,
    StatementBuilder,
    block,
)
from service.compiler.traversal import joined
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of


def aggregate(
    draft: StatementBuilder, listed: Listed, cls: type[Record], details: Details
) -> Expression:
    source = listed.source
    if source is None:
        raise NotCompilable("nothing can be there")
    kind = cast(GraphQLObjectType, get_named_type(listed.defined.type))
    pieces, measured = {}, False
    for name, inner in draft.asked.fields(kind, details).items():
        field = inner[0].node.name.value
        attribute = properties_of(cls).get(field)
        if field == "__typename":
            pieces[name] = Expression(f"'{kind.name}'")
        elif field == "count":
            pieces[name] = Expression("count(*)")
        elif attribute is not None:
            type = cast(GraphQLObjectType, draft.inner(kind.name, field))
            pieces[name] = measures(draft, source.seen.variable, attribute, type, inner)
            measured = True
        else:
            raise NotCompilable(f"{kind.name}.{field}")
    if not measured:
        counts = {n: counted(piece, source) for n, piece in pieces.items()}
        return projection.together(tuple(counts), list(counts.values()))
    whole = projection.together(tuple(pieces), list(pieces.values()))
    lines = [
        source.match,
        *where(joined(listed.page.conditions)),
        *([f"WITH DISTINCT {source.seen.variable}"] if source.distinct else []),
        f"RETURN {whole.text}",
    ]
    return Expression(f"{block('COLLECT', lines)}[0]", whole.shape)


def counted(piece: Expression, source: Source) -> Expression:
    return Expression(source.count) if piece.text == "count(*)" else piece


def measures(
    draft: StatementBuilder,
    variable: str,
    attribute: Property,
    type: GraphQLObjectType,
    details: Details,
) -> Expression:
    """The measures of one property, as a list."""
    pieces, asked = {}, False
    for name, inner in draft.asked.fields(type, details).items():
        field = inner[0].node.name.value
        if field == "__typename":
            pieces[name] = Expression(f"'{type.name}'")
        elif field in measures_of(attribute):
            text = measure(field, variable, attribute)
            pieces[name] = Expression(text, shown(field, attribute))
            asked = True
        else:
            raise NotCompilable(f"{type.name}.{field}")
    if not asked:
        raise NotCompilable(f"no measure of {attribute.name}")
    return projection.together(tuple(pieces), list(pieces.values()))


def shown(name: str, attribute: Property) -> Leaf | None:
    """How a measure goes out, null where it is undefined."""
    kind = float if name == "sum" else type_of(name, attribute)
    convert = conversion(datetime if kind is date else kind)
    return Leaf(nullable(convert)) if convert else None


def nullable(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)
