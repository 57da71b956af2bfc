"""Writer of GraphML: a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.writers.graph_writer import XML, GraphWriter, xml_content, xml_text

SPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {int: "int", float: "double", bool: "boolean"}


class GraphmlWriter(GraphWriter):
    """Declares all attributes first, then writes nodes and edges."""

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

    def node(self, key: str, label: str, cells: dict[str, Any]) -> str:
        return f"<node id={quoteattr(xml_text(key))}>{data('node', cells)}</node>\n"

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        ends = (
            f"source={quoteattr(xml_text(source))} target={quoteattr(xml_text(target))}"
        )
        return f"<edge {ends}>{data('edge', cells)}</edge>\n"

    def between(self) -> str:
        return ""

    def end(self) -> str:
        return "</graph>\n</graphml>\n"


def data(domain: str, cells: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{xml_content(value)}</data>'
        for name, value in cells.items()
    )
