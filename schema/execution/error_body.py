"""What a client sees of an error: its code, its place, and no secret of ours."""

from __future__ import annotations

import logging
import re
from typing import Any

from graphql import GraphQLError

from schema.context import Context
from service.errors import ErrorCode, ValuenetError
from service.logs import request_id
from service.settings import Profile

log = logging.getLogger(__name__)
# Strawberry's own log repeats what clients sent; shown() logs each defect once.
logging.getLogger("strawberry.execution").disabled = True

RUNTIME_ARGUMENT = "Argument '"  # so begins graphql-core on a null for a non-null
# Names that nobody asked about; all of them together are the schema.
SUGGESTION = re.compile(r"\s*Did you mean [^?]*\?")


def shown(
    error: GraphQLError, context: Context, code: str | None = None
) -> dict[str, Any]:
    """Our own errors as they are, a defect behind the id of its request."""
    told = code or code_of(error)
    body: dict[str, Any] = {"message": worded(error.message, context)}
    if told is None:
        log.error("Unexpected error at %s", error.path, exc_info=error.original_error)
        told = ErrorCode.INTERNAL_SERVER_ERROR
        body["message"] = f"Internal error; the log has it under {request_id.get()}."
    if error.locations:
        body["locations"] = [place.formatted for place in error.locations]
    if error.path is not None:
        body["path"] = error.path
    return {**body, "extensions": {"code": told}}


def worded(message: str, context: Context) -> str:
    """Production suggests no names, for a schema could be read out of them."""
    if context.settings.profile is Profile.PRODUCTION:
        return SUGGESTION.sub("", message)
    return message


def code_of(error: GraphQLError) -> str | None:
    """The code of an error of execution; None marks a defect."""
    cause = error.original_error
    if isinstance(cause, ValuenetError):
        return cause.code
    # Without a path nothing had begun: the variables were wrong.
    if isinstance(cause, GraphQLError | None) and error.path is None:
        return ErrorCode.BAD_USER_INPUT
    if isinstance(cause, GraphQLError) and error.message.startswith(RUNTIME_ARGUMENT):
        return ErrorCode.BAD_USER_INPUT
    return ErrorCode.BAD_USER_INPUT if isinstance(cause, RecursionError) else None
