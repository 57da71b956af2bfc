"""What every reader gives: rows of text, table by table, each knowing its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from service.errors import ImportRefusal
from service.writes.records import RecordInput

MAX_FAULTS = 100

# The table of each row (members, ties, contracts, …), and the row.
Rows = Iterator[tuple[str, "Row"]]
Reader = Callable[[Path, "Faults"], Rows]


class Row(NamedTuple):
    """One line of a table; a blank cell is None, a column left out is absent."""

    file: str
    line: int
    cells: dict[str, str | None]


@dataclass
class Faults:
    """What is wrong with the files of one run, in the order it was found."""

    found: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)  # what was read otherwise

    def add(self, file: str, line: int, column: str | None, text: str) -> None:
        where = f"{file} line {line}" + (f", column {column}" if column else "")
        if f"{where}: {text}" in self.found:
            return
        self.found.append(f"{where}: {text}")
        if len(self.found) == MAX_FAULTS:
            self.found.append(f"… and perhaps more: the first {MAX_FAULTS} are listed.")
            self.refuse()

    def note(self, text: str) -> None:
        """What is no fault and that people should know; told with its count."""
        self.notes[text] += 1

    def at(
        self,
        input: Row | RecordInput,
        column: str | None,
        text: str,
        code: str = "INVALID",
    ) -> None:
        self.add(input.file, input.line, column, text)

    def refuse(self) -> None:
        """End the run if anything is wrong."""
        if self.found:
            raise ImportRefusal([*self.found, "Nothing of this run was kept."])
