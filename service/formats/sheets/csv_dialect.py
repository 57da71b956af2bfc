"""How a CSV file is written: its separator and its quotes, from a sample."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

# In the order of preference where two separators divide a sample alike: commas stand in
# texts and numbers, the others hardly ever in every line.
DELIMITERS = ("\t", ";", "|", ",")
NAMES = {"\t": "tab", " ": "space", ",": "comma"}
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*[\r\n]', re.IGNORECASE)
LEAST_SHARE = 0.51  # of the lines, which have the most common number of cells
CUT_OFF = "unexpected end of data"  # what `csv` says of a cell without its last quote
LONGEST_CELL = 50  # lines
ONE_COLUMN = "\x1f"  # a separator of no file
SINGLE_QUOTED = re.compile(r"(?:^|[,;|\t])'(?:[^']|'')*'(?=[,;|\t\r\n])", re.MULTILINE)


@dataclass(frozen=True)
class CsvDialect:
    """The marks of a CSV file; `first_line` is 2 below a line such as `sep=;`.

    Without a `quote`, quotes are letters like others.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    first_line: int = 1

    @property
    def parameters(self) -> dict[str, Any]:
        """The arguments of `csv.reader`."""
        if not self.quote:
            return {"delimiter": self.delimiter, "quoting": csv.QUOTE_NONE}
        escape = {"escapechar": self.escape, "doublequote": self.escape is None}
        return {"delimiter": self.delimiter, "quotechar": self.quote, **escape}

    def __str__(self) -> str:
        if self.delimiter == ONE_COLUMN:
            return "one column"
        return f"separator {NAMES.get(self.delimiter, self.delimiter)}"


def dialect_of(sample: str, delimiter: str | None = None) -> CsvDialect:
    """The dialect of a sample, which ends with a whole line.

    >>> str(dialect_of("Name;Amount\\nOld Mill;12,5\\n"))
    'separator ;'
    """
    first_line = 1
    if match := SEPARATOR_LINE.match(sample):
        delimiter = delimiter or match[1]
        sample, first_line = sample[match.end() :], 2
    quote = "'" if '"' not in sample and SINGLE_QUOTED.search(sample) else '"'
    candidates = (delimiter,) if delimiter else DELIMITERS
    every = [CsvDialect(mark, quote, None, first_line) for mark in candidates]
    if '\\"' in sample:
        every += [CsvDialect(mark, quote, "\\", first_line) for mark in candidates]
    best = max(every, key=lambda dialect: evenness(sample, dialect))
    if evenness(sample, best) < LEAST_SHARE:  # a text may begin with a quote: "A" and B
        every = [CsvDialect(mark, "", None, first_line) for mark in candidates]
        best = max([best, *every], key=lambda dialect: evenness(sample, dialect))
    if delimiter is None and evenness(sample, best) < LEAST_SHARE:
        return CsvDialect(ONE_COLUMN, quote, None, first_line)
    return best


def evenness(sample: str, dialect: CsvDialect) -> float:
    """The share of lines that have the most common number of cells, if that is many."""
    rows = csv.reader(
        sample.splitlines(keepends=True), strict=True, **dialect.parameters
    )
    sizes, end = [], 0
    try:
        for cells in rows:
            end = rows.line_num
            if any(cells):
                sizes.append(len(cells))
    except csv.Error as error:  # a sample may end within a cell of several lines
        if CUT_OFF not in str(error) or rows.line_num - end > LONGEST_CELL:
            return -1
    numbers = Counter(size for size in sizes if size > 1)
    return max(numbers.values(), default=0) / max(1, len(sizes))
