"""Reader of the Y Combinator data: companies, founders, investors, batches.

Names are the only ids there, so one name is one member; an investor whose name a
founder bears is that person. An investor's sector is the sector that it funds most
often (the first by name of equals). Amounts stand per company and not per investor:
one is kept where the company has a single investor and a single amount.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from service.errors import BadInput
from service.formats.readers.csv_file import csv_rows
from service.formats.rows import Faults, Row, Rows

ACCELERATOR = "Y Combinator"
DATASET = "yc"
COUNTRIES = {
    "Australia": "AU",
    "Bahrain": "BH",
    "Belgium": "BE",
    "Brazil": "BR",
    "Canada": "CA",
    "Czech Republic": "CZ",
    "France": "FR",
    "Germany": "DE",
    "Hong Kong": "HK",
    "India": "IN",
    "Portugal": "PT",
    "Spain": "ES",
    "USA": "US",
    "United Kingdom": "GB",
}
BEGINS = {"Winter": "01-01", "Summer": "06-01"}
AMOUNT = re.compile(r"\$(\d{1,3}(?:,\d{3})+|\d+)")


def read(path: Path, faults: Faults) -> Rows:
    """Read Startups.csv and Founders.csv of the folder `path`."""
    startups, founders = path / "Startups.csv", path / "Founders.csv"
    for file in (startups, founders):
        if not file.is_file():
            raise BadInput(f"{file}: not found; the yc format is that file beside ours")
    reading = Reading(
        list(csv_rows(startups, faults)), list(csv_rows(founders, faults))
    )
    yield from reading.tables()


class Reading:
    """One reading: the tables fill up, member by member and tie by tie."""

    def __init__(self, startups: list[Row], founders: list[Row]) -> None:
        self.startups = {row.cells["Company"] or "": row for row in startups}
        self.founders = founders
        self.members: dict[str, Row] = {}  # by name
        self.keys: set[str] = set()
        self.ties: list[Row] = []
        self.communities: dict[str, Row] = {}

    def tables(self) -> Rows:
        for name, row in self.startups.items():
            self.member(row, name, "ORGANISATION", "STARTUP", company(row))
        for row in self.founders:
            self.founder(row)
        for row in self.startups.values():
            self.investors(row)
            self.batch(row)
        self.sectors()
        dataset: dict[str, str | None]
        dataset = {"key": DATASET, "kind": "DATASET", "name": "Y Combinator companies"}
        origin = next(iter(self.startups.values()))
        self.communities[DATASET] = origin._replace(cells=dataset)
        for member in self.members.values():
            self.tie(member, "MEMBERSHIP", member.cells["key"], DATASET)
        found: dict[str, Iterable[Row]]
        found = {"members": self.members.values(), "ties": self.ties}
        found["communities"] = self.communities.values()
        for table, group in found.items():
            for row in group:
                yield table, row

    def member(
        self, row: Row, name: str, kind: str, role: str, cells: dict[str, str | None]
    ) -> str:
        """The key of the member of that name, created at its first mention."""
        if name not in self.members:
            key = f"yc-{slug(name)}"
            while key in self.keys:
                key += "-2"
            self.keys.add(key)
            whole: dict[str, str | None]
            whole = {"key": key, "kind": kind, "name": name, "roles": None, **cells}
            self.members[name] = row._replace(cells=whole)
        found = self.members[name].cells
        roles = [r for r in (found["roles"] or "").split(";") if r]
        if role and role not in roles:
            found["roles"] = ";".join([*roles, role])
        return found["key"] or ""

    def tie(
        self, row: Row, kind: str, source: str | None, target: str, **cells: str | None
    ) -> None:
        ends = {"kind": kind, "source": source, "target": target}
        self.ties.append(row._replace(cells={**ends, **cells}))

    def founder(self, row: Row) -> None:
        key = self.member(row, row.cells["Founder"] or "", "PERSON", "", {})
        named = row.cells["Company"] or ""
        names = [named] if named in self.startups else split(named)
        for name in dict.fromkeys(names):
            company = self.member(row, name, "ORGANISATION", "STARTUP", {})
            cells = {"title": "Founder", "founder": "true"}
            self.tie(row, "EMPLOYMENT", key, company, **cells)

    def investors(self, row: Row) -> None:
        company = self.members[row.cells["Company"] or ""].cells["key"] or ""
        names = list(dict.fromkeys(split(row.cells["Investors"])))
        amount = sole_amount(row) if len(names) == 1 else None
        for name in names:
            key = self.member(row, name, "ORGANISATION", "INVESTOR", {})
            cells = {"on": begin(row) if name == ACCELERATOR else None}
            if amount:
                cells |= {"amount": amount, "currency": "USD"}
            self.tie(row, "INVESTMENT", key, company, **cells)

    def batch(self, row: Row) -> None:
        year = row.cells["Y Combinator Year"]
        session = row.cells["Y Combinator Session"]
        if not (year and session):
            return
        key = f"yc-{year}-{session.lower()}"
        if key not in self.communities:
            name = f"{ACCELERATOR} {session} {year}"
            kind = "ACCELERATOR_COHORT"
            cells: dict[str, str | None] = {"key": key, "name": name, "kind": kind}
            self.communities[key] = row._replace(cells=cells)
            host = self.member(row, ACCELERATOR, "ORGANISATION", "ACCELERATOR", {})
            self.tie(row, "ORGANISING", host, key, since=begin(row))
        company = self.members[row.cells["Company"] or ""].cells["key"]
        self.tie(row, "MEMBERSHIP", company, key, since=begin(row))

    def sectors(self) -> None:
        """An investor's sector is the most frequent one among what it funds."""
        of = {m.cells["key"]: m.cells.get("sector") for m in self.members.values()}
        funded: dict[str | None, Counter[str]] = defaultdict(Counter)
        for tie in self.ties:
            sector = of.get(tie.cells["target"])
            if sector and tie.cells["kind"] == "INVESTMENT":
                funded[tie.cells["source"]][sector] += 1
        for member in self.members.values():
            counts = funded[member.cells["key"]]
            if counts and not member.cells.get("sector"):
                ranked = sorted(counts, key=lambda sector: (-counts[sector], sector))
                member.cells["sector"] = ranked[0]


def company(row: Row) -> dict[str, str | None]:
    cells = row.cells
    place = (cells["Mapping Location"] or "").split(" - ")
    country = cells["Headquarters (Country)"] or place[-1]
    year = cells["Year Founded"]
    categories = split(cells["Categories"])
    return {
        "sector": categories[0] if categories else None,
        "region": cells["Headquarters (US State)"] or cells["Headquarters (City)"],
        "country": COUNTRIES.get(country, country) or None,
        "description": cells["Description"],
        "url": cells["Website"],
        "status": cells["Satus"],
        "founded_on": f"{year}-01-01" if year else None,
    }


def begin(row: Row) -> str | None:
    year, session = row.cells["Y Combinator Year"], row.cells["Y Combinator Session"]
    return f"{year}-{BEGINS[session]}" if year and session in BEGINS else None


def sole_amount(row: Row) -> str | None:
    text = row.cells["Amounts raised in different funding rounds"] or ""
    match = AMOUNT.fullmatch(text)
    return match[1].replace(",", "") if match else None


def split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def slug(name: str) -> str:
    """
    >>> slug("500 Startups!")
    '500-startups'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
