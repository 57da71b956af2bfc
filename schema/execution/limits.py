"""Limits on the size of a document, checked before it is validated.

Strawberry's own limiters belong to a Schema, write out every fragment at each of its
spreads (a short document can then take forever), and run together with the costly
rules. These belong to a call, look at each fragment once, and run before all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
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

from service.settings import Profile, Settings


@dataclass(frozen=True)
class Limits:
    """The limits of one document; None means no limit (`valuenet ask`)."""

    depth: int | None = None
    aliases: int | None = None
    root_fields: int | None = None
    directives: int | None = None
    tokens: int | None = None  # of the text, and fields with all fragments written out
    token_length: int | None = None
    list_length: int | None = None  # of an argument, literal or variable
    errors: int | None = None  # reported for an invalid document
    cost: int | None = None
    introspection: bool = True


# Strings, comments, names and numbers, what is ignored between them, and the rest.
LEXEME = re.compile(
    r'"""(?:[^"\\]++|\\"""|\\|"(?!""))*+(?:""")?'
    r'|"(?:[^"\\\r\n]++|\\.)*+"?|#[^\r\n]*+|[\w.+-]++|[\s,\ufeff]++|.',
    re.DOTALL,
)
NAMES = {
    "depth": "levels",
    "aliases": "aliases",
    "root_fields": "root fields",
    "directives": "directives",
    "fields": "fields",
}


def limits_of(settings: Settings) -> Limits:
    return Limits(
        depth=settings.max_depth,
        aliases=settings.max_aliases,
        root_fields=settings.max_root_fields,
        directives=settings.max_directives,
        tokens=settings.max_tokens,
        token_length=settings.max_token_length,
        list_length=settings.max_list_length,
        errors=settings.max_errors,
        cost=settings.max_cost,
        introspection=settings.profile is Profile.DEVELOPMENT,
    )


def excesses(document: DocumentNode, limits: Limits) -> Iterator[str]:
    """A sentence for each limit that the document exceeds."""
    measurer = DocumentMeasurer(document)
    sizes = [
        measurer.operation(definition)
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    for name, what in NAMES.items():
        limit = "tokens" if name == "fields" else name
        most = getattr(limits, limit)
        largest = max((getattr(size, name) for size in sizes), default=0)
        if most is not None and largest > most:
            yield (
                f"The document has more than {most:,} {what}; ask for less at once, or"
                f" raise VALUENET_MAX_{limit.upper()}."
            )
    if limits.list_length is not None:
        yield from too_long(longest_literal(document), limits.list_length)


def has_long_token(text: str, limits: Limits) -> bool:
    """Whether a token or comment, or the space between two, exceeds its length.

    The parser is far slower; it refuses what comes after the largest number of tokens.

    >>> has_long_token('{ organisation(key: "acme") { name } }', Limits(token_length=6))
    True
    """
    most = limits.token_length
    if most is None or len(text) <= most:
        return False
    # Between two tokens there may be spaces and a comment.
    lexemes = islice(LEXEME.finditer(text), limits.tokens and 4 * limits.tokens)
    return any(lexeme.end() - lexeme.start() > most for lexeme in lexemes)


def too_long(length: int, most: int) -> Iterator[str]:
    if length > most:
        yield (
            f"A list of the request has {length:,} items, the limit is {most:,}; ask"
            " in parts, or raise VALUENET_MAX_LIST_LENGTH."
        )


def longest_literal(document: DocumentNode) -> int:
    literals = LiteralVisitor()
    visit(document, literals)
    return literals.longest


class LiteralVisitor(Visitor):
    longest = 0

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        self.longest = max(self.longest, len(node.values))


def longest_value(value: Any) -> int:
    """The length of the longest list in a request's variables.

    >>> longest_value({"a": [1, 2], "b": {"c": [[1, 2, 3]]}})
    3
    """
    if isinstance(value, list):
        return max([len(value), *map(longest_value, value)])
    if isinstance(value, dict):
        return max(map(longest_value, value.values()), default=0)
    return 0


class SelectionSize(NamedTuple):
    """The size of a selection, with its fragments written out."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    directives: int = 0
    root_fields: int = 0  # fields of the selection itself


class DocumentMeasurer:
    """Measures each fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode) -> None:
        self.fragment_sizes: dict[str, SelectionSize] = {}
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def operation(self, definition: OperationDefinitionNode) -> SelectionSize:
        size = self.selection_set(definition.selection_set)
        return size._replace(
            directives=size.directives + len(definition.directives or ())
        )

    def selection_set(self, selection_set: SelectionSetNode | None) -> SelectionSize:
        if selection_set is None:
            return SelectionSize()
        sizes = [self.selection(selection) for selection in selection_set.selections]
        depths, *others = zip(*sizes, strict=True) if sizes else [(0,)] * 5
        return SelectionSize(max(depths), *map(sum, others))

    def selection(self, selection: SelectionNode) -> SelectionSize:
        own = len(selection.directives or ())
        if isinstance(selection, FragmentSpreadNode):
            inner = self.fragment(selection.name.value)
            return inner._replace(directives=inner.directives + own)
        inner = self.selection_set(getattr(selection, "selection_set", None))
        inner = inner._replace(directives=inner.directives + own)
        if not isinstance(selection, FieldNode):
            return inner
        # Introspection's depth is bounded by a rule of its own.
        depth = 0 if selection.name.value.startswith("__") else inner.depth + 1
        alias = 1 if selection.alias else 0
        return SelectionSize(
            depth, inner.aliases + alias, inner.fields + 1, inner.directives, 1
        )

    def fragment(self, name: str) -> SelectionSize:
        if name in self.fragments and name not in self.fragment_sizes:
            self.fragment_sizes[name] = (
                SelectionSize()
            )  # a cycle, which validation rejects
            self.fragment_sizes[name] = self.selection_set(
                self.fragments[name].selection_set
            )
        return self.fragment_sizes.get(name, SelectionSize())
