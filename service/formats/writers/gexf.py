"""Writer of GEXF (Gephi): a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from service.formats.writers.graph_writer import XML, GraphWriter, xml_text

SPACE = "http://gexf.net/1.3"
TIE_KEY = "tie_key"  # networkx and others use `key` of an edge for themselves
TYPES = {int: "integer", float: "double", bool: "boolean"}


class GexfWriter(GraphWriter):
    """Declares all attributes first, then writes nodes and edges."""

    edges = 0

    def begin(self) -> str:
        parts = [XML, f'<gexf xmlns="{SPACE}" version="1.3">\n']
        parts.append('<graph defaultedgetype="directed" mode="static">\n')
        for domain, columns in self.domains():
            parts.append(f'<attributes class="{domain}">\n')
            for name, kind in columns.items():
                name = name if (domain, name) != ("edge", "key") else TIE_KEY
                attributes = (
                    f'id="{name}" title="{name}" type="{TYPES.get(kind, "string")}"'
                )
                parts.append(f"<attribute {attributes}/>\n")
            parts.append("</attributes>\n")
        return "".join([*parts, "<nodes>\n"])

    def node(self, id: str, label: str, cells: dict[str, Any]) -> str:
        attributes = f"id={quoteattr(id)} label={quoteattr(xml_text(label))}"
        return f"<node {attributes}>{attribute_values(cells)}</node>\n"

    def between(self) -> str:
        return "</nodes>\n<edges>\n"

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        self.edges += 1
        cells = {TIE_KEY: cells.pop("key"), **cells}
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        return f'<edge id="{self.edges}" {ends}>{attribute_values(cells)}</edge>\n'

    def end(self) -> str:
        return "</edges>\n</graph>\n</gexf>\n"


def attribute_values(cells: dict[str, Any]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value={quoteattr(xml_text(value))}/>'
        for name, value in cells.items()
    )
    return f"<attvalues>{values}</attvalues>"
