"""What the writers of graph formats share: nodes, then edges, as text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from service.formats.blocks import ExportSource
from service.formats.connections import CONNECTIONS, ExportedConnection
from service.formats.graph_attributes import (
    TABLE_KINDS,
    WEIGHTS,
    attribute_name,
    attribute_text,
)
from service.formats.records import TABLES
from service.formats.writers.node_ids import NodeIds, read_node_ids
from service.vocabulary.enums import TieKind

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
KIND_OF = {TABLES[table]: kind for kind, table in TABLE_KINDS.items()}
NODES = [CONNECTIONS["members"]]
NODES += [c for c in CONNECTIONS.values() if c.label in KIND_OF]
EDGES = [c for c in CONNECTIONS.values() if c.tie]

# Takes the records and the name of the file; gives the file's bytes.
Cells = dict[str, Any]  # values by column
Connections = list[ExportedConnection]
DocumentWriter = Callable[[ExportSource, str], AsyncIterator[bytes]]


class GraphWriter(ABC):
    """A graph as text: `begin`, nodes, `between`, edges, `end`."""

    def __init__(self, ids: NodeIds, nodes: Connections, edges: Connections) -> None:
        """The connections have a column for each extra attribute of their records."""
        self.ids, self.nodes, self.edges = ids, nodes, edges

    @abstractmethod
    def begin(self) -> str: ...

    @abstractmethod
    def node(self, id: str, label: str, cells: Cells) -> str: ...

    @abstractmethod
    def between(self) -> str: ...

    @abstractmethod
    def edge(self, source: str, target: str, cells: Cells) -> str: ...

    @abstractmethod
    def end(self) -> str: ...

    def attribute_value(self, cell: str | None) -> Any:
        """The value of an extra attribute, from its cell."""
        return cell

    def domains(self) -> Iterator[tuple[str, dict[str, type]]]:
        """The attributes of nodes and of edges, each with its type.

        Programs show the attribute `label`, and weigh edges by `weight`.
        """
        for domain, connections in (("node", self.nodes), ("edge", self.edges)):
            columns: dict[str, type] = {"kind": str, "type": str, "key": str}
            columns |= {"label": str} | ({"weight": float} if domain == "edge" else {})
            for connection in connections:
                names = map(attribute_name, connection.header)
                columns |= dict.fromkeys(names, str) | {
                    c.name: c.type for c in connection.columns if c.name != "kind"
                }
            ends = ("source", "target") if domain == "edge" else ()
            yield domain, {n: k for n, k in columns.items() if n not in ends}

    def row(self, connection: ExportedConnection, values: list[Any]) -> str:
        """One record, without its blank values."""
        names = map(attribute_name, connection.header)
        cells = dict(zip(names, values, strict=True))
        for name in map(attribute_name, connection.attributes):
            cells[name] = self.attribute_value(cells[name])
        if connection.tie:
            source = self.ids.of(connection.tie.sources[0], cells.pop("source"))
            target = self.ids.of(connection.tie.targets[0], cells.pop("target"))
            add_label_and_weight(connection.tie.kind, cells)
            return self.edge(source, target, without_blanks(cells))
        if connection.label != "Member":  # its `kind`, if any, becomes `type`
            own_kind = {"type": cells.pop("kind", None)}
            cells = {"kind": KIND_OF[connection.label], **own_kind, **cells}
        label = cells.get("name") or cells.get("title") or cells["key"]
        id = self.ids.of(connection.label, cells["key"])
        return self.node(id, label, without_blanks(cells))


def graph_document(writer_type: type[GraphWriter]) -> DocumentWriter:
    """A document of all nodes, then all ties, as `writer_type` writes them."""

    async def write(source: ExportSource, name: str) -> AsyncIterator[bytes]:
        ids = await read_node_ids(source)
        nodes = [await source.with_attributes(connection) for connection in NODES]
        edges = [await source.with_attributes(connection) for connection in EDGES]
        writer = writer_type(ids, nodes, edges)
        yield writer.begin().encode()
        for part in (nodes, edges):
            for connection in part:
                async for block in source.blocks(connection):
                    yield "".join(writer.row(connection, row) for row in block).encode()
            yield (writer.between() if part is nodes else writer.end()).encode()

    return write


def add_label_and_weight(kind: TieKind, cells: Cells) -> None:
    """A weight is more than zero; other values are in their own attributes alone."""
    cells["label"] = cells.get("deliverable")
    weight = cells.get(WEIGHTS.get(kind, ""))
    cells["weight"] = weight if weight and weight > 0 else None


def without_blanks(cells: Cells) -> Cells:
    return {name: value for name, value in cells.items() if value not in (None, [])}


def xml_text(value: Any) -> str:
    """A value as the text of an XML attribute, before its escaping."""
    return attribute_text(value) or ""


def xml_content(value: Any) -> str:
    """A value as the content of an XML element."""
    return escape(xml_text(value), {"\r": "&#13;"})


def xml_attributes(**attributes: Any) -> str:
    """The attributes of an XML element, without blank ones.

    >>> xml_attributes(id="a", label=None, weight=2.5)
    ' id="a" weight="2.5"'
    """
    return "".join(
        f" {name}={quoteattr(xml_text(value))}"
        for name, value in attributes.items()
        if value is not None
    )
