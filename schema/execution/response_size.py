"""The shape of an operation's answer, and how many points an answer really has."""

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
class Shape:
    """What an answer's objects hold by their names there; None is a value."""

    fields: dict[str, Shape | None] = field(default_factory=dict)
    certain: bool = True  # whether each object has all of them, none of a fragment's


def counted(found: Any, shape: Shape) -> int:
    """The points of an answer, or of a part of it.

    >>> counted({"a": [{"b": 1}, {"b": [2, 3]}]}, Shape({"a": Shape({"b": None})}))
    2
    """
    if isinstance(found, list):
        if shape.certain and None not in found:
            return counted_by_column(found, shape)
        return sum(counted(item, shape) for item in found)
    if found is None:
        return 1
    points = 0
    for name, inner in shape.fields.items():
        if name in found:
            points += 1 if inner is None else counted(found[name], inner)
    return points


def counted_by_column(found: list[Any], shape: Shape) -> int:
    """A page of thousands at once: all objects have all fields."""
    if found and isinstance(found[0], list):
        return counted(list(chain.from_iterable(found)), shape)
    points = 0
    for name, inner in shape.fields.items():
        if inner is None:
            points += len(found)
        else:
            points += counted([item[name] for item in found], inner)
    return points


def shape_of(document: DocumentNode, operation: OperationDefinitionNode) -> Shape:
    found = Shape()
    add(operation.selection_set, found, fragments_of(document))
    return found


def add(selection_set: SelectionSetNode, found: Shape, fragments: Fragments) -> None:
    """Fields of one name have one shape in a valid document, whatever the type."""
    for selection in selection_set.selections:
        if selection.directives:
            found.certain = False
        if not isinstance(selection, FieldNode):
            found.certain = False
            inside = fragment_of(selection, fragments)
            add(inside.selection_set, found, fragments)
        elif selection.name.value not in FREE:
            name = (selection.alias or selection.name).value
            inner = found.fields.get(name)
            if selection.selection_set:
                inner = inner or Shape()
                add(selection.selection_set, inner, fragments)
            found.fields[name] = inner


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
