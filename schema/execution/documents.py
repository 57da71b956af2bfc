"""Parses, limits, validates and prices GraphQL documents; caches them by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    validate,
)
from strawberry.extensions import SchemaExtension

from schema.execution.large_inputs import LARGE_DOCUMENT, LargeInputs
from schema.execution.limits import Limits, excesses, has_long_token
from schema.execution.pricing import PriceModel, Variables, size_variables
from schema.execution.response_size import ResponseShape, shape_of
from service.compiler.cache import LruCache
from service.errors import ErrorCode

MAX_CACHED = 256  # documents; a client sends few different ones
MAX_CACHED_LENGTH = 20_000  # characters; longer documents are not cached
MAX_CACHED_BYTES = 8_000_000
TOKEN = re.compile(r"\w+|[^\w\s,]")
TOKEN_BYTES = 700  # measured: a token with its node of the document
SUBSCRIBE = (
    "Subscriptions are served by WebSocket at /graphql, and as events at"
    " /graphql/stream."
)
MAX_PRICES = 64  # of one operation, by the variables that they depend on
TOKEN_CHARACTERS = 100  # on average; the longest document has as many as all its tokens
LONG_DOCUMENT = (
    "The document has more than {:,} characters; send long values as variables, or"
    " raise VALUENET_MAX_TOKENS."
)
LONG_TOKEN = (
    "A name, a value or a comment of the document has more than {:,} characters; send"
    " long values as variables, or raise VALUENET_MAX_TOKEN_LENGTH."
)
ABORTED = "Validation aborted."  # graphql-core's words for what it does not check
REPETITIVE_DOCUMENT = (
    "The document repeats the same fields or fragments so often that they cannot be"
    " checked; send each of them once."
)


@dataclass(frozen=True, eq=False)
class PricedOperation:
    """One operation of a valid document, with its price and its response's shape."""

    price_model: PriceModel
    size_variables: tuple[str, ...]  # those that the price depends on
    shape: ResponseShape
    prices: dict[Any, int] = field(default_factory=dict)

    def price(self, variables: Variables) -> int:
        """The most points that it may cost; cached by the variables that matter."""
        key = tuple(
            (name, size_of(variables[name]))
            for name in self.size_variables
            if name in variables  # null and absent differ
        )
        price = self.prices.get(key)
        if price is None:
            price = self.price_model.price(variables)
            if len(self.prices) >= MAX_PRICES:
                self.prices.clear()
            self.prices[key] = price
        return price


@dataclass(frozen=True, eq=False)
class CheckedDocument:
    """A valid document; or the errors that prevent its execution, and their code."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    code: str = ""
    # All operations, if the document could be parsed at all.
    definitions: tuple[OperationDefinitionNode, ...] = ()
    operations: dict[str | None, PricedOperation] = field(default_factory=dict)

    def definition(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation to execute; None if the name does not select exactly one."""
        matches = [d for d in self.definitions if name is None or name_of(d) == name]
        return matches[0] if len(matches) == 1 else None

    def operation_error(self, name: str | None) -> str:
        """Why `name` does not select exactly one operation."""
        if name is not None:
            return f"operationName: the document has no operation {name[:60]!r}."
        count = len(self.definitions)
        return f"operationName: the document has {count} operations; name one."


def size_of(value: Any) -> tuple[str, int | None]:
    """All of a variable's value that a price can depend on, whatever its text.

    >>> size_of(["a", "b"]), size_of(True), size_of(1), size_of("x" * 1_000_000)
    (('list', 2), ('bool', True), ('int', 1), ('str', None))
    """
    kind = type(value).__name__
    if isinstance(value, list):
        return kind, len(value)
    return kind, value if isinstance(value, int) else None


def name_of(definition: OperationDefinitionNode) -> str | None:
    return definition.name.value if definition.name else None


