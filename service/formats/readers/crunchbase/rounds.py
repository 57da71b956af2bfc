"""Funding rounds: their totals, which stand on the line of each of their investors.

A round is that of its id; without one, of its company, date, type and total. The part
of an investor is known only if the file has a column of it, or if the round has no
other investor. Otherwise the total is kept as `x:roundTotal`, and the amount is blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from service.formats.readers.crunchbase.columns import (
    DEFAULT_CURRENCY,
    SIGN,
    InvestmentColumns,
)
from service.formats.readers.crunchbase.investors import NamedEnd
from service.formats.rows import TableRow

UNNAMED = ""  # an investor whose line has no name
Cells = dict[str, str | None]


class FundingRound(NamedTuple):
    """The round of one line: what it is known by, and its total."""

    id: Hashable
    total: str | None
    is_told: bool  # whether the file has an id, or a date, to tell rounds apart


class Rounds:
    """The investors of each round of a file."""

    def __init__(self, columns: InvestmentColumns) -> None:
        self._columns = columns
        self._investors: dict[Hashable, set[str]] = defaultdict(set)
        self._counts: dict[Hashable, int] = {}

    def round_of(self, row: TableRow, company: NamedEnd) -> FundingRound:
        cell = self._columns.cell
        total = cell(row, "total")
        if id := cell(row, "round_id"):
            return FundingRound(id, total, is_told=True)
        on = cell(row, "on")
        known_by = (company.same_as, on, cell(row, "round"), total)
        return FundingRound(known_by, total, is_told=on is not None)

    def add(
        self, row: TableRow, company: NamedEnd, investors: Iterable[NamedEnd]
    ) -> None:
        id = self.round_of(row, company).id
        self._investors[id].update(end.same_as for end in investors)
        if not investors:
            self._investors[id].add(UNNAMED)
        count = self._columns.cell(row, "investor_count") or ""
        if count.isdecimal():
            self._counts[id] = int(count[:9])

    def is_shared(self, round: FundingRound) -> bool:
        """Whether the round has, or may have, more than one investor.

        A line without an amount may be of the round that the others are of.
        """
        investors = set(self._investors[round.id])
        if isinstance(round.id, tuple):
            investors |= self._investors.get((*round.id[:3], None), set())
        return max(len(investors), self._counts.get(round.id, 0)) > 1

    def amounts(self, row: TableRow, round: FundingRound) -> Cells:
        """What the tie of an investor says of money."""
        part, total = self._columns.cell(row, "part"), round.total
        is_part = part is not None
        if part is None and not self.is_shared(round):
            part = total
        cells: Cells = {"amount": part}
        cells["currency"] = self.currency(row, "part" if is_part else "total")
        if part is None:
            cells["currency"] = None
        if total and (is_part or part is None):
            cells |= {"x:roundTotal": total}
            cells |= {"x:roundCurrency": self.currency(row, "total")}
        return cells

    def currency(self, row: TableRow, meaning: str) -> str | None:
        """That of the column's name, of the line, of the amount; else US dollars."""
        if self._columns.is_usd(meaning):
            return DEFAULT_CURRENCY
        stated = self._columns.cell(row, "currency") or row.cells.get(SIGN)
        return DEFAULT_CURRENCY if stated is None else stated or None
