"""Lines that are added up: one tie for all lines that agree in everything else."""

from __future__ import annotations

from collections.abc import Sequence

from service.formats.rows import Rows, TableRow
from service.vocabulary.validation import is_number


class Sums:
    """The first row of each tie, with the sums of all its rows."""

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], TableRow] = {}

    def add(self, columns: Sequence[str], row: TableRow) -> None:
        others = {n: cell for n, cell in row.cells.items() if n not in columns}
        first = self._rows.setdefault((*columns, *sorted(others.items(), key=str)), row)
        if first is not row:
            for column in columns:
                total = added(first.cells.get(column), row.cells.get(column))
                first.cells[column] = total

    def rows(self) -> Rows:
        for row in self._rows.values():
            yield "ties", row


def added(left: str | None, right: str | None) -> str | None:
    """The sum of two numbers; a text that is none stays, and is a fault later.

    >>> added("100", "250.5"), added(None, "3"), added("much", "1")
    ('350.5', '3', 'much')
    """
    if left is None or right is None:
        return right if left is None else left
    try:
        total = float(left) + float(right)
    except ValueError:
        return left if not is_number(left) else right
    return str(int(total)) if total.is_integer() else repr(total)
