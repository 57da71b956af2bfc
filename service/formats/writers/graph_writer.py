"""What the writers of graph formats share: nodes, then edges, as text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from service.errors import BadInput
from service.formats.blocks import blocks
from service.formats.connections import CONNECTIONS, Connection
from service.formats.graph_attributes import TABLE_KINDS, attribute_text
from service.formats.records import TABLES
from service.graph.transactions import Reader

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Characters that XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
KIND_OF = {TABLES[table]: kind for kind, table in TABLE_KINDS.items()}
NODES = [CONNECTIONS["members"]]
NODES += [c for c in CONNECTIONS.values() if c.label in KIND_OF]
EDGES = [c for c in CONNECTIONS.values() if c.tie]

Progress = Callable[[int], None]  # takes how many records were just written
# Takes a transaction, the name of the file and the progress; gives the file's bytes.
DocumentWriter = Callable[[Reader, str, Progress], AsyncIterator[bytes]]


class GraphWriter(ABC):
    """A graph as text: begin, nodes, between, edges, end."""

    @abstractmethod
    def begin(self) -> str: ...

    @abstractmethod
    def node(self, key: str, label: str, cells: dict[str, Any]) -> str: ...

    @abstractmethod
    def between(self) -> str: ...

    @abstractmethod
    def edge(self, source: str, target: str, cells: dict[str, Any]) -> str: ...

    @abstractmethod
    def end(self) -> str: ...

    def domains(self) -> Iterator[tuple[str, dict[str, type]]]:
        """The attributes of nodes and of edges, each with its type."""
        for domain, found in (("node", NODES), ("edge", EDGES)):
            columns: dict[str, type] = {"kind": str, "type": str, "key": str}
            for connection in found:
                columns |= dict.fromkeys(connection.header, str) | {
                    c.name: c.type for c in connection.columns if c.name != "kind"
                }
            aside = ("source", "target") if domain == "edge" else ()
            yield domain, {n: k for n, k in columns.items() if n not in aside}

    def row(self, connection: Connection, values: list[Any]) -> str:
        """One record; what is absent is left out."""
        cells = dict(zip(connection.header, values, strict=True))
        if connection.tie:
            ends = cells.pop("source"), cells.pop("target")
            return self.edge(*ends, filled(cells))
        if connection.label != "Member":  # its own kind, if any, stands as its type
            own = {"type": cells.pop("kind", None)}
            cells = {"kind": KIND_OF[connection.label], **own, **cells}
        label = cells.get("name") or cells.get("title") or cells["key"]
        return self.node(cells["key"], label, filled(cells))


def graph_document(writer_type: type[GraphWriter]) -> DocumentWriter:
    """A document of all nodes, then all ties, as `writer_type` writes them."""

    async def write(
        reader: Reader, name: str, progress: Progress
    ) -> AsyncIterator[bytes]:
        writer = writer_type()
        yield writer.begin().encode()
        for part in (NODES, EDGES):
            for one in part:
                async for block in blocks(reader, one):
                    yield "".join(writer.row(one, row) for row in block).encode()
                    progress(len(block))
            yield (writer.between() if part is NODES else writer.end()).encode()

    return write


def filled(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cells.items() if value not in (None, [])}


def escaped(value: Any, whole: bool = False) -> str:
    """A value for XML; `whole` where it is no attribute, which escapes by itself."""
    found = attribute_text(value) or ""
    if FORBIDDEN.search(found):
        raise BadInput(
            f"XML cannot hold a control character, as in {found[:40]!r};"
            " export as tables or kumu instead"
        )
    return escape(found, {"\r": "&#13;"}) if whole else found
