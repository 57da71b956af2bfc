"""The files of CORDIS: participations with, beside them, the projects.

For each of its programmes the EU publishes organization.csv and project.csv; extracts
and older editions have names such as h2020_organizations.csv and separators, decimal
signs and names of columns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from service.errors import BadInput
from service.formats.rows import Faults, TableRow
from service.formats.sheets.sheets import sheets_of
from service.inputs.packed import collection_files, is_collection

PARTICIPATIONS = re.compile(r"organi[sz]ations?", re.IGNORECASE)
PROJECTS = ("project", "projects")
MISSING = "organization.csv: not found; the cordis format needs this file"
QUOTE = '"'
QUOTES = re.compile(f"{QUOTE}+")
Cells = dict[str, str | None]


class ProgrammeFiles(NamedTuple):
    """The files of one programme."""

    participations: Path
    projects: Path | None

    @property
    def names(self) -> list[str]:
        """What may name the programme: the file, else the folder or zip around it."""
        return list(reversed(self.participations.parts[-3:]))


def programme_files(path: Path) -> list[ProgrammeFiles]:
    """The file at `path`, or all in its folder or zip, and in those in that folder."""
    if not is_collection(path):
        beside = collection_files(path.parent, path.suffix)
        return [ProgrammeFiles(path, projects_beside(path, beside))]
    collections = [path]
    if path.is_dir():
        collections += [each for each in sorted(path.iterdir()) if is_collection(each)]
    files = [
        ProgrammeFiles(file, projects_beside(file, csv_files))
        for csv_files in (collection_files(each, ".csv") for each in collections)
        for file in csv_files
        if PARTICIPATIONS.search(file.stem)
    ]
    if not files:
        raise BadInput(f"{path / MISSING}")
    return files


def projects_beside(file: Path, files: list[Path]) -> Path | None:
    """The file of projects that has the same name but for that word."""
    if not PARTICIPATIONS.search(file.stem):
        return None
    stems = [PARTICIPATIONS.sub(word, file.stem) for word in PROJECTS]
    paths = (each for each in files if each.parent == file.parent)
    return next((path for path in paths if path.stem in stems), None)


class Columns(NamedTuple):
    """The columns of a file: our name of each, and those that it needs."""

    aliases: dict[str, str]  # by its name in lower case
    needed: Iterable[str]
    unread: re.Pattern[str]


def published_rows(file: Path, columns: Columns, faults: Faults) -> Iterator[TableRow]:
    """The rows under our names of their columns; a missing one may be a fault."""
    for sheet in sheets_of(file):
        names = {n: columns.aliases.get(n.casefold(), n) for n in sheet.header}
        missing = [n for n in columns.needed if n not in names.values()]
        for name in missing:
            text = "the file has no such column; add it"
            faults.add(sheet.file, sheet.header_line, name, text)
        for name in filter(columns.unread.fullmatch, names.values()):
            faults.note(f"column {name!r}: not imported")
        for row in sheet.rows(faults) if not missing else ():
            cells = {
                names[n]: cell and unescaped(cell) for n, cell in row.cells.items()
            }
            yield row._replace(cells=cells)


def unescaped(text: str) -> str:
    """A text without the quotes that were doubled once too often.

    >>> unescaped("`NCSR ``Demokritos```".replace("`", QUOTE))
    'NCSR "Demokritos"'
    >>> unescaped("Firm ``Kvant`` Ltd".replace("`", QUOTE)), unescaped('"Kvant"')
    ('Firm "Kvant" Ltd', '"Kvant"')
    """
    if 2 * QUOTE not in text:
        return text
    inner = text[1:-1]
    is_quoted = text[0] == text[-1] == QUOTE and not any(
        len(run) % 2 for run in QUOTES.findall(inner)
    )
    return (inner if is_quoted else text).replace(2 * QUOTE, QUOTE)
