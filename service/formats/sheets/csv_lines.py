"""The lines of a text of any size, for the reader of CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

MAX_ROW = 4 << 20  # characters of one row, which may span several lines
MARK = "\ufeff"


class BoundedLines:
    """The lines of a CSV file; one row of it cannot fill the memory."""

    def __init__(self, data: BinaryIO, encoding: str) -> None:
        self._text = TextIOWrapper(data, encoding=encoding, newline="")
        self.row_size = 0  # the reader of rows sets it to 0 after each row

    def __iter__(self) -> Iterator[str]:
        line = self._text.readline(MAX_ROW + 2).removeprefix(MARK)
        while line:
            self.row_size += len(line)
            if self.row_size > MAX_ROW:
                raise csv.Error(f"a row has more than {MAX_ROW:,} characters")
            yield line
            line = self._text.readline(MAX_ROW + 2)
