"""`valuenet map`: a mapping for a table, from its headers and values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice, stdout_console
from service.cli.map_dialogue import (
    Dialogue,
    kind_of,
    separator_of,
    subject_of,
)
from service.cli.map_tables import proposal_tables, record_tables
from service.errors import BadInput
from service.formats.proposals import (
    Answers,
    Proposal,
    mapping_toml,
)
from service.formats.proposals.preview import first_records
from service.formats.readers.mapping_file import sheet_options
from service.formats.sheets import Sheet
from service.formats.sheets.sheet_types import sheet_description, sheet_types
from service.formats.writers.output_files import check_output
from service.inputs.files import exists
from service.vocabulary.enums import MemberKind

KINDS = ", ".join(MemberKind.__members__)
FIRST_ROWS = 1_000

app = command_app()


@app.command()
def map(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file, workbook or JSON.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The mapping file to write."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a mapping that exists.")
    ] = False,
    sheet: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A sheet to map. Repeat the option for several."
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SHEET=WHAT",
            help="What the lines of a sheet are: members, contracts, ties or another"
            " table, with a kind if you like (ties EXCHANGE) and, for members, a role"
            " (members ORGANISATION STARTUP), or skip.",
        ),
    ] = None,
    our_firm: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Your organisation: the other side of orders, sales and holdings.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=f"The kind of members without one: {KINDS}."),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="What a sign such as kr stands for: SEK."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="COLUMN", help="The column that ties run from."),
    ] = None,
    split: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=SIGN",
            help="What separates several names in a cell, such as a comma, or whole.",
        ),
    ] = None,
    personal_data: Annotated[
        bool,
        typer.Option(
            "--personal-data",
            help="Keep e-mail addresses, telephone numbers and the like of people.",
        ),
    ] = False,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="Such as windows-1252.")
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(metavar="SIGN", help="The decimal sign: . or ,")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="Such as %d/%m/%Y.")
    ] = None,
) -> None:
    """Propose a mapping for a table.

    Shows what each column is taken for, and the first records as they would be loaded.
    """
    check_mapping_file(out, overwrite)
    given = {"encoding": encoding, "decimal": decimal, "date": date}
    options = sheet_options(
        "the command", {name: text for name, text in given.items() if text}
    )
    answers = Answers(
        our_firm=our_firm,
        kind=kind_of(kind),
        subjects=dict(subject_of(text) for text in about or ()),
        sources=frozenset(source or ()),
        currency=currency,
        separators=dict(separator_of(text) for text in split or ()),
        keeps_personal_data=personal_data,
    )
    dialogue = Dialogue(path, sheet or [], options, answers)
    proposal = dialogue.proposal()
    print_proposal(path, dialogue.sheets, proposal)
    dialogue.require_answers(proposal)
    if out:
        text = mapping_toml(proposal.mapping, proposal.spellings, proposal.unused)
        write_mapping(out, text)


def check_mapping_file(out: Path | None, overwrite: bool) -> None:
    if out is None:
        return
    if exists(out) and not overwrite:
        raise BadInput(f"--out: {out} exists; replace it with --overwrite")
    check_output(out, "--out")


def print_proposal(path: Path, sheets: list[Sheet], proposal: Proposal) -> None:
    console = stdout_console()
    types = sheet_types(sheets[0], FIRST_ROWS)
    console.print(f"{path}: {sheet_description(sheets[0], types)}")
    for table in proposal_tables(sheets, proposal):
        console.print(table)
    for table in record_tables(first_records(path, proposal.mapping)):
        console.print(table)


def write_mapping(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--out: {out}: cannot be written: {error.strerror}") from error
    TerminalNotice().say(
        f"Wrote {out}. Read it, correct it, and load the file with --mapping {out}."
    )
