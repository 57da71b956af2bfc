"""Reader of GEXF 1.1 to 1.3, as Gephi, NetworkX and others write it.

Nodes are members and other records, edges are ties. The times of dynamic graphs become
`since` and `until`; of an attribute that changes over time the last value counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from service.formats.readers.gexf_times import (
    Spell,
    TimeFormat,
    spells_of,
    stated_period,
)
from service.formats.readers.graph_items import (
    GraphEdge,
    GraphItem,
    GraphNode,
    group_edge,
)
from service.formats.readers.graph_rows import graph_rows
from service.formats.readers.graphml_data import DRAWING
from service.formats.readers.xml_events import ElementEnd, ElementStart, xml_events
from service.formats.rows import Faults, Rows

VISUAL = ("color", "position", "size", "shape", "thickness")
DIRECTIONS = ("directed", "undirected", "mutual")


def read_gexf(path: Path, faults: Faults) -> Rows:
    return graph_rows(path, faults, lambda faults: GexfFile(path, faults).items())


@dataclass
class GexfAttribute:
    """An `<attribute>`: its name, its type, and the value of elements without one."""

    title: str
    type: str = "string"
    default: str | None = None


@dataclass
class OpenElement:
    """A node or edge that is read, with its times and its values over time."""

    item: GraphItem
    spells: list[Spell] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)  # the ids of nodes that hold it
    # By title: the values with the times from which they hold.
    values: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)


class GexfFile:
    """The nodes and edges of one file, each at its end."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self.path = path
        self.faults = faults
        self.declared: dict[tuple[str, str], GexfAttribute] = {}  # by class and id
        self.last_declared: GexfAttribute | None = None
        self.domain = "node"
        self.default_direction = "undirected"
        self.times = TimeFormat("")
        self.open: list[OpenElement] = []

    def items(self) -> Iterator[GraphItem]:
        for event in xml_events(self.path, self.faults):
            if isinstance(event, ElementStart):
                self.start(event)
            else:
                yield from self.end(event)

    def start(self, event: ElementStart) -> None:
        own = event.attributes
        if event.name == "graph":
            self.default_direction = own.get("defaultedgetype", "undirected").lower()
            self.times = TimeFormat(own.get("timeformat", "").lower())
        elif event.name == "attributes":
            self.domain = own.get("class", "node")
        elif event.name == "attribute":
            id = own.get("id", "")
            title, type = own.get("title", id), own.get("type", "string")
            self.last_declared = GexfAttribute(title, type.lower())
            self.declared[self.domain, id] = self.last_declared
        elif event.name == "node":
            item = GraphNode(event.line, own.get("id", ""), own.get("label"))
            groups = [own["pid"]] if own.get("pid") else []
            self.open.append(OpenElement(item, spells_of(own), groups))
        elif event.name == "edge":
            self.open.append(OpenElement(self.edge(event), spells_of(own)))
        elif self.open:
            self.start_content(event.name, own, self.open[-1])

    def edge(self, event: ElementStart) -> GraphEdge:
        own = event.attributes
        edge = GraphEdge(event.line, own.get("id", ""), own.get("label"))
        edge.source, edge.target = own.get("source", ""), own.get("target", "")
        direction = own.get("type", self.default_direction).lower()
        edge.direction = direction if direction in DIRECTIONS else "directed"
        for name in ("kind", "weight"):
            if name in own:
                edge.attributes[name] = own[name]
        return edge

    def start_content(self, name: str, own: dict[str, str], open: OpenElement) -> None:
        if name == "attvalue":
            self.add_value(own, open)
        elif name in ("spell", "slice"):
            open.spells += spells_of(own)
        elif name == "parent" and own.get("for"):
            open.groups.append(own["for"])
        elif name in VISUAL:
            self.faults.note(DRAWING)

    def add_value(self, own: dict[str, str], open: OpenElement) -> None:
        domain = "node" if isinstance(open.item, GraphNode) else "edge"
        id = own.get("for") or own.get("id", "")
        declared = self.declared.get((domain, id), GexfAttribute(id))
        start = own.get("start") or own.get("startopen") or own.get("timestamp", "")
        value = listed(own.get("value", ""), declared.type)
        open.values.setdefault(declared.title, []).append((start, value))

    def end(self, event: ElementEnd) -> Iterator[GraphItem]:
        if event.name == "default" and self.last_declared:
            self.last_declared.default = event.text or None
        elif event.name in ("node", "edge") and self.open:
            open = self.open.pop()
            self.add_attributes(open)
            self.add_period(open)
            yield open.item
            yield from self.group_edges(open)

    def group_edges(self, open: OpenElement) -> Iterator[GraphEdge]:
        """What says in which groups a node is, and which nodes are in it."""
        item = open.item
        if not isinstance(item, GraphNode):
            return
        holder = self.open[-1].item if self.open else None
        if isinstance(holder, GraphNode):
            holder.inner.append(item.id)
            open.groups = [group for group in open.groups if group != holder.id]
        for inner in item.inner:
            yield group_edge(inner, item.id, item.line)
        for group in dict.fromkeys(open.groups):
            yield group_edge(item.id, group, item.line)

    def add_attributes(self, open: OpenElement) -> None:
        item = open.item
        for title, values in open.values.items():
            if len(values) > 1:
                text = "attribute with several values over time: the last one is read"
                self.faults.note(f"{text}; got {title!r}")
            item.attributes[title] = sorted(values, key=self.order)[-1][1]
        domain = "node" if isinstance(item, GraphNode) else "edge"
        for (own_domain, _), declared in self.declared.items():
            if own_domain == domain and declared.default is not None:
                item.attributes.setdefault(declared.title, declared.default)

    def order(self, value: tuple[str, Any]) -> tuple[date, float]:
        return self.times.order(value[0])

    def add_period(self, open: OpenElement) -> None:
        item, spells = open.item, open.spells
        if not spells:
            return
        if len(spells) > 1:
            text = "several periods: read as one, from the first day to the last"
            self.faults.note(text)
        period = stated_period(spells, self.times)
        if period is None:
            self.faults.note("times that are no dates: kept as extra attributes")
            for name, value in spells[0].texts.items():
                item.attributes.setdefault(name, value)
            return
        item.since, item.until = period


def listed(value: str, type: str) -> Any:
    """A value of a list type as a list: `[a, b]`, `a|b`, `a;b` or `a,b`.

    >>> listed("[a, b]", "liststring"), listed("a|b, c", "liststring")
    (['a', 'b'], ['a', 'b, c'])
    """
    if not type.startswith("list"):
        return value
    text = value.strip()
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    separator = next((mark for mark in "|;," if mark in text), ",")
    return [item.strip().strip("\"'") for item in text.split(separator)]
