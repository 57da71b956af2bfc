"""The engine: from the text of a request to its JSON body, for HTTP and `ask`."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import Any

from graphql import DocumentNode, GraphQLError
from graphql.language import OperationType

from schema.context import Context
from schema.execution.analysis_requests import AnalysisRequests
from schema.execution.compiled_reads import Result, run_reads
from schema.execution.documents import DocumentCache
from schema.execution.error_body import error_body
from schema.execution.field_mapping import schema_mapping
from schema.execution.large_inputs import LARGE, LargeInputs
from schema.execution.limits import Limits, limits_of
from schema.execution.operation import (
    Body,
    GraphQLResponse,
    OperationRequest,
    forbidden,
    rejection,
    response_of,
    run_executor,
    with_cost,
)
from schema.execution.read_plans import ReadPlanner
from schema.execution.waiting import while_client_waits
from schema.query import schema
from service.errors import (
    BadInput,
    CostLimitExceeded,
    ErrorCode,
    StatementTimeout,
    Unavailable,
)
from service.settings import PROCESSORS, Settings

LARGE_PRICE = 4_000  # points: a read above it takes this process some 10 ms or more
LARGE_READS = 4 * PROCESSORS  # at once, so that small reads wait for a few of them
SLOW = "The request took longer than VALUENET_TIMEOUT_SECONDS; ask for less at once."


class GraphQLEngine:
    """Executes requests; it owns the caches of documents and of the plans of reads."""

    def __init__(self, settings: Settings, *, has_limits: bool = True) -> None:
        self.limits = limits_of(settings) if has_limits else Limits()
        self.timeout = settings.timeout_seconds if has_limits else None
        self.large_inputs = LargeInputs()
        self.documents = DocumentCache(
            schema, self.limits, settings.max_page, self.large_inputs
        )
        self.large_reads = asyncio.Semaphore(LARGE_READS)
        self.planner = ReadPlanner(schema_mapping(settings.max_page))
        self.analyses = AnalysisRequests(settings) if has_limits else None

    async def execute(
        self,
        text: str,
        variables: dict[str, Any] | None,
        operation: str | None,
        context: Context,
        *,
        compiled: bool = True,
        size: int = 0,
    ) -> GraphQLResponse:
        """Execute one document; every error in the response has its `extensions.code`.

        `compiled`: reads that the compiler covers run as one statement each. `size`:
        what the request costs to read; a large one is read outside of the event loop.
        """
        bounds = self.limits
        document = await self.documents.document(text)
        definition = document.definition(operation)
        if definition and (reason := forbidden(definition, context)):
            return rejection(context, bounds, *reason)
        if document.document is None:
            return rejection(context, bounds, document.code, *document.errors)
        if definition is None:
            error = GraphQLError(document.operation_error(operation))
            code = ErrorCode.OPERATION_RESOLUTION_FAILURE
            return rejection(context, bounds, code, error)
        is_query = definition.operation is OperationType.QUERY  # a write is completed
        request = OperationRequest(
            text, document, definition, variables or {}, context, bounds
        )
        try:
            price = await self.large_inputs.run(size > LARGE, request.price)
        except BadInput as fault:
            requested = fault.requested if isinstance(fault, CostLimitExceeded) else 0
            error = GraphQLError(str(fault))
            body: Body = {"errors": [error_body(error, context, fault.code)]}
            return GraphQLResponse(with_cost(body, bounds, requested), fault.code)
        try:
            async with (
                asyncio.timeout(self.timeout),
                while_client_waits(context.disconnect if is_query else None),
            ):
                result = await self.run(request, document.document, price, compiled)
                return response_of(request, price, result)
        except TimeoutError:
            failure: Unavailable = StatementTimeout(SLOW)
        except Unavailable as unavailable:
            failure = unavailable
        errors = [error_body(GraphQLError(str(failure)), context, failure.code)]
        body = with_cost({"errors": errors, "data": None}, bounds, price)
        is_late = isinstance(failure, StatementTimeout)
        return GraphQLResponse(body, "" if is_late else failure.code)

    async def run(
        self,
        request: OperationRequest,
        document: DocumentNode,
        price: int,
        compiled: bool,
    ) -> Result:
        """The result; with analyses or much to read, when others leave a place."""

        async def compute() -> Result:
            return await self.compute(request, document, compiled)

        if self.analyses and self.analyses.include(request, document):
            return await self.analyses.result(request, compute)
        is_query = request.definition.operation is OperationType.QUERY
        is_large = is_query and price > LARGE_PRICE
        async with self.large_reads if is_large else nullcontext():
            return await compute()

    async def compute(
        self, request: OperationRequest, document: DocumentNode, compiled: bool
    ) -> Result:
        """The result, by the compiler where it covers the request."""
        try:
            planner = self.planner if compiled else None
            result = planner and await run_reads(planner, request, document)
            return result or await run_executor(request, document)
        finally:
            request.context.release()
