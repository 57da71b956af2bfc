"""GraphML: nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.xml_events import Begun, events
from service.formats.rows import Faults, Rows


def read(path: Path, faults: Faults) -> Rows:
    rows = GraphRows(path, faults)
    names: dict[str, str] = {}  # of attributes, by the id of their <key>
    given: dict[str, Any] = {}
    current: dict[str, str] = {}
    line, data, directed = 0, "", True
    for event in events(path, faults):
        if isinstance(event, Begun):
            attributes = event.attributes
            if event.name == "key":
                id = attributes.get("id", "")
                names[id] = attributes.get("attr.name", id)
            elif event.name == "graph":
                directed = attributes.get("edgedefault") != "undirected"
            elif event.name in ("node", "edge"):
                current, given, line = attributes, {}, event.line
            elif event.name == "data":
                data = attributes.get("key", "")
        elif event.name == "data":
            given[names.get(data, data)] = event.text
        elif event.name == "node":
            id = current.get("id", "")
            yield rows.node(id, given.pop("label", None), given, line)
        elif event.name == "edge":
            if current.get("directed", str(directed).lower()) == "false":
                faults.note("undirected edge: read from its source to its target")
            ends = current.get("source", ""), current.get("target", "")
            yield rows.edge(*ends, given, line)
