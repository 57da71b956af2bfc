"""One row from the several rows that describe a record."""

from __future__ import annotations

from collections.abc import Mapping

from service.formats.connections import CONNECTIONS
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary.provenance import IMPORTED_FROM, joined_sources, source_list

Cells = dict[str, str | None]
# The columns whose cells are lists: the items of all rows are kept.
LISTS = {"roles"} | {
    column.name
    for connection in CONNECTIONS.values()
    for column in connection.columns
    if column.type is list
}
MAX_LIST = 10_000  # characters


class MergedRows:
    """Collects the rows of each record until the last of them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._pending: dict[tuple[str, str], tuple[TableRow, int]] = {}

    def add(self, table: str, key: str, row: TableRow, count: int) -> Rows:
        """The merged row, once all `count` rows of the record have come."""
        first, number = self._pending.pop((table, key), (None, 0))
        if first is not None:
            cells = merged_cells(table, first.cells, row.cells, self._faults)
            row = first._replace(cells=cells)
        if number + 1 < count:
            self._pending[table, key] = row, number + 1
        else:
            yield table, row


def merged_cells(
    table: str, first: Cells, second: Mapping[str, str | None], faults: Faults
) -> Cells:
    """Lists unite, blanks are filled, and else the first row counts."""
    cells = dict(first)
    for column, value in second.items():
        known = cells.get(column)
        if known is None or value is None or known == value:
            cells[column] = known if value is None else value
        elif column == IMPORTED_FROM:
            cells[column] = joined_sources(source_list(known), source_list(value))
        elif column in LISTS and len(known) > MAX_LIST:
            faults.note(f"{column}: more than a list can have: left out", value)
        elif column in LISTS:
            items = f"{known};{value}".split(";")
            cells[column] = ";".join(dict.fromkeys(i.strip() for i in items if i))
        elif column not in ("key", "name"):
            name = first.get("name") or first.get("title")
            text = f"several rows of one record in {table} differ in {column}"
            values = f"{known} and {value}"
            example = f"{name}: {values}" if name else values
            faults.note(f"{text}: the first is kept", example)
    return cells
