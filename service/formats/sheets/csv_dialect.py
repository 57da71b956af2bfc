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
NAMES = {"\t": "tab", " ": "space"}
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*[\r\n]', re.IGNORECASE)
LEAST_SHARE = 0.51  # of the lines, which have the most common number of cells
ONE_COLUMN = "\x1f"  # a separator of no file
SINGLE_QUOTED = re.compile(r"(?:^|[,;|\t])'(?:[^']|'')*'(?=[,;|\t\r\n])", re.MULTILINE)


@dataclass(frozen=True)
class CsvDialect:
    """The marks of a CSV file; `first_line` is 2 below a line such as `sep=;`."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    first_line: int = 1

    @property
    def parameters(self) -> dict[str, Any]:
        """The arguments of `csv.reader`."""
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
    if delimiter is None and evenness(sample, best) < LEAST_SHARE:
        return CsvDialect(ONE_COLUMN, quote, None, first_line)
    return best


def evenness(sample: str, dialect: CsvDialect) -> float:
    """The share of lines that have the most common number of cells, if that is many."""
    try:
        lines = [
            len(cells)
            for cells in csv.reader(
                sample.splitlines(keepends=True), strict=True, **dialect.parameters
            )
            if any(cells)
        ]
    except csv.Error:
        return -1
    numbers = Counter(count for count in lines if count > 1)
    return max(numbers.values(), default=0) / max(1, len(lines))
