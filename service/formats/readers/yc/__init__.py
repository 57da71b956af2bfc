"""Reader of the Y Combinator data: companies, founders, investors, batches.

Names are the only ids, so equal names are one member; an investor with the name of a
founder is that person. An investor's sector is the one that it funds most often; of
equally frequent ones, the first by name. The files give amounts by company, not by
investor: an amount is imported only if the company has a single investor and a single
amount.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from service.formats.readers.csv_file import csv_rows, needed_file
from service.formats.readers.yc.companies import (
    COLUMNS,
    batch_start,
    company_cells,
    key_part,
    single_amount,
    split_list,
)
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary.properties import MAX_INDEXED

ACCELERATOR = "Y Combinator"
DATASET = "yc"


def read_yc(path: Path, faults: Faults) -> Rows:
    """Read Startups.csv and Founders.csv of the folder `path`."""
    startups, founders = (
        list(csv_rows(needed_file(path, name, "yc"), faults, needed=columns))
        for name, columns in COLUMNS.items()
    )
    yield from YcTables(startups, founders, faults).rows()


class YcTables:
    """The members, ties and communities of one pair of files."""

    def __init__(
        self, startups: list[TableRow], founders: list[TableRow], faults: Faults
    ) -> None:
        self.faults = faults
        self.startups: dict[str, TableRow] = {}
        for row in self.named(startups, "Company"):
            self.add_startup(row)
        self.founders = list(self.named(founders, "Founder", "Company"))
        self.members: dict[str, TableRow] = {}  # by name
        self.last_keys: dict[str, str] = {}  # by the part that equal names have
        self.keys: set[str] = set()
        self.ties: list[TableRow] = []
        self.communities: dict[str, TableRow] = {}

    def rows(self) -> Rows:
        for name, row in self.startups.items():
            self.add_member(row, name, "ORGANISATION", "STARTUP", company_cells(row))
        for row in self.founders:
            self.add_founder(row)
        for row in self.startups.values():
            self.add_investors(row)
            self.add_batch(row)
        self.add_sectors()
        dataset: dict[str, str | None]
        dataset = {"key": DATASET, "kind": "DATASET", "name": "Y Combinator companies"}
        for member in self.members.values():
            self.communities.setdefault(DATASET, member._replace(cells=dataset))
            self.add_tie(member, "MEMBERSHIP", member.cells["key"], DATASET)
        tables: dict[str, Iterable[TableRow]]
        tables = {"members": self.members.values(), "ties": self.ties}
        tables["communities"] = self.communities.values()
        for table, rows in tables.items():
            for row in rows:
                yield table, row

    def named(self, rows: list[TableRow], *columns: str) -> Iterator[TableRow]:
        """The lines with these names; a line without one is nobody."""
        for row in rows:
            if missing := [column for column in columns if not row.cells[column]]:
                text = f"line without its {missing[0]}: not imported"
                self.faults.note(text, f"{row.file} line {row.line}")
            else:
                yield row

    def add_startup(self, row: TableRow) -> None:
        """Equal names are one company: a further line fills what is blank."""
        name = row.cells["Company"] or ""
        known = self.startups.setdefault(name, row).cells
        for column, value in row.cells.items():
            if value and (known[column] or value) != value:
                text = f"column {column!r}: lines of one company differ, the first"
                self.faults.note(f"{text} is kept", f"{name}: {value}")
            known[column] = known[column] or value

    def add_member(
        self,
        row: TableRow,
        name: str,
        kind: str,
        role: str,
        cells: dict[str, str | None],
    ) -> str:
        """The key of the member with this name, which is added at its first mention."""
        if name not in self.members:
            key = self.new_key(row, key_part(name))
            new: dict[str, str | None]
            new = {"key": key, "kind": kind, "name": name, "roles": None, **cells}
            self.members[name] = row._replace(cells=new)
        member = self.members[name].cells
        roles = [r for r in (member["roles"] or "").split(";") if r]
        if role and role not in roles:
            member["roles"] = ";".join([*roles, role])
        return member["key"] or ""

    def new_key(self, row: TableRow, part: str) -> str:
        """A key of its own for each of the names that have the same key part."""
        key = self.last_keys.get(part, f"yc-{part}")
        while key in self.keys:
            key += "-2"
        if len(key) > MAX_INDEXED:
            text = "too many names differ only in letters that no key has, or in signs"
            self.faults.at(row, None, text)
            key = f"yc-{part}"
        self.keys.add(key)
        self.last_keys[part] = key
        return key

    def add_tie(
        self,
        row: TableRow,
        kind: str,
        source: str | None,
        target: str,
        **cells: str | None,
    ) -> None:
        ends = {"kind": kind, "source": source, "target": target}
        self.ties.append(row._replace(cells={**ends, **cells}))

    def add_founder(self, row: TableRow) -> None:
        key = self.add_member(row, row.cells["Founder"] or "", "PERSON", "", {})
        company_name = row.cells["Company"] or ""
        names = [company_name]
        if company_name not in self.startups:
            names = split_list(company_name)
        for name in dict.fromkeys(names):
            company = self.add_member(row, name, "ORGANISATION", "STARTUP", {})
            cells = {"title": "Founder", "founder": "true"}
            self.add_tie(row, "EMPLOYMENT", key, company, **cells)

    def add_investors(self, row: TableRow) -> None:
        company = self.members[row.cells["Company"] or ""].cells["key"] or ""
        names = list(dict.fromkeys(split_list(row.cells["Investors"])))
        amount = single_amount(row) if len(names) == 1 else None
        for name in names:
            key = self.add_member(row, name, "ORGANISATION", "INVESTOR", {})
            cells = {"on": batch_start(row) if name == ACCELERATOR else None}
            if amount:
                cells |= {"amount": amount, "currency": "USD"}
            self.add_tie(row, "INVESTMENT", key, company, **cells)

    def add_batch(self, row: TableRow) -> None:
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
            host = self.add_member(row, ACCELERATOR, "ORGANISATION", "ACCELERATOR", {})
            self.add_tie(row, "ORGANISING", host, key, since=batch_start(row))
        company = self.members[row.cells["Company"] or ""].cells["key"]
        self.add_tie(row, "MEMBERSHIP", company, key, since=batch_start(row))

    def add_sectors(self) -> None:
        """Add to each investor the sector that it funds most often."""
        sector_of = {
            m.cells["key"]: m.cells.get("sector") for m in self.members.values()
        }
        funded: dict[str | None, Counter[str]] = defaultdict(Counter)
        for tie in self.ties:
            sector = sector_of.get(tie.cells["target"])
            if sector and tie.cells["kind"] == "INVESTMENT":
                funded[tie.cells["source"]][sector] += 1
        for member in self.members.values():
            counts = funded[member.cells["key"]]
            if counts and not member.cells.get("sector"):
                ranked = sorted(counts, key=lambda sector: (-counts[sector], sector))
                member.cells["sector"] = ranked[0]
