"""What readers of graph files take from a file: its nodes and its edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.formats.graph_attributes import attribute_text
from service.vocabulary.kind_words import comparable_word


class ElementAttributes:
    """The attributes of a node or an edge, by the names that the file writes.

    They are looked up without case and separators: `Founded on` is `founded_on`.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._texts = {name: attribute_text(value) for name, value in values.items()}
        self._words = {name: comparable_word(name) for name in values}

    def items(self) -> list[tuple[str, str | None]]:
        return list(self._texts.items())

    def names_of(self, word: str) -> list[str]:
        """The names of attributes that are not blank and are called so."""
        return [
            name
            for name, own_word in self._words.items()
            if own_word == word and self._texts.get(name)
        ]

    def get(self, name: str) -> str:
        return self._texts.get(name) or ""

    def remove(self, name: str) -> None:
        self._texts.pop(name, None)

    def take(self, word: str) -> str | None:
        """Remove the first attribute that is called so; its text."""
        for name in self.names_of(word):
            return self._texts.pop(name)
        return None


@dataclass
class GraphElement:
    """A node or an edge; `since` and `until` are days, such as 2026-11-01."""

    line: int
    id: str = ""
    label: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None


@dataclass
class GraphNode(GraphElement):
    """`inner` has the ids of the nodes that it holds as their group."""

    inner: list[str] = field(default_factory=list)


@dataclass
class GraphEdge(GraphElement):
    """`direction` is directed, undirected or mutual; `is_group` says in what it is."""

    source: str = ""
    target: str = ""
    direction: str = "directed"
    is_group: bool = False


def group_edge(inner: str, group: str, line: int) -> GraphEdge:
    """Says that a node is in a group."""
    return GraphEdge(line, source=inner, target=group, is_group=True)


GraphItem = GraphNode | GraphEdge
