"""The `tables` format: a folder of CSV files, one a kind of record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from service.errors import BadInput
from service.formats.rows import Faults, Row, Rows

NAMES = (
    "members",
    "ties",
    "contracts",
    "offerings",
    "capabilities",
    "communities",
    "initiatives",
    "referrals",
    "introductions",
    "feedback",
    "service_cases",
)


def read(path: Path, faults: Faults) -> Rows:
    """Read every table of the folder `path`; a file of another name is refused."""
    if not path.is_dir():
        raise BadInput(f"{path}: expected a folder with members.csv, ties.csv, …")
    files = sorted(path.glob("*.csv"), key=lambda file: (rank(file), file))
    if not files:
        raise BadInput(f"{path}: no .csv file there; expected members.csv, ties.csv, …")
    for file in files:
        if file.stem not in NAMES:
            known = ", ".join(f"{name}.csv" for name in NAMES)
            faults.add(str(file), 1, None, f"unknown file; expected one of {known}")
    for file in files:
        if file.stem in NAMES:
            table = file.stem
            for row in rows(file, faults):
                yield table, row


def rank(file: Path) -> int:
    """Members come first, then their ties."""
    return (
        ("members", "ties").index(file.stem) if file.stem in ("members", "ties") else 2
    )


def rows(file: Path, faults: Faults, delimiter: str = ",") -> Iterator[Row]:
    """The lines of one CSV file; an empty one, or a header alone, has none."""
    name, line = str(file), 1  # the line where a row begins: a cell may hold several
    if not decodable(file, faults):
        return
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True, delimiter=delimiter)
        try:
            header = [column.strip() for column in next(reader, [])]
            for column in sorted({c for c in header if c and header.count(c) > 1}):
                faults.add(name, 1, column, "the column stands twice")
            line = reader.line_num + 1
            whole = all(header)
            for cells in reader:
                if not (whole and len(cells) <= len(header)) and any(
                    cell.strip() for cell in unnamed(header, cells)
                ):
                    faults.add(name, line, None, "more cells than the header names")
                found = named(header, cells)
                if any(found.values()):
                    yield Row(name, line, found)
                line = reader.line_num + 1
        except csv.Error as error:
            faults.add(name, line, None, f"not a CSV line: {error}")


def decodable(file: Path, faults: Faults) -> bool:
    """Whether all of it is UTF-8; told before anything is read from it."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                faults.add(str(file), number, None, f"not UTF-8: {error.reason}")
                return False
    return True


def unnamed(header: list[str], cells: list[str]) -> list[str]:
    pairs = zip_longest(header, cells, fillvalue="")
    return [cell for column, cell in pairs if not column]


def named(header: list[str], cells: list[str]) -> dict[str, str | None]:
    if len(cells) < len(header):
        cells = cells + [""] * (len(header) - len(cells))
    pairs = zip(header, cells, strict=False)
    return {column: cell.strip() or None for column, cell in pairs if column}
