"""Writers of files: one module for each format.

A new export format goes here:

- A format of one connection at a time, such as CSV: write `writers/NAME.py` with
  `encode(connection, blocks)`, which yields bytes, and add a line to STREAMS. The
  command `valuenet export` and GET /export/<connection>.NAME then offer it.
- A format of one file with many kinds of records, such as GraphML: write
  `writers/NAME.py` and add a line to DOCUMENTS. A `GraphWriter` needs five methods.

Test it in `tests/formats/test_export.py`. The `tables` format is a folder of
files; `export.py` calls its writer directly.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from service.formats.blocks import Block, ExportSource
from service.formats.connections import CONNECTIONS, ExportedConnection
from service.formats.replacements import NOT_XML, SURROGATES, Replacements
from service.formats.writers import arrow, csv, jsonl, ocds
from service.formats.writers.gexf import GexfWriter
from service.formats.writers.graph_writer import (
    EDGES,
    NODES,
    DocumentWriter,
    graph_document,
)
from service.formats.writers.graphml import GraphmlWriter
from service.formats.writers.kumu import KumuWriter


@dataclass(frozen=True)
class StreamFormat:
    """A format of one connection: how it is encoded, and its media type for HTTP."""

    encode: Callable[[ExportedConnection, AsyncIterator[Block]], AsyncIterator[bytes]]
    media_type: str


@dataclass(frozen=True)
class DocumentFormat:
    """A format of one file: what writes it, and the connections that it holds.

    `forbidden` matches the characters that it cannot hold.
    """

    write: DocumentWriter
    connections: list[ExportedConnection] = field(
        default_factory=lambda: [*NODES, *EDGES]
    )
    forbidden: re.Pattern[str] = SURROGATES


STREAMS = {
    "csv": StreamFormat(csv.encode, "text/csv; charset=utf-8"),
    "jsonl": StreamFormat(jsonl.encode, "application/jsonl"),
    "arrow": StreamFormat(arrow.encode, "application/vnd.apache.arrow.stream"),
}
DOCUMENTS = {
    "graphml": DocumentFormat(graph_document(GraphmlWriter), forbidden=NOT_XML),
    "gexf": DocumentFormat(graph_document(GexfWriter), forbidden=NOT_XML),
    "kumu": DocumentFormat(graph_document(KumuWriter)),
    "ocds": DocumentFormat(ocds.release_package, [CONNECTIONS["contracts"]]),
}


async def stream(
    source: ExportSource, connection: ExportedConnection, name: str
) -> AsyncIterator[bytes]:
    """The bytes of `connection` in the format `name`, a block at a time."""
    connection = await source.with_attributes(connection)
    async for part in STREAMS[name].encode(connection, source.blocks(connection)):
        yield part


def replacements_for(format: str) -> Replacements:
    """What replaces the values that a format cannot hold."""
    document = DOCUMENTS.get(format)
    return Replacements(document.forbidden if document else SURROGATES)
