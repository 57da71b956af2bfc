"""GEXF (Gephi): nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.xml_events import Begun, events
from service.formats.rows import Faults, Rows


def read(path: Path, faults: Faults) -> Rows:
    rows = GraphRows(path, faults)
    names: dict[tuple[str, str], str] = {}  # of attributes, by class and id
    domain, line, directed = "", 0, "directed"
    given: dict[str, Any] = {}
    current: dict[str, str] = {}
    for event in events(path, faults):
        if isinstance(event, Begun):
            attributes = event.attributes
            if event.name == "graph":
                directed = attributes.get("defaultedgetype", "undirected")
            elif event.name == "attributes":
                domain = attributes.get("class", "node")
            elif event.name == "attribute":
                id = attributes.get("id", "")
                names[domain, id] = attributes.get("title", id)
            elif event.name in ("node", "edge"):
                domain, current, given, line = event.name, attributes, {}, event.line
            elif event.name == "attvalue":
                id = attributes.get("for") or attributes.get("id", "")
                given[names.get((domain, id), id)] = attributes.get("value")
        elif event.name == "node":
            id = current.get("id", "")
            yield rows.node(id, current.get("label"), given, line)
        elif event.name == "edge":
            if current.get("type", directed) != "directed":
                faults.note("undirected edge: read from its source to its target")
            if "weight" in current and "weight" not in given:
                given["weight"] = current["weight"]
            ends = current.get("source", ""), current.get("target", "")
            yield rows.edge(*ends, given, line)
