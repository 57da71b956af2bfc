"""The data of GraphML: declared keys, values, and the labels of yEd and yFiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.formats.graph_attributes import text_of_token
from service.formats.readers.graph_items import GraphEdge, GraphItem, GraphNode
from service.formats.readers.xml_events import ElementStart, XmlEvent
from service.formats.rows import Faults
from service.inputs.json_text import InvalidJson, parse_json

LABELS = ("NodeLabel", "EdgeLabel", "Label.Text")
GEPHI_COLOURS = {"r", "g", "b"}
GEPHI_DRAWING = GEPHI_COLOURS | {"x", "y", "z", "size"}
DRAWING = "positions, sizes and colours of the drawing: left out"


@dataclass
class KeyDeclaration:
    """A `<key>`: the name of an attribute, and its value where an element has none."""

    name: str
    domain: str
    is_list: bool = False
    default: str | None = None


class DataReader:
    """The content of the `<data>` elements of one file."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.keys: dict[str, KeyDeclaration] = {}  # by id
        self.defaults: list[KeyDeclaration] = []
        self.last_key: KeyDeclaration | None = None
        self.key = ""  # of the data that is open
        self.depth = 0  # of the elements that are open in it, itself among them
        self.labels: list[str] = []
        self.is_group_drawing = False

    @property
    def is_open(self) -> bool:
        return self.depth > 0

    def declare(self, own: dict[str, str]) -> None:
        id, domain = own.get("id", ""), own.get("for", "all")
        name = text_of_token(own.get("attr.name", id))
        self.last_key = KeyDeclaration(name, domain, "attr.list" in own)
        self.keys[id] = self.last_key

    def add_default(self, text: str) -> None:
        if self.last_key and text:
            self.last_key.default = text
            self.defaults.append(self.last_key)

    def open(self, key: str) -> None:
        self.key, self.depth, self.labels = key, 1, []
        self.is_group_drawing = False

    def add(self, event: XmlEvent, item: GraphItem | None) -> None:
        """An event inside of the data of `item`, or the end of the data."""
        if isinstance(event, ElementStart):
            self.depth += 1
            self.start(event)
            return
        self.depth -= 1
        if event.name in LABELS:
            self.add_label(event.text)
        if self.depth == 0:
            self.close(event.text, item)

    def start(self, event: ElementStart) -> None:
        if event.name == "Realizers":  # a group is drawn open and closed
            self.is_group_drawing = True
        elif event.name == "Label":
            self.add_label(event.attributes.get("Text", ""))
        elif event.name == "Arrows":
            arrows = event.attributes.get("source"), event.attributes.get("target")
            if arrows[1] == "none":
                text = "edge drawn without an arrow at its target: its direction is"
                self.faults.note(f"{text} the one of the file")

    def add_label(self, text: str) -> None:
        if text and not (self.is_group_drawing and self.labels):
            self.labels.append(text)

    def close(self, text: str, item: GraphItem | None) -> None:
        key = self.keys.get(self.key)
        name = key.name if key else self.key
        if key and key.domain in ("graph", "graphml"):
            if text:
                self.faults.note(f"attribute of the graph: left out; got {name!r}")
        elif item is None:
            return
        elif self.labels:
            item.label = item.label or self.labels[0]
            if others := dict.fromkeys(self.labels[1:]):
                item.attributes["other labels"] = list(others)
        else:
            item.attributes[name] = value_of(text, key)

    def finish(self, item: GraphItem) -> None:
        """Add what the keys declare for an element without a value of its own."""
        domain = "node" if isinstance(item, GraphNode) else "edge"
        for key in self.defaults:
            if key.domain in (domain, "all"):
                item.attributes.setdefault(key.name, key.default)
        if isinstance(item, GraphEdge) and item.attributes.get("label") == item.label:
            item.attributes.pop("label", None)
        if item.attributes.keys() >= GEPHI_COLOURS:
            self.faults.note(DRAWING)
            for name in GEPHI_DRAWING:
                item.attributes.pop(name, None)


def value_of(text: str, key: KeyDeclaration | None) -> Any:
    """The value of a data element: a list where the key declares one, as JSON."""
    if key is None or not key.is_list or not text.startswith("["):
        return text
    try:
        value = parse_json(text.encode())
    except InvalidJson:
        return text
    return value if isinstance(value, list) else text
