"""Reads in one statement each: the root fields of a document that the compiler covers.

The others, and all of a document in which something is wrong, are the executor's, so
that both routes give the same errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
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
from schema.execution.documents import KEPT_LENGTH, name_of
from schema.execution.field_mapping import face
from schema.execution.response_size import Fragments, fragments_of
from schema.query import schema
from schema.records.node import parsed_id
from service.compiler.cache import Kept, outline
from service.compiler.root_fields import Form, compiled
from service.compiler.schema_mapping import NotCompilable
from service.compiler.statement_builder import (
    BoundParameters,
    OperationContext,
    PlanMismatch,
)
from service.errors import BadInput

Ready = tuple[Form, list[BoundParameters]]


class Result(Protocol):
    """What an operation comes to, by the executor or by us."""

    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


Execute = Callable[[DocumentNode], Awaitable[Result]]


@dataclass
class Found:
    data: dict[str, Any] | None
    errors: list[GraphQLError] | None


@dataclass(frozen=True)
class Plan:
    """The root fields that have a form, and a document of those that have none."""

    names: tuple[str, ...] = ()  # of all, in the order of the response
    forms: tuple[Form, ...] = ()
    others: DocumentNode | None = None


NONE = Plan()  # what is kept of a document of which the compiler covers nothing
kept: Kept[Plan] = Kept()


async def read(
    text: str,
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    variables: dict[str, Any],
    context: Context,
    execute: Execute,
) -> Result | None:
    """The answer, a statement for each root field; None: all of it is the executor's.

    `execute` answers the fields that have no statement, at the same time.
    """
    if chosen.operation is not OperationType.QUERY:
        return None
    try:
        given = values(chosen, variables)
        most = context.settings.max_page
        plan, ready = planned(text, document, chosen, given, most)
        return await answered(plan, ready, context, execute) if ready else None
    except (NotCompilable, BadInput, GraphQLError):
        return None


def values(chosen: OperationDefinitionNode, given: dict[str, Any]) -> VariableValues:
    if not chosen.variable_definitions:
        return VariableValues({}, {})
    found = get_variable_values(schema._schema, chosen.variable_definitions, given)
    if isinstance(found, list):
        raise NotCompilable("variables that do not fit")
    return found


def planned(
    text: str,
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    given: VariableValues,
    max_page: int,
) -> tuple[Plan, list[Ready]]:
    """Forms, each with what it is given; compiled anew where its text would differ."""
    asked = (text, document, chosen, given, max_page)
    try:
        plan = plan_of(*asked)
        return plan, [(form, form.given(given)) for form in plan.forms]
    except PlanMismatch:
        plan = plan_of(*asked, anew=True)
        return plan, [(form, form.given(given)) for form in plan.forms]


def plan_of(
    text: str,
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    given: VariableValues,
    max_page: int,
    anew: bool = False,
) -> Plan:
    """Made, or as it was kept."""
    # Pages without variables are kept as well, so that their limit is of the key.
    key = (text, name_of(chosen), max_page, outlined(chosen, given))
    found = None if anew else kept.get(key)
    if found is not None:
        return found
    plan = made(document, chosen, given, max_page)
    if len(text) <= KEPT_LENGTH:
        kept.keep(key, plan)
    return plan


def made(
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    given: VariableValues,
    max_page: int,
) -> Plan:
    fragments = fragments_of(document)
    details = {name: FragmentDetails(one) for name, one in fragments.items()}
    asked = OperationContext(schema._schema, details, chosen, given)
    try:
        roots = asked.roots()
    except NotCompilable:
        return NONE
    forms, others = compiled(asked, face(max_page), roots)
    if all(form.statement is None for form in forms):
        return NONE
    rest = [one.node for several in others for one in several]
    return Plan(tuple(roots), forms, only(rest, chosen, fragments) if rest else None)


def only(
    fields: list[FieldNode],
    chosen: OperationDefinitionNode,
    fragments: Fragments,
) -> DocumentNode:
    """A document of these root fields and no other."""
    chosen = replace(chosen, selection_set=SelectionSetNode(selections=tuple(fields)))
    return DocumentNode(definitions=(chosen, *fragments.values()))


def outlined(chosen: OperationDefinitionNode, given: VariableValues) -> Hashable:
    """What of the variables the statements hang on; of an id, its type."""
    found = given.coerced
    ids = [
        parsed_id(found[one.variable.name.value])[0]
        for one in chosen.variable_definitions or ()
        if is_id(one.type) and found.get(one.variable.name.value) is not None
    ]
    return outline(found), tuple(ids)


def is_id(type: Any) -> bool:
    named = type.type if isinstance(type, NonNullTypeNode) else type
    return isinstance(named, NamedTypeNode) and named.name.value == "ID"


async def answered(
    plan: Plan, ready: list[Ready], context: Context, execute: Execute
) -> Result:
    work = [one(*each, context) for each in ready]
    others = [execute(plan.others)] if plan.others else []
    outcomes = await asyncio.gather(*work, *others)
    data: dict[str, Any] | None = {}
    errors = []
    for (form, _), outcome in zip(ready, outcomes, strict=False):
        if isinstance(outcome, NotCompilable):
            raise outcome  # only now: no statement runs on behind the answer
        if isinstance(outcome, Exception):
            errors.append(located(outcome, form.name, form.node))
            outcome = None
            data = data if form.nullable else None
        if data is not None:
            data[form.name] = outcome
    found = Found(data, errors)
    return together(found, outcomes[-1], plan.names) if others else found


def together(ours: Found, theirs: Result, names: tuple[str, ...]) -> Found:
    """One answer of two, in the order that the document asks for."""
    errors = [*(ours.errors or ()), *(theirs.errors or ())]
    if ours.data is None or theirs.data is None:
        return Found(None, errors)
    data = ours.data | theirs.data
    return Found({name: data[name] for name in names}, errors)


async def one(form: Form, given: list[BoundParameters], context: Context) -> Any:
    if form.statement is None:
        return form.filled(None, given)
    try:
        value = await context.graph.value(form.statement, form.params(given))
        return form.filled(value, given)
    except Exception as error:  # one that nobody expects is masked with its answer
        return error


def located(error: Exception, name: str, node: FieldNode) -> GraphQLError:
    return GraphQLError(str(error), [node], path=[name], original_error=error)
