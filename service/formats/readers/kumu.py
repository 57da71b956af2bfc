"""Kumu's JSON: elements are members and other records, connections are ties."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from service.formats.graph_attributes import attribute_text
from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.json_file import document
from service.formats.rows import Faults, Rows

WAYS = ("undirected", "mutual")


def read(path: Path, faults: Faults) -> Rows:
    """Kumu's ends are labels, or ids where elements have them.

    The line that a fault names is the number of the element or connection.
    """
    rows = GraphRows(path, faults)
    found = document(path, faults, "elements", "connections")
    elements, connections = found["elements"], found["connections"]
    labels = Counter(attribute_text(element.get("label")) or "" for element in elements)
    for number, element in enumerate(elements, 1):
        given = kinded(element)
        label = attribute_text(given.pop("label", None)) or ""
        id = attribute_text(given.pop("id", given.pop("_id", None))) or label
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
        ends = [attribute_text(given.pop(end, None)) or "" for end in ("from", "to")]
        if "deliverable" not in given and (label := given.pop("label", None)):
            given["deliverable"] = label
        yield rows.edge(ends[0], ends[1], given, number)


def kinded(found: dict[str, Any]) -> dict[str, Any]:
    """Kumu's `type` is our `kind`, unless both are there."""
    given = dict(found)
    if "kind" not in given and "type" in given:
        given["kind"] = given.pop("type")
    return given
