"""The report of a load: every fault, remark, merge and duplicate; faulty lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from service.errors import BadInput
from service.formats.load_files import LoadFiles

HEADER = ["decision", "key", "kind", "name", "country"]
HEADER += ["known_key", "known_kind", "known_name", "known_country"]
HEADER += ["file", "line", "column", "text", "count"]
NO_PAIR = [""] * 8


def write_report(path: Path, files: LoadFiles) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(HEADER)
            rows.writerows(report_rows(files))
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error


def report_rows(files: LoadFiles) -> Iterator[list[object]]:
    for fault in files.faults.faults:
        yield ["fault", *NO_PAIR, fault.file, fault.line, fault.column, fault.text, 1]
    for text, count in files.faults.notes.items():
        example = files.faults.examples.get(text)
        shown = f"{text}, such as {example}" if example else text
        yield ["remark", *NO_PAIR, "", "", "", shown, count]
    for match in files.matches:
        pair = *match.imported[:4], *match.existing[:4]
        yield [match.decision, *pair, *[""] * 5]


def write_faulty_lines(path: Path, files: LoadFiles) -> None:
    """The lines that were left out, with their faults and cells, to be corrected."""
    rows = list(files.faulty_rows())
    columns = {column: None for row, _ in rows for column in row.cells}
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(["file", "line", "faults", *columns])
            for row, faults in rows:
                cells = (row.cells.get(column) for column in columns)
                lines.writerow([row.file, row.line, "; ".join(faults), *cells])
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
