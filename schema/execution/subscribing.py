"""Runs one GraphQL subscription: from its text to a stream of JSON bodies."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from graphql import GraphQLError
from graphql.language import OperationType

from schema.context import Context
from schema.execution.documents import DocumentCache
from schema.execution.error_body import error_body
from schema.execution.large_inputs import LARGE
from schema.execution.operation import OperationRequest
from schema.query import schema
from service.errors import BadInput, ErrorCode, ValuenetError

Body = dict[str, Any]


class NotSubscribable(Exception):
    """The document is at fault: its errors are reported and nothing starts."""

    def __init__(self, errors: list[Body]) -> None:
        super().__init__()
        self.errors = errors


async def subscribe(
    documents: DocumentCache,
    text: str,
    variables: dict[str, Any] | None,
    operation: str | None,
    context: Context,
    size: int = 0,
) -> AsyncGenerator[Body, None]:
    """The bodies of one subscription, until it ends or the client leaves. `size`: what
    the request costs to read.
    """
    document = await documents.document(text)
    if document.document is None:
        raise not_subscribable(context, document.code, *document.errors)
    definition = document.definition(operation)
    if definition is None:
        error = GraphQLError(document.operation_error(operation))
        raise not_subscribable(context, ErrorCode.OPERATION_RESOLUTION_FAILURE, error)
    if definition.operation is not OperationType.SUBSCRIPTION:
        error = GraphQLError("Only subscriptions are served here; use POST.")
        raise not_subscribable(context, ErrorCode.BAD_USER_INPUT, error)
    request = OperationRequest(
        text, document, definition, variables or {}, context, documents.limits
    )
    try:
        await documents.large_inputs.run(size > LARGE, request.price)
    except BadInput as fault:
        raise not_subscribable(context, fault.code, GraphQLError(str(fault))) from fault
    async with aclosing(result_bodies(request)) as bodies:
        async for body in bodies:
            yield body


def not_subscribable(
    context: Context, code: str, *errors: GraphQLError
) -> NotSubscribable:
    return NotSubscribable([error_body(error, context, code) for error in errors])


async def result_bodies(request: OperationRequest) -> AsyncGenerator[Body, None]:
    context = request.context
    results: Any = await schema.subscribe(
        request.text,
        variable_values=request.variables,
        context_value=context,
        operation_name=request.name,
        operation_extensions={"document": request.document.document},
    )
    if not hasattr(results, "__aiter__"):
        raise NotSubscribable(
            [error_body(error, context) for error in results.errors or []]
        )
    try:
        async for result in results:
            body: Body = {"data": result.data}
            if result.errors:
                body["errors"] = [error_body(error, context) for error in result.errors]
            yield body
    except GraphQLError as error:
        raise cause_of(error) from error
    finally:
        await results.aclose()


def cause_of(error: GraphQLError) -> Exception:
    """The expected error behind it, if any: its code ends the subscription."""
    inner = error.original_error
    return inner if isinstance(inner, ValuenetError) else error
