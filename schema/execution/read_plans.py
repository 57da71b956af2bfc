"""Plans of reads: how the root fields of a query compile, cached by its text."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import OperationType

from schema.execution.documents import MAX_CACHED_LENGTH, byte_count, name_of
from schema.execution.response_size import (
    Fragments,
    fragment_of,
    fragments_of,
)
from schema.query import schema
from service.compiler.cache import LruCache, variable_shape
from service.compiler.global_ids import decode_global_id
from service.compiler.parameters import BoundParameters, PlanMismatch
from service.compiler.root_fields import CompiledField, compile_fields
from service.compiler.schema_mapping import NotCompilable, SchemaMapping
from service.compiler.statement_builder import OperationContext

BoundField = tuple[CompiledField, list[BoundParameters]]
MAX_PLANS = 256
MAX_PLAN_BYTES = 12_000_000
FIELD_BYTES = 20_000  # of a compiled root field: its decoders and parameters


@dataclass(frozen=True)
class ReadPlan:
    """The compiled root fields, and a document of those that the executor answers."""

    names: tuple[str, ...] = ()  # of all, in the order of the response
    fields: tuple[CompiledField, ...] = ()
    others: DocumentNode | None = None

    @property
    def byte_count(self) -> int:
        """An estimate of its memory without that of its document."""
        texts = [field.statement.text for field in self.fields if field.statement]
        return FIELD_BYTES * len(self.fields) + sum(map(len, texts))


NOTHING_COMPILED = ReadPlan()


@dataclass(frozen=True)
class ReadRequest:
    """A query with its coerced variables."""

    text: str
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues


class ReadPlanner:
    """Makes the plans of reads, and caches them by text and shape of variables."""

    def __init__(self, mapping: SchemaMapping) -> None:
        self.mapping = mapping
        self.plans: LruCache[ReadPlan] = LruCache(MAX_PLANS, MAX_PLAN_BYTES)

    def may_compile(
        self, document: DocumentNode, operation: OperationDefinitionNode
    ) -> bool:
        """Whether the name of any root field is one that the compiler covers."""
        if operation.operation is not OperationType.QUERY:
            return False
        covered = self.mapping.root_fields
        return any(name in covered for name in root_names(document, operation))

    def bound_plan(self, request: ReadRequest) -> tuple[ReadPlan, list[BoundField]]:
        """A plan for the request, each field with its parameters."""
        for plan in self.plans_of(request):
            try:
                return plan, [
                    (field, field.bind(request.variables)) for field in plan.fields
                ]
            except PlanMismatch:
                continue
        raise NotCompilable("values for which no plan fits")

    def plans_of(self, request: ReadRequest) -> Iterator[ReadPlan]:
        """The cached plan if there is one, then a new one, which replaces it."""
        shape = request_shape(request)
        key = (request.text, name_of(request.operation), shape)
        if plan := self.plans.get(key):
            yield plan
        plan = self.make_plan(request)
        if len(request.text) <= MAX_CACHED_LENGTH:
            # A plan holds nodes of its document, which the other cache may drop first.
            size = byte_count(request.text) + 8 * len(repr(shape)) + plan.byte_count
            self.plans.put(key, plan, size)
        yield plan

    def make_plan(self, request: ReadRequest) -> ReadPlan:
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
        fields, others = compile_fields(operation, self.mapping)
        if all(field.statement is None for field in fields):
            return NOTHING_COMPILED
        nodes = [detail.node for details in others for detail in details]
        rest = document_of(nodes, request.operation, fragments) if nodes else None
        return ReadPlan(names, fields, rest)


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


def document_of(
    fields: list[FieldNode], operation: OperationDefinitionNode, fragments: Fragments
) -> DocumentNode:
    """A document with these root fields only."""
    selections = SelectionSetNode(selections=tuple(fields))
    reduced = replace(operation, selection_set=selections)
    return DocumentNode(definitions=(reduced, *fragments.values()))


def request_shape(request: ReadRequest) -> Hashable:
    """The variables that the statements depend on; for an id, its type."""
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
