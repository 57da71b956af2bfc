"""Root fields that compute: each has a base price, shown in the SDL as `@cost`.

The directive is that of the GraphQL Cost Directives specification,
https://ibm.github.io/graphql-specs/cost-spec.html.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, cast

import strawberry
from graphql import GraphQLField, GraphQLObjectType
from strawberry.schema_directive import Location

from schema.types.field_from import field_from
from schema.types.ranking import CursorScope


class BasePrice(IntEnum):
    """Points of an analysis beside those of its values, by what it computes."""

    MEMBER = 1_000  # statements about one member or one community
    NETWORK = 7_000  # a network in memory, and algorithms over all of it
    REPORT = 20_000  # several of those


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="cost",
    description="What a field costs in points beside its values, because it computes.",
)
class Cost:
    weight: str


def analysis_field(
    resolver: Callable[..., Any], price: BasePrice = BasePrice.NETWORK
) -> Any:
    """The root field of a question."""
    cost = Cost(weight=str(int(price)))
    return field_from(resolver, directives=[cost], extensions=[CursorScope()])


def base_price(field: GraphQLField) -> int:
    """The points of a field beside its values; 0 of one that is no analysis."""
    directives = getattr(
        field.extensions.get("strawberry-definition"), "directives", ()
    )
    return sum(int(each.weight) for each in directives if isinstance(each, Cost))


def analysis_names(schema: strawberry.Schema) -> frozenset[str]:
    """The root fields that are analyses."""
    fields = cast(GraphQLObjectType, schema._schema.query_type).fields
    return frozenset(name for name, field in fields.items() if base_price(field))
