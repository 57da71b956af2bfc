"""GraphML: nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.graphs import GraphRows
from service.formats.markup import XML, Graphic, escaped
from service.formats.rows import Faults, Rows
from service.formats.xml_events import Begun, events

SPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {int: "int", float: "double", bool: "boolean"}


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


class Writer(Graphic):
    """Streams: all attributes are declared first, then nodes, then edges."""

    def begin(self) -> str:
        parts = [XML, f'<graphml xmlns="{SPACE}">\n']
        for domain, columns in self.domains():
            for name, kind in columns.items():
                told = f'for="{domain}" attr.name="{name}"'
                type = TYPES.get(kind, "string")
                parts.append(f'<key id="{domain}-{name}" {told} attr.type="{type}"/>\n')
        return "".join([*parts, '<graph edgedefault="directed">\n'])

    def node(self, key: str, label: str, cells: dict[str, Any]) -> str:
        return f"<node id={quoteattr(escaped(key))}>{data('node', cells)}</node>\n"

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        ends = (
            f"source={quoteattr(escaped(source))} target={quoteattr(escaped(target))}"
        )
        return f"<edge {ends}>{data('edge', cells)}</edge>\n"

    def between(self) -> str:
        return ""

    def end(self) -> str:
        return "</graph>\n</graphml>\n"


def data(domain: str, cells: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{escaped(value, True)}</data>'
        for name, value in cells.items()
    )
