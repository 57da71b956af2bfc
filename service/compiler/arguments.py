"""The arguments of a field: literals are coerced once, variables for each request.

GraphQL's own coercion walks every field of every input type for each request, which
takes longer than everything else that a known document needs before its statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputType,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.utilities.coerce_input_value import (
    coerce_default_value,
    coerce_input_literal,
)

from service.compiler.nulls import is_filter
from service.compiler.schema_mapping import NotCompilable

Variables = Mapping[str, Any]
ValueBuilder = Callable[[Variables], Any]


class FieldArguments:
    """The arguments of a field in one request, without those null or absent.

    Only filters keep their nulls, because those are errors.

    A connection without a day of its own has that of `enclosing`, the one around it.
    """

    def __init__(
        self,
        field: GraphQLField,
        node: FieldNode,
        enclosing: FieldArguments | None = None,
    ) -> None:
        self.enclosing = enclosing
        nodes = {
            argument.name.value: argument.value for argument in node.arguments or ()
        }
        variable = [name for name, value in nodes.items() if has_variable(value)]
        literal = {
            name: arg for name, arg in field.args.items() if name not in variable
        }
        self.types = {
            arg.out_name or name: arg.type for name, arg in field.args.items()
        }
        self.literals = self.present(
            get_argument_values(GraphQLField(field.type, literal), node)
        )
        self.builders = {
            arg.out_name or name: (
                value_builder(arg.type, nodes[name]),
                default_of(arg),
            )
            for name, arg in field.args.items()
            if name in variable
        }

    @property
    def constant(self) -> bool:
        inherited = self.enclosing is None or self.enclosing.constant
        return not self.builders and inherited

    def __call__(self, variables: VariableValues) -> dict[str, Any]:
        own = build_values(self.builders, variables.coerced)
        values = {**self.literals, **self.present(own)}
        if self.enclosing is not None and "asOf" not in values:
            day = self.enclosing.day(variables)
            return values if day is None else {**values, "asOf": day}
        return values

    def day(self, variables: VariableValues) -> Any:
        """The day of a connection: its own, or that of one around it, or None."""
        own = {name: b for name, b in self.builders.items() if name == "asOf"}
        day = build_values(own, variables.coerced).get("asOf")
        day = day or self.literals.get("asOf")
        if day is None and self.enclosing is not None:
            return self.enclosing.day(variables)
        return day

    def present(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: without_nulls(value, self.types[name])
            for name, value in values.items()
            if value is not None
        }


def build_values(
    builders: Mapping[str, tuple[ValueBuilder, Any]], variables: Variables
) -> dict[str, Any]:
    values = {}
    for name, (build, default) in builders.items():
        value = build(variables)
        if value is Undefined:
            value = default
        if value is not Undefined:
            values[name] = value
    return values


def default_of(definition: Any) -> Any:
    """The default of an argument or of an input's field; Undefined if it has none."""
    return coerce_default_value(definition)


def value_builder(type: GraphQLInputType, node: ValueNode) -> ValueBuilder:
    """A function that makes the value of a literal of this type from the variables."""
    if not has_variable(node):
        value = coerce_input_literal(node, type)
        if value is Undefined:
            raise NotCompilable("a value that does not fit")
        return partial(constant, value)
    if isinstance(node, VariableNode):
        return partial(variable, node.name.value, is_non_null_type(type))
    kind = get_nullable_type(type)
    if is_list_type(kind):
        inner = node.values if isinstance(node, ListValueNode) else (node,)
        return partial(items, [value_builder(kind.of_type, item) for item in inner])
    if is_input_object_type(kind) and isinstance(node, ObjectValueNode):
        return partial(build_values, object_builders(kind.fields, node))
    raise NotCompilable("a variable within a scalar")


def object_builders(
    fields: Mapping[str, Any], node: ObjectValueNode
) -> dict[str, tuple[ValueBuilder, Any]]:
    nodes = {field.name.value: field.value for field in node.fields}
    absent = partial(constant, Undefined)
    return {
        field.out_name or name: (
            value_builder(field.type, nodes[name]) if name in nodes else absent,
            default_of(field),
        )
        for name, field in fields.items()
        if name in nodes or default_of(field) is not Undefined
    }


def constant(value: Any, _: Variables) -> Any:
    return value


def variable(name: str, required: bool, variables: Variables) -> Any:
    value = variables.get(name, Undefined)
    if required and (value is None or value is Undefined):
        raise NotCompilable(f"${name} is null")
    return value


def items(builders: list[ValueBuilder], variables: Variables) -> list[Any]:
    values = [build(variables) for build in builders]
    return [None if value is Undefined else value for value in values]


def has_variable(value: Any) -> bool:
    if isinstance(value, VariableNode):
        return True
    inner = getattr(value, "values", None) or getattr(value, "fields", None) or ()
    return any(has_variable(getattr(item, "value", item)) for item in inner)


def without_nulls(value: Any, type: GraphQLInputType) -> Any:
    """A value without its null fields, except those of a filter."""
    kind = get_nullable_type(type)
    if is_list_type(kind) and isinstance(value, list):
        return [without_nulls(item, kind.of_type) for item in value]
    if not is_input_object_type(kind) or is_filter(kind.name) or value is None:
        return value
    types = {field.out_name or name: field.type for name, field in kind.fields.items()}
    return {
        name: without_nulls(item, types[name])
        for name, item in value.items()
        if item is not None
    }
