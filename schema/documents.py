"""GraphQL documents: parsed, bounded and validated once, then kept by their text.

Strawberry's own limiters belong to a Schema, write out every fragment at each of its
spreads (a short document then never ends), and run beside the costly rules. These
belong to a call, look at each fragment once, and run before all other rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    parse,
    specified_rules,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

KEPT = 256  # texts; a client sends few different ones
KEPT_LENGTH = 20_000  # characters; so that no caller can fill the memory with them


@dataclass(frozen=True)
class Limits:
    """What one document may be; None is no limit (`valuenet ask`)."""

    depth: int | None = None
    aliases: int | None = None
    tokens: int | None = None
    introspection: bool = True


@dataclass(frozen=True)
class Checked:
    """A document; or the errors that keep it from being executed, and their code."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    code: str = ""


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


def checked(schema: strawberry.Schema, text: str, limits: Limits) -> Checked:
    """Parse and validate `text`; the outcome is kept for the next time."""
    look = kept if len(text) <= KEPT_LENGTH else kept.__wrapped__
    return look(schema, text, limits)


@lru_cache(maxsize=KEPT)
def kept(schema: strawberry.Schema, text: str, limits: Limits) -> Checked:
    try:
        document = parse(text, max_tokens=limits.tokens)
        excess = [GraphQLError(sentence) for sentence in excesses(document, limits)]
    except GraphQLSyntaxError as error:
        if error.message.endswith("Parsing aborted."):  # too many tokens, too deep
            return invalid(error)
        return Checked(None, (error,), "GRAPHQL_PARSE_FAILED")
    except RecursionError:
        return invalid(GraphQLError("The document is nested too deeply."))
    if excess:
        return invalid(*excess)
    known = schema._schema  # Strawberry's own extensions reach for it as well
    looking = (NoSchemaIntrospectionCustomRule,)
    if not limits.introspection and validate_document(known, document, looking):
        hidden = GraphQLError("Introspection is not available in production.")
        return Checked(None, (hidden,), "INTROSPECTION_DISABLED")
    if errors := validate_document(known, document, tuple(specified_rules)):
        return invalid(*errors)
    return Checked(document)


def invalid(*errors: GraphQLError) -> Checked:
    return Checked(None, errors, "GRAPHQL_VALIDATION_FAILED")


def excesses(document: DocumentNode, limits: Limits) -> Iterator[str]:
    """What is too much, a sentence each."""
    measure = Measure(document)
    sizes = [
        measure.of(definition.selection_set)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    mosts = {"depth": limits.depth, "aliases": limits.aliases, "fields": limits.tokens}
    for name, most in mosts.items():
        found = max((getattr(size, name) for size in sizes), default=0)
        if most is not None and found > most:
            what = "levels" if name == "depth" else name
            yield f"The document has more than {most:,} {what}; ask for less at once."


class Size(NamedTuple):
    """Of a selection, with its fragments written out."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0


class Measure:
    """Measures each fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode) -> None:
        self.known: dict[str, Size] = {}
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def of(self, selection_set: SelectionSetNode | None) -> Size:
        if selection_set is None:
            return Size()
        sizes = [self.one(selection) for selection in selection_set.selections]
        depths, aliases, fields = zip(*sizes, strict=True) if sizes else ((0,),) * 3
        return Size(max(depths), sum(aliases), sum(fields))

    def one(self, selection: SelectionNode) -> Size:
        if isinstance(selection, FragmentSpreadNode):
            return self.fragment(selection.name.value)
        inner = self.of(getattr(selection, "selection_set", None))
        if not isinstance(selection, FieldNode):
            return inner
        # Introspection's depth is bounded by a rule of its own.
        depth = 0 if selection.name.value.startswith("__") else inner.depth + 1
        alias = 1 if selection.alias else 0
        return Size(depth, inner.aliases + alias, inner.fields + 1)

    def fragment(self, name: str) -> Size:
        if name in self.fragments and name not in self.known:
            self.known[name] = Size()  # a cycle, which validation refuses
            self.known[name] = self.of(self.fragments[name].selection_set)
        return self.known.get(name, Size())
