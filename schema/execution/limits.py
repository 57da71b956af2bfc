"""How much one document may be: each limit of its own, told before it is validated.

Strawberry's own limiters belong to a Schema, write out every fragment at each of its
spreads (a short document then never ends), and run beside the costly rules. These
belong to a call, look at each fragment once, and run before all other rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    visit,
)


@dataclass(frozen=True)
class Limits:
    """What one document may be; None is no limit (`valuenet ask`)."""

    depth: int | None = None
    aliases: int | None = None
    root_fields: int | None = None
    directives: int | None = None
    tokens: int | None = None  # of the text, and fields with all fragments written out
    list_length: int | None = None  # of an argument, literal or variable
    errors: int | None = None  # told of a document at fault
    cost: int | None = None
    introspection: bool = True


NAMES = {
    "depth": "levels",
    "aliases": "aliases",
    "root_fields": "root fields",
    "directives": "directives",
    "fields": "fields",
}


def excesses(document: DocumentNode, limits: Limits) -> Iterator[str]:
    """What is too much, a sentence each."""
    measure = Measure(document)
    sizes = [
        measure.operation(definition)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    for name, what in NAMES.items():
        limit = "tokens" if name == "fields" else name
        most = getattr(limits, limit)
        found = max((getattr(size, name) for size in sizes), default=0)
        if most is not None and found > most:
            yield (
                f"The document has more than {most:,} {what}; ask for less at once, or"
                f" raise VALUENET_MAX_{limit.upper()}."
            )
    if limits.list_length is not None:
        yield from too_long(longest_literal(document), limits.list_length)


def too_long(length: int, most: int) -> Iterator[str]:
    if length > most:
        yield (
            f"A list of the request has {length:,} items, the limit is {most:,}; ask"
            " in parts, or raise VALUENET_MAX_LIST_LENGTH."
        )


def longest_literal(document: DocumentNode) -> int:
    found = Literals()
    visit(document, found)
    return found.longest


class Literals(Visitor):
    longest = 0

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        self.longest = max(self.longest, len(node.values))


def longest_value(value: Any) -> int:
    """Of all lists in a request's variables.

    >>> longest_value({"a": [1, 2], "b": {"c": [[1, 2, 3]]}})
    3
    """
    if isinstance(value, list):
        return max([len(value), *map(longest_value, value)])
    if isinstance(value, dict):
        return max(map(longest_value, value.values()), default=0)
    return 0


class Size(NamedTuple):
    """Of a selection, with its fragments written out."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    directives: int = 0
    root_fields: int = 0  # fields of the selection itself


class Measure:
    """Measures each fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode) -> None:
        self.known: dict[str, Size] = {}
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def operation(self, definition: OperationDefinitionNode) -> Size:
        size = self.of(definition.selection_set)
        return size._replace(
            directives=size.directives + len(definition.directives or ())
        )

    def of(self, selection_set: SelectionSetNode | None) -> Size:
        if selection_set is None:
            return Size()
        sizes = [self.one(selection) for selection in selection_set.selections]
        depths, *others = zip(*sizes, strict=True) if sizes else [(0,)] * 5
        return Size(max(depths), *map(sum, others))

    def one(self, selection: SelectionNode) -> Size:
        own = len(selection.directives or ())
        if isinstance(selection, FragmentSpreadNode):
            inner = self.fragment(selection.name.value)
            return inner._replace(directives=inner.directives + own)
        inner = self.of(getattr(selection, "selection_set", None))
        inner = inner._replace(directives=inner.directives + own)
        if not isinstance(selection, FieldNode):
            return inner
        # Introspection's depth is bounded by a rule of its own.
        depth = 0 if selection.name.value.startswith("__") else inner.depth + 1
        alias = 1 if selection.alias else 0
        return Size(depth, inner.aliases + alias, inner.fields + 1, inner.directives, 1)

    def fragment(self, name: str) -> Size:
        if name in self.fragments and name not in self.known:
            self.known[name] = Size()  # a cycle, which validation refuses
            self.known[name] = self.of(self.fragments[name].selection_set)
        return self.known.get(name, Size())
