"""Reader of GraphML, as NetworkX, igraph, Gephi, yEd, Neo4j and others write it.

Nodes are members and other records, edges are ties. A node that holds a graph is a
group. Nodes of a second graph in the file are other nodes, whatever their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.formats.readers.graph_items import (
    GraphEdge,
    GraphItem,
    GraphNode,
    group_edge,
)
from service.formats.readers.graph_rows import graph_rows
from service.formats.readers.graphml_data import DataReader
from service.formats.readers.xml_events import ElementEnd, ElementStart, xml_events
from service.formats.rows import Faults, Rows

LEFT_OUT = ("hyperedge", "port", "locator")


def read_graphml(path: Path, faults: Faults) -> Rows:
    return graph_rows(path, faults, lambda faults: GraphmlFile(path, faults).items())


class GraphmlFile:
    """The nodes and edges of one file, each at its end."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self.path = path
        self.faults = faults
        self.data = DataReader(faults)
        # The nodes and edges that are open; None for what is left out.
        self.open: list[GraphNode | GraphEdge | None] = []
        self.directions: list[str] = []  # of the graphs that are open
        self.graphs = 0  # at the top
        self.scope = ""  # before the ids of the graph at the top

    def items(self) -> Iterator[GraphItem]:
        for event in xml_events(self.path, self.faults):
            if self.data.is_open:
                self.data.add(event, self.open[-1] if self.open else None)
            elif isinstance(event, ElementStart):
                self.start(event)
            else:
                yield from self.end(event)

    def start(self, event: ElementStart) -> None:
        own = event.attributes
        if event.name == "key":
            self.data.declare(own)
        elif event.name == "data":
            self.data.open(own.get("key", ""))
        elif event.name == "graph":
            self.start_graph(own)
        elif event.name == "node":
            node = GraphNode(event.line, self.scope + own.get("id", ""))
            node.attributes |= {k: v for k, v in own.items() if k == "labels"}
            self.open.append(node)
        elif event.name == "edge":
            self.open.append(self.edge(event))
        elif event.name in LEFT_OUT:
            self.faults.note(f"<{event.name}> elements: left out")
            self.open.append(None)

    def start_graph(self, own: dict[str, str]) -> None:
        if not self.directions:
            self.graphs += 1
            if self.graphs > 1:
                self.scope = f"{own.get('id') or 'graph'}/{self.graphs}/"
                self.faults.note("a further graph in the file: read with its own nodes")
        is_directed = own.get("edgedefault") != "undirected"
        self.directions.append("directed" if is_directed else "undirected")

    def edge(self, event: ElementStart) -> GraphEdge:
        own = event.attributes
        direction = self.directions[-1] if self.directions else "directed"
        if "directed" in own:
            is_directed = own["directed"].strip().lower() in ("true", "1")
            direction = "directed" if is_directed else "undirected"
        ends = [own.get(end, "") for end in ("source", "target")]
        source, target = (end and self.scope + end for end in ends)
        edge = GraphEdge(event.line, own.get("id", ""), own.get("label"))
        edge.source, edge.target, edge.direction = source, target, direction
        return edge

    def end(self, event: ElementEnd) -> Iterator[GraphItem]:
        if event.name == "graph" and self.directions:
            self.directions.pop()
        elif event.name == "default":
            self.data.add_default(event.text)
        elif event.name == "desc" and self.open and (item := self.open[-1]):
            item.attributes.setdefault("description", event.text)
        elif event.name in ("node", "edge", *LEFT_OUT) and self.open:
            item = self.open.pop()
            if item is not None:
                yield from self.complete(item)

    def complete(self, item: GraphItem) -> Iterator[GraphItem]:
        self.data.finish(item)
        if isinstance(item, GraphNode):
            if self.scope and not item.label:
                item.label = item.id.removeprefix(self.scope)
            if self.open and isinstance(group := self.open[-1], GraphNode):
                group.inner.append(item.id)
        yield item
        if isinstance(item, GraphNode):
            for inner in item.inner:
                yield group_edge(inner, item.id, item.line)
