"""Rows from the nodes and edges of graph files: GraphML, GEXF and Kumu.

An attribute whose name, in snake_case or camelCase, is a column of the `tables` format
becomes that cell; other attributes are counted and not imported. A node's `kind` is a
MemberKind or one of TABLE_KINDS. Its key is its attribute `key`, else its id; ids such
as 7 and n7 mean nothing outside their file and get the name of the file as a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.formats.graph_attributes import TABLE_KINDS, attribute_text
from service.formats.records import COLUMNS, LABELS, TIE_KINDS
from service.formats.rows import Faults, TableRow
from service.vocabulary import snake

LOCAL_ID = re.compile(r"[a-z]?\d+")
KIND_SYNONYMS = {
    "ORGANIZATION": "ORGANISATION",
    "COMPANY": "ORGANISATION",
    "INDIVIDUAL": "PERSON",
}
LABEL_COLUMNS = {"members": "name", "contracts": "title"}


class GraphRows:
    """The rows of one file. Nodes come first: edges need the keys of their ends."""

    def __init__(self, file: Path, faults: Faults) -> None:
        self.file = file
        self.faults = faults
        self.keys: dict[str, str] = {}  # by id

    def node(
        self, id: str, label: str | None, attributes: Mapping[str, Any], line: int
    ) -> tuple[str, TableRow]:
        cells = cells_of(attributes)
        kind = upper_snake(cells.pop("kind", None))
        table = TABLE_KINDS.get(kind, "members")
        if table == "members":
            cells["kind"] = self.member_kind(kind)
        elif own_kind := cells.pop("type", None):
            cells["kind"] = (
                own_kind  # of communities and feedback, which have kinds too
            )
        key = cells.get("key") or self.key(id)
        self.keys[id] = key
        column = LABEL_COLUMNS.get(table, "name")
        if not cells.get(column):
            if table == "members":
                cells[column] = label or id
            elif label not in (key, cells.get("name")):  # our own exports repeat these
                cells[column] = label
        return table, self.row(table, {**cells, "key": key}, line)

    def member_kind(self, kind: str) -> str:
        if not kind:
            self.faults.note("node without a kind: imported as ORGANISATION")
            return "ORGANISATION"
        known = KIND_SYNONYMS.get(kind, kind)
        if known in LABELS:
            return known
        self.faults.note(f"node of unknown kind {kind!r}: imported as ORGANISATION")
        return "ORGANISATION"

    def key(self, id: str) -> str:
        return f"{self.file.stem}-{id}" if LOCAL_ID.fullmatch(id) else id

    def edge(
        self, source: str, target: str, attributes: Mapping[str, Any], line: int
    ) -> tuple[str, TableRow]:
        cells = cells_of(attributes)
        if "tie_key" in cells:  # some programs use `key` for a purpose of their own
            cells["key"] = cells.pop("tie_key")
        kind = upper_snake(cells.get("kind"))
        if kind not in TIE_KINDS:
            problem = f"of unknown kind {kind!r}" if kind else "without a kind"
            self.faults.note(f"edge {problem}: imported as EXCHANGE")
            kind = "EXCHANGE"
        ends = {"source": self.end(source), "target": self.end(target)}
        return "ties", self.row("ties", {**cells, "kind": kind, **ends}, line)

    def note_undirected_edge(self) -> None:
        text = "undirected edge: imported as directed, from its source to its target"
        self.faults.note(text)

    def end(self, id: str) -> str:
        return self.keys.get(id) or self.key(id)

    def row(self, table: str, cells: dict[str, str | None], line: int) -> TableRow:
        """The cells with a column in `table`; others that are not blank are counted."""
        columns = COLUMNS[table]
        for name, value in cells.items():
            if name not in columns and value:
                text = f"unknown attribute {name!r} of {table}: not imported"
                self.faults.note(text)
        known = {name: value for name, value in cells.items() if name in columns}
        return TableRow(str(self.file), line, known)


def cells_of(attributes: Mapping[str, Any]) -> dict[str, str | None]:
    return {snake(name): attribute_text(value) for name, value in attributes.items()}


def upper_snake(kind: str | None) -> str:
    return (kind or "").upper().replace(" ", "_")
