"""`valuenet load`: files into the database, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.load_remarks import print_remarks
from service.cli.load_tables import changes_table, counts_table
from service.cli.session import load_settings, run_with_graph
from service.database import Compiler
from service.errors import BadInput
from service.formats.input_file import InputFile, with_source
from service.formats.load_files import LoadOptions
from service.formats.load_report import write_faulty_lines, write_report
from service.formats.loader import Loader
from service.formats.readers import READERS, file_format
from service.formats.readers.mapping_file import sheet_options
from service.formats.recognition import ABOUT, RecognisedFile, recognised_files
from service.formats.sheets import SheetOptions
from service.formats.writers.output_files import check_output
from service.graph import Graph
from service.vocabulary.names import counted

FORMATS = ", ".join(READERS)

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
    skip_faulty: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Load the good lines, and write the faulty ones with their faults to"
            " this CSV file. Without it a fault stops the load.",
        ),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="The files are all that their source lists: its other records end"
            " today.",
        ),
    ] = False,
    new_keys: Annotated[
        bool,
        typer.Option(
            "--new-keys",
            help="Load members as new even where their names exist under other keys.",
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show what would change, without writing."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A CSV file to write: all faults and remarks, and the members that"
            " have a name like that of another one, with the decision for each.",
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
    if skip_faulty is not None:
        check_output(skip_faulty, "--skip-faulty")
    settings, notice = load_settings(), TerminalNotice()
    given = {"encoding": encoding, "decimal": decimal, "date": date}
    options = sheet_options(
        "the command", {n: v for n, v in given.items() if v is not None}
    )
    files: list[InputFile] = []
    every = list(dict.fromkeys(paths))
    for recognised in files_at(every, format, mapping, options, source):
        files.append(recognised.file)
        notice.say(recognised.about)
    require_sources(files, complete)
    skips, half_life = skip_faulty is not None, settings.half_life_days
    loader = Loader(files, LoadOptions(half_life, skips, complete, new_keys))

    async def work(graph: Graph) -> None:
        if dry_run:
            title = f"What {loader.about} would change"
            table = changes_table(await loader.differences(graph), title)
        else:
            counts = await loader.load(graph, notice.records)
            table = counts_table(counts, f"Loaded {loader.about}")
        print_remarks(loader.files, notice)
        stdout_console().print(table)

    try:
        loader.check(None if dry_run else settings)  # before a server starts
        run_with_graph(settings, notice, work, Compiler.FULL)
        if skip_faulty is not None:
            write_faulty_lines(skip_faulty, loader.files)
            count = counted(len(loader.files.left_out), "faulty line")
            notice.say(f"{count} left out; {skip_faulty} has them with their faults")
    finally:
        if report is not None:
            write_report(report, loader.files)


def files_at(
    paths: list[Path],
    format: str | None,
    mapping: Path | None,
    options: SheetOptions,
    source: str | None,
) -> Iterator[RecognisedFile]:
    """The files at the paths, each with the format that is named or recognised."""
    if format is None and mapping is None:
        yield from recognised_files(paths, options, source)
        return
    chosen = file_format(format or "", mapping)
    how = f"mapped by {mapping}" if mapping else ABOUT[chosen.name]
    for path in paths:
        about = f"{path}: {how}"
        yield RecognisedFile(with_source(path, chosen, source), about)


def require_sources(files: Sequence[InputFile], is_complete: bool) -> None:
    unnamed = [str(file.path) for file in files if not file.source]
    if is_complete and unnamed:
        text = "--complete ends what a source no longer lists; name it with --source"
        raise BadInput(f"{unnamed[0]}: {text}")
