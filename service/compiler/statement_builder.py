"""One statement while it is built: its selection, its variables, its bindings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

from service.compiler.arguments import FieldArguments
from service.compiler.decoders import Decoder
from service.compiler.pages import CompiledPage
from service.compiler.parameters import (
    BoundParameters,
    PageBinding,
    ParameterBinding,
)
from service.compiler.schema_mapping import FieldMapping, NotCompilable, SchemaMapping
from service.compiler.traversal import MatchedRecord
from service.vocabulary.nodes import Record

MAX_FIELDS = 3_000  # with fragments written out; the executor answers larger ones
Details = list[FieldDetails]


@dataclass(frozen=True)
class Expression:
    """A Cypher expression and the decoder of its value; None if it needs none."""

    text: str
    decoder: Decoder | None = None


def cypher_list(texts: list[str]) -> str:
    """A Cypher list; a list that contains clauses has a line for each entry."""
    if not any("\n" in text for text in texts):
        return f"[{', '.join(texts)}]"
    return "[\n" + indent(",\n".join(texts), "  ") + "\n]"


def subquery(keyword: str, lines: list[str]) -> str:
    """A COLLECT, COUNT or EXISTS subquery, one clause per line."""
    return f"{keyword} {{\n" + indent("\n".join(lines), "  ") + "\n}"


@dataclass(frozen=True)
class OperationContext:
    """One operation of a document, with its coerced variables."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    variables: VariableValues

    def root_fields(self) -> dict[str, Details]:
        query = cast(GraphQLObjectType, self.schema.query_type)
        return without_defer(
            collect_fields(
                self.schema, self.fragments, self.variables, query, self.operation
            )
        )

    def fields(self, type: GraphQLObjectType, details: Details) -> dict[str, Details]:
        return without_defer(
            collect_subfields(
                self.schema,
                self.fragments,
                self.variables,
                self.operation,
                type,
                details,
            )
        )


def without_defer(fields: CollectedFields) -> dict[str, Details]:
    if fields.new_defer_usages:
        raise NotCompilable("@defer")
    return fields.grouped_field_set


@dataclass
class StatementBuilder:
    """Numbers variables and parameters; no text of a client enters its statement."""

    operation: OperationContext
    mapping: SchemaMapping
    bindings: list[ParameterBinding] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    field_count: int = 0
    enclosing: FieldArguments | None = None  # of the connection that is compiled

    def new_variable(self, letter: str) -> str:
        self.numbers[letter] = self.numbers.get(letter, 0) + 1
        return f"{letter}{self.numbers[letter]}"

    def add_binding(
        self,
        field: GraphQLField,
        node: FieldNode,
        bind: Callable[[dict[str, Any]], BoundParameters],
    ) -> BoundParameters:
        arguments = FieldArguments(field, node, self.enclosing)
        bound = bind(arguments(self.operation.variables))
        texts = bound.page.texts if bound.page else None
        self.bindings.append(ParameterBinding(arguments, bind, texts))
        return bound

    def add_page(
        self,
        field: GraphQLField,
        node: FieldNode,
        cls: type[Record],
        matched: MatchedRecord,
        indexed: str | None = None,
    ) -> tuple[int, CompiledPage]:
        """A page of `cls`, and the number of its parameters."""
        number = len(self.bindings)
        bind = PageBinding(self.mapping.max_page, cls, matched, indexed, number)
        page = self.add_binding(field, node, bind).page
        assert page is not None
        return number, page

    @contextmanager
    def inside(self, number: int) -> Iterator[None]:
        """Within the connection of that number: its day holds for those below it."""
        outer, self.enclosing = self.enclosing, self.bindings[number].arguments
        yield
        self.enclosing = outer

    def mapping_of(self, type: str, name: str) -> FieldMapping:
        self.field_count += 1
        if self.field_count > MAX_FIELDS:
            raise NotCompilable("a very large selection")
        mapping = self.mapping.fields.get((type, name))
        if mapping is None:
            raise NotCompilable(f"{type}.{name}")
        return mapping

    def field(self, type: str, name: str) -> GraphQLField:
        owner = cast(GraphQLObjectType, self.operation.schema.type_map[type])
        definition: GraphQLField = owner.fields[name]
        return definition

    def named_type(self, type: str, name: str) -> GraphQLOutputType:
        """The type of a field, without its lists and non-nulls."""
        return cast(GraphQLOutputType, get_named_type(self.field(type, name).type))
