"""The rows that every reader yields, and the faults and notes of one load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from service.errors import ImportRefusal
from service.writes.records import RecordInput

MAX_FAULTS = 100
MAX_NOTES = 1_000  # different texts; a file cannot fill the memory with them
MAX_TEXT = 1_000  # characters of one fault: the cells that it repeats may be long
OTHER_NOTES = "other remarks"
NOTHING_IMPORTED = "Nothing was imported. Correct the files and load them again."

# The table of each row (members, ties, contracts, …), and the row.
Rows = Iterator[tuple[str, "TableRow"]]
FileReader = Callable[[Path, "Faults"], Rows]


class TableRow(NamedTuple):
    """One line of a table; a blank cell is None, a column left out is absent."""

    file: str
    line: int
    cells: dict[str, str | None]


@dataclass
class Faults:
    """Everything that is wrong with the files of one load, in reading order."""

    messages: list[str] = field(default_factory=list)
    # What was imported in another form, or not at all, with how often.
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, line: int, column: str | None, text: str) -> None:
        where = f"{file} line {line}"
        if column:
            where += f", column {shortened(column)}"
        message = f"{where}: {shortened(text)}"
        if message in self.messages:
            return
        self.messages.append(message)
        if len(self.messages) == MAX_FAULTS:
            more = f"Only the first {MAX_FAULTS} problems are listed."
            self.messages.append(more)
            self.refuse()

    def note(self, text: str) -> None:
        """Count a remark that is not a fault, such as a column that is not imported."""
        text = shortened(text)
        is_known = text in self.notes or len(self.notes) < MAX_NOTES
        self.notes[text if is_known else OTHER_NOTES] += 1

    def warn(self, input: RecordInput, column: str, text: str) -> None:
        self.note(f"{column}: {text}")

    def at(
        self,
        input: TableRow | RecordInput,
        column: str | None,
        text: str,
        code: str = "INVALID",
    ) -> None:
        self.add(input.file, input.line, column, text)

    def refuse(self) -> None:
        """End the load if there is any fault."""
        if self.messages:
            raise ImportRefusal([*self.messages, NOTHING_IMPORTED])


def shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
