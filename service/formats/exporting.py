"""Exporting: the graph into files, read in one transaction, block by block.

A file stands under its name only when it is whole.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.errors import BadInput
from service.formats import gexf, graphml, kumu
from service.formats.blocks import blocks
from service.formats.connections import CONNECTIONS, FILES, Connection
from service.formats.markup import EDGES, NODES, Graphic
from service.formats.ocds_releases import release_package
from service.formats.streams import STREAMS, lines, stream
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Reader

GRAPHIC: dict[str, Callable[[], Graphic]] = {
    "graphml": graphml.Writer,
    "gexf": gexf.Writer,
    "kumu": kumu.Writer,
}
EXPORTS = ("tables", *GRAPHIC, "ocds", *STREAMS)
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Total:
    total: int


async def totals(graph: Graph, chosen: list[Connection]) -> dict[str, int]:
    """How many records each connection has now."""
    found = {}
    for one in chosen:
        read = statement("records/nodes_count", NODE=one.label)
        if one.tie:
            read = statement("records/ties_count", TYPE=one.tie.type)
        found[one.name] = (await graph.rows(read, Total))[0].total
    return found


def chosen(format: str, what: list[str]) -> list[Connection]:
    """The connections that are exported: those asked for, else all that it takes."""
    if what and format not in STREAMS:
        raise BadInput(f"--what goes with {', '.join(STREAMS)}; {format} takes all")
    for name in what:
        if name not in CONNECTIONS:
            known = ", ".join(CONNECTIONS)
            raise BadInput(f"--what: expected one of {known}; got {name!r}")
    if what:
        return [CONNECTIONS[name] for name in dict.fromkeys(what)]
    if format == "ocds":
        return [CONNECTIONS["contracts"]]
    return [*NODES, *EDGES]  # each member once


async def export(
    graph: Graph, path: Path, format: str, wanted: list[Connection], progress: Progress
) -> None:
    """Write `path`: a folder for tables and for several connections, else a file."""
    async with graph.reading() as reader:
        if format == "tables":
            await tables(reader, path, progress)
        elif format in GRAPHIC:
            await saved(path, graphic(reader, GRAPHIC[format](), progress))
        elif format == "ocds":
            now = datetime.now(UTC).isoformat(timespec="seconds")
            await saved(path, release_package(reader, path.name, now))
        elif len(wanted) == 1:
            await saved(path, stream(reader, wanted[0], format))
        else:
            with folder(path) as part:
                for one in wanted:
                    file = part / f"{one.name}.{format}"
                    await saved(file, stream(reader, one, format))


async def tables(reader: Reader, path: Path, progress: Progress) -> None:
    """The folder that `load` reads: all nodes and ties with all their properties."""
    with folder(path) as part:
        for name, connections in FILES.items():
            await saved(part / f"{name}.csv", table(reader, connections, progress))
            if (part / f"{name}.csv").stat().st_size == 0:
                (part / f"{name}.csv").unlink()


async def table(
    reader: Reader, connections: list[Connection], progress: Progress
) -> AsyncIterator[bytes]:
    """One file with the columns of all its connections; nothing without a record."""
    header = list(dict.fromkeys(c for one in connections for c in one.header))
    begun = False
    for one in connections:
        places = {column: place for place, column in enumerate(one.header)}
        order = [places.get(column, -1) for column in header]
        async for block in blocks(reader, one):
            rows = [[row[i] if i >= 0 else None for i in order] for row in block]
            yield lines(rows if begun else [list[object](header), *rows])
            begun = True
            progress(len(block))


async def graphic(
    reader: Reader, writer: Graphic, progress: Progress
) -> AsyncIterator[bytes]:
    yield writer.begin().encode()
    for part in (NODES, EDGES):
        for one in part:
            async for block in blocks(reader, one):
                yield "".join(writer.row(one, row) for row in block).encode()
                progress(len(block))
        yield (writer.between() if part is NODES else writer.end()).encode()


def absent(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path}: is there already; give another name or remove it")


async def saved(path: Path, parts: AsyncIterator[bytes]) -> None:
    absent(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            async for data in parts:
                out.write(data)
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """A folder of its own until all files are there; an empty one may stand there."""
    if not (path.is_dir() and not any(path.iterdir())):
        absent(path)
    part = path.with_name(f".{path.name}.part")
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rmdir()
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if part.exists():
            for file in part.iterdir():
                file.unlink()
            part.rmdir()
