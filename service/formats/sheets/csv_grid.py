"""CSV files of any dialect as grids."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets.csv_dialect import CsvDialect, dialect_of
from service.formats.sheets.csv_lines import BoundedLines
from service.formats.sheets.sheet import Grid, GridLine, SheetOptions
from service.inputs.encodings import (
    WINDOWS_1252,
    UnknownEncoding,
    codec_name,
    encoding_name,
    encoding_of,
)
from service.inputs.packed import chunks_of, open_data

SAMPLE = 1 << 16  # characters
OTHER_LETTERS = re.compile(r"\w{0,20}[^\W\x00-\x7f]\w{0,20}")


def csv_grid(path: Path, options: SheetOptions) -> Grid:
    """The lines of one CSV file, read as it seems to be written."""
    if options.encoding and not codec_name(options.encoding):
        raise BadInput(f"--encoding: {options.encoding!r} is no encoding of texts")
    encoding = options.encoding or detected_encoding(path)
    sample = sample_of(path, encoding)
    dialect = dialect_of(sample, options.delimiter)
    parts = ("CSV", encoding_name(encoding), str(dialect))
    is_guess = encoding == WINDOWS_1252 and options.encoding is None
    return Grid(
        name=path.stem,
        file=str(path),
        format=", ".join(parts),
        lines=CsvLines(path, encoding, dialect).lines,
        is_regular=True,
        encoding=encoding,
        delimiter=dialect.delimiter,
        notes=(note_of_guess(sample),) if is_guess else (),
    )


def note_of_guess(sample: str) -> str:
    """
    >>> note_of_guess("Name\\nMalmö Kvarn\\n")
    "read as Windows-1252 ('Malmö'); if letters are wrong, name another --encoding"
    """
    word = OTHER_LETTERS.search(sample)
    example = f" ({word[0]!r})" if word else ""
    advice = "if letters are wrong, name another --encoding"
    return f"read as Windows-1252{example}; {advice}"


def detected_encoding(path: Path) -> str:
    try:
        return encoding_of(lambda: chunks_of(path))
    except UnknownEncoding as error:
        text = f"{error}; name its --encoding, or save it as UTF-8"
        raise BadInput(f"{path} line {error.line}: {text}") from error


def sample_of(path: Path, encoding: str) -> str:
    """The beginning of a text, up to the end of a line."""
    with open_data(path) as data:
        text = TextIOWrapper(data, encoding, errors="replace", newline="")
        sample = text.read(SAMPLE).removeprefix("\ufeff")
    end = max(sample.rfind("\n"), sample.rfind("\r")) + 1
    return sample[:end] if end and len(sample) >= SAMPLE - 1 else sample


@dataclass(frozen=True)
class CsvLines:
    """One CSV file, whose encoding and dialect are known."""

    path: Path
    encoding: str
    dialect: CsvDialect

    def lines(self, faults: Faults) -> Iterator[GridLine]:
        """The cells of each line; blank ones are None, and ends are not checked."""
        name, line = str(self.path), 1
        with open_data(self.path) as data:
            text = BoundedLines(data, self.encoding)
            reader = csv.reader(text, strict=True, **self.dialect.parameters)
            try:
                for cells in reader:
                    text.row_size = 0
                    if line >= self.dialect.first_line:
                        yield line, [cell.strip() or None for cell in cells]
                    line = reader.line_num + 1
            except csv.Error as error:
                faults.add(name, line, None, f"not valid CSV: {error}")
            except UnicodeError as error:
                message = f"not {encoding_name(self.encoding)}: {error}"
                faults.add(name, line, None, f"{message}; name another --encoding")
