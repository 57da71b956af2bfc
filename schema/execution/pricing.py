"""What a request may cost at most, known before it is executed.

A point is one value of the answer: a scalar, an enum, a list of those, or a null where
an object could be. Objects and introspection are free.

    price(field) = 1                           of a scalar
                 = sum of its fields           of an object, the dearest there may be
                 = size * price of one item    of a list of objects

size: what `first` or `last` says, or its default in the schema, or where neither is
given the largest page there is. `first` of an analysis counts for the outermost lists
below it. A list that nothing bounds is taken for ASSUMED items, as inside an analysis.
Cost: each field of the document once a concrete type, with fragments written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    value_from_ast_untyped,
)

from schema.execution.response_size import FREE, fragment_of, fragments_of

ASSUMED = 10  # paths' steps, evidence, contracts: what is rarely longer
MOST_OF_ANALYSES = 1_000
# Outermost lists whose length is not the `first` of their analysis: it is that of the
# lists inside.
UNSIZED = {("PartnerPaths", "stages")}

Variables = Mapping[str, Any]


@dataclass(frozen=True)
class Pricing:
    """Of one operation; `max_page` is the largest page of a connection."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    max_page: int

    def price(self, variables: Variables) -> int:
        given = {**self.defaults(), **variables}
        return Priced(self, given).selection([self.operation.selection_set], self.root)

    @property
    def root(self) -> GraphQLObjectType:
        kinds = {
            OperationType.QUERY: self.schema.query_type,
            OperationType.MUTATION: self.schema.mutation_type,
            OperationType.SUBSCRIPTION: self.schema.subscription_type,
        }
        return cast(GraphQLObjectType, kinds[self.operation.operation])

    def defaults(self) -> dict[str, Any]:
        return {
            definition.variable.name.value: value_from_ast_untyped(
                definition.default_value
            )
            for definition in self.operation.variable_definitions or ()
            if definition.default_value
        }


class Priced:
    """One pricing of an operation under its variables."""

    def __init__(self, pricing: Pricing, variables: Variables) -> None:
        self.schema = pricing.schema
        self.max_page = pricing.max_page
        self.fragments = fragments_of(pricing.document)
        self.variables = variables

    def selection(
        self,
        sets: list[SelectionSetNode],
        kind: GraphQLNamedType,
        size: int | None = None,
    ) -> int:
        """`size`: how long the outermost lists below are, if anything says it."""
        if is_abstract_type(kind):
            kinds = self.schema.get_possible_types(kind)
            return max((self.selection(sets, each, size) for each in kinds), default=0)
        owner = cast(GraphQLObjectType, kind)
        grouped: dict[str, list[FieldNode]] = {}
        for found in sets:
            self.collect(found, owner, grouped, set())
        return sum(self.field(owner, nodes, size) for nodes in grouped.values())

    def collect(
        self,
        selection_set: SelectionSetNode,
        owner: GraphQLObjectType,
        grouped: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        """The fields of an object of this type, by their names in the answer."""
        for node in selection_set.selections:
            if not self.included(node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                name = (node.alias or node.name).value
                grouped.setdefault(name, []).append(node)
                continue
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in visited:
                    continue
                visited.add(node.name.value)
            inner = fragment_of(node, self.fragments)
            if self.applies(inner, owner):
                self.collect(inner.selection_set, owner, grouped, visited)

    def included(self, directives: tuple[DirectiveNode, ...]) -> bool:
        """Whether @skip and @include leave it in; where in doubt they do."""
        for directive in directives:
            name = directive.name.value
            if name in ("skip", "include"):
                value = self.value((directive.arguments or ())[0].value)
                if value is (name == "skip"):
                    return False
        return True

    def applies(
        self,
        fragment: InlineFragmentNode | FragmentDefinitionNode,
        owner: GraphQLObjectType,
    ) -> bool:
        if fragment.type_condition is None:
            return True
        kind = self.schema.get_type(fragment.type_condition.name.value)
        return kind is owner or (
            is_abstract_type(kind) and self.schema.is_sub_type(kind, owner)
        )

    def field(
        self, owner: GraphQLObjectType, nodes: list[FieldNode], size: int | None
    ) -> int:
        name = nodes[0].name.value
        if name.startswith("__"):
            return 0 if name in FREE else 1
        definition = owner.fields[name]
        kind = get_named_type(definition.type)
        if is_leaf_type(kind):
            return 1
        sets = [node.selection_set for node in nodes if node.selection_set]
        given = self.size(definition, nodes[0])
        if not is_list_type(get_nullable_type(definition.type)):
            return self.selection(sets, kind, size if given is None else given)
        if (owner.name, name) in UNSIZED:
            return ASSUMED * self.selection(sets, kind, size)
        told = size if given is None else given
        many = self.max_page if told is None else told
        return many * self.selection(sets, kind, ASSUMED)

    def size(self, definition: GraphQLField, node: FieldNode) -> int | None:
        """What the arguments say of how long the list is; None: nothing."""
        arguments = {item.name.value: item.value for item in node.arguments or ()}
        if "ids" in definition.args:
            ids = self.value(arguments["ids"])
            return len(ids) if isinstance(ids, list) else 1
        if "first" not in definition.args:
            return None
        most = self.max_page if "after" in definition.args else MOST_OF_ANALYSES
        given = [self.value(arguments[n]) for n in ("first", "last") if n in arguments]
        sizes = [value for value in given if isinstance(value, int)]
        default = definition.args["first"].default_value
        if not sizes and default not in (None, Undefined):
            sizes = [default]
        # Beyond its bounds it is refused by the field itself, in its own words.
        return max(min(max(sizes, default=most), most), 0)

    def value(self, node: Any) -> Any:
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value)
        return value_from_ast_untyped(node, cast(dict[str, Any], self.variables))


def sizing(document: DocumentNode) -> Iterator[str]:
    """The names of all variables that the price may hang on."""
    pending: list[Any] = list(document.definitions)
    while pending:
        node = pending.pop()
        selection_set = getattr(node, "selection_set", None)
        pending += selection_set.selections if selection_set else ()
        directives = getattr(node, "directives", None) or ()
        arguments = [item for d in directives for item in d.arguments or ()]
        arguments += [
            item
            for item in getattr(node, "arguments", None) or ()
            if item.name.value in ("first", "last", "ids")
        ]
        for item in arguments:
            if isinstance(item.value, VariableNode):
                yield item.value.name.value
            elif item.name.value == "ids":
                yield from (
                    value.name.value
                    for value in getattr(item.value, "values", ())
                    if isinstance(value, VariableNode)
                )
