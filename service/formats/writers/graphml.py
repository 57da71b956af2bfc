"""Writer of GraphML: a node for each record, an edge for each tie."""

from __future__ import annotations

from typing import Any

from service.formats.graph_attributes import token_of
from service.formats.writers.graph_writer import (
    XML,
    Cells,
    GraphWriter,
    xml_attributes,
    xml_content,
)

SPACE = "http://graphml.graphdrawing.org/xmlns"
# Truth values are texts: igraph has no missing ones, and would make them all false.
TYPES = {int: "int", float: "double"}


class GraphmlWriter(GraphWriter):
    """Declares all attributes first, then writes nodes and edges.

    Ids and names of attributes are tokens of XML, as the schema of GraphML asks. Edges
    have ids: without them networkx uses `key`, which ties of two kinds may share.
    """

    edge_count = 0

    def begin(self) -> str:
        parts = [XML, f'<graphml xmlns="{SPACE}">\n']
        for domain, columns in self.domains():
            for column, kind in columns.items():
                name = token_of(column)
                own = {"attr.name": name, "attr.type": TYPES.get(kind, "string")}
                id = f"{domain}-{name}"
                parts.append(
                    f"<key{xml_attributes(id=id, **{'for': domain}, **own)}/>\n"
                )
        return "".join([*parts, '<graph edgedefault="directed">\n'])

    def node(self, id: str, label: str, cells: Cells) -> str:
        content = data("node", {"label": label, **cells})
        return f"<node{xml_attributes(id=token_of(id))}>{content}</node>\n"

    def edge(self, source: str, target: str, cells: Cells) -> str:
        self.edge_count += 1
        ends = {"source": token_of(source), "target": token_of(target)}
        own = xml_attributes(id=self.edge_count, **ends)
        return f"<edge{own}>{data('edge', cells)}</edge>\n"

    def between(self) -> str:
        return ""

    def end(self) -> str:
        return "</graph>\n</graphml>\n"


def data(domain: str, cells: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{domain}-{token_of(name)}">{xml_content(value)}</data>'
        for name, value in cells.items()
    )
