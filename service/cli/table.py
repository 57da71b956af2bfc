"""`valuenet table`: one table as a file, or the list of all tables."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as PrintedTable

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.session import load_settings, preload, run_with_graph
from service.errors import BadInput
from service.formats.writers.output_files import check_export, save_file
from service.graph import Graph
from service.settings import Settings

app = command_app()
MOST_WARNINGS = 5  # of a series, each day may have its own


@app.command()
def table(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="The table; without it: their list.")
    ] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PARAMETER=VALUE]...",
            help="As in the address of /tables/, such as groupBy=SECTOR limit=10.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The file to write: .csv, .json, .jsonl or .arrow. Default: CSV on"
            " standard output.",
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Replace a file that exists, once the new one is complete.",
        ),
    ] = False,
) -> None:
    """Write a table to a file, or list the tables.

    A table is a question with rows; the server has the same ones at /tables/. Cost
    limits do not apply.
    """
    settings = load_settings("ERROR")
    if not name:
        print_list(settings)
        return
    format = format_of(out)
    if out is not None:
        check_export(out, False, overwrite)
    values = values_of(parameters or [])
    preload("schema.execution.engine")
    warnings: dict[str, list[str]] = {}

    async def work(graph: Graph) -> None:
        from service.feeds.local_table import table_parts

        parts = table_parts(graph, settings, name, format, values, warnings)
        if out is None:
            await print_parts(parts)
        else:
            await save_file(out, parts, overwrite)

    notice = TerminalNotice()
    run_with_graph(settings, notice, work)
    for text in islice(warnings, MOST_WARNINGS):
        notice.say(f"Warning: {text}")
    if (more := len(warnings) - MOST_WARNINGS) > 0:
        notice.say(f"Warning: {more} more; `valuenet ask` has all in about.warnings")
    if out is not None:
        notice.say(f"Wrote {out}")


def print_list(settings: Settings) -> None:
    from schema.execution.offline_check import printed_schema
    from service.feeds.table_documents import read_tables

    printed = PrintedTable("table", "rows", "parameters", box=None)
    for each in read_tables(printed_schema(), settings).tables.values():
        names = [f"{p.name}*" if p.is_required else p.name for p in each.parameters]
        printed.add_row(each.name, each.description, ", ".join(names))
    console = stdout_console()
    console.print(printed)
    console.print("* required. Write one with `valuenet table NAME --out FILE`.")


def format_of(out: Path | None) -> str:
    from service.feeds.encoders import FORMATS

    if out is None:
        return "csv"
    if out.suffix[1:] not in FORMATS:
        raise BadInput(
            f"--out {out}: expected a name that ends in .{', .'.join(FORMATS)}"
        )
    return out.suffix[1:]


def values_of(parameters: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals or name in values:
            raise BadInput(f"{text}: expected NAME=VALUE, each name once")
        values[name] = value
    return values


async def print_parts(parts: AsyncIterator[bytes]) -> None:
    async for data in parts:
        sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
