"""Reader of Kumu's JSON: elements are members and other records, connections ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from service.formats.graph_attributes import attribute_text
from service.formats.readers.graph_rows import GraphRows
from service.formats.readers.json_file import object_lists
from service.formats.rows import Faults, Rows, TableRow

UNDIRECTED = ("undirected", "mutual")


def read_kumu(path: Path, faults: Faults) -> Rows:
    """Connections name their ends by label, or by id where elements have ids.

    The line of a fault is the number of the element or connection.
    """
    rows = GraphRows(path, faults)
    lists = object_lists(path, faults, "elements", "connections")
    yield from element_rows(lists["elements"], rows)
    for number, connection in enumerate(lists["connections"], 1):
        yield connection_row(connection, number, rows)


def element_rows(
    elements: list[dict[str, Any]], rows: GraphRows
) -> Iterable[tuple[str, TableRow]]:
    labels = Counter(attribute_text(element.get("label")) or "" for element in elements)
    for number, element in enumerate(elements, 1):
        attributes = with_kind(element)
        label = attribute_text(attributes.pop("label", None)) or ""
        id = attribute_text(attributes.pop("id", attributes.pop("_id", None))) or label
        if not id:
            text = "an element needs a label or an id"
            rows.faults.add(str(rows.file), number, "label", text)
            continue
        table, row = rows.node(id, label, attributes, number)
        if labels[label] == 1:
            rows.keys.setdefault(label, rows.keys[id])
        yield table, row


def connection_row(
    connection: dict[str, Any], number: int, rows: GraphRows
) -> tuple[str, TableRow]:
    attributes = with_kind(connection)
    direction = attributes.pop("direction", "directed")
    if direction in UNDIRECTED:
        text = "connection: imported as directed, from `from` to `to`"
        rows.faults.note(f"{direction} {text}")
    source, target = (
        attribute_text(attributes.pop(end, None)) or "" for end in ("from", "to")
    )
    if "deliverable" not in attributes and (label := attributes.pop("label", None)):
        attributes["deliverable"] = label
    return rows.edge(source, target, attributes, number)


def with_kind(attributes: dict[str, Any]) -> dict[str, Any]:
    """Kumu's `type` is our `kind`, unless both are there."""
    copy = dict(attributes)
    if "kind" not in copy and "type" in copy:
        copy["kind"] = copy.pop("type")
    return copy
