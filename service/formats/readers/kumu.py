"""Reader of Kumu's JSON: blueprints, and exports of whole projects.

Elements are members and other records, connections are ties. A project export has the
attributes of each in an object of its own, `attributes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.formats.graph_attributes import attribute_text
from service.formats.readers.graph_items import GraphEdge, GraphItem, GraphNode
from service.formats.readers.graph_rows import graph_rows
from service.formats.readers.json_file import json_object, objects
from service.formats.rows import Faults, Rows
from service.vocabulary.kind_words import comparable_word

DIRECTIONS = ("directed", "undirected", "mutual")
LEFT_OUT = ("loops", "maps", "perspectives")
CURVES = ("curvature", "inflection")  # of the drawing


def read_kumu(path: Path, faults: Faults) -> Rows:
    """Connections name their ends by label, or by id where elements have ids.

    The line of a fault is the number of the element or connection.
    """
    document = json_object(path, faults)
    file = KumuFile(path, document, faults)
    return graph_rows(path, faults, lambda faults: file.items(faults))


class KumuFile:
    """The elements and connections of one file."""

    def __init__(self, path: Path, document: dict[str, Any], faults: Faults) -> None:
        self.elements = objects(document, "elements", path, faults)
        self.connections = objects(document, "connections", path, faults)
        for name in LEFT_OUT:
            if isinstance(values := document.get(name), list) and values:
                faults.note(f"{name} of Kumu: left out")
        self.path = path
        self.ids: dict[str, str] = {}  # by label or id
        self.labels = Counter(filter(None, map(label_of, self.elements)))

    def items(self, faults: Faults) -> Iterator[GraphItem]:
        self.ids = {}
        for number, element in enumerate(self.elements, 1):
            attributes = attributes_of(element)
            label = take(attributes, "label")
            id = take(attributes, "id") or label
            if not id:
                text = "an element needs a label or an id"
                faults.add(str(self.path), number, "label", text)
                continue
            if id == label and self.labels[label] > 1:
                id = f"{label} {number}"
            self.ids[id] = id
            if label:
                self.ids.setdefault(label, id)
            yield GraphNode(number, id, label or None, attributes)
        for number, connection in enumerate(self.connections, 1):
            yield self.edge(number, connection, faults)

    def edge(
        self, number: int, connection: dict[str, Any], faults: Faults
    ) -> GraphEdge:
        attributes = attributes_of(connection)
        edge = GraphEdge(number, take(attributes, "id"))
        edge.label = take(attributes, "label") or None
        ends = [take(attributes, end) for end in ("from", "to")]
        for end in ends:
            if self.labels[end] > 1 and self.ids[end] != end:
                text = "several elements have this label: the first is the end"
                faults.note(f"{text}; got {end!r}")
        source, target = (self.ids.get(end, end) for end in ends)
        if take(attributes, "reversed") == "true":
            source, target = target, source
        if attribute_text(attributes.get("delayed")) in ("false", None):
            attributes.pop("delayed", None)
        for name in CURVES:
            attributes.pop(name, None)
        direction = take(attributes, "direction").lower() or "directed"
        edge.source, edge.target = source, target
        edge.direction = direction if direction in DIRECTIONS else "directed"
        edge.attributes = attributes
        return edge


def attributes_of(object: dict[str, Any]) -> dict[str, Any]:
    """The attributes of an element or a connection, nested ones with the others."""
    own = dict(object)
    nested = own.pop("attributes", None)
    if isinstance(nested, dict):
        return {**nested, **own}
    return own if nested is None else {**own, "attributes": nested}


def take(attributes: dict[str, Any], word: str) -> str:
    """Remove the attribute of this name, in any case; its text."""
    for name in attributes:
        if comparable_word(name) == word:
            return attribute_text(attributes.pop(name)) or ""
    return ""


def label_of(element: dict[str, Any]) -> str:
    return take(attributes_of(element), "label")
