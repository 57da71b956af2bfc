"""Investments as Crunchbase lists them: company, investor, date and amount a line.

Columns: company or company_name; investor or investor_name; date, funded_when,
funded_at or announced_on; amount, amount_usd or raised_amount_usd; and, if there,
round, currency (USD where amounts have none), company_country, investor_country.
Names are the only ids, so one normalised name is one member: keys are made from it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from service.errors import BadInput
from service.formats.names import made_key
from service.formats.readers.csv_file import csv_rows
from service.formats.rows import Faults, Row, Rows

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
NAMELESS = "unnamed"
OURS = {name: column for column, names in COLUMNS.items() for name in names}
Cells = dict[str, str | None]


def read(path: Path, faults: Faults) -> Rows:
    """Members first, for which the file is read once, then each line's investment."""
    if path.is_dir():
        path = path / "investments.csv"
    if not path.is_file():
        raise BadInput(f"{path}: not found; the crunchbase format is that file")
    members: dict[str, Row] = {}
    for row in csv_rows(path, Faults()):
        cells = named(row)
        for end, role in (("company", "STARTUP"), ("investor", "INVESTOR")):
            member(row, cells, end, role, members, faults)
    for found in members.values():
        yield "members", found
    told: Counter[str] = Counter()
    for row in csv_rows(path, faults):
        if not told:
            header(row, faults)
        yield "ties", investment(row, told)


def header(row: Row, faults: Faults) -> None:
    for column in ("company", "investor"):
        if not row.cells.keys() & set(COLUMNS[column]):
            names = " or ".join(COLUMNS[column])
            faults.add(row.file, 1, names, "the column is missing")
    for name in sorted(row.cells.keys() - OURS.keys()):
        faults.note(f"column {name!r}: left out")


def named(row: Row) -> Cells:
    return {OURS[name]: cell for name, cell in row.cells.items() if name in OURS}


def member(
    row: Row,
    cells: Cells,
    end: str,
    role: str,
    members: dict[str, Row],
    faults: Faults,
) -> None:
    name = cells.get(end) or NAMELESS
    key = made_key(name)
    if key not in members:
        first: Cells = {"key": key, "kind": "ORGANISATION", "name": name}
        first |= {"roles": role, "country": cells.get(f"{end}_country")}
        members[key] = row._replace(cells=first)
        return
    held = members[key].cells
    if held["name"] != name:
        faults.note(f"{name!r} and {held['name']!r}: read as one member")
    roles = (held["roles"] or "").split(";")
    held["roles"] = ";".join(dict.fromkeys([*roles, role]))
    held["country"] = held["country"] or cells.get(f"{end}_country")


def investment(row: Row, told: Counter[str]) -> Row:
    """Its key counts the investments of one pair and day, in the order of the file."""
    cells = named(row)
    investor = made_key(cells.get("investor") or NAMELESS)
    company = made_key(cells.get("company") or NAMELESS)
    base = f"crunchbase:{investor}:{company}:{cells.get('on') or ''}"
    told[base] += 1
    amount = cells.get("amount")
    found: Cells = {"kind": "INVESTMENT", "source": investor, "target": company}
    found |= {"key": f"{base}:{told[base]}", "on": cells.get("on"), "amount": amount}
    found |= {"currency": (cells.get("currency") or "USD") if amount else None}
    return row._replace(cells={**found, "round": cells.get("round")})
