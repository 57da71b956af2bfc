"""Answers the root fields that the compiler covers with one statement each.

The executor answers the others, and a whole document in which anything is wrong, so
that both routes give the same errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import OperationType

from schema.context import Context
from schema.execution.documents import MAX_CACHED_LENGTH, name_of
from schema.execution.field_mapping import schema_mapping
from schema.execution.response_size import (
    Fragments,
    fragment_of,
    fragments_of,
)
from schema.query import schema
from service.compiler.cache import LruCache, variable_shape
from service.compiler.global_ids import decode_global_id
from service.compiler.root_fields import CompiledField, compile_fields
from service.compiler.schema_mapping import NotCompilable
from service.compiler.statement_builder import (
    BoundParameters,
    OperationContext,
    PlanMismatch,
)
from service.errors import BadInput

BoundField = tuple[CompiledField, list[BoundParameters]]


class Result(Protocol):
    """The result of an operation, by the executor or by the compiler."""

    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


Execute = Callable[[DocumentNode], Awaitable[Result]]


@dataclass
class CompiledResult:
    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


@dataclass(frozen=True)
class ReadPlan:
    """The compiled root fields, and a document of those that the executor answers."""

    names: tuple[str, ...] = ()  # of all, in the order of the response
    fields: tuple[CompiledField, ...] = ()
    others: DocumentNode | None = None


NOTHING_COMPILED = ReadPlan()
PLANS: LruCache[ReadPlan] = LruCache()


@dataclass(frozen=True)
class ReadRequest:
    """A query with its coerced variables."""

    text: str
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues
    max_page: int


async def execute_reads(
    text: str,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: dict[str, Any],
    context: Context,
    execute: Execute,
) -> Result | None:
    """The result, with a statement per root field; None: all of it is the executor's.

    `execute` answers the fields that are not compiled, at the same time.
    """
    max_page = context.settings.max_page
    if not may_compile(document, operation, max_page):
        return None
    try:
        values = coerced_variables(operation, variables)
        request = ReadRequest(text, document, operation, values, max_page)
        plan, fields = bound_plan(request)
        return await run(plan, fields, context, execute) if fields else None
    except (NotCompilable, BadInput, GraphQLError):
        return None


def may_compile(
    document: DocumentNode, operation: OperationDefinitionNode, max_page: int
) -> bool:
    """Whether the name of any root field is one that the compiler covers."""
    if operation.operation is not OperationType.QUERY:
        return False
    covered = schema_mapping(max_page).root_fields
    return any(name in covered for name in root_names(document, operation))


def root_names(
    document: DocumentNode, operation: OperationDefinitionNode
) -> Iterator[str]:
    """The names of the root fields, with fragments written out."""
    pending, fragments = [operation.selection_set], None
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, FieldNode):
                yield selection.name.value
            else:
                fragments = fragments or fragments_of(document)
                pending.append(fragment_of(selection, fragments).selection_set)


def coerced_variables(
    operation: OperationDefinitionNode, variables: dict[str, Any]
) -> VariableValues:
    if not operation.variable_definitions:
        return VariableValues({}, {})
    definitions = operation.variable_definitions
    values = get_variable_values(schema._schema, definitions, variables)
    if isinstance(values, list):
        raise NotCompilable("variables that do not fit")
    return values


def bound_plan(request: ReadRequest) -> tuple[ReadPlan, list[BoundField]]:
    """A plan for the request, each field with its parameters."""
    for plan in plans_of(request):
        try:
            return plan, [
                (field, field.bind(request.variables)) for field in plan.fields
            ]
        except PlanMismatch:
            continue
    raise NotCompilable("values for which no plan fits")


def plans_of(request: ReadRequest) -> Iterator[ReadPlan]:
    """The cached plan if there is one, then a new one, which replaces it."""
    # Literal page sizes are part of a plan, so that their limit is part of its key.
    shape = request_shape(request)
    key = (request.text, name_of(request.operation), request.max_page, shape)
    if plan := PLANS.get(key):
        yield plan
    plan = make_plan(request)
    if len(request.text) <= MAX_CACHED_LENGTH:
        PLANS.put(key, plan)
    yield plan


def make_plan(request: ReadRequest) -> ReadPlan:
    fragments = fragments_of(request.document)
    operation = OperationContext(
        schema._schema,
        {name: FragmentDetails(fragment) for name, fragment in fragments.items()},
        request.operation,
        request.variables,
    )
    try:
        names = tuple(operation.root_fields())
    except NotCompilable:
        return NOTHING_COMPILED
    fields, others = compile_fields(operation, schema_mapping(request.max_page))
    if all(field.statement is None for field in fields):
        return NOTHING_COMPILED
    nodes = [detail.node for details in others for detail in details]
    rest = document_of(nodes, request.operation, fragments) if nodes else None
    return ReadPlan(names, fields, rest)


def document_of(
    fields: list[FieldNode], operation: OperationDefinitionNode, fragments: Fragments
) -> DocumentNode:
    """A document with these root fields only."""
    selections = SelectionSetNode(selections=tuple(fields))
    reduced = replace(operation, selection_set=selections)
    return DocumentNode(definitions=(reduced, *fragments.values()))


def request_shape(request: ReadRequest) -> Hashable:
    """What the statements depend on among the variables; of an id, its type."""
    values = request.variables.coerced
    names = [
        definition.variable.name.value
        for definition in request.operation.variable_definitions or ()
        if is_id(definition.type)
    ]
    ids = [decode_global_id(values[n])[0] for n in names if values.get(n) is not None]
    return variable_shape(values), tuple(ids)


def is_id(type: Any) -> bool:
    named = type.type if isinstance(type, NonNullTypeNode) else type
    return isinstance(named, NamedTypeNode) and named.name.value == "ID"


async def run(
    plan: ReadPlan, fields: list[BoundField], context: Context, execute: Execute
) -> Result:
    work = [read_field(*field, context) for field in fields]
    others = [execute(plan.others)] if plan.others else []
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
