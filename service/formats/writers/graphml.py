"""Writer of GraphML: a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.writers.graph_writer import XML, GraphWriter, xml_content

SPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {int: "int", float: "double", bool: "boolean"}


class GraphmlWriter(GraphWriter):
    """Declares all attributes first, then writes nodes and edges.

    Edges have ids: without them networkx uses `key`, which ties of two kinds may share.
    """

    edges = 0

    def begin(self) -> str:
        parts = [XML, f'<graphml xmlns="{SPACE}">\n']
        for domain, columns in self.domains():
            for name, kind in columns.items():
                attributes = f'for="{domain}" attr.name="{name}"'
                type = TYPES.get(kind, "string")
                parts.append(
                    f'<key id="{domain}-{name}" {attributes} attr.type="{type}"/>\n'
                )
        return "".join([*parts, '<graph edgedefault="directed">\n'])

    def node(self, id: str, label: str, cells: dict[str, Any]) -> str:
        return f"<node id={quoteattr(id)}>{data('node', cells)}</node>\n"

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        self.edges += 1
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        return f'<edge id="{self.edges}" {ends}>{data("edge", cells)}</edge>\n'

    def between(self) -> str:
        return ""

    def end(self) -> str:
        return "</graph>\n</graphml>\n"


def data(domain: str, cells: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{xml_content(value)}</data>'
        for name, value in cells.items()
    )
