"""Answers the root fields that the compiler covers with one statement each.

The executor answers the others. If anything in a document is wrong, the executor
answers all of it, so both routes give the same errors.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
)

from schema.context import Context
from schema.execution.operation import OperationRequest, run_executor
from schema.execution.read_plans import (
    BoundField,
    ReadPlan,
    ReadPlanner,
    ReadRequest,
    coerced_variables,
)
from service.compiler.parameters import BoundParameters
from service.compiler.root_fields import CompiledField
from service.compiler.schema_mapping import NotCompilable
from service.errors import BadInput


class Result(Protocol):
    """The result of an operation, by the executor or by the compiler."""

    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


@dataclass
class CompiledResult:
    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


async def run_reads(
    planner: ReadPlanner, request: OperationRequest, document: DocumentNode
) -> Result | None:
    """The result, with a statement per root field; None: the executor must answer it.

    The executor answers the fields that are not compiled, at the same time.
    """
    operation = request.definition
    if not planner.may_compile(document, operation):
        return None
    try:
        values = coerced_variables(operation, request.variables)
        read = ReadRequest(request.text, document, operation, values)
        plan, fields = planner.bound_plan(read)
        return await run(plan, fields, request) if fields else None
    except (NotCompilable, BadInput, GraphQLError):
        return None


async def run(
    plan: ReadPlan, fields: list[BoundField], request: OperationRequest
) -> Result:
    work = [read_field(*field, request.context) for field in fields]
    others = [run_executor(request, plan.others)] if plan.others else []
    outcomes = await asyncio.gather(*work, *others)
    data: dict[str, Any] | None = {}
    errors = []
    for (field, _), outcome in zip(fields, outcomes, strict=False):
        if isinstance(outcome, NotCompilable):
            raise outcome  # only now: no statement still runs after the answer
        if isinstance(outcome, Exception):
            errors.append(located_error(outcome, field.name, field.node))
            outcome = None
            data = data if field.nullable else None
        if data is not None:
            data[field.name] = outcome
    result = CompiledResult(data, errors)
    return merge_results(result, outcomes[-1], plan.names) if others else result


def merge_results(
    compiled: CompiledResult, executed: Result, names: tuple[str, ...]
) -> CompiledResult:
    """One result of two, with the fields in the order of the document."""
    errors = [*(compiled.errors or ()), *(executed.errors or ())]
    if compiled.data is None or executed.data is None:
        return CompiledResult(None, errors)
    data = compiled.data | executed.data
    return CompiledResult({name: data[name] for name in names}, errors)


async def read_field(
    field: CompiledField, bound: list[BoundParameters], context: Context
) -> Any:
    if field.statement is None:
        return field.decode(None, bound)
    try:
        value = await context.graph.value(field.statement, field.params(bound))
        return field.decode(value, bound)
    except Exception as error:  # an unexpected one is masked in the response
        return error


def located_error(error: Exception, name: str, node: FieldNode) -> GraphQLError:
    return GraphQLError(str(error), [node], path=[name], original_error=error)
