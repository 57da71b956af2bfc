"""`valuenet load`: files into the database, each path in a run of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.load_tables import (
    changes_table,
    counts_table,
    pairs_table,
    write_pairs,
)
from service.cli.session import load_settings, run_with_graph
from service.database import Compiler
from service.errors import BadInput
from service.formats import matching
from service.formats.differences import Difference, differences
from service.formats.load import read_records, write_records
from service.formats.matching import MemberMatching, NameMatch
from service.formats.readers import READERS, file_format
from service.graph import Graph

FORMATS = ", ".join(READERS)
MAX_NOTES = 20

app = command_app()


@app.command()
def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Folders or files to load.")
    ],
    format: Annotated[
        str, typer.Option(metavar="FORMAT", help=f"One of {FORMATS}.")
    ] = "tables",
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A TOML file that maps the columns of a CSV file."
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would change, without writing."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A CSV file to write: the members that have the same name as one in"
            " the database, with the decision for each.",
        ),
    ] = None,
) -> None:
    """Load data from files.

    If a path has faults, they are listed with file, line and column, and nothing of
    that path is loaded.
    """
    if format not in READERS:
        raise BadInput(f"--format: expected one of {FORMATS}; got {format!r}")
    file_format(format, mapping)
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: no such file or folder")
    settings, notice = load_settings(), TerminalNotice()
    loader = Loader(format, mapping, notice)

    async def work(graph: Graph) -> None:
        for path in paths:
            if dry_run:
                changes = await loader.try_path(graph, path)
                table = changes_table(changes, f"Changes if {path} is loaded")
            else:
                table = counts_table(
                    await loader.load_path(graph, path), f"Loaded {path}"
                )
            stdout_console().print(table)

    run_with_graph(settings, notice, work, Compiler.FULL)
    if report is not None:
        write_pairs(report, loader.pairs)


class Loader:
    """Loads paths of one format, and collects the members with the same name."""

    def __init__(
        self, format: str, mapping: Path | None, notice: TerminalNotice
    ) -> None:
        self.format = format
        self.mapping = mapping
        self.notice = notice
        self.pairs: list[NameMatch] = []

    async def load_path(self, graph: Graph, path: Path) -> dict[str, int]:
        """Load `path`; returns how many records of each kind it had."""
        known = await self.known_members(graph)
        records, faults = read_records(path, self.format, self.mapping, known)
        with self.notice.records(f"Loading {path}", records.count()) as advance:
            run = f"{self.format} {path}"
            counts = await write_records(graph, records, faults, advance, run)
        self.print_notes(faults.notes, known)
        return counts

    async def try_path(self, graph: Graph, path: Path) -> dict[str, Difference]:
        """What loading `path` would change."""
        known = await self.known_members(graph)
        records, faults = read_records(path, self.format, self.mapping, known)
        changes = await differences(graph, records, faults)
        self.print_notes(faults.notes, known)
        return changes

    async def known_members(self, graph: Graph) -> MemberMatching | None:
        if file_format(self.format, self.mapping).match_members:
            return await matching.load_members(graph)
        return None

    def print_notes(self, notes: dict[str, int], known: MemberMatching | None) -> None:
        """What the reader changed or left out, and members with the same name."""
        for text, count in list(notes.items())[:MAX_NOTES]:
            self.notice.say(f"{text} ({count:,})")
        if len(notes) > MAX_NOTES:
            self.notice.say(f"… and {len(notes) - MAX_NOTES:,} more notes")
        if known and known.matches:
            self.pairs += known.matches
            self.notice.console.print(pairs_table(known.matches))
