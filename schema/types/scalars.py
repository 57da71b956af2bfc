"""The custom scalars: what their texts look like, and where that is specified."""

from __future__ import annotations

import strawberry
from graphql import GraphQLScalarType

RFC_3339 = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6"
DESCRIPTIONS = {
    "Date": "A day such as 2026-11-01: an RFC 3339 full-date.",
    "DateTime": "A time such as 2026-11-01T09:30:00+00:00: an RFC 3339 date-time.",
}


def specify_scalars(schema: strawberry.Schema) -> None:
    """Say where Date and DateTime are specified; JSON says so itself."""
    for name, text in DESCRIPTIONS.items():
        scalar = schema._schema.type_map[name]
        assert isinstance(scalar, GraphQLScalarType)
        definition = scalar.extensions["strawberry-definition"]
        for target in (scalar, definition):
            target.description, target.specified_by_url = text, RFC_3339
