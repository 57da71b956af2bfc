"""Reader of GraphML: nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.xml_events import ElementStart, xml_events
from service.formats.rows import Faults, Rows


def read_graphml(path: Path, faults: Faults) -> Rows:
    """The rows of one file, at the end of each of its nodes and edges."""
    rows = GraphRows(path, faults)
    names: dict[str, str] = {}  # of attributes, by the id of their <key>
    attributes: dict[str, Any] = {}
    element: dict[str, str] = {}
    line, data_key, is_directed = 0, "", True
    for event in xml_events(path, faults):
        if isinstance(event, ElementStart):
            if event.name == "key":
                id = event.attributes.get("id", "")
                names[id] = event.attributes.get("attr.name", id)
            elif event.name == "graph":
                is_directed = event.attributes.get("edgedefault") != "undirected"
            elif event.name in ("node", "edge"):
                element, attributes, line = event.attributes, {}, event.line
            elif event.name == "data":
                data_key = event.attributes.get("key", "")
        elif event.name == "data":
            attributes[names.get(data_key, data_key)] = event.text
        elif event.name == "node":
            label = attributes.pop("label", None)
            yield rows.node(element.get("id", ""), label, attributes, line)
        elif event.name == "edge":
            if element.get("directed", str(is_directed).lower()) == "false":
                rows.note_undirected_edge()
            ends = element.get("source", ""), element.get("target", "")
            yield rows.edge(*ends, attributes, line)
