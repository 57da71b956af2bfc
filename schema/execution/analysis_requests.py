"""Requests with analyses: a few at once, and equal ones at the same time as one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from graphql import DocumentNode

from schema.execution.operation import OperationRequest
from schema.execution.read_plans import root_names
from schema.query import schema
from schema.types.analysis_field import analysis_names
from service.computation.admission import Admission
from service.computation.sharing import SharedWork
from service.settings import Settings

T = TypeVar("T")


class AnalysisRequests:
    """Requests are equal if their texts, variables and states of the graph are."""

    def __init__(self, settings: Settings) -> None:
        self.names = analysis_names(schema)
        self.admission = Admission(settings.max_analyses, settings.analysis_queue)
        self.shared = SharedWork()

    def include(self, request: OperationRequest, document: DocumentNode) -> bool:
        """Whether any root field of the request is an analysis."""
        fields = root_names(document, request.definition)
        return not self.names.isdisjoint(fields)

    async def result(
        self, request: OperationRequest, compute: Callable[[], Awaitable[T]]
    ) -> T:
        """The result of `compute`, or of an equal request that runs already.

        Unavailable at once if too many others run and wait.
        """

        async def admitted() -> T:
            async with self.admission.slot():
                return await compute()

        if request.context.column_values is not None:
            return await admitted()  # the rows are in its context, not in the result
        state = await request.context.snapshots.last_change()
        key = (state, request.text, request.name, repr(request.variables))
        return await self.shared.result(key, admitted)
