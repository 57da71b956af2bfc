"""One table of investments: its members, and the investments as ties."""

from __future__ import annotations

from service.formats.readers.crunchbase.columns import InvestmentColumns
from service.formats.readers.crunchbase.investors import (
    MemberRows,
    NamedEnd,
    companies_in,
    investors_in,
)
from service.formats.readers.crunchbase.rounds import FundingRound, Rounds
from service.formats.readers.crunchbase.values import InvestmentValues
from service.formats.readers.published_values import attribute_cells
from service.formats.rows import Faults, Rows, TableRow
from service.formats.sheets.sheet import Sheet

Cells = dict[str, str | None]
NAMELESS = "line without the name of its {}: no investment imported"
REPEATED = "line repeats an investment of the same round: imported once"
SHARED = "amount of a round with several investors: kept as x:roundTotal, the amount of"
SHARED += " each is not known"


class InvestmentList:
    """A table with the columns of companies and investors."""

    def __init__(
        self, sheet: Sheet, columns: InvestmentColumns, faults: Faults
    ) -> None:
        self._sheet, self._columns, self._faults = sheet, columns, faults
        self._values = InvestmentValues(sheet, columns, faults)
        self._rounds = Rounds(columns)
        self._ties: set[tuple[object, str]] = set()

    def members(self) -> Rows:
        """The companies and investors; it reads who is in each round as well."""
        members = MemberRows(self._faults)
        for row in self._sheet.rows(Faults()):  # its faults are those of the ties
            row = self._values.standard(row, Faults())
            companies = companies_in(row, self._columns)
            investors = investors_in(row, self._columns)
            for company in companies:
                members.add(row, company, "STARTUP")
                self._rounds.add(row, company, investors)
            for investor in investors:
                members.add(row, investor, "INVESTOR")
        for member in members.rows.values():
            yield "members", member

    def ties(self) -> Rows:
        for row in self._sheet.rows(self._faults):
            row = self._values.standard(row, self._faults)
            companies = companies_in(row, self._columns)
            investors = investors_in(row, self._columns)
            self._note_missing_ends(row, companies, investors)
            for company in companies:
                round = self._rounds.round_of(row, company)
                for investor in investors:
                    if not self._is_repeated(round, company, investor):
                        yield "ties", self._tie(row, company, investor, round)

    def _note_missing_ends(
        self, row: TableRow, companies: list[NamedEnd], investors: list[NamedEnd]
    ) -> None:
        ends = {"company": companies, "investor": investors}
        for end in (end for end, members in ends.items() if not members):
            others = ", ".join(m.name for each in ends.values() for m in each)
            example = f"line {row.line}: {others or 'no name'}"
            self._faults.note(NAMELESS.format(end), example)

    def _is_repeated(
        self, round: FundingRound, company: NamedEnd, investor: NamedEnd
    ) -> bool:
        """Whether an earlier line is the same investment in the same round."""
        tie = (round.id, investor.same_as)
        if round.is_told and tie in self._ties:
            self._faults.note(REPEATED, f"{investor.name} in {company.name}")
            return True
        self._ties.add(tie)
        return False

    def _tie(
        self,
        row: TableRow,
        company: NamedEnd,
        investor: NamedEnd,
        round: FundingRound,
    ) -> TableRow:
        columns = self._columns
        amounts = self._rounds.amounts(row, round)
        if amounts["amount"] is None and round.total:
            self._faults.note(SHARED, f"{company.name}, {round.total}")
        cells: Cells = {"kind": "INVESTMENT"}
        cells |= {"source": investor.id, "target": company.id}
        cells |= {"on": columns.cell(row, "on"), "round": columns.cell(row, "round")}
        cells |= amounts | columns.attributes(row, "tie")
        if id := columns.cell(row, "round_id"):
            cells[f"x:{columns.names['round_id']}"] = id
        return TableRow(row.file, row.line, attribute_cells(cells, self._faults))
