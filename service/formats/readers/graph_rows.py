"""Nodes and edges of graph files as rows: what GraphML, GEXF and Kumu have in common.

An attribute is ours where its name, in snake_case or camelCase, is a column of the
`tables` format; any other is left out and counted. A node's `kind` is a MemberKind or
one of TABLE_KINDS; its key is its attribute `key`, else its id. Ids such as 7 and n7
say nothing outside their file, so they stand after the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.formats.graph_attributes import TABLE_KINDS, attribute_text
from service.formats.records import COLUMNS, LABELS, TIE_KINDS
from service.formats.rows import Faults, Row
from service.vocabulary import snake

ANONYMOUS = re.compile(r"[a-z]?\d+")
KINDS = {
    "ORGANIZATION": "ORGANISATION",
    "COMPANY": "ORGANISATION",
    "INDIVIDUAL": "PERSON",
}
LABELLED = {"members": "name", "contracts": "title"}


class GraphRows:
    """One file: nodes first, so that edges know the keys of their ends."""

    def __init__(self, file: Path, faults: Faults) -> None:
        self.file = file
        self.faults = faults
        self.keys: dict[str, str] = {}  # by id

    def node(
        self, id: str, label: str | None, given: Mapping[str, Any], line: int
    ) -> tuple[str, Row]:
        cells = {snake(name): attribute_text(value) for name, value in given.items()}
        kind = (cells.pop("kind", None) or "").upper().replace(" ", "_")
        table = TABLE_KINDS.get(kind, "members")
        if table == "members":
            cells["kind"] = self.member_kind(kind)
        elif own := cells.pop("type", None):
            cells["kind"] = own  # a community or a feedback has a kind of its own
        key = cells.get("key") or self.key(id)
        self.keys[id] = key
        named = LABELLED.get(table, "name")
        if not cells.get(named) and (table == "members" or label != key):
            cells[named] = label or (id if table == "members" else None)
        return table, self.row(table, {**cells, "key": key}, line)

    def member_kind(self, kind: str) -> str:
        if not kind:
            self.faults.note("node without a kind: read as ORGANISATION")
            return "ORGANISATION"
        found = KINDS.get(kind, kind)
        if found in LABELS:
            return found
        self.faults.note(f"node of kind {kind!r}: read as ORGANISATION")
        return "ORGANISATION"

    def key(self, id: str) -> str:
        return f"{self.file.stem}-{id}" if ANONYMOUS.fullmatch(id) else id

    def edge(
        self, source: str, target: str, given: Mapping[str, Any], line: int
    ) -> tuple[str, Row]:
        cells = {snake(name): attribute_text(value) for name, value in given.items()}
        if "tie_key" in cells:  # where `key` means something else to readers
            cells["key"] = cells.pop("tie_key")
        kind = (cells.get("kind") or "").upper().replace(" ", "_")
        if kind not in TIE_KINDS:
            told = f"of kind {kind!r}" if kind else "without a kind"
            self.faults.note(f"edge {told}: read as EXCHANGE")
            kind = "EXCHANGE"
        ends = {"source": self.end(source), "target": self.end(target)}
        return "ties", self.row("ties", {**cells, "kind": kind, **ends}, line)

    def end(self, id: str) -> str:
        return self.keys.get(id) or self.key(id)

    def row(self, table: str, cells: dict[str, str | None], line: int) -> Row:
        """The cells of ours; the others that hold anything are counted."""
        for name, value in cells.items():
            if name not in COLUMNS[table] and value:
                self.faults.note(f"attribute {name!r} of {table}: left out")
        kept = {n: v for n, v in cells.items() if n in COLUMNS[table]}
        return Row(str(self.file), line, kept)
