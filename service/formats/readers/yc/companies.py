"""One company of the Y Combinator data: its columns, and what they say."""

from __future__ import annotations

import re

from service.formats.rows import TableRow

AMOUNTS = "Amounts raised in different funding rounds"
COLUMNS = {
    "Startups.csv": (
        "Company",
        "Satus",  # as published
        "Year Founded",
        "Mapping Location",
        "Categories",
        "Investors",
        AMOUNTS,
        "Headquarters (City)",
        "Headquarters (US State)",
        "Headquarters (Country)",
        "Y Combinator Year",
        "Y Combinator Session",
        "Description",
        "Website",
    ),
    "Founders.csv": ("Founder", "Company"),
}
READ_COLUMNS = {*COLUMNS["Startups.csv"], "Founders"}  # founders have their own file
SESSION_STARTS = {"Winter": "01-01", "Summer": "06-01"}
AMOUNT = re.compile(r"\$(\d{1,3}(?:,\d{3})+|\d+)")


def company_cells(row: TableRow) -> dict[str, str | None]:
    cells = row.cells
    location = (cells["Mapping Location"] or "").split(" - ")
    country = cells["Headquarters (Country)"] or location[-1]
    year = cells["Year Founded"]
    categories = split_list(cells["Categories"])
    return {
        "sector": categories[0] if categories else None,
        "region": cells["Headquarters (US State)"] or cells["Headquarters (City)"],
        "country": country or None,
        "description": cells["Description"],
        "url": cells["Website"],
        "status": cells["Satus"],
        "founded_on": f"{year}-01-01" if year else None,
        "x:Categories": cells["Categories"] if len(categories) > 1 else None,
        **{f"x:{n}": cell for n, cell in cells.items() if n not in READ_COLUMNS},
        f"x:{AMOUNTS}": cells[AMOUNTS],
    }


def batch_start(row: TableRow) -> str | None:
    year, session = row.cells["Y Combinator Year"], row.cells["Y Combinator Session"]
    return (
        f"{year}-{SESSION_STARTS[session]}"
        if year and session in SESSION_STARTS
        else None
    )


def single_amount(row: TableRow) -> str | None:
    text = row.cells[AMOUNTS] or ""
    match = AMOUNT.fullmatch(text)
    return match[1].replace(",", "") if match else None


def split_list(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def key_part(name: str) -> str:
    """
    >>> key_part("500 Startups!")
    '500-startups'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
