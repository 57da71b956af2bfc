"""GraphQL documents: parsed, bounded, validated and priced, then kept by their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    validate,
)
from strawberry.extensions import SchemaExtension

from schema.execution.limits import Limits, excesses
from schema.execution.pricing import Pricing, Variables, sizing
from schema.execution.response_size import Shape, shape_of
from service.errors import ErrorCode

KEPT = 256  # texts; a client sends few different ones
KEPT_LENGTH = 20_000  # characters; so that no caller can fill the memory with them
PRICES = 64  # of one operation, by the variables that they hang on


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of a valid document, with what its answers may hold."""

    pricing: Pricing
    sizing: tuple[str, ...]  # variables that the price hangs on
    shape: Shape
    prices: dict[Any, int] = field(default_factory=dict)

    def price(self, variables: Variables) -> int:
        """Points at most; told without a walk where it was asked before."""
        given = {n: variables[n] for n in self.sizing if n in variables}
        key = repr(given)  # a null is not an absence
        if key not in self.prices:
            if len(self.prices) >= PRICES:
                self.prices.clear()
            self.prices[key] = self.pricing.price(variables)
        return self.prices[key]


@dataclass(frozen=True, eq=False)
class Checked:
    """A document; or the errors that keep it from being executed, and their code."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    code: str = ""
    # Of all operations by name, where at least the parser understood them.
    definitions: tuple[OperationDefinitionNode, ...] = ()
    operations: dict[str | None, Operation] = field(default_factory=dict)

    def definition(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation that is meant, or None where no single one is."""
        found = [d for d in self.definitions if name is None or name_of(d) == name]
        return found[0] if len(found) == 1 else None


def name_of(definition: OperationDefinitionNode) -> str | None:
    return definition.name.value if definition.name else None


class Prepared(SchemaExtension):
    """Hands a checked document to Strawberry, which then does neither step again."""

    def given(self) -> DocumentNode | None:
        return (self.execution_context.operation_extensions or {}).get("document")

    def on_parse(self) -> Iterator[None]:
        self.execution_context.graphql_document = self.given()
        yield

    def on_validate(self) -> Iterator[None]:
        if self.given():
            self.execution_context.pre_execution_errors = []
        yield


def checked(
    schema: strawberry.Schema, text: str, limits: Limits, max_page: int
) -> Checked:
    """Parse, validate and measure `text`; the outcome is kept for the next time."""
    look = kept if len(text) <= KEPT_LENGTH else kept.__wrapped__
    return look(schema, text, limits, max_page)


@lru_cache(maxsize=KEPT)
def kept(
    schema: strawberry.Schema, text: str, limits: Limits, max_page: int
) -> Checked:
    try:
        document = parse(text, max_tokens=limits.tokens)
        excess = [GraphQLError(sentence) for sentence in excesses(document, limits)]
    except GraphQLSyntaxError as error:
        if error.message.endswith("Parsing aborted."):  # too many tokens, too deep
            return invalid(error)
        return Checked(None, (error,), ErrorCode.GRAPHQL_PARSE_FAILED)
    except RecursionError:
        return invalid(GraphQLError("The document is nested too deeply."))
    found = definitions_of(document)
    if excess:
        return invalid(*excess, definitions=found)
    known = schema._schema  # Strawberry's own extensions reach for it as well
    looking = (NoSchemaIntrospectionCustomRule,)
    if not limits.introspection and validate(known, document, looking):
        hidden = GraphQLError("Introspection is not available in production.")
        return Checked(None, (hidden,), ErrorCode.INTROSPECTION_DISABLED, found)
    if errors := validate(known, document, max_errors=limits.errors):
        return invalid(*errors, definitions=found)
    operations = {
        name_of(definition): Operation(
            Pricing(known, document, definition, max_page),
            tuple(sorted(set(sizing(document)))),
            shape_of(document, definition),
        )
        for definition in (found if limits.cost is not None else ())
    }
    return Checked(document, definitions=found, operations=operations)


def definitions_of(document: DocumentNode) -> tuple[OperationDefinitionNode, ...]:
    return tuple(
        definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    )


def invalid(
    *errors: GraphQLError, definitions: tuple[OperationDefinitionNode, ...] = ()
) -> Checked:
    return Checked(None, errors, ErrorCode.GRAPHQL_VALIDATION_FAILED, definitions)
