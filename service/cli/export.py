"""`valuenet export`: the graph into files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import Told, answers
from service.cli.load import table
from service.cli.session import configured, with_graph
from service.errors import BadInput
from service.formats.export import (
    EXPORT_FORMATS,
    connections_of,
    export_graph,
    record_counts,
)
from service.graph import Graph

KNOWN = ", ".join(EXPORT_FORMATS)


def export(
    path: Annotated[Path, typer.Argument(help="What is not there yet.")],
    format: Annotated[str, typer.Option(help=f"One of {KNOWN}.")] = "tables",
    what: Annotated[
        list[str] | None,
        typer.Option(help="A connection, such as organisations; repeatable."),
    ] = None,
) -> None:
    """Write everything, or some connections, into files; `tables` loses nothing."""
    if format not in EXPORT_FORMATS:
        raise BadInput(f"--format: expected one of {KNOWN}; got {format!r}")
    wanted = connections_of(format, what or [])
    settings, told = configured(), Told()

    async def work(graph: Graph) -> dict[str, int]:
        counts = await record_counts(graph, wanted)
        with told.records(f"Exporting {path}", sum(counts.values())) as advance:
            await export_graph(graph, path, format, wanted, advance)
        return counts

    answers().print(table(with_graph(settings, told, work), f"Exported {path}"))
