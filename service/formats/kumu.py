"""Kumu's JSON: elements are members and other records, connections are ties."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson

from service.formats.documents import document
from service.formats.graphs import GraphRows, text
from service.formats.markup import Graphic
from service.formats.rows import Faults, Rows

WAYS = ("undirected", "mutual")


def read(path: Path, faults: Faults) -> Rows:
    """Kumu's ends are labels, or ids where elements have them.

    The line that a fault names is the number of the element or connection.
    """
    rows = GraphRows(path, faults)
    found = document(path, faults, "elements", "connections")
    elements, connections = found["elements"], found["connections"]
    labels = Counter(text(element.get("label")) or "" for element in elements)
    for number, element in enumerate(elements, 1):
        given = kinded(element)
        label = text(given.pop("label", None)) or ""
        id = text(given.pop("id", given.pop("_id", None))) or label
        if not id:
            faults.add(str(path), number, "label", "an element needs a label or an id")
            continue
        table, row = rows.node(id, label, given, number)
        if labels[label] == 1:
            rows.keys.setdefault(label, rows.keys[id])
        yield table, row
    for number, connection in enumerate(connections, 1):
        given = kinded(connection)
        way = given.pop("direction", "directed")
        if way in WAYS:
            faults.note(f"{way} connection: read from its first end to its second")
        ends = [text(given.pop(end, None)) or "" for end in ("from", "to")]
        if "deliverable" not in given and (label := given.pop("label", None)):
            given["deliverable"] = label
        yield rows.edge(ends[0], ends[1], given, number)


def kinded(found: dict[str, Any]) -> dict[str, Any]:
    """Kumu's `type` is our `kind`, unless both are there."""
    given = dict(found)
    if "kind" not in given and "type" in given:
        given["kind"] = given.pop("type")
    return given


class Writer(Graphic):
    """Streams: an element or a connection a line."""

    first = True

    def begin(self) -> str:
        return '{"elements": [\n'

    def node(self, key: str, label: str, cells: dict[str, Any]) -> str:
        return self.line({"id": key, "label": label, **cells})

    def between(self) -> str:
        self.first = True
        return '\n], "connections": [\n'

    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str:
        ends = {"from": source, "to": target, "direction": "directed"}
        return self.line(ends | cells)

    def line(self, found: dict[str, Any]) -> str:
        comma, self.first = ("" if self.first else ",\n"), False
        return comma + orjson.dumps(found).decode()

    def end(self) -> str:
        return "\n]}\n"
