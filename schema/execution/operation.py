"""One GraphQL request, from its text to the answer as JSON: for HTTP and `ask`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode
from graphql.language import OperationType
from strawberry.types.graphql import OperationType as Allowed

from schema.context import Context
from schema.execution.compiled import Result
from schema.execution.compiled import read as compiled_read
from schema.execution.documents import Checked, Operation, checked
from schema.execution.error_body import shown
from schema.execution.limits import Limits, longest_value, too_long
from schema.execution.response_size import counted
from schema.query import schema
from service.errors import (
    BadInput,
    CostLimitExceeded,
    ErrorCode,
    InsufficientScope,
    StatementTimeout,
)
from service.settings import Profile, Settings

Body = dict[str, Any]
SLOW = "The request took longer than VALUENET_TIMEOUT_SECONDS; ask for less at once."


@dataclass(frozen=True)
class Answer:
    """`refused` is the code of what kept the document from being executed, if any."""

    body: Body
    refused: str = ""


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
    settings = context.settings
    bounds = limits_of(settings) if limits else Limits()
    found = checked(schema, text, bounds, settings.max_page)
    definition = found.definition(operation)
    if definition and (unable := forbidden(definition, context)):
        return refused(context, bounds, *unable)
    if found.document is None:
        return refused(context, bounds, found.code, *found.errors)
    if definition is None:
        error = GraphQLError(ambiguous(found, operation))
        return refused(context, bounds, ErrorCode.OPERATION_RESOLUTION_FAILURE, error)
    asked = Request(text, found, definition, variables or {}, context, bounds)
    try:
        price = asked.priced()
    except BadInput as fault:
        unpaid = fault.requested if isinstance(fault, CostLimitExceeded) else 0
        body: Body = {"errors": [shown(GraphQLError(str(fault)), context, fault.code)]}
        return Answer(with_cost(body, bounds, unpaid), fault.code)
    try:
        async with asyncio.timeout(settings.timeout_seconds if limits else None):
            result = await read(asked) if compiled else None
            return told(asked, price, result or await executed(asked, found.document))
    except TimeoutError:
        error = GraphQLError(SLOW)
        body = {"errors": [shown(error, context, StatementTimeout.code)], "data": None}
        return Answer(with_cost(body, bounds, price))


@dataclass(frozen=True)
class Request:
    """A valid document with its variables, about to be executed."""

    text: str
    found: Checked
    definition: OperationDefinitionNode
    variables: dict[str, Any]
    context: Context
    bounds: Limits

    @property
    def name(self) -> str | None:
        return self.definition.name.value if self.definition.name else None

    @property
    def operation(self) -> Operation | None:
        return self.found.operations.get(self.name)

    def priced(self) -> int:
        """The points that it may cost; more than the limit is refused."""
        if self.bounds.list_length is not None:
            longest = longest_value(self.variables)
            for sentence in too_long(longest, self.bounds.list_length):
                raise BadInput(sentence)
        if self.bounds.cost is None or self.operation is None:
            return 0
        price = self.operation.price(self.variables)
        if price > self.bounds.cost:
            raise CostLimitExceeded(price, self.bounds.cost)
        return price


async def read(asked: Request) -> Result | None:
    """By the compiler, as far as it covers the document."""
    document = asked.found.document
    assert document is not None
    execute = partial(executed, asked)
    one = (asked.text, document, asked.definition, asked.variables)
    return await compiled_read(*one, asked.context, execute)


async def executed(asked: Request, document: DocumentNode) -> Any:
    """By Strawberry's executor, field by field."""
    return await schema.execute(
        asked.text,
        variable_values=asked.variables,
        context_value=asked.context,
        operation_name=asked.name,
        allowed_operation_types=(Allowed.QUERY, Allowed.MUTATION),
        operation_extensions={"document": document},
    )


def told(asked: Request, price: int, result: Any) -> Answer:
    """Data and errors as the body of an answer, with what was paid."""
    errors = [shown(error, asked.context) for error in result.errors or ()]
    if errors and result.data is None and not any("path" in each for each in errors):
        body: Body = {"errors": errors}  # nothing had begun: the variables were wrong
        code = errors[0]["extensions"]["code"]
        return Answer(with_cost(body, asked.bounds, price), code)
    body = {"errors": errors} if errors else {}
    body["data"] = result.data
    points = 0
    if asked.operation and result.data is not None:
        points = counted(result.data, asked.operation.shape)
    return Answer(with_cost(body, asked.bounds, price, points))


def forbidden(
    definition: OperationDefinitionNode, context: Context
) -> tuple[str, GraphQLError] | None:
    """Why this caller may not ask this in this way, whatever it asks."""
    if definition.operation is OperationType.QUERY:
        return None
    if context.queries_only:
        return ErrorCode.METHOD_NOT_ALLOWED, GraphQLError(
            "GET is for queries; use POST."
        )
    if definition.operation is OperationType.MUTATION and not context.may_write:
        return InsufficientScope.code, GraphQLError("This token may not write.")
    return None


def ambiguous(found: Checked, operation: str | None) -> str:
    """Why no single operation of the document is meant."""
    if operation is not None:
        return f"operationName: the document has no operation {operation[:60]!r}."
    count = len(found.definitions)
    return f"operationName: the document has {count} operations; name one."


def refused(
    context: Context, bounds: Limits, code: str, *errors: GraphQLError
) -> Answer:
    body: Body = {"errors": [shown(error, context, code) for error in errors]}
    return Answer(with_cost(body, bounds), code)


def with_cost(body: Body, bounds: Limits, requested: int = 0, actual: int = 0) -> Body:
    """Says what was paid, wherever there is a price at all."""
    if bounds.cost is None:
        return body
    cost = {"requested": requested, "actual": actual, "limit": bounds.cost}
    return {**body, "extensions": {"cost": cost}}


def limits_of(settings: Settings) -> Limits:
    return Limits(
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        root_fields=settings.max_root_fields,
        directives=settings.max_directives,
        tokens=settings.max_tokens,
        list_length=settings.max_list_length,
        errors=settings.max_errors,
        cost=settings.max_cost,
        introspection=settings.profile is Profile.DEVELOPMENT,
    )
