"""One statement in the making: what it selects, and what it must be given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from service.compiler.arguments import Arguments
from service.compiler.decoders import Shape
from service.compiler.schema_mapping import (
    FieldMapping,
    NotCompilable,
    Page,
    SchemaMapping,
)
from service.compiler.traversal import Seen
from service.vocabulary.nodes import Record

MOST_FIELDS = 3_000  # with fragments written out; more is the executor's
Details = list[FieldDetails]


@dataclass(frozen=True)
class Expression:
    """An expression, and what its value still lacks; None if it is ready as it is."""

    text: str
    shape: Shape | None = None


def bracketed(texts: list[str]) -> str:
    """A Cypher list; one that holds clauses has a line for each entry."""
    if not any("\n" in text for text in texts):
        return f"[{', '.join(texts)}]"
    return "[\n" + indent(",\n".join(texts), "  ") + "\n]"


def block(word: str, lines: list[str]) -> str:
    """A subquery, clause by clause."""
    return f"{word} {{\n" + indent("\n".join(lines), "  ") + "\n}"


@dataclass(frozen=True)
class BoundParameters:
    """What a request gives a statement at one field: parameters, and maybe a page."""

    params: dict[str, Any]
    page: Page | None = None


class PlanMismatch(Exception):
    """With these values the text would be another: a null in a cursor, for example."""


@dataclass(frozen=True)
class ParameterBinding:
    """A field whose arguments are parameters, and how they become so."""

    arguments: Arguments
    give: Callable[[dict[str, Any]], BoundParameters]
    words: Mapping[str, str] | None = None  # of the page, in the text of the statement

    def given(self, variables: VariableValues) -> BoundParameters:
        found = self.give(self.arguments(variables))
        if found.page and found.page.words != self.words:
            raise PlanMismatch
        return found


@dataclass(frozen=True)
class PageBinding:
    """Makes the page of a connection, each parameter with the connection's number."""

    face: SchemaMapping
    cls: type[Record]
    seen: Seen
    indexed: str | None
    number: int

    def __call__(self, given: dict[str, Any]) -> BoundParameters:
        page = self.face.page(self.cls, given, self.seen, self.indexed, self.number)
        return BoundParameters(
            {f"{k}_{self.number}": v for k, v in page.params.items()}, page
        )


@dataclass(frozen=True)
class OperationContext:
    """One operation of a document, its variables coerced."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    variables: VariableValues

    def roots(self) -> dict[str, Details]:
        query = cast(GraphQLObjectType, self.schema.query_type)
        return plain(
            collect_fields(
                self.schema, self.fragments, self.variables, query, self.operation
            )
        )

    def fields(self, type: GraphQLObjectType, details: Details) -> dict[str, Details]:
        return plain(
            collect_subfields(
                self.schema,
                self.fragments,
                self.variables,
                self.operation,
                type,
                details,
            )
        )


def plain(found: CollectedFields) -> dict[str, Details]:
    if found.new_defer_usages:
        raise NotCompilable("@defer")
    return found.grouped_field_set


@dataclass
class StatementBuilder:
    """Numbers variables and parameters; nothing in its text is a caller's."""

    asked: OperationContext
    face: SchemaMapping
    wanted: list[ParameterBinding] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def fresh(self, letter: str) -> str:
        self.numbers[letter] = self.numbers.get(letter, 0) + 1
        return f"{letter}{self.numbers[letter]}"

    def want(
        self,
        field: GraphQLField,
        node: FieldNode,
        give: Callable[[dict[str, Any]], BoundParameters],
    ) -> BoundParameters:
        arguments = Arguments(field, node)
        found = give(arguments(self.asked.variables))
        words = found.page.words if found.page else None
        self.wanted.append(ParameterBinding(arguments, give, words))
        return found

    def page(
        self,
        field: GraphQLField,
        node: FieldNode,
        cls: type[Record],
        seen: Seen,
        indexed: str | None = None,
    ) -> tuple[int, Page]:
        """A page of `cls` and the number of its parameters."""
        number = len(self.wanted)
        give = PageBinding(self.face, cls, seen, indexed, number)
        page = self.want(field, node, give).page
        assert page is not None
        return number, page

    def meaning(self, type: str, name: str) -> FieldMapping:
        self.size += 1
        if self.size > MOST_FIELDS:
            raise NotCompilable("a very large selection")
        found = self.face.meanings.get((type, name))
        if found is None:
            raise NotCompilable(f"{type}.{name}")
        return found

    def field(self, type: str, name: str) -> GraphQLField:
        owner = cast(GraphQLObjectType, self.asked.schema.type_map[type])
        found: GraphQLField = owner.fields[name]
        return found

    def inner(self, type: str, name: str) -> GraphQLOutputType:
        """The type within lists and non-nulls that a field gives."""
        return cast(GraphQLOutputType, get_named_type(self.field(type, name).type))
