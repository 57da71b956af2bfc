"""A file of a load: how it is read, and the name of its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.formats.rows import FileReader, TableRow

# The months in the languages whose headers are read, and their short names.
MONTHS = """
january february march april may june july august september october november december
januari februari mars maj juni juli augusti oktober januar februar marts mai märz
dezember janvier février avril juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
jan feb mar apr jun jul aug sep sept oct okt nov dec dez
"""
COPY = re.compile(
    r"[\s_\-.(]+(\d[\d\s_\-.]*|v\d+|copy|kopia|kopi|kopie|copie|copia"
    rf"|{'|'.join(MONTHS.split())})\)?$",
    re.IGNORECASE,
)
MAX_SOURCE = 80  # characters


@dataclass(frozen=True)
class FileFormat:
    """A format that `valuenet load` reads.

    `records` says where its records are; a load that has none is an error with this.
    A format whose keys are ours `has_own_keys`. Of the others, some tell members apart
    by ids: two nodes of a graph with one label are two members. `lines` gives the lines
    as the file has them, where the rows of the reader have other columns.
    """

    name: str
    reader: FileReader
    records: str
    has_own_keys: bool = False
    tells_members_apart: bool = False
    lines: Callable[[Path], Iterator[TableRow]] | None = None


@dataclass(frozen=True)
class InputFile:
    """A path with its format; `source` is the name that its records are marked with."""

    path: Path
    format: FileFormat
    source: str


def with_source(path: Path, format: FileFormat, source: str | None) -> InputFile:
    """The file with the source that a person names, or with that of its name.

    A format with keys of ours needs no source.
    """
    default = "" if format.has_own_keys else source_name(path)
    return InputFile(path, format, default if source is None else source.strip())


def source_name(path: Path) -> str:
    """The name of a file without its endings, dates, months, numbers and "copy".

    Next week's file of the same source has the same name.

    >>> [source_name(Path(name)) for name in ("Kunder 2026-11-29 (2).xlsx", "2026.csv")]
    ['kunder', '2026']
    >>> [source_name(Path(name)) for name in ("deals_v2.csv.gz", "h2020.csv")]
    ['deals', 'h2020']
    >>> [source_name(Path(name)) for name in ("Bolag oktober 2026.xlsx", "may.csv")]
    ['bolag', 'may']
    """
    name = path.name
    while len(suffix := Path(name).suffix) > 1 and not suffix[1:].isdigit():
        name = Path(name).stem
    stem = name
    while shorter := COPY.sub("", stem).strip():
        if shorter == stem:
            break
        stem = shorter
    return stem.casefold()[:MAX_SOURCE]
