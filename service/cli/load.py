"""`valuenet load`: files into the database, each path in a run of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from service import database
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
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.formats.writers.output_files import check_output
from service.graph import Graph
from service.settings import Settings

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

    All files are read before the first is loaded. If they have faults, these are listed
    with file, line and column, and nothing is loaded.
    """
    if format not in READERS:
        raise BadInput(f"--format: expected one of {FORMATS}; got {format!r}")
    if report is not None:
        check_output(report, "--report")
    settings, notice = load_settings(), TerminalNotice()
    loader = Loader(format, mapping, notice, None if dry_run else settings)
    # Before a server starts. Only one path stays staged, in memory and on the disk.
    inputs = [loader.check(path, keep=len(paths) == 1) for path in paths]

    async def work(graph: Graph) -> None:
        for loaded in inputs:
            if dry_run:
                changes = await loader.differences(graph, loaded)
                table = changes_table(changes, f"Changes if {loaded.path} is loaded")
            else:
                counts = await loader.load(graph, loaded)
                table = counts_table(counts, f"Loaded {loaded.path}")
            stdout_console().print(table)

    run_with_graph(settings, notice, work, Compiler.FULL)
    if report is not None:
        write_pairs(report, loader.pairs)


@dataclass(frozen=True)
class LoadInput:
    """A path that was read without a fault; without a stage it is read again."""

    path: Path
    stage: RecordStage | None
    faults: Faults


class Loader:
    """Loads paths of one format, and collects the members with the same name."""

    def __init__(
        self,
        format: str,
        mapping: Path | None,
        notice: TerminalNotice,
        settings: Settings | None = None,
    ) -> None:
        """With settings, it checks that the disk has room for what is loaded."""
        self.format = format
        self.mapping = mapping
        self.notice = notice
        self.settings = settings
        self.pairs: list[NameMatch] = []

    def check(self, path: Path, keep: bool = True) -> LoadInput:
        """Read and check `path`, without the database; faults are an error.

        A format whose members are matched with those of the database keeps nothing.
        """
        stage, faults = read_records(path, self.format, self.mapping)
        faults.refuse()
        if self.settings:
            doing = f"load {stage.count():,} records"
            database.require_space_for(self.settings, stage.count(), doing)
        if keep and not file_format(self.format, self.mapping).match_members:
            return LoadInput(path, stage, faults)
        stage.close()
        return LoadInput(path, None, faults)

    async def load(self, graph: Graph, input: LoadInput) -> dict[str, int]:
        """How many records of each kind were loaded."""
        known = await self.known_members(graph)
        stage, faults = self.staged(input, known)
        with self.notice.records(f"Loading {input.path}", stage.count()) as advance:
            run = f"{self.format} {input.path}"
            counts = await write_records(graph, stage, faults, advance, run)
        self.print_notes(faults.notes, known)
        return counts

    async def differences(
        self, graph: Graph, input: LoadInput
    ) -> dict[str, Difference]:
        """What loading would change."""
        known = await self.known_members(graph)
        stage, faults = self.staged(input, known)
        changes = await differences(graph, stage, faults)
        self.print_notes(faults.notes, known)
        return changes

    def staged(
        self, input: LoadInput, known: MemberMatching | None
    ) -> tuple[RecordStage, Faults]:
        if input.stage is not None:
            return input.stage, input.faults
        return read_records(input.path, self.format, self.mapping, known)

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
