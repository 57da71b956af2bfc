"""Writer of GEXF (Gephi): a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.writers.graph_writer import XML, GraphWriter, escaped

SPACE = "http://gexf.net/1.3"
TIE_KEY = "tie_key"  # networkx and others take `key` of an edge for their own
TYPES = {int: "integer", float: "double", bool: "boolean"}


class GexfWriter(GraphWriter):
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
