"""`valuenet load`: files into the database, each path a run of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from service.cli.console import Told, answers
from service.cli.session import configured, with_graph
from service.errors import BadInput
from service.formats import FORMATS, loading
from service.graph import Graph

KNOWN = ", ".join(FORMATS)


def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Folders or files.")
    ],
    format: Annotated[str, typer.Option(help=f"One of {KNOWN}.")] = "tables",
) -> None:
    """Load data. A path with a fault is refused whole, each fault with its place."""
    if format not in FORMATS:
        raise BadInput(f"--format: expected one of {KNOWN}; got {format!r}")
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: no such file or folder")
    settings, told = configured(), Told()

    async def work(graph: Graph) -> None:
        for path in paths:
            counts = await loaded(graph, path, format, told)
            answers().print(table(counts, f"Loaded {path}"))

    with_graph(settings, told, work)


async def loaded(graph: Graph, path: Path, format: str, told: Told) -> dict[str, int]:
    """How many records of each kind `path` held; all of them are in the graph now."""
    found, faults = loading.read(path, format)
    with told.records(f"Loading {path}", found.count()) as advance:
        load = f"{format} {path}"
        return await loading.write(graph, found, faults, advance, load)


def table(counts: dict[str, int], title: str) -> Table:
    shown = Table("what", title=title, title_justify="left", box=box.SIMPLE_HEAD)
    shown.add_column("records", justify="right")
    for what, count in counts.items():
        if count:
            shown.add_row(what, f"{count:,}")
    return shown
