"""Reads in one statement each: a document whose root fields the compiler covers all.

Any other, and whatever is wrong with one, is the executor's, so that both routes give
the same errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import OperationType

from schema.context import Context
from schema.documents import KEPT_LENGTH
from schema.meanings import face
from schema.node import parsed_id
from schema.query import schema
from service.compiler.cache import Kept, outline
from service.compiler.draft import Asked, Given, Reworded
from service.compiler.form import Form, compiled
from service.compiler.meaning import Uncovered
from service.errors import BadInput

Forms = tuple[Form, ...]
Ready = tuple[Form, list[Given]]
NONE: Forms = ()  # what is kept of a document that the compiler does not cover
kept: Kept[Forms] = Kept()


@dataclass(frozen=True)
class Found:
    data: dict[str, Any] | None
    errors: list[GraphQLError]


async def read(
    text: str,
    document: DocumentNode,
    operation: str | None,
    variables: dict[str, Any] | None,
    context: Context,
) -> Found | None:
    """The answer of all root fields, a statement each; None: the executor's."""
    try:
        chosen = operation_of(document, operation)
        given = values(chosen, variables or {})
        most = context.settings.max_page
        ready = ready_forms(text, document, chosen, given, most)
        return await answered(ready, context) if ready else None
    except (Uncovered, BadInput, GraphQLError):
        return None


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    for found in document.definitions:
        if isinstance(found, OperationDefinitionNode) and (
            name is None or (found.name is not None and found.name.value == name)
        ):
            if found.operation is OperationType.QUERY:
                return found
            break
    raise Uncovered("no query")


def values(chosen: OperationDefinitionNode, given: dict[str, Any]) -> VariableValues:
    if not chosen.variable_definitions:
        return VariableValues({}, {})
    found = get_variable_values(schema._schema, chosen.variable_definitions, given)
    if isinstance(found, list):
        raise Uncovered("variables that do not fit")
    return found


def ready_forms(
    text: str,
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    given: VariableValues,
    max_page: int,
) -> list[Ready]:
    """Forms, each with what it is given; compiled anew where its text would differ."""
    asked = (text, document, chosen, given, max_page)
    try:
        return [(form, form.given(given)) for form in forms_of(*asked)]
    except Reworded:
        return [(form, form.given(given)) for form in forms_of(*asked, anew=True)]


def forms_of(
    text: str,
    document: DocumentNode,
    chosen: OperationDefinitionNode,
    given: VariableValues,
    max_page: int,
    anew: bool = False,
) -> Forms:
    """Compiled, or as it was kept; nothing if the compiler does not cover it."""
    name = chosen.name.value if chosen.name else None
    # Pages without variables are kept as well, so that their limit is of the key.
    key = (text, name, max_page, outlined(chosen, given))
    found = None if anew else kept.get(key)
    if found is not None:
        return found
    fragments = {
        one.name.value: FragmentDetails(one)
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    asked = Asked(schema._schema, fragments, chosen, given)
    try:
        forms = compiled(asked, face(max_page))
    except Uncovered:
        forms = NONE
    if len(text) <= KEPT_LENGTH:
        kept.keep(key, forms)
    return forms


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


async def answered(ready: list[Ready], context: Context) -> Found:
    outcomes = await asyncio.gather(*(one(*each, context) for each in ready))
    data: dict[str, Any] | None = {}
    errors = []
    for (form, _), outcome in zip(ready, outcomes, strict=True):
        if isinstance(outcome, Uncovered):
            raise outcome  # only now: no statement runs on behind the answer
        if isinstance(outcome, Exception):
            errors.append(located(outcome, form.name, form.node))
            outcome = None
            data = data if form.nullable else None
        if data is not None:
            data[form.name] = outcome
    return Found(data, errors)


async def one(form: Form, given: list[Given], context: Context) -> Any:
    if form.statement is None:
        return form.filled(None, given)
    try:
        value = await context.graph.value(form.statement, form.params(given))
        return form.filled(value, given)
    except Exception as error:  # one that nobody expects is masked with its answer
        return error


def located(error: Exception, name: str, node: FieldNode) -> GraphQLError:
    return GraphQLError(str(error), [node], path=[name], original_error=error)
