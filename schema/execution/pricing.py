"""The most that a request may cost, computed before it is executed.

A point is one value of the response: a scalar, an enum, a list of those, or a null in
place of an object. Objects and introspection are free. An analysis computes more than
it returns, therefore it has a base price.

    price(field) = 1                           of a scalar
                 = base + sum of its fields    of an analysis, see `BasePrice`
                 = sum of its fields           of an object, of its most expensive type
                 = size * price of one item    of a list of objects

size: the value of `first` or `last`; without them (or with null) the default, in the
schema or of a page. `first` of an analysis or of `groupBy` is the size of the outermost
lists below it, and `firstLinks` that of `links`. A list that nothing bounds counts as
the largest page, and inside such lists as ASSUMED items.
Running time: each field of the document once per concrete type, fragments written out.
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
from schema.types.analysis_field import base_price
from service.compiler.groups import MAX_KEYS
from service.compiler.windows import DEFAULT_PAGE
from service.vocabulary.attributes import MAX_ATTRIBUTES

ASSUMED = 10  # steps of a path, evidence, contracts: lists that are rarely longer
MOST_OF_ANALYSIS = {"first": 1_000}
MOST_OF_MAP = {"first": 2_000, "firstLinks": 10_000}
# Outermost lists whose size is not `first` of their analysis; it is that of the lists
# inside them.
NOT_SIZED_BY_FIRST = {("PartnerPaths", "stages")}
# A part that takes no `first` of its own, and returns what is the default elsewhere.
FIXED_SIZES = {("EcosystemReport", "map"): {"": 200, "links": 1_000}}
# Of every list of such objects.
MOST_ITEMS = {"GroupValue": MAX_KEYS, "Attribute": MAX_ATTRIBUTES}

LISTED = {"ids", "names"}  # arguments that list what a list returns
Variables = Mapping[str, Any]
ListSizes = Mapping[str, int]  # of lists by name; "": of all others
UNKNOWN_SIZES: ListSizes = {}


@dataclass(frozen=True)
class PriceModel:
    """Prices one operation; `max_page` is the largest page of a connection."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    max_page: int

    def price(self, variables: Variables) -> int:
        pricing = Pricing(self, {**default_values(self.operation), **variables})
        return pricing.selection([self.operation.selection_set], self.root)

    @property
    def root(self) -> GraphQLObjectType:
        kinds = {
            OperationType.QUERY: self.schema.query_type,
            OperationType.MUTATION: self.schema.mutation_type,
            OperationType.SUBSCRIPTION: self.schema.subscription_type,
        }
        return cast(GraphQLObjectType, kinds[self.operation.operation])


def default_values(operation: OperationDefinitionNode) -> dict[str, Any]:
    """The variables that have defaults."""
    return {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value
    }


class Pricing:
    """The pricing of an operation with its variables."""

    def __init__(self, model: PriceModel, variables: Variables) -> None:
        self.schema = model.schema
        self.max_page = model.max_page
        self.fragments = fragments_of(model.document)
        self.variables = variables

    def selection(
        self,
        sets: list[SelectionSetNode],
        kind: GraphQLNamedType,
        sizes: ListSizes = UNKNOWN_SIZES,
    ) -> int:
        """`sizes`: those of the outermost lists below, as far as they are known."""
        if is_abstract_type(kind):
            kinds = self.schema.get_possible_types(kind)
            return max((self.selection(sets, each, sizes) for each in kinds), default=0)
        owner = cast(GraphQLObjectType, kind)
        grouped: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            self.collect(selection_set, owner, grouped, set())
        return sum(self.field(owner, nodes, sizes) for nodes in grouped.values())

    def collect(
        self,
        selection_set: SelectionSetNode,
        owner: GraphQLObjectType,
        grouped: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        """Group the fields of an object of this type by their names in the response."""
        for node in selection_set.selections:
            if not self.is_included(node.directives or ()):
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

    def is_included(self, directives: tuple[DirectiveNode, ...]) -> bool:
        """Whether @skip and @include include it; in doubt it is included."""
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
        self, owner: GraphQLObjectType, nodes: list[FieldNode], sizes: ListSizes
    ) -> int:
        name = nodes[0].name.value
        if name.startswith("__"):
            return 0 if name in FREE else 1
        definition = owner.fields[name]
        kind = get_named_type(definition.type)
        if is_leaf_type(kind):
            return 1
        sets = [node.selection_set for node in nodes if node.selection_set]
        fixed = FIXED_SIZES.get((owner.name, name), sizes)
        sizes = self.sizes(definition, nodes[0]) or fixed
        if not is_list_type(get_nullable_type(definition.type)):
            return base_price(definition) + self.selection(sets, kind, sizes)
        if (owner.name, name) in NOT_SIZED_BY_FIRST:
            return ASSUMED * self.selection(sets, kind, sizes)
        size = sizes.get(name, sizes.get("", self.max_page))
        count = min(size, MOST_ITEMS.get(kind.name, size))
        return count * self.selection(sets, kind, {"": ASSUMED})

    def sizes(self, definition: GraphQLField, node: FieldNode) -> ListSizes:
        """The sizes of lists according to the arguments; empty: they do not say."""
        arguments = {item.name.value: item.value for item in node.arguments or ()}
        for name in LISTED & definition.args.keys() & arguments.keys():
            items = self.value(arguments[name])
            if items is not None:
                return {"": len(items) if isinstance(items, list) else 1}
        return {
            name[5:6].lower() + name[6:]: self.size(name, definition, arguments)
            for name in definition.args
            if name.startswith("first")
        }

    def size(
        self, name: str, definition: GraphQLField, arguments: Mapping[str, Any]
    ) -> int:
        is_page = "last" in definition.args
        largest = MOST_OF_MAP if "firstLinks" in definition.args else MOST_OF_ANALYSIS
        names = (name, "last") if is_page else (name,)
        values = [self.value(arguments[n]) for n in names if n in arguments]
        stated = [value for value in values if isinstance(value, int)]
        if stated:
            # The field itself rejects a value outside its bounds, with its own message.
            most = self.max_page if is_page else largest[name]
            return max(min(max(stated), most), 0)
        default = definition.args[name].default_value
        if default not in (None, Undefined):
            return int(default)
        return DEFAULT_PAGE if is_page else largest[name]

    def value(self, node: Any) -> Any:
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value)
        return value_from_ast_untyped(node, cast(dict[str, Any], self.variables))


def size_variables(document: DocumentNode) -> Iterator[str]:
    """The names of all variables that the price may depend on."""
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
            if item.name.value in ("last", *LISTED)
            or item.name.value.startswith("first")
        ]
        for item in arguments:
            if isinstance(item.value, VariableNode):
                yield item.value.name.value
            elif item.name.value in LISTED:
                yield from (
                    value.name.value
                    for value in getattr(item.value, "values", ())
                    if isinstance(value, VariableNode)
                )
