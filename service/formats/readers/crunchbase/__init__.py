"""Reader of Crunchbase's lists of investments: company, investor, date and amount.

`columns` has the names that their columns may have. Columns without a meaning here are
extra attributes of the company, the investor or the investment.
"""

from __future__ import annotations

from pathlib import Path

from service.formats.readers.crunchbase.columns import columns_of, missing_columns
from service.formats.readers.crunchbase.investments import InvestmentList
from service.formats.readers.csv_file import needed_file
from service.formats.rows import Faults, Rows
from service.formats.sheets.sheets import sheets_of


def read_crunchbase(path: Path, faults: Faults) -> Rows:
    """Read each table of investments twice: for its members, then for its ties."""
    if path.is_dir():
        path = needed_file(path, "investments.csv", "crunchbase")
    sheets = sheets_of(path)
    lists = [sheet for sheet in sheets if not missing_columns(sheet.header)]
    for sheet in sheets if not lists else ():
        for names in missing_columns(sheet.header):
            text = "the file has no such column; add it"
            faults.add(sheet.file, sheet.header_line, names, text)
    for sheet in sheets if lists else ():
        if sheet in lists:
            investments = InvestmentList(sheet, columns_of(sheet.header), faults)
            yield from investments.members()
            yield from investments.ties()
        else:
            faults.note(
                "table without companies and investors: not imported", sheet.file
            )
