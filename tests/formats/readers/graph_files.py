"""What a graph file gives: its nodes by id, its ties, and its remarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from service.formats.readers import file_format
from service.formats.rows import Faults

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
GEXF = '<gexf xmlns="http://gexf.net/1.3" version="1.3">{}</gexf>'
Cells = dict[str, Any]


class GraphReading(NamedTuple):
    nodes: dict[str, Cells]  # with their tables where they are no members
    ties: list[Cells]
    notes: dict[str, int]

    def pairs(self, kind: str = "EXCHANGE") -> list[tuple[str, str]]:
        own = [tie for tie in self.ties if tie["kind"] == kind]
        return [(tie["source"], tie["target"]) for tie in own]


def reading_of(path: Path, format: str) -> GraphReading:
    """Non-blank cells; a fault fails the test."""
    faults = Faults()
    reading = GraphReading({}, [], faults.notes)
    for table, row in file_format(format).reader(path, faults):
        cells = {name: text for name, text in row.cells.items() if text is not None}
        if table == "ties":
            reading.ties.append(cells)
            continue
        assert row.id not in reading.nodes
        own_table = {} if table == "members" else {"table": table}
        reading.nodes[row.id or ""] = own_table | cells
    assert faults.messages == []
    return reading


def reading_of_text(tmp_path: Path, text: str, format: str) -> GraphReading:
    path = tmp_path / f"in.{format}"
    path.write_text(text, encoding="utf-8")
    return reading_of(path, format)
