"""Checks a request with the printed schema alone, before a database is started.

The schema that answers takes seconds to import: `ask` imports it meanwhile.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationType, build_schema
from graphql.execution.values import get_variable_values

from schema.execution.documents import SUBSCRIBE, check_document
from schema.execution.limits import Limits
from service.errors import ErrorCode
from service.settings import Settings

SDL = Path(__file__).parents[1] / "schema.graphql"
MAX_TOKENS = 100_000  # or VALUENET_MAX_TOKENS, where it is more


@cache
def printed_schema() -> GraphQLSchema:
    return build_schema(SDL.read_text(encoding="utf-8"), assume_valid=True)


def request_faults(
    text: str, variables: dict[str, Any], settings: Settings
) -> dict[str, Any] | None:
    """The response to a request that no database can answer; None if one may."""
    core = printed_schema()
    limits = Limits(tokens=max(settings.max_tokens, MAX_TOKENS))
    document = check_document(core, text, limits, settings.max_page)
    if document.document is None:
        return response_of(document.code, *document.errors)
    definition = document.definition(None)
    if definition is None:
        error = GraphQLError(document.operation_error(None))
        return response_of(ErrorCode.OPERATION_RESOLUTION_FAILURE, error)
    if definition.operation is OperationType.SUBSCRIPTION:
        return response_of(ErrorCode.BAD_USER_INPUT, GraphQLError(SUBSCRIBE))
    values = get_variable_values(core, definition.variable_definitions or (), variables)
    if isinstance(values, list):
        return response_of(ErrorCode.BAD_USER_INPUT, *values)
    return None


def response_of(code: str, *errors: GraphQLError) -> dict[str, Any]:
    extensions = {"code": code}
    return {"errors": [{**e.formatted, "extensions": extensions} for e in errors]}
