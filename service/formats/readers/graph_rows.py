"""Rows from the nodes and edges of graph files: GraphML, GEXF and Kumu.

The id of a row is the id of its node; its key is the attribute `key`, which our own
exports write. `graph_kinds` says which record a node and which tie an edge is,
`graph_cells` what becomes of their attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from service.formats.graph_attributes import TABLE_KINDS
from service.formats.readers.graph_cells import CellReader, Cells, valid_text
from service.formats.readers.graph_edges import EdgeReader
from service.formats.readers.graph_items import (
    ElementAttributes,
    GraphEdge,
    GraphItem,
    GraphNode,
)
from service.formats.readers.graph_kinds import (
    NodeKind,
    NodeMeaning,
    default_kind,
    node_meaning,
    upper_snake,
)
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary import NODES
from service.vocabulary.properties import MAX_INDEXED

LABEL_COLUMNS = {"members": "name", "contracts": "title"}
PERSON = "Person"
NETWORKX_KEY = "networkx_key"  # what NetworkX calls an attribute `key` in GEXF
ItemReader = Callable[[Faults], Iterator[GraphItem]]


def graph_rows(file: Path, faults: Faults, items: ItemReader) -> Rows:
    """The rows of one file.

    The kind of an edge depends on its ends. The file is read a second time only for
    edges that come before one of their ends.
    """
    nodes = NodeReader(file, faults)
    edges = EdgeReader(file, faults, nodes.kinds)
    is_late = bytearray()
    for item in items(faults):
        is_late.append(isinstance(item, GraphEdge) and not edges.has_ends(item))
        if isinstance(item, GraphNode):
            yield from nodes.rows(item)
        elif not is_late[-1]:
            yield from edges.rows(item)
    if not any(is_late):
        return
    for late, item in zip(is_late, items(Faults()), strict=False):
        if late and isinstance(item, GraphEdge):
            yield from edges.rows(item)


class NodeReader:
    """The nodes of one file as rows; it remembers the kind of each."""

    def __init__(self, file: Path, faults: Faults) -> None:
        self.file = file
        self.faults = faults
        self.cell_reader = CellReader(faults)
        self.kinds: dict[str, NodeKind] = {}  # by id

    def rows(self, node: GraphNode) -> Rows:
        if not node.id:
            self.faults.add(str(self.file), node.line, "id", "a node needs an id")
            return
        if node.id in self.kinds:
            self.faults.note(f"a second node of one id: left out; got {node.id!r}")
            return
        attributes = ElementAttributes(node.attributes)
        label = node.label or attributes.take("label")
        key = attributes.get("key") or attributes.get(NETWORKX_KEY) or None
        for name in ("key", NETWORKX_KEY):
            attributes.remove(name)
        meaning = node_meaning(attributes)
        kind = meaning.kind or self.default_kind(node)
        self.kinds[node.id] = kind
        original_id = attributes.take("id")
        cells = self.cells(kind, meaning, attributes)
        if node.since or node.until:
            cells.setdefault("since", node.since)
            cells.setdefault("until", node.until)
        if key:
            cells["key"] = key
        elif original_id and original_id != node.id:
            self.cell_reader.add_extra(cells, "id", original_id)
        self.add_label(cells, kind, label, original_id or node.id, key)
        yield kind.table, TableRow(str(self.file), node.line, cells, node.id)

    def cells(
        self, kind: NodeKind, meaning: NodeMeaning, attributes: ElementAttributes
    ) -> Cells:
        """The cells of a node; the kind of a community is its attribute `type`."""
        cls = NODES[kind.label]
        own_kind = None if kind.table == "members" else attributes.take("type")
        cells = self.cell_reader.cells(cls, attributes)
        self.add_kind(cells, kind, meaning)
        if own_kind and TABLE_KINDS.get(upper_snake(own_kind)) != kind.table:
            self.cell_reader.add(cls, cells, "kind", "type", own_kind)
        return cells

    def default_kind(self, node: GraphNode) -> NodeKind:
        people = [self.kinds[i].label == PERSON for i in node.inner if i in self.kinds]
        kind = default_kind(holds_people=any(people))
        if kind.table != "members":
            self.faults.note("group with people, without a kind: read as a COMMUNITY")
        else:
            self.faults.note("node without a kind: read as an ORGANISATION")
        return kind

    def add_kind(self, cells: Cells, kind: NodeKind, meaning: NodeMeaning) -> None:
        for word in meaning.unknown:
            text = "unknown kind of node: kept as an extra attribute"
            self.faults.note(f"{text}; got {word[:80]!r}")
        if kind.table != "members":
            return
        cells["kind"] = kind.label.upper()
        if meaning.roles:
            own = (cells.get("roles") or "").split(";")
            roles = dict.fromkeys(filter(None, [*own, *meaning.roles]))
            cells["roles"] = ";".join(roles)

    def add_label(
        self, cells: Cells, kind: NodeKind, label: str | None, id: str, key: str | None
    ) -> None:
        """The name of a node is its attribute `name`, else its label, else its id."""
        column = LABEL_COLUMNS.get(kind.table, "name")
        used = (id, key, cells.get("name"), cells.get(column))
        if cells.get(column):
            if label and label not in used:
                self.cell_reader.add_extra(cells, "label", label)
        elif not key or kind.table == "members" or (label and label not in used):
            text = self.cell_reader.clean(label or cells.pop("x:name", None) or id)
            if len(text) > MAX_INDEXED:
                self.cell_reader.add_extra(cells, "name", text)
            short = text[:MAX_INDEXED].strip()
            cells[column] = valid_text(NODES[kind.label], column, short) or id
