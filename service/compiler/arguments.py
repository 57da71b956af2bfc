"""The arguments of a field: coerced once as far as they are literals, and filled in
with each request's variables.

GraphQL's own coercion walks every field of every input type for each request, which
takes longer than all else that a known document needs before its statement.
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

from service.compiler.schema_mapping import NotCompilable

Variables = Mapping[str, Any]
Filled = Callable[[Variables], Any]


class Arguments:
    """What a request gives a field, without what is null or absent."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        given = {one.name.value: one.value for one in node.arguments or ()}
        names = [name for name, value in given.items() if holds_variable(value)]
        known = {name: arg for name, arg in field.args.items() if name not in names}
        self.known = bare(get_argument_values(GraphQLField(field.type, known), node))
        self.others = {
            arg.out_name or name: (filled(arg.type, given[name]), default(arg))
            for name, arg in field.args.items()
            if name in names
        }

    @property
    def constant(self) -> bool:
        return not self.others

    def __call__(self, variables: VariableValues) -> dict[str, Any]:
        return {**self.known, **parts(self.others, variables.coerced)}


def parts(
    others: Mapping[str, tuple[Filled, Any]], variables: Variables
) -> dict[str, Any]:
    found = {}
    for name, (fill, otherwise) in others.items():
        value = fill(variables)
        if value is Undefined:
            value = otherwise
        if value is not None:
            found[name] = value
    return found


def default(defined: Any) -> Any:
    """What an argument or a field of an input is where nothing is given; else null."""
    value = coerce_default_value(defined)
    return None if value is Undefined else bare(value)


def filled(type: GraphQLInputType, node: ValueNode) -> Filled:
    """Makes the value of a literal of that type from the variables."""
    if not holds_variable(node):
        value = coerce_input_literal(node, type)
        if value is Undefined:
            raise NotCompilable("a value that does not fit")
        return partial(constant, bare(value))
    if isinstance(node, VariableNode):
        return partial(variable, node.name.value, is_non_null_type(type))
    kind = get_nullable_type(type)
    if is_list_type(kind):
        inner = node.values if isinstance(node, ListValueNode) else (node,)
        return partial(items, [filled(kind.of_type, one) for one in inner])
    if is_input_object_type(kind) and isinstance(node, ObjectValueNode):
        given = {one.name.value: one.value for one in node.fields}
        nothing = partial(constant, Undefined)
        return partial(
            parts,
            {
                field.out_name or name: (
                    filled(field.type, given[name]) if name in given else nothing,
                    default(field),
                )
                for name, field in kind.fields.items()
                if name in given or default(field) is not None
            },
        )
    raise NotCompilable("a variable within a scalar")


def constant(value: Any, _: Variables) -> Any:
    return value


def variable(name: str, required: bool, variables: Variables) -> Any:
    value = variables.get(name, Undefined)
    if required and (value is None or value is Undefined):
        raise NotCompilable(f"${name} is null")
    return bare(value)


def items(inner: list[Filled], variables: Variables) -> list[Any]:
    found = [fill(variables) for fill in inner]
    return [None if value is Undefined else value for value in found]


def holds_variable(value: Any) -> bool:
    if isinstance(value, VariableNode):
        return True
    inner = getattr(value, "values", None) or getattr(value, "fields", None) or ()
    return any(holds_variable(getattr(one, "value", one)) for one in inner)


def bare(value: Any) -> Any:
    """A value without what is null or absent in it."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: bare(item)
        for name, item in value.items()
        if item is not None and item is not Undefined
    }
