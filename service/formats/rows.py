"""The rows that every reader yields, and the faults and notes of one load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from service.errors import ImportRefusal
from service.formats.causes import Fault, lines_of_causes
from service.writes.records import RecordInput

MAX_FAULTS = 100_000  # a file cannot fill the memory with them
MAX_NOTES = 1_000  # different texts, likewise
MAX_TEXT = 1_000  # characters of one fault: the cells that it repeats may be long
OTHER_NOTES = "other remarks"
NOTHING_IMPORTED = "Nothing was imported. Correct the files and load them again."

# The table of each row (members, ties, contracts, …), and the row.
Rows = Iterator[tuple[str, "TableRow"]]
FileReader = Callable[[Path, "Faults"], Rows]


class TableRow(NamedTuple):
    """One line of a table; a blank cell is None, a column left out is absent.

    `id` is what its own file calls the record, where that is no key of ours: the key is
    then given by `identities`. The ends of ties name such ids as well. A source that
    numbers its records, as a CRM does, `keeps_id`: its next file has the same ids.
    """

    file: str
    line: int
    cells: dict[str, str | None]
    id: str | None = None
    keeps_id: bool = False


@dataclass
class Faults:
    """Everything that is wrong with the files of one load, in reading order."""

    faults: dict[Fault, None] = field(default_factory=dict)
    # What was imported in another form, or not at all, with how often.
    notes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)  # of notes
    # What a file calls a column of `tables`, by the file and this column.
    headers: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, file: str, line: int, column: str | None, text: str) -> None:
        column = column and shortened(self.headers.get((file, column), column))
        self.faults[Fault(file, line, column, shortened(text))] = None
        if len(self.faults) == MAX_FAULTS:
            self.refuse()

    def note(self, text: str, example: str | None = None) -> None:
        """Count a remark that is not a fault, such as a column that is not imported.

        `example` is what differs from one such remark to the next; the first is shown.
        """
        text = shortened(text)
        if text not in self.notes and len(self.notes) >= MAX_NOTES:
            text, example = OTHER_NOTES, None
        self.notes[text] += 1
        if example is not None:
            self.examples.setdefault(text, shortened(example))

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

    @property
    def messages(self) -> list[str]:
        """Every fault with its file, line and column."""
        return [str(fault) for fault in self.faults]

    def refuse(self) -> None:
        """End the load if there is any fault."""
        if self.faults:
            more = len(self.faults) == MAX_FAULTS
            lines = [*lines_of_causes(self.faults), NOTHING_IMPORTED]
            stop = f"Reading ended after {MAX_FAULTS:,} problems."
            raise ImportRefusal([*([stop] if more else []), *lines], list(self.faults))


def shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
