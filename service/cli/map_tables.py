"""The tables of `valuenet map`: what the columns are, and the first records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group
from rich.table import Table

from service.cli.console import printable
from service.cli.load_tables import with_title
from service.formats.proposals import Proposal, Remark
from service.formats.proposals.preview import Records, first_columns
from service.formats.sheets import Sheet


def proposal_tables(sheets: Sequence[Sheet], proposal: Proposal) -> Iterator[Group]:
    """For each sheet, what its columns are taken for and what is left out."""
    for sheet in sheets:
        reasons = of_sheet(proposal.reasons, sheet)
        unused = of_sheet(proposal.unused, sheet)
        title = "; ".join(r.text for r in [*reasons, *unused] if not r.column)
        table = Table("column", "meaning", box=box.SIMPLE_HEAD)
        for remark in reasons:
            if remark.column:
                table.add_row(printable(remark.column), printable(remark.text))
        for remark in unused:
            if remark.column:
                text = f"left out: {remark.text}"
                table.add_row(printable(remark.column), printable(text))
        yield with_title(f"Sheet {sheet.name!r}: {title}", table)


def of_sheet(remarks: Sequence[Remark], sheet: Sheet) -> list[Remark]:
    return [remark for remark in remarks if remark.sheet == sheet.name]


def record_tables(records: Records) -> Iterator[Group]:
    """The first records of each table, with their first columns."""
    for name, rows in records.items():
        columns = first_columns(rows)
        table = Table(box=box.SIMPLE_HEAD)
        for column in columns:
            table.add_column(printable(column.removeprefix("x:")), overflow="fold")
        for row in rows:
            table.add_row(*(printable(row.get(column, "")) for column in columns))
        yield with_title(f"The first {name}", table)
