"""Writes a small file, and reads it with the mapping that is proposed for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from service.formats.proposals import (
    Answers,
    Proposal,
    mapping_toml,
    proposed_mapping,
)
from service.formats.readers.mapping_file import mapping_of
from service.formats.sheets import sheets_of
from tests.formats.reading import keyed_rows_of

LINKS = ("source", "target", "organisation", "customer", "provider", "referrer")
LINKS += ("requester", "introducer")
Sheets = dict[str, list[list[Any]]]


class ProposedFile(NamedTuple):
    """The proposal for a file, and the records that it gives, with names for keys."""

    proposal: Proposal
    records: dict[str, list[dict[str, str]]]

    def of(self, table: str, *columns: str) -> list[tuple[str, ...]]:
        """Some columns of all records of a table; a blank one is ''."""
        rows = self.records.get(table, [])
        return [tuple(row.get(column, "") for column in columns) for row in rows]

    @property
    def ties(self) -> set[tuple[str, ...]]:
        return set(self.of("ties", "kind", "source", "target"))

    @property
    def members(self) -> set[tuple[str, ...]]:
        return set(self.of("members", "name", "kind", "roles"))

    def left_out(self) -> dict[str | None, str]:
        return {remark.column: remark.text for remark in self.proposal.unused}


def proposed_file(path: Path, answers: Answers | None = None) -> ProposedFile:
    proposal = proposed_mapping(sheets_of(path), answers or Answers())
    text = mapping_toml(proposal.mapping, proposal.spellings, proposal.unused)
    assert mapping_of(tomllib.loads(text), "x") == proposal.mapping, text
    file = path.with_suffix(".toml")
    file.write_text(text, encoding="utf-8")
    records = keyed_rows_of(path, "tables", file)[0]
    names = {
        row["key"]: row.get("name") or row.get("title") or row["key"]
        for rows in records.values()
        for row in rows
        if "key" in row
    }
    for rows in records.values():
        for row in rows:
            row.update(
                {link: names.get(row[link], row[link]) for link in LINKS if link in row}
            )
    return ProposedFile(proposal, records)


def proposed_text(
    tmp_path: Path, name: str, text: str, answers: Answers | None = None
) -> ProposedFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return proposed_file(path, answers)


def proposed_workbook(
    tmp_path: Path, sheets: Sheets, answers: Answers | None = None
) -> ProposedFile:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return proposed_file(path, answers)
