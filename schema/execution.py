"""One GraphQL request, from its text to the answer as JSON: for HTTP and `ask`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode
from strawberry.types.graphql import OperationType

from schema.compiled import read as compiled_read
from schema.context import Context
from schema.documents import Limits, checked
from schema.query import schema
from service.errors import ValuenetError
from service.logs import request_id
from service.settings import Profile, Settings

log = logging.getLogger(__name__)
# Strawberry's own log repeats what clients sent; shown() logs each defect once.
logging.getLogger("strawberry.execution").disabled = True

RUNTIME_ARGUMENT = "Argument '"  # so begins graphql-core on a null for a non-null


@dataclass(frozen=True)
class Answer:
    """`refused` tells that nothing was executed: the document itself is at fault."""

    body: dict[str, Any]
    refused: bool = False


async def execute(
    text: str,
    variables: dict[str, Any] | None,
    operation: str | None,
    context: Context,
    *,
    limits: bool = True,
    compiled: bool = True,
) -> Answer:
    """Answer one document; every error in it has its `extensions.code`.

    Reads go out as one statement each where the compiler covers them (`compiled`).
    """
    bounds = limits_of(context.settings) if limits else Limits()
    found = checked(schema, text, bounds)
    if found.document is None:
        return refused([shown(error, found.code) for error in found.errors])
    if unclear := ambiguous(found.document, operation):
        error = GraphQLError(unclear)
        return refused([shown(error, "OPERATION_RESOLUTION_FAILURE")])
    if compiled and (
        read := await compiled_read(text, found.document, operation, variables, context)
    ):
        return Answer(told(read.data, read.errors))
    result = await schema.execute(
        text,
        variable_values=variables,
        context_value=context,
        operation_name=operation,
        allowed_operation_types=(OperationType.QUERY,),
        operation_extensions={"document": found.document},
    )
    return Answer(told(result.data, result.errors))


def told(
    data: dict[str, Any] | None, errors: list[GraphQLError] | None
) -> dict[str, Any]:
    if errors:
        return {"errors": [shown(error) for error in errors], "data": data}
    return {"data": data}


def refused(errors: list[dict[str, Any]]) -> Answer:
    return Answer({"errors": errors}, refused=True)


def limits_of(settings: Settings) -> Limits:
    return Limits(
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        tokens=settings.max_tokens,
        introspection=settings.profile is Profile.DEVELOPMENT,
    )


def ambiguous(document: DocumentNode, operation: str | None) -> str | None:
    """Why no single operation of the document is meant, or None if one is."""
    names = [
        definition.name.value if definition.name else None
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    if operation is not None and operation not in names:
        return f"operationName: the document has no operation {operation[:60]!r}."
    if operation is None and len(names) != 1:
        return f"operationName: the document has {len(names)} operations; name one."
    return None


def shown(error: GraphQLError, code: str | None = None) -> dict[str, Any]:
    """What the client sees: our own errors as they are, a defect behind its id."""
    told = code or code_of(error)
    body: dict[str, Any] = {"message": error.message}
    if told is None:
        log.error("Unexpected error at %s", error.path, exc_info=error.original_error)
        told = "INTERNAL_SERVER_ERROR"
        body["message"] = f"Internal error; the log has it under {request_id.get()}."
    if error.locations:
        body["locations"] = [place.formatted for place in error.locations]
    if error.path is not None:
        body["path"] = error.path
    return {**body, "extensions": {"code": told}}


def code_of(error: GraphQLError) -> str | None:
    """The code of an error of execution; None marks a defect."""
    cause = error.original_error
    if isinstance(cause, ValuenetError):
        return cause.code
    # Without a path nothing had begun: the variables were wrong.
    if isinstance(cause, GraphQLError | None) and error.path is None:
        return "BAD_USER_INPUT"
    if isinstance(cause, GraphQLError) and error.message.startswith(RUNTIME_ARGUMENT):
        return "BAD_USER_INPUT"
    return "BAD_USER_INPUT" if isinstance(cause, RecursionError) else None
