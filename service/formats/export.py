"""Export: the graph into files, read in one transaction, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.errors import BadInput
from service.formats.blocks import ExportSource, Progress
from service.formats.connections import CONNECTIONS, ExportedConnection
from service.formats.replacements import Replacements
from service.formats.writers import DOCUMENTS, STREAMS, replacements_for, stream
from service.formats.writers.graph_writer import EDGES, NODES
from service.formats.writers.output_files import new_folder, save_file
from service.formats.writers.tables import write_tables
from service.graph import Graph
from service.graph.statements import statement

EXPORT_FORMATS = ("tables", *DOCUMENTS, *STREAMS)


@dataclass(frozen=True)
class ExportTotal:
    total: int


async def record_counts(
    graph: Graph, connections: list[ExportedConnection]
) -> dict[str, int]:
    """How many records each connection has now."""
    counts = {}
    for connection in connections:
        query = statement("records/nodes_count", NODE=connection.label)
        if connection.tie:
            query = statement("records/ties_count", TYPE=connection.tie.type)
        counts[connection.name] = (await graph.rows(query, ExportTotal))[0].total
    return counts


def connections_of(format: str, names: list[str]) -> list[ExportedConnection]:
    """The connections to export: those with these names, else all of the format."""
    if names and format not in STREAMS:
        raise BadInput(
            f"--what: use it with {', '.join(STREAMS)}; {format} exports everything"
        )
    for name in names:
        if name not in CONNECTIONS:
            known = ", ".join(CONNECTIONS)
            raise BadInput(f"--what: expected one of {known}; got {name!r}")
    if names:
        return [CONNECTIONS[name] for name in dict.fromkeys(names)]
    if format in DOCUMENTS:
        return DOCUMENTS[format].connections
    return [*NODES, *EDGES]  # each member once


def is_folder(format: str, connections: list[ExportedConnection]) -> bool:
    """Whether an export is a folder of files, not a file."""
    return format == "tables" or (format in STREAMS and len(connections) > 1)


async def export_graph(
    graph: Graph,
    path: Path,
    format: str,
    connections: list[ExportedConnection],
    progress: Progress,
    overwrite: bool = False,
) -> Replacements:
    """Write `path`: a folder for tables and for several connections, else a file.

    An existing one is replaced in the end, if it may be. The result says which values
    the format could not hold.
    """
    replacements = replacements_for(format)
    async with graph.read_transaction() as reader:
        source = ExportSource(reader, replacements, progress=progress)
        if format == "tables":
            await write_tables(source, path, overwrite)
        elif format in DOCUMENTS:
            chunks = DOCUMENTS[format].write(source, path.name)
            await save_file(path, chunks, overwrite)
        elif len(connections) == 1:
            chunks = stream(source, connections[0], format)
            await save_file(path, chunks, overwrite)
        else:
            await write_streams(source, path, format, connections, overwrite)
    return replacements


async def write_streams(
    source: ExportSource,
    path: Path,
    format: str,
    connections: list[ExportedConnection],
    overwrite: bool,
) -> None:
    """A folder with a file for each connection."""
    with new_folder(path, overwrite) as folder:
        for connection in connections:
            file = folder / f"{connection.name}.{format}"
            await save_file(file, stream(source, connection, format))
