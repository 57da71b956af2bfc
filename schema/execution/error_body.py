"""The error that a client sees: code, location, path, and no internal detail."""

from __future__ import annotations

import logging
import re
from typing import Any

from graphql import GraphQLError

from schema.context import Context
from service.errors import ErrorCode, ValuenetError
from service.logs import request_id
from service.settings import Profile
from service.vocabulary.texts import MOST_MESSAGE, beginning_of

log = logging.getLogger(__name__)
# Strawberry's own log repeats what clients sent; error_body() logs each defect once.
logging.getLogger("strawberry.execution").disabled = True

# The beginning of graphql-core's message about a null that is not allowed.
RUNTIME_ARGUMENT = "Argument '"
# Suggested names; together they would reveal the schema.
SUGGESTION = re.compile(r"\s*Did you mean [^?]*(?:\?|$)")


def error_body(
    error: GraphQLError, context: Context, code: str | None = None
) -> dict[str, Any]:
    """Expected errors as they are; a defect is logged and masked.

    The error is at its end: its frames, which have the request, are released.
    """
    code = code or code_of(error)
    body: dict[str, Any] = {"message": public_message(error.message, context)}
    if code is None:
        log.error("Unexpected error at %s", error.path, exc_info=error.original_error)
        code = ErrorCode.INTERNAL_SERVER_ERROR
        body["message"] = (
            f"Internal error. The server's log has details under {request_id.get()}."
        )
    if error.locations:
        body["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        body["path"] = error.path
    release_frames(error)
    return {**body, "extensions": {"code": code}}


def release_frames(error: BaseException | None) -> None:
    """Without it, frame and error refer to each other until cycles are collected."""
    while error is not None:
        error.__traceback__ = None
        error = getattr(error, "original_error", None)


def public_message(message: str, context: Context) -> str:
    """Only the beginning of a message that repeats a long value of the client.

    In production it suggests no names: they could reveal the schema.
    """
    text = beginning_of(message, MOST_MESSAGE)
    if context.settings.profile is Profile.PRODUCTION:
        return SUGGESTION.sub("", text)
    return text


def code_of(error: GraphQLError) -> str | None:
    """The code of an error of execution; None marks a defect."""
    cause = error.original_error
    if isinstance(cause, ValuenetError):
        return cause.code
    # Without a path the execution had not begun: the variables were wrong.
    if isinstance(cause, GraphQLError | None) and error.path is None:
        return ErrorCode.BAD_USER_INPUT
    if isinstance(cause, GraphQLError) and error.message.startswith(RUNTIME_ARGUMENT):
        return ErrorCode.BAD_USER_INPUT
    return ErrorCode.BAD_USER_INPUT if isinstance(cause, RecursionError) else None
