"""`valuenet load`: files into the database, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from service import database
from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.load_report import write_report
from service.cli.load_tables import changes_table, counts_table, pairs_table
from service.cli.session import load_settings, run_with_graph
from service.database import Compiler
from service.formats.differences import Difference, differences
from service.formats.input_file import InputFile, with_source
from service.formats.load import write_records
from service.formats.load_files import LoadFiles
from service.formats.readers import READERS, file_format
from service.formats.readers.mapping_file import sheet_options
from service.formats.recognition import RecognisedFile, recognised_files
from service.formats.records import HALF_LIFE_DAYS
from service.formats.sheets import SheetOptions
from service.formats.staging import RecordStage
from service.formats.writers.output_files import check_output
from service.graph import Graph
from service.settings import Settings
from service.vocabulary.names import counted

FORMATS = ", ".join(READERS)
MAX_NOTES = 20

app = command_app()


@app.command()
def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Folders or files to load.")
    ],
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help=f"One of {FORMATS}. Default: recognised for each file.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A TOML file that maps the columns of a table."
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of text files. Default: recognised."),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option(metavar="SIGN", help="In tables: . or , Default: recognised."),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help="In tables: such as %d/%m/%Y."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The name of the source: records of one source are recognised when it"
            " is loaded again. Default: the name of the file without its date.",
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
            help="A CSV file to write: all faults and remarks, and the members that"
            " have the same name as another one, with the decision for each.",
        ),
    ] = None,
) -> None:
    """Load data from files.

    All files of one command are one load: all are read before anything is loaded. If
    they have faults, these are listed with file, line and column, and nothing is
    loaded.
    """
    if report is not None:
        check_output(report, "--report")
    settings, notice = load_settings(), TerminalNotice()
    given = {"encoding": encoding, "decimal": decimal, "date": date}
    options = sheet_options(
        "the command", {n: v for n, v in given.items() if v is not None}
    )
    files: list[InputFile] = []
    for path in dict.fromkeys(paths):
        for recognised in files_at(path, format, mapping, options, source):
            files.append(recognised.file)
            notice.say(recognised.about)
    loader = Loader(files, notice, settings.half_life_days)

    async def work(graph: Graph) -> None:
        if dry_run:
            table = changes_table(await loader.differences(graph), f"{loader.about}:")
        else:
            counts = await loader.load(graph)
            table = counts_table(counts, f"Loaded {loader.about}")
        stdout_console().print(table)

    try:
        loader.check(None if dry_run else settings)  # before a server starts
        run_with_graph(settings, notice, work, Compiler.FULL)
    finally:
        if report is not None:
            write_report(report, loader.files)


def files_at(
    path: Path,
    format: str | None,
    mapping: Path | None,
    options: SheetOptions,
    source: str | None,
) -> Iterator[RecognisedFile]:
    """The files at a path, each with the format that is named, mapped or recognised."""
    if format is None and mapping is None:
        yield from recognised_files(path, options, source)
    else:
        chosen = file_format(format or "", mapping)
        about = f"{path}: read as {format or mapping}"
        yield RecognisedFile(with_source(path, chosen, source), about)


class Loader:
    """Loads some files together, and says what it did with them."""

    def __init__(
        self,
        files: Sequence[InputFile],
        notice: TerminalNotice,
        half_life: float = HALF_LIFE_DAYS,
    ) -> None:
        self.files = LoadFiles(files, half_life)
        self.notice = notice
        self._stage: RecordStage | None = None

    @property
    def about(self) -> str:
        first, *others = (str(file.path) for file in self.files.files)
        return f"{first} and {counted(len(others), 'more path')}" if others else first

    def check(self, settings: Settings | None = None) -> None:
        """Read and check the files, without the database; faults are an error.

        With settings, the disk must have room for what is loaded.
        """
        self._stage = self.files.parse()
        self.files.faults.refuse()
        if settings:
            count = self._stage.count()
            doing = f"load {counted(count, 'record')}"
            database.require_space_for(settings, count, doing)

    async def load(self, graph: Graph) -> dict[str, int]:
        """How many records of each kind were loaded."""
        stage = await self._identified(graph)
        with self.notice.records(f"Loading {self.about}", stage.count()) as advance:
            faults = self.files.faults
            counts = await write_records(graph, stage, faults, advance, self.about)
        self._print_remarks()
        return counts

    async def differences(self, graph: Graph) -> dict[str, Difference]:
        """What loading would change."""
        stage = await self._identified(graph)
        changes = await differences(graph, stage, self.files.faults)
        self._print_remarks()
        return changes

    async def _identified(self, graph: Graph) -> RecordStage:
        if self._stage is None:
            self.check()
        stage, self._stage = self._stage, None
        if stage is None or not self.files.has_own_keys:
            stage = await self.files.identify(graph)
        return stage

    def _print_remarks(self) -> None:
        """What was changed or left out, and members with the same name."""
        faults = self.files.faults
        for text, count in list(faults.notes.items())[:MAX_NOTES]:
            example = faults.examples.get(text)
            shown = f", such as {example}" if example else ""
            self.notice.say(f"{text} ({count:,}{shown})")
        if len(faults.notes) > MAX_NOTES:
            more = counted(len(faults.notes) - MAX_NOTES, "more remark")
            self.notice.say(f"… and {more}; --report FILE lists all of them")
        if self.files.matches:
            self.notice.console.print(pairs_table(self.files.matches))
