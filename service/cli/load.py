"""`valuenet load`: files into the database, each path a run of its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from service.cli.console import Told, answers
from service.cli.session import configured, with_graph
from service.errors import BadInput
from service.formats import matching
from service.formats.differences import Difference, differences
from service.formats.load import read_records, write_records
from service.formats.matching import Matching, Pair
from service.formats.readers import READERS, file_format
from service.graph import Graph

KNOWN = ", ".join(READERS)
CHANGES = ("created", "changed", "unchanged")
MOST = 20  # pairs and notes shown; a report file has all pairs
REPORT = ["decision", "key", "kind", "name", "country"]
REPORT += ["known_key", "known_kind", "known_name", "known_country"]


def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Folders or files.")
    ],
    format: Annotated[str, typer.Option(help=f"One of {KNOWN}.")] = "tables",
    mapping: Annotated[
        Path | None,
        typer.Option(help="A TOML file that says what a CSV's columns are."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="A CSV file for members of equal names.")
    ] = None,
) -> None:
    """Load data. A path with a fault is refused whole, each fault with its place."""
    if format not in READERS:
        raise BadInput(f"--format: expected one of {KNOWN}; got {format!r}")
    file_format(format, mapping)
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: no such file or folder")
    settings, told = configured(), Told()
    pairs: list[Pair] = []

    async def work(graph: Graph) -> None:
        for path in paths:
            if dry_run:
                shown = await tried(graph, path, format, told, mapping, pairs)
                answers().print(differing(shown, f"{path} would change"))
            else:
                counts = await loaded(graph, path, format, told, mapping, pairs)
                answers().print(table(counts, f"Loaded {path}"))

    with_graph(settings, told, work)
    if report is not None:
        reported(report, pairs)


async def loaded(
    graph: Graph,
    path: Path,
    format: str,
    told: Told,
    mapping: Path | None = None,
    pairs: list[Pair] | None = None,
) -> dict[str, int]:
    """How many records of each kind `path` held; all of them are in the graph now."""
    known = await matched(graph, format, mapping)
    found, faults = read_records(path, format, mapping, known)
    with told.records(f"Loading {path}", found.count()) as advance:
        load = f"{format} {path}"
        counts = await write_records(graph, found, faults, advance, load)
    noted(told, faults.notes, known, pairs)
    return counts


async def tried(
    graph: Graph,
    path: Path,
    format: str,
    told: Told,
    mapping: Path | None,
    pairs: list[Pair],
) -> dict[str, Difference]:
    """What `path` would change."""
    known = await matched(graph, format, mapping)
    found, faults = read_records(path, format, mapping, known)
    shown = await differences(graph, found, faults)
    noted(told, faults.notes, known, pairs)
    return shown


async def matched(graph: Graph, format: str, mapping: Path | None) -> Matching | None:
    matches = file_format(format, mapping).match_members
    return await matching.known(graph) if matches else None


def noted(
    told: Told,
    notes: dict[str, int],
    known: Matching | None,
    pairs: list[Pair] | None,
) -> None:
    """What was read otherwise than it stood, and which names were taken as one."""
    for text, count in list(notes.items())[:MOST]:
        told.say(f"{text} ({count:,})")
    if len(notes) > MOST:
        told.say(f"… and {len(notes) - MOST:,} remarks more")
    found = known.pairs if known else []
    if pairs is not None:
        pairs += found
    if found:
        told.console.print(alike(found))


def alike(pairs: list[Pair]) -> Table:
    title = "Members of one name"
    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in ("decision", "in the file", "country", "we have", "country"):
        shown.add_column(column, overflow="fold")
    for pair in pairs[:MOST]:
        cells = [f"{end.name} ({end.key})" for end in (pair.given, pair.known)]
        countries = [end.country or "-" for end in (pair.given, pair.known)]
        shown.add_row(pair.decision, cells[0], countries[0], cells[1], countries[1])
    if len(pairs) > MOST:
        shown.add_row(f"… {len(pairs) - MOST:,} more; --report has all", "", "", "", "")
    return shown


def reported(file: Path, pairs: list[Pair]) -> None:
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(REPORT)
            rows.writerows([p.decision, *p.given, *p.known] for p in pairs)
    except OSError as error:
        raise BadInput(f"{file}: cannot be written: {error.strerror}") from error


def table(counts: dict[str, int], title: str) -> Table:
    shown = Table("what", title=title, title_justify="left", box=box.SIMPLE_HEAD)
    shown.add_column("records", justify="right")
    for what, count in counts.items():
        if count:
            shown.add_row(what, f"{count:,}")
    return shown


def differing(found: dict[str, Difference], title: str) -> Table:
    shown = Table("what", title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for change in CHANGES:
        shown.add_column(change, justify="right")
    shown.add_column("such as", overflow="fold")
    for what, difference in found.items():
        counts = [f"{difference.counts[change]:,}" for change in CHANGES]
        keys = [
            f"{change} {', '.join(difference.keys[change])}"
            for change in CHANGES[:2]
            if change in difference.keys
        ]
        shown.add_row(what, *counts, "; ".join(keys))
    return shown
