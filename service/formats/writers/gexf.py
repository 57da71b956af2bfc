"""Writer of GEXF 1.3 (Gephi): a node for each record, an edge for each tie."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from service.formats.writers.graph_writer import (
    XML,
    Cells,
    GraphWriter,
    xml_attributes,
)

SPACE = "http://gexf.net/1.3"
TIE_KEY = "tie_key"  # networkx and others use `key` of an edge for themselves
TYPES = {int: "integer", float: "double", bool: "boolean"}
# What GEXF has as XML attributes of its elements.
ELEMENT_COLUMNS = ("label", "weight")


class GexfWriter(GraphWriter):
    """Declares all attributes first, then writes nodes and edges.

    The graph is dynamic: records have `start` and `end`, the last day of their period.
    """

    edge_count = 0

    def begin(self) -> str:
        graph = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
        parts = [XML, f'<gexf xmlns="{SPACE}" version="1.3">\n']
        parts.append("<meta><creator>valuenet</creator></meta>\n")
        parts.append(f"<graph{xml_attributes(**graph)}>\n")
        for domain, columns in self.domains():
            parts.append(f'<attributes class="{domain}">\n')
            for column, kind in columns.items():
                name = column if (domain, column) != ("edge", "key") else TIE_KEY
                own = {"id": name, "title": name, "type": TYPES.get(kind, "string")}
                if name not in ELEMENT_COLUMNS:
                    parts.append(f"<attribute{xml_attributes(**own)}/>\n")
            parts.append("</attributes>\n")
        return "".join([*parts, "<nodes>\n"])

    def node(self, id: str, label: str, cells: Cells) -> str:
        own = xml_attributes(id=id, label=label, **period(cells))
        return f"<node{own}>{attribute_values(cells)}</node>\n"

    def between(self) -> str:
        return "</nodes>\n<edges>\n"

    def edge(self, source: str, target: str, cells: Cells) -> str:
        self.edge_count += 1
        cells = {TIE_KEY: cells.pop("key"), **cells}
        own = {name: cells.pop(name, None) for name in ELEMENT_COLUMNS}
        ends = {"source": source, "target": target}
        attributes = xml_attributes(id=self.edge_count, **ends, **own, **period(cells))
        return f"<edge{attributes}>{attribute_values(cells)}</edge>\n"

    def end(self) -> str:
        return "</edges>\n</graph>\n</gexf>\n"


def period(cells: Cells) -> dict[str, str | None]:
    """The first and the last day of a record; none of them if there is no such day.

    >>> period({"since": "2026-01-01", "until": "2027-01-01"})
    {'start': '2026-01-01', 'end': '2026-12-31'}
    >>> period({"since": "2026-01-01", "until": "2026-01-01"})
    {'start': None, 'end': None}
    """
    since, until = cells.get("since"), cells.get("until")
    if until is None or until == date.min.isoformat():
        return {"start": since, "end": None}
    last = (date.fromisoformat(until) - timedelta(days=1)).isoformat()
    is_empty = since is not None and last < since
    return {"start": None, "end": None} if is_empty else {"start": since, "end": last}


def attribute_values(cells: dict[str, Any]) -> str:
    values = "".join(
        f"<attvalue{xml_attributes(**{'for': name, 'value': value})}/>"
        for name, value in cells.items()
    )
    return f"<attvalues>{values}</attvalues>"
