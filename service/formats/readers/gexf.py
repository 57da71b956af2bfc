"""Reader of GEXF (Gephi): nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.xml_events import ElementStart, xml_events
from service.formats.rows import Faults, Rows


def read_gexf(path: Path, faults: Faults) -> Rows:
    """The rows of one file, at the end of each of its nodes and edges."""
    rows = GraphRows(path, faults)
    names: dict[tuple[str, str], str] = {}  # of attributes, by class and id
    domain, line, default_type = "", 0, "directed"
    attributes: dict[str, Any] = {}
    element: dict[str, str] = {}
    for event in xml_events(path, faults):
        if isinstance(event, ElementStart):
            own = event.attributes
            if event.name == "graph":
                default_type = own.get("defaultedgetype", "undirected")
            elif event.name == "attributes":
                domain = own.get("class", "node")
            elif event.name == "attribute":
                id = own.get("id", "")
                names[domain, id] = own.get("title", id)
            elif event.name in ("node", "edge"):
                domain, element, attributes, line = event.name, own, {}, event.line
            elif event.name == "attvalue":
                id = own.get("for") or own.get("id", "")
                attributes[names.get((domain, id), id)] = own.get("value")
        elif event.name == "node":
            id = element.get("id", "")
            yield rows.node(id, element.get("label"), attributes, line)
        elif event.name == "edge":
            if element.get("type", default_type) != "directed":
                rows.note_undirected_edge()
            if "weight" in element and "weight" not in attributes:
                attributes["weight"] = element["weight"]
            ends = element.get("source", ""), element.get("target", "")
            yield rows.edge(*ends, attributes, line)
