"""`valuenet export`: write the graph to files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.load_tables import counts_table
from service.cli.session import load_settings, run_with_graph
from service.errors import BadInput
from service.formats.export import (
    EXPORT_FORMATS,
    connections_of,
    export_graph,
    is_folder,
    record_counts,
)
from service.formats.writers.output_files import check_export
from service.graph import Graph

FORMATS = ", ".join(EXPORT_FORMATS)

app = command_app()


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="The file or folder to write.")],
    format: Annotated[
        str, typer.Option(metavar="FORMAT", help=f"One of {FORMATS}.")
    ] = "tables",
    what: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONNECTION",
            help="A connection to export, such as organisations. Repeat the option for"
            " several. Default: everything.",
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Replace a file or folder that exists, once the new one is complete.",
        ),
    ] = False,
) -> None:
    """Export data to files. Only the format `tables` keeps everything."""
    if format not in EXPORT_FORMATS:
        raise BadInput(f"--format: expected one of {FORMATS}; got {format!r}")
    connections = connections_of(format, what or [])
    check_export(path, is_folder(format, connections), overwrite)
    settings, notice = load_settings(), TerminalNotice()

    async def work(graph: Graph) -> dict[str, int]:
        counts = await record_counts(graph, connections)
        with notice.records(f"Exporting {path}", sum(counts.values())) as advance:
            replacements = await export_graph(
                graph, path, format, connections, advance, overwrite
            )
        for sentence in replacements.sentences():
            notice.say(sentence)
        return counts

    counts = run_with_graph(settings, notice, work)
    stdout_console().print(counts_table(counts, f"Exported {path}"))
