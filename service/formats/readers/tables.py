"""Reader of the `tables` format: a folder of CSV files, one for each kind of record."""

from __future__ import annotations

from pathlib import Path

from service.errors import BadInput
from service.formats.readers.csv_file import csv_rows
from service.formats.rows import Faults, Rows
from service.inputs.packed import collection_files, is_collection

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


def read_tables(path: Path, faults: Faults) -> Rows:
    """Read every table of the folder `path`; a file of another name is a fault."""
    if not is_collection(path):
        raise BadInput(f"{path}: expected a folder with members.csv, ties.csv, …")
    files = sorted(collection_files(path, ".csv"), key=lambda file: (rank(file), file))
    if not files:
        text = "the folder has no .csv file; expected members.csv, ties.csv, …"
        raise BadInput(f"{path}: {text}")
    for file in files:
        if file.stem not in NAMES:
            known = ", ".join(f"{name}.csv" for name in NAMES)
            text = f"unknown file name; rename it to one of {known}, or remove it"
            faults.add(str(file), 1, None, text)
    for file in files:
        if file.stem in NAMES:
            for row in csv_rows(file, faults):
                yield file.stem, row


def rank(file: Path) -> int:
    """Members come first, then ties, then everything else."""
    return {"members": 0, "ties": 1}.get(file.stem, 2)
