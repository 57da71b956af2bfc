"""The `tables` format: a folder of CSV files, one a kind of record."""

from __future__ import annotations

from pathlib import Path

from service.errors import BadInput
from service.formats.readers.csv_file import csv_rows
from service.formats.rows import Faults, Rows

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
            for row in csv_rows(file, faults):
                yield table, row


def rank(file: Path) -> int:
    """Members come first, then their ties."""
    return (
        ("members", "ties").index(file.stem) if file.stem in ("members", "ties") else 2
    )
