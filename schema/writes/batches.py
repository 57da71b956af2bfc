"""Batches of records: from GraphQL to rows without an object of each in between.

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


def quicken(schema: strawberry.Schema) -> None:
    """Let the batch fields of a schema take their inputs as they are."""
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
        asked = [by_column(one, names) for one in input]
        context = info.context
        sent = WriteRequest(field, asked, context.caller, idempotencyKey or None)
        work = saves.save(context.graph, sent, kind, asked, Mode.UPSERT)
        return await batch_or_error(work)

    return resolve


def by_column(one: dict[str, Any], names: dict[str, str]) -> Values:
    """An input under the names of columns; `names` keeps those that it has met."""
    found = {}
    for name, value in one.items():
        if name not in names:
            names[name] = snake(name)
        found[names[name]] = value
    return found
