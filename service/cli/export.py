"""`valuenet export`: write the graph to files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.load_tables import counts_table
from service.cli.session import load_settings, preload, run_with_graph
from service.errors import BadInput
from service.feeds.table_files import TABLE_FORMATS, check_table_export
from service.formats.export import (
    EXPORT_FORMATS,
    connections_of,
    export_graph,
    is_folder,
    record_counts,
)
from service.formats.writers.output_files import check_export
from service.graph import Graph

FORMATS = ", ".join([*EXPORT_FORMATS, *TABLE_FORMATS])

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
            metavar="NAME",
            help="A connection to export, such as organisations; for sqlite and parquet"
            " a table. Repeat the option for several. Default: everything.",
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Replace a file or folder that exists, once the new one is complete.",
        ),
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Of sqlite and parquet: the day that the tables are about, or a series"
            " such as 2024-01-01..2026-11-01. Default: today.",
        ),
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(metavar="STEP", help="The step of a series. Default: P1M."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="TABLE.PARAMETER=VALUE",
            help="Of sqlite and parquet: a parameter of a table, such as"
            " brokerage.groupBy=SECTOR. Repeat the option for several.",
        ),
    ] = None,
) -> None:
    """Export data to files. Only the format `tables` keeps everything.

    sqlite and parquet have the tables of `valuenet table`, for BI tools and notebooks.
    """
    if format in TABLE_FORMATS:
        days = {"asOf": as_of, "step": step}
        given = {name: value for name, value in days.items() if value is not None}
        export_all_tables(path, format, what or [], given, values or [], overwrite)
        return
    if as_of is not None or step is not None or values:
        names = " and ".join(TABLE_FORMATS)
        raise BadInput(f"--as-of, --step and --set: only {names} have them")
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


def export_all_tables(
    path: Path,
    format: str,
    what: list[str],
    days: dict[str, str],
    values: list[str],
    overwrite: bool,
) -> None:
    """Write the tables of feeds, and say which ones were left out."""
    choice = (tuple(what), values_by_table(values), days)
    check_table_export(path, format, overwrite)
    settings, notice = load_settings(), TerminalNotice()
    preload("service.feeds.table_export")

    async def work(graph: Graph) -> dict[str, int]:
        from service.feeds.table_export import TableChoice, export_tables, plan_of

        plan = plan_of(settings, format, TableChoice(*choice))
        with notice.records(f"Exporting {path}", len(plan.requests)) as progress:
            counts = await export_tables(graph, settings, path, format, plan, progress)
        for table, reason in plan.left_out:
            notice.say(f"Left out: {table.name}. {reason}")
        return counts

    counts = run_with_graph(settings, notice, work)
    stdout_console().print(counts_table(counts, f"Exported {path}"))


def values_by_table(texts: list[str]) -> dict[str, dict[str, str]]:
    """The values of `--set` by table and parameter."""
    result: dict[str, dict[str, str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        table, dot, parameter = name.partition(".")
        if not (equals and dot and table and parameter):
            raise BadInput(f"--set {text}: expected TABLE.PARAMETER=VALUE")
        result.setdefault(table, {})[parameter] = value
    return result
