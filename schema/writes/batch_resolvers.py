"""Batches of records: GraphQL inputs become rows without an object for each.

Strawberry makes an object of every input, which takes 1.7 s for 10,000 of them, more
than all else that a batch takes; graphql-core has checked them by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry
from graphql import GraphQLResolveInfo

from schema.context import Context
from schema.writes.inputs import INPUTS
from schema.writes.outcomes import batch_or_error
from service.vocabulary import snake
from service.vocabulary.names import plural
from service.writes import saves
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest
from service.writes.records import Values


def install_batch_resolvers(schema: strawberry.Schema) -> None:
    """Let the batch fields of a schema read their inputs as plain dictionaries."""
    mutation: Any = schema._schema.mutation_type
    for kind in INPUTS:
        mutation.fields[f"upsert{plural(kind)}"].resolve = resolver(kind)


def resolver(kind: str) -> Callable[..., Any]:
    field = f"upsert{plural(kind)}"

    async def resolve(
        root: object,
        info: GraphQLResolveInfo[Context],
        input: list[dict[str, Any]],
        idempotencyKey: str | None = None,  # as GraphQL spells it
    ) -> Any:
        names: dict[str, str] = {}
        values = [by_column(input_values, names) for input_values in input]
        context = info.context
        request = WriteRequest(field, values, context.caller, idempotencyKey or None)
        work = saves.save(context.graph, request, kind, values, Mode.UPSERT)
        return await batch_or_error(info.context, work)

    return resolve


def by_column(input_values: dict[str, Any], names: dict[str, str]) -> Values:
    """The values of an input by column; `names` caches the names of columns."""
    values_by_column = {}
    for name, value in input_values.items():
        if name not in names:
            names[name] = snake(name)
        values_by_column[names[name]] = value
    return values_by_column
