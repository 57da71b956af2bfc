"""A workbook of 100,000 rows of 20 columns, and a CSV file of 100 MB to recognise."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import openpyxl
import orjson

from tests.benchmarks.measure import Figure, Told, doing, seconds

ROWS, COLUMNS = 100_000, 20
CSV_BYTES = 100_000_000
ROUNDS = 3
# Reads every row in a process of its own, so that its memory is nothing else's; the
# process that reads the cells of a workbook is its child. The kernel's VmHWM is of the
# program alone, where getrusage counts what the process was before.
PROGRAM = """
import re, resource, sys, time
from pathlib import Path
from service.formats.sheets import sheets_of
from service.formats.sheets.sheet_types import sheet_description, sheet_types
started = time.perf_counter()
[sheet] = sheets_of(Path(sys.argv[1]))
if sys.argv[2] == "rows":
    rows = sum(1 for row in sheet.rows())
else:
    sheet_description(sheet, sheet_types(sheet, 1_000))
took = time.perf_counter() - started
own = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print([took, (int(own) + children) / 1e3])
"""


def tables_of_files() -> list[Told]:
    with tempfile.TemporaryDirectory() as folder:
        with doing(f"writing a workbook of {ROWS:,} rows"):
            write_workbook(Path(folder) / "a.xlsx")
            write_csv(Path(folder) / "a.csv")
        return [
            *figures(Path(folder) / "a.xlsx", "rows", "rows of an .xlsx", 10),
            *figures(Path(folder) / "a.csv", "types", "a CSV file of 100 MB", 2),
            peer(Path(folder) / "a.xlsx"),
        ]


def write_workbook(file: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Suppliers")
    sheet.append([f"Column {number}" for number in range(COLUMNS)])
    for row in range(ROWS):
        texts = [f"Supplier {row}", f"Kind {row % 50}"] * (COLUMNS // 4)
        sheet.append([*texts, *(row * number + 0.25 for number in range(COLUMNS // 2))])
    book.save(file)


def write_csv(file: Path) -> None:
    with file.open("w", encoding="utf-8") as lines:
        size = lines.write("Name;Amount;Since\n")
        for number in count():
            if size > CSV_BYTES:
                return
            size += lines.write(f"Supplier {number};1.250,75 kr;31/12/2025\n")


def figures(file: Path, work: str, name: str, bound: float) -> list[Told]:
    with doing(f"{ROUNDS} times {name}"):
        runs = [measured(file, work) for _ in range(ROUNDS)]
    times, memory = zip(*runs, strict=True)
    return [
        Figure(
            name=f"{work}: {name}", unit="s", bound=bound, samples=list(times)
        ).told(),
        Figure(
            name=f"most memory of our processes: {name}",
            unit="MB",
            bound=400,
            samples=list(memory),
        ).told(),
    ]


def measured(file: Path, work: str) -> list[float]:
    command = [sys.executable, "-c", PROGRAM, str(file), work]
    run = subprocess.run(command, check=True, capture_output=True)
    result: list[float] = orjson.loads(run.stdout)
    return result


def peer(file: Path) -> Told:
    def read() -> None:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for _ in book.active.iter_rows(values_only=True):
            pass

    with doing("the same by openpyxl"):
        took = seconds(read)
    return Figure(name="the .xlsx by openpyxl", unit="s", samples=[took]).told()
