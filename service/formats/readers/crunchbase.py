"""Reader of Crunchbase's list of investments: company, investor, date and amount.

Columns: company or company_name; investor or investor_name; date, funded_when,
funded_at or announced_on; amount, amount_usd or raised_amount_usd. Optional: round,
currency (default USD), company_country, investor_country.
Names are the only ids, so keys are made from them: equal names are one member.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from service.formats.names import key_from_name
from service.formats.readers.csv_file import csv_rows, needed_file
from service.formats.rows import Faults, Rows, TableRow

COLUMNS = {
    "company": ("company", "company_name"),
    "investor": ("investor", "investor_name"),
    "on": ("date", "funded_when", "funded_at", "announced_on"),
    "amount": ("amount", "amount_usd", "raised_amount_usd"),
    "round": ("round", "funding_round_type", "investment_type"),
    "currency": ("currency", "raised_currency_code"),
    "company_country": ("company_country", "company_country_code"),
    "investor_country": ("investor_country", "investor_country_code"),
}
NO_NAME = "unnamed"
COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names}
Cells = dict[str, str | None]


def read_crunchbase(path: Path, faults: Faults) -> Rows:
    """Read the file twice: for its members, then for its investments."""
    if path.is_dir():
        path = needed_file(path, "investments.csv", "crunchbase")
    members: dict[str, TableRow] = {}
    for row in csv_rows(path, Faults()):
        cells = known_cells(row)
        for end, role in (("company", "STARTUP"), ("investor", "INVESTOR")):
            add_member(row, cells, end, role, members, faults)
    for member in members.values():
        yield "members", member
    counts: Counter[str] = Counter()
    for row in csv_rows(path, faults):
        if not counts:
            check_header(row, faults)
        yield "ties", investment(row, counts)


def check_header(row: TableRow, faults: Faults) -> None:
    for column in ("company", "investor"):
        if not row.cells.keys() & set(COLUMNS[column]):
            names = " or ".join(COLUMNS[column])
            faults.add(row.file, 1, names, "the file has no such column; add it")
    for name in sorted(row.cells.keys() - COLUMN_OF.keys()):
        faults.note(f"unknown column {name!r}: not imported")


def known_cells(row: TableRow) -> Cells:
    return {
        COLUMN_OF[name]: cell for name, cell in row.cells.items() if name in COLUMN_OF
    }


def add_member(
    row: TableRow,
    cells: Cells,
    end: str,
    role: str,
    members: dict[str, TableRow],
    faults: Faults,
) -> None:
    """Add the company or investor of a line, or its role to the existing member."""
    name = cells.get(end) or NO_NAME
    key = key_from_name(name)
    if key not in members:
        new: Cells = {"key": key, "kind": "ORGANISATION", "name": name}
        new |= {"roles": role, "country": cells.get(f"{end}_country")}
        members[key] = row._replace(cells=new)
        return
    member = members[key].cells
    if member["name"] != name:
        faults.note(f"{name!r} and {member['name']!r}: imported as one member")
    roles = (member["roles"] or "").split(";")
    member["roles"] = ";".join(dict.fromkeys([*roles, role]))
    member["country"] = member["country"] or cells.get(f"{end}_country")


def investment(row: TableRow, counts: Counter[str]) -> TableRow:
    """A tie whose key numbers the investments of one pair on one day, in file order."""
    cells = known_cells(row)
    investor = key_from_name(cells.get("investor") or NO_NAME)
    company = key_from_name(cells.get("company") or NO_NAME)
    prefix = f"crunchbase:{investor}:{company}:{cells.get('on') or ''}"
    counts[prefix] += 1
    amount = cells.get("amount")
    tie: Cells = {"kind": "INVESTMENT", "source": investor, "target": company}
    tie |= {"key": f"{prefix}:{counts[prefix]}", "on": cells.get("on")}
    tie |= {"amount": amount}
    tie |= {"currency": (cells.get("currency") or "USD") if amount else None}
    return row._replace(cells={**tie, "round": cells.get("round")})
