"""GEXF (Gephi): nodes are members and other records, edges are ties."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.graphs import GraphRows
from service.formats.markup import XML, Graphic, escaped
from service.formats.rows import Faults, Rows
from service.formats.xml_events import Begun, events

SPACE = "http://gexf.net/1.3"
TIE_KEY = "tie_key"  # networkx and others take `key` of an edge for their own
TYPES = {int: "integer", float: "double", bool: "boolean"}


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


class Writer(Graphic):
    """Streams: all attributes are declared first, then nodes, then edges."""

    edges = 0

    def begin(self) -> str:
        parts = [XML, f'<gexf xmlns="{SPACE}" version="1.3">\n']
        parts.append('<graph defaultedgetype="directed" mode="static">\n')
        for domain, columns in self.domains():
            parts.append(f'<attributes class="{domain}">\n')
            for name, kind in columns.items():
                name = name if (domain, name) != ("edge", "key") else TIE_KEY
                told = f'id="{name}" title="{name}" type="{TYPES.get(kind, "string")}"'
                parts.append(f"<attribute {told}/>\n")
            parts.append("</attributes>\n")
        return "".join([*parts, "<nodes>\n"])

    def node(self, key: str, label: str, cells: dict[str, Any]) -> str:
        told = f"id={quoteattr(escaped(key))} label={quoteattr(escaped(label))}"
        return f"<node {told}>{values(cells)}</node>\n"

    def between(self) -> str:
        return "</nodes>\n<edges>\n"

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        self.edges += 1
        cells = {TIE_KEY: cells.pop("key"), **cells}
        ends = (
            f"source={quoteattr(escaped(source))} target={quoteattr(escaped(target))}"
        )
        return f'<edge id="{self.edges}" {ends}>{values(cells)}</edge>\n'

    def end(self) -> str:
        return "</edges>\n</graph>\n</gexf>\n"


def values(cells: dict[str, Any]) -> str:
    found = "".join(
        f'<attvalue for="{name}" value={quoteattr(escaped(value))}/>'
        for name, value in cells.items()
    )
    return f"<attvalues>{found}</attvalues>"