class PreparedDocument(SchemaExtension):
    """Gives Strawberry a checked document, so Strawberry does not check it again."""

    def document(self) -> DocumentNode | None:
        return (self.execution_context.operation_extensions or {}).get("document")

    def on_parse(self) -> Iterator[None]:
        self.execution_context.graphql_document = self.document()
        yield

    def on_validate(self) -> Iterator[None]:
        if self.document():
            self.execution_context.pre_execution_errors = []
        yield


class DocumentCache:
    """The documents most recently used, as they were checked against one schema."""

    def __init__(
        self,
        schema: strawberry.Schema,
        limits: Limits,
        max_page: int,
        large_inputs: LargeInputs,
    ) -> None:
        self.schema, self.limits, self.max_page = schema, limits, max_page
        self.large_inputs = large_inputs
        self.documents: LruCache[CheckedDocument] = LruCache(
            MAX_CACHED, MAX_CACHED_BYTES
        )

    async def document(self, text: str) -> CheckedDocument:
        """The outcome of the checks, from the cache if the text was checked before."""
        if document := self.documents.get(text):
            return document
        is_large = len(text) > LARGE_DOCUMENT
        return self.store(text, await self.large_inputs.run(is_large, self.check, text))

    def check(self, text: str) -> CheckedDocument:
        core = self.schema._schema  # Strawberry's own extensions use it as well
        return check_document(core, text, self.limits, self.max_page)

    def store(self, text: str, document: CheckedDocument) -> CheckedDocument:
        if len(text) <= MAX_CACHED_LENGTH:
            self.documents.put(text, document, byte_count(text))
        return document


def byte_count(text: str) -> int:
    """An estimate of the memory of a checked document."""
    return TOKEN_BYTES * len(TOKEN.findall(text)) + 2 * len(text)


def check_document(
    core: GraphQLSchema, text: str, limits: Limits, max_page: int
) -> CheckedDocument:
    """Parse, validate and price `text`."""
    most = limits.tokens and TOKEN_CHARACTERS * limits.tokens
    if most and len(text) > most:
        return invalid(GraphQLError(LONG_DOCUMENT.format(most)))
    if has_long_token(text, limits):
        return invalid(GraphQLError(LONG_TOKEN.format(limits.token_length)))
    try:
        document = parse(text, max_tokens=limits.tokens)
        return check_parsed(core, document, limits, max_page)
    except GraphQLSyntaxError as error:
        if error.message.endswith("Parsing aborted."):  # too many tokens, too deep
            return invalid(error)
        return CheckedDocument(None, (error,), ErrorCode.GRAPHQL_PARSE_FAILED)
    except RecursionError:
        return invalid(GraphQLError("The document is nested too deeply."))


def check_parsed(
    core: GraphQLSchema, document: DocumentNode, limits: Limits, max_page: int
) -> CheckedDocument:
    definitions = definitions_of(document)
    if excess := [GraphQLError(sentence) for sentence in excesses(document, limits)]:
        return invalid(*excess, definitions=definitions)
    rules = (NoSchemaIntrospectionCustomRule,)
    if not limits.introspection and validate(core, document, rules):
        hidden = GraphQLError("Introspection is not available in production.")
        code = ErrorCode.INTROSPECTION_DISABLED
        return CheckedDocument(None, (hidden,), code, definitions)
    if errors := validate(core, document, max_errors=limits.errors):
        if errors[-1].message == ABORTED:
            errors[-1] = GraphQLError(REPETITIVE_DOCUMENT)
        return invalid(*errors, definitions=definitions)
    operations = {
        name_of(definition): PricedOperation(
            PriceModel(core, document, definition, max_page),
            tuple(sorted(set(size_variables(document)))),
            shape_of(document, definition),
        )
        for definition in (definitions if limits.cost is not None else ())
    }
    return CheckedDocument(document, definitions=definitions, operations=operations)


def definitions_of(document: DocumentNode) -> tuple[OperationDefinitionNode, ...]:
    return tuple(
        definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    )


def invalid(
    *errors: GraphQLError, definitions: tuple[OperationDefinitionNode, ...] = ()
) -> CheckedDocument:
    return CheckedDocument(
        None, errors, ErrorCode.GRAPHQL_VALIDATION_FAILED, definitions
    )
