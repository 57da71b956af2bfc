"""One GraphQL subscription, from its text to answers as JSON, one after the other."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from graphql import GraphQLError
from graphql.language import OperationType

from schema.context import Context
from schema.execution.documents import checked
from schema.execution.error_body import shown
from schema.execution.operation import ambiguous, limits_of
from schema.query import schema
from service.errors import ErrorCode, ValuenetError

Body = dict[str, Any]


class NotSubscribable(Exception):
    """The document is at fault; its errors are told, and nothing begins."""

    def __init__(self, errors: list[Body]) -> None:
        super().__init__()
        self.errors = errors


async def subscribe(
    text: str,
    variables: dict[str, Any] | None,
    operation: str | None,
    context: Context,
) -> AsyncGenerator[Body, None]:
    """The answers of one subscription until it ends or its caller goes."""
    settings = context.settings
    found = checked(schema, text, limits_of(settings), settings.max_page)
    if found.document is None:
        raise unserved(context, found.code, *found.errors)
    definition = found.definition(operation)
    if definition is None:
        error = GraphQLError(ambiguous(found, operation))
        raise unserved(context, ErrorCode.OPERATION_RESOLUTION_FAILURE, error)
    if definition.operation is not OperationType.SUBSCRIPTION:
        error = GraphQLError("Only subscriptions are served here; use POST.")
        raise unserved(context, ErrorCode.BAD_USER_INPUT, error)
    async with aclosing(answers(text, variables, operation, context)) as bodies:
        async for body in bodies:
            yield body


def unserved(context: Context, code: str, *errors: GraphQLError) -> NotSubscribable:
    return NotSubscribable([shown(error, context, code) for error in errors])


async def answers(
    text: str,
    variables: dict[str, Any] | None,
    operation: str | None,
    context: Context,
) -> AsyncGenerator[Body, None]:
    results: Any = await schema.subscribe(
        text,
        variable_values=variables,
        context_value=context,
        operation_name=operation,
    )
    if not hasattr(results, "__aiter__"):
        raise NotSubscribable([shown(error, context) for error in results.errors or []])
    try:
        async for result in results:
            body: Body = {"data": result.data}
            if result.errors:
                body["errors"] = [shown(error, context) for error in result.errors]
            yield body
    except GraphQLError as error:
        raise cause(error) from error
    finally:
        await results.aclose()


def cause(error: GraphQLError) -> Exception:
    """Our own failure where there is one: it has a code, and ends the subscription."""
    inner = error.original_error
    return inner if isinstance(inner, ValuenetError) else error
