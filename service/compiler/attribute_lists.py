"""Compiles the list of the extra attributes of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from graphql import GraphQLObjectType

from service.compiler.attributes import property_of
from service.compiler.decoders import to_python
from service.compiler.parameters import BoundParameters
from service.compiler.statement_builder import Details, Expression, StatementBuilder
from service.compiler.windows import Page
from service.errors import BadInput
from service.vocabulary.attributes import MAX_ATTRIBUTES, attributes_of, field_of


def selected_properties(names: list[str] | None) -> list[str] | None:
    """The properties with these names, each once; None selects all."""
    if names is None:
        return None
    if len(names) > MAX_ATTRIBUTES:
        raise BadInput(f"names: expected at most {MAX_ATTRIBUTES}, got {len(names)}.")
    return list(dict.fromkeys(map(property_of, names)))


def list_expression(
    builder: StatementBuilder, variable: str, type: str, details: Details
) -> Expression:
    """The attributes as pairs of property and value."""
    node = details[0].node
    name = f"names_{len(builder.bindings)}"
    builder.add_binding(
        builder.field(type, node.name.value),
        node,
        lambda arguments: BoundParameters(
            {name: selected_properties(arguments.get("names"))}
        ),
    )
    kind = cast(GraphQLObjectType, builder.named_type(type, node.name.value))
    fields = tuple(
        (name, inner[0].node.name.value)
        for name, inner in builder.operation.fields(kind, details).items()
    )
    text = (
        f"[k IN coalesce(${name}, keys({variable}))"
        f" WHERE k STARTS WITH 'x:' AND {variable}[k] IS NOT NULL"
        f" | [k, {variable}[k]]]"
    )
    return Expression(text, AttributesDecoder(fields, kind.name))


@dataclass(frozen=True)
class AttributesDecoder:
    """Pairs as objects in the order of their names."""

    fields: tuple[tuple[str, str], ...]  # the name in the response, and the field
    type: str

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        return [self.objects(pairs) for pairs in values]

    def objects(self, pairs: list[list[Any]]) -> list[dict[str, Any]]:
        properties = {name: to_python(value) for name, value in pairs}
        return [
            {name: self.field(field, *attribute) for name, field in self.fields}
            for attribute in attributes_of(properties).items()
        ]

    def field(self, field: str, name: str, value: Any) -> Any:
        if field in ("name", "__typename"):
            return name if field == "name" else self.type
        if field != field_of(value):
            return None
        return value.isoformat() if isinstance(value, date) else value
