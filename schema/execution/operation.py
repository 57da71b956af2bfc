"""One operation of a valid document: its price, its run, its response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode
from graphql.language import OperationType
from strawberry.types.graphql import OperationType as Allowed

from schema.context import Context
from schema.execution.documents import (
    SUBSCRIBE,
    CheckedDocument,
    PricedOperation,
)
from schema.execution.error_body import error_body
from schema.execution.limits import Limits, longest_value, too_long
from schema.execution.response_size import points_of
from schema.query import schema
from service.errors import (
    BadInput,
    CostLimitExceeded,
    ErrorCode,
    InsufficientScope,
)

Body = dict[str, Any]


@dataclass(frozen=True)
class GraphQLResponse:
    """`rejection` is the code of the reason why it has no result, or ""."""

    body: Body
    rejection: str = ""


@dataclass(frozen=True)
class OperationRequest:
    """A valid document with its variables, ready to be executed."""

    text: str
    document: CheckedDocument
    definition: OperationDefinitionNode
    variables: dict[str, Any]
    context: Context
    bounds: Limits

    @property
    def name(self) -> str | None:
        return self.definition.name.value if self.definition.name else None

    @property
    def operation(self) -> PricedOperation | None:
        return self.document.operations.get(self.name)

    def price(self) -> int:
        """The most points that it may cost; a price over the limit is an error."""
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


async def run_executor(request: OperationRequest, document: DocumentNode) -> Any:
    """Run a document by Strawberry's executor, field by field."""
    return await schema.execute(
        request.text,
        variable_values=request.variables,
        context_value=request.context,
        operation_name=request.name,
        allowed_operation_types=(Allowed.QUERY, Allowed.MUTATION),
        operation_extensions={"document": document},
    )


def response_of(request: OperationRequest, price: int, result: Any) -> GraphQLResponse:
    """Data and errors as a response, with the cost."""
    errors = [error_body(error, request.context) for error in result.errors or ()]
    if errors and result.data is None and not any("path" in each for each in errors):
        body: Body = {"errors": errors}  # not begun: the variables were wrong
        code = errors[0]["extensions"]["code"]
        return GraphQLResponse(with_cost(body, request.bounds, price), code)
    body = {"errors": errors} if errors else {}
    body["data"] = result.data
    if is_unavailable(errors, result.data):
        body = with_cost(body, request.bounds, price)
        return GraphQLResponse(body, ErrorCode.SERVICE_UNAVAILABLE)
    points = 0
    if request.operation and result.data is not None:
        points = points_of(result.data, request.operation.shape)
    body = with_cost(body, request.bounds, price, points)
    return GraphQLResponse(with_warnings(body, request.context.warnings))


def is_unavailable(errors: list[Body], data: Body | None) -> bool:
    """Whether the database answered no field: the client should try again later."""
    codes = {error["extensions"]["code"] for error in errors}
    has_data = any(value is not None for value in (data or {}).values())
    return codes == {ErrorCode.SERVICE_UNAVAILABLE} and not has_data


def forbidden(
    definition: OperationDefinitionNode, context: Context
) -> tuple[str, GraphQLError] | None:
    """Why this client may not execute such an operation; None if it may."""
    if definition.operation is OperationType.QUERY:
        return None
    if context.queries_only:
        return ErrorCode.METHOD_NOT_ALLOWED, GraphQLError(
            "GET is for queries; use POST."
        )
    if definition.operation is OperationType.SUBSCRIPTION:
        return ErrorCode.BAD_USER_INPUT, GraphQLError(SUBSCRIBE)
    if not context.may_write:
        return InsufficientScope.code, GraphQLError("This token may not write.")
    return None


def rejection(
    context: Context, bounds: Limits, code: str, *errors: GraphQLError
) -> GraphQLResponse:
    body: Body = {"errors": [error_body(error, context, code) for error in errors]}
    return GraphQLResponse(with_cost(body, bounds), code)


def with_cost(body: Body, bounds: Limits, requested: int = 0, actual: int = 0) -> Body:
    """Add the cost to a body, if requests have a cost limit."""
    if bounds.cost is None:
        return body
    cost = {"requested": requested, "actual": actual, "limit": bounds.cost}
    return {**body, "extensions": {"cost": cost}}


def with_warnings(body: Body, warnings: list[str]) -> Body:
    """Add what writes said about values that they stored nevertheless."""
    if not warnings:
        return body
    return {**body, "extensions": {**body.get("extensions", {}), "warnings": warnings}}
