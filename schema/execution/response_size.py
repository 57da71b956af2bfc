"""The shape of an operation's response, and the points of a response."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

FREE = ("__schema", "__type")  # introspection costs nothing
Fragments = dict[str, FragmentDefinitionNode]


@dataclass
class ResponseShape:
    """The fields of a response's objects; None stands for a value."""

    fields: dict[str, ResponseShape | None] = field(default_factory=dict)
    is_certain: bool = True  # each object has all fields; none comes from a fragment


def points_of(data: Any, shape: ResponseShape) -> int:
    """The points of a response, or of a part of it.

    >>> shape = ResponseShape({"a": ResponseShape({"b": None})})
    >>> points_of({"a": [{"b": 1}, {"b": [2, 3]}]}, shape)
    2
    """
    if isinstance(data, list):
        if shape.is_certain and None not in data:
            return points_by_column(data, shape)
        return sum(points_of(item, shape) for item in data)
    if data is None:
        return 1
    points = 0
    for name, inner in shape.fields.items():
        if name in data:
            points += 1 if inner is None else points_of(data[name], inner)
    return points


def points_by_column(rows: list[Any], shape: ResponseShape) -> int:
    """The points of a large page at once: all objects have all fields."""
    if rows and isinstance(rows[0], list):
        return points_of(list(chain.from_iterable(rows)), shape)
    points = 0
    for name, inner in shape.fields.items():
        if inner is None:
            points += len(rows)
        else:
            points += points_of([item[name] for item in rows], inner)
    return points


def shape_of(
    document: DocumentNode, operation: OperationDefinitionNode
) -> ResponseShape:
    shape = ResponseShape()
    add_fields(operation.selection_set, shape, fragments_of(document))
    return shape


def add_fields(
    selection_set: SelectionSetNode, shape: ResponseShape, fragments: Fragments
) -> None:
    """Fields of one name have one shape in a valid document, whatever the type."""
    for selection in selection_set.selections:
        if selection.directives:
            shape.is_certain = False
        if not isinstance(selection, FieldNode):
            shape.is_certain = False
            inside = fragment_of(selection, fragments)
            add_fields(inside.selection_set, shape, fragments)
        elif selection.name.value not in FREE:
            name = (selection.alias or selection.name).value
            inner = shape.fields.get(name)
            if selection.selection_set:
                inner = inner or ResponseShape()
                add_fields(selection.selection_set, inner, fragments)
            shape.fields[name] = inner


def fragments_of(document: DocumentNode) -> Fragments:
    return {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }


def fragment_of(
    selection: SelectionNode, fragments: Fragments
) -> InlineFragmentNode | FragmentDefinitionNode:
    if isinstance(selection, FragmentSpreadNode):
        return fragments[selection.name.value]
    return cast(InlineFragmentNode, selection)
