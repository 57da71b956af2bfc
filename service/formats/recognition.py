"""What files hold, from their content: the format that each of them is read with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote

from service.errors import BadInput
from service.formats.input_file import FileFormat, InputFile, with_source
from service.formats.proposals import (
    NO_ANSWERS,
    Answers,
    Proposal,
    proposed_mapping,
)
from service.formats.readers import READERS, mapped_format
from service.formats.readers.crunchbase.columns import missing_columns
from service.formats.readers.mapping_file import TableMapping
from service.formats.readers.table_sheets import is_table_sheet, table_name
from service.formats.readers.tables import tables_reader
from service.formats.sheets import Sheet, SheetOptions, sheets_of
from service.formats.sheets.sheet_types import sheet_description, sheet_types
from service.inputs.content import JSON_CONTENTS, WORKBOOKS, Content
from service.inputs.files import exists
from service.inputs.packed import (
    collection_files,
    content_at,
    data_files,
    is_collection,
    open_data,
)

SAMPLE = 10_000  # rows from which the dialect of a table is told
HEAD = 1 << 16  # bytes of a JSON file, in which its names are looked for
JSON_FORMATS = {
    "kumu": re.compile(rb'"(elements|connections)"\s*:\s*\['),
    "ocds": re.compile(rb'"(ocid|releases|records)"\s*:'),
}
GRAPHS = {Content.GRAPHML: "graphml", Content.GEXF: "gexf"}
ABOUT = {
    "tables": "tables in the format of valuenet",
    "yc": "Y Combinator companies and founders",
    "cordis": "EU research participations (CORDIS)",
    "graphml": "a graph in GraphML",
    "gexf": "a graph in GEXF",
    "kumu": "a Kumu map",
    "ocds": "contracts in the Open Contracting standard (OCDS)",
    "crunchbase": "investments as Crunchbase lists them",
}
CORDIS_COLUMNS = {"projectID", "organisationID"}
CRUNCHBASE_COLUMNS = {"company_name", "investor_name", "funded_when", "funded_at"}
CRUNCHBASE_COLUMNS |= {"amount_usd", "raised_amount_usd", "funding_round_type"}
CRUNCHBASE_COLUMNS |= {"funding_round_uuid", "company_permalink", "investor_permalink"}
YC_FILES = {"Startups.csv", "Founders.csv"}


@dataclass(frozen=True)
class FileContent:
    """What a file holds: a format that is known, or tables with columns of their own.

    `beside` has such tables of the other files of the load.
    """

    path: Path
    format: str | None
    sheets: Sequence[Sheet] = ()
    beside: Sequence[Sheet] = ()

    @property
    def about(self) -> str:
        """What a person calls it."""
        return ABOUT[self.format] if self.format else about_tables(self.sheets)

    def proposal(self, answers: Answers = NO_ANSWERS) -> Proposal:
        """The mapping that is proposed for its tables."""
        if not self.sheets:
            text = "no table in it: a header and a line under it"
            raise BadInput(f"{self.path}: {text}")
        return proposed_mapping(self.sheets, answers, self.beside)


@dataclass(frozen=True)
class RecognisedFile:
    """A file with its format, and the line that tells a person what it is."""

    file: InputFile
    about: str


def recognised_files(
    paths: Sequence[Path], options: SheetOptions, source: str | None = None
) -> Iterator[RecognisedFile]:
    """The files of one load, each with its format; an error names what is not known."""
    for content in file_contents(paths, options):
        path, about = content.path, content.about
        if content.format:
            format = named_format(content.format, options)
        else:
            format, about = proposed_format(content, options)
        yield RecognisedFile(with_source(path, format, source), f"{path}: {about}")


def file_contents(paths: Sequence[Path], options: SheetOptions) -> list[FileContent]:
    """What the files of one load hold.

    What a table of its own means is told from all such tables of the load together: one
    may list the people whom another names.
    """
    every = [pair for path in paths for pair in formats_at(path, options)]
    tables = {path: sheets for path, sheets in every if not isinstance(sheets, str)}
    contents = []
    for path, name in every:
        if isinstance(name, str):
            contents.append(FileContent(path, name))
        else:
            others = [s for file, own in tables.items() if file != path for s in own]
            contents.append(FileContent(path, None, name, others))
    return contents


def formats_at(
    path: Path, options: SheetOptions
) -> list[tuple[Path, str | list[Sheet]]]:
    """The files at a path with the names of their formats, or with their sheets."""
    if not exists(path):
        raise BadInput(f"{path}: no such file or folder")
    if not is_collection(path):
        return [(path, file_format_of(path, options))]
    if name := collection_format(path, options):
        return [(path, name)]
    files = files_in(path)
    formats = [file_format_of(file, options) for file in files]
    tables = [sheets for sheets in formats if not isinstance(sheets, str)]
    if path.is_file() and len(tables) == len(files):  # they name each other's lines
        return [(path, [sheet for sheets in tables for sheet in sheets])]
    return list(zip(files, formats, strict=True))


def named_format(name: str, options: SheetOptions) -> FileFormat:
    if name == "tables":
        return replace(READERS[name], reader=tables_reader(options))
    return READERS[name]


def file_format_of(path: Path, options: SheetOptions) -> str | list[Sheet]:
    """The format of one file; its sheets where they have columns of their own."""
    content = content_at(path)
    if content in GRAPHS:
        return GRAPHS[content]
    if content in (Content.XML, Content.HTML, Content.PDF, Content.ARCHIVE):
        raise BadInput(
            f"{path}: this is {content}, which is not read; see docs/import.md"
        )
    if content in JSON_CONTENTS:
        with open_data(path) as data:
            head = data.read(HEAD)
        for name, pattern in JSON_FORMATS.items():
            if pattern.search(head):
                return name
    sheets = sheets_of(path, options)
    return sheets_format(path, sheets) or sheets


def sheets_format(path: Path, sheets: list[Sheet]) -> str | None:
    """The format whose columns the tables of a file have."""
    is_workbook = content_at(path) in WORKBOOKS
    for sheet in sheets:
        columns = set(sheet.header)
        table = table_name(sheet.name if is_workbook else path.stem)
        if is_table_sheet(table, sheet.header):
            return "tables"
        if columns >= CORDIS_COLUMNS:
            return "cordis"
        names = {name.casefold().replace(" ", "_") for name in columns}
        if len(names & CRUNCHBASE_COLUMNS) > 1 and not missing_columns(sheet.header):
            return "crunchbase"
    return None


def collection_format(path: Path, options: SheetOptions) -> str | None:
    """The format of a folder or zip as a whole; None if its files are apart."""
    files = collection_files(path, ".csv")
    if {file.name for file in files} >= YC_FILES:
        return "yc"
    formats = [file_format_of(file, options) for file in files]
    return next((name for name in ("tables", "cordis") if name in formats), None)


def files_in(path: Path) -> list[Path]:
    """The files of a folder or a zip, without hidden ones."""
    files = data_files(path) if path.is_file() else sorted(path.iterdir())
    visible = [f for f in files if not f.name.startswith(".") and not f.is_dir()]
    if not visible:
        raise BadInput(f"{path}: the folder has no file")
    return visible


def about_tables(sheets: Sequence[Sheet]) -> str:
    """What tables are, in a line; no table is none."""
    if not sheets:
        return "no table"
    about = sheet_description(sheets[0], sheet_types(sheets[0], SAMPLE))
    return f"{about.partition(',')[0]}, {len(sheets)} sheets" if sheets[1:] else about


def proposed_format(
    content: FileContent, options: SheetOptions
) -> tuple[FileFormat, str]:
    """The mapping that is proposed for a table; one that is not sure is an error."""
    path, proposal, about = content.path, content.proposal(), content.about
    command = f"valuenet map {quote(str(path))} --out mapping.toml"
    if not proposal.is_sure:
        raise BadInput(f"{path}: {about}; {advice(proposal, command)}")
    mapping = replace(proposal.mapping, options=options)
    where = f"a mapping; make it with `{command}`"
    format = mapped_format(mapping, where)
    return format, f"{about}; read as {about_mapping(mapping)}: `{command}` shows how"


def about_mapping(mapping: TableMapping) -> str:
    """What a mapping makes, in a line."""
    tables = Counter(section.table for section in mapping.sections)
    return ", ".join(counted_sections(table, n) for table, n in tables.items())


def advice(proposal: Proposal, command: str) -> str:
    """What is open about a table, and the commands that load it all the same."""
    if not proposal.questions:
        return f"no column of it is known. `{command}` begins a mapping to fill in."
    texts = " ".join(question.text for question in proposal.questions)
    options = " ".join(dict.fromkeys(q.example for q in proposal.questions))
    say = f"Say so with `{command} {options}`"
    load = "then load the file with `--mapping mapping.toml`"
    return f"only you know what it means. {texts} {say}, {load}."


def counted_sections(table: str, count: int) -> str:
    """
    >>> counted_sections("members", 1), counted_sections("ties", 2)
    ('members', 'ties (2 kinds)')
    """
    name = table.replace("_", " ")
    return name if count == 1 else f"{name} ({count} kinds)"
