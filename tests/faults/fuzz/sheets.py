"""Tables of any file: CSV in many dialects, workbooks, JSON, and what is packed."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

from service.cli.console import printable
from service.formats.rows import Faults
from service.formats.sheets import sheets_of
from service.formats.sheets.sheet_types import sheet_description, sheet_types
from tests.faults.fuzz.mutations import mutated

ROWS = 5_000  # of each sheet
CSV = """sep=;
Suppliers 2026;;;
;Name;Amount;Since
1;"Åsvik ""Old"" Mill";1.250,75 kr;31/12/2025
2;Grain Growers;€ 12;3 Feb 2025

;Total;1.262,75;
"""
OBJECTS = [{"name": "Old Mill", "owner": {"id": 7.5, "tags": ["a", "b"]}}, {"x": None}]
FOLDER = Path(__file__).parents[2] / "formats" / "sheets"
SHEETS = ["csv", "utf-16", "xlsx", "ods", "xls", "json", "json-lines", "gzip", "zip"]
Parts = dict[str, bytes]
Cases = Iterator[tuple[bytes, Callable[[], None]]]


def sheet_samples() -> dict[str, bytes]:
    text = CSV.encode()
    workbook = (FOLDER / "suppliers.xls").read_bytes()
    return {
        "csv": text,
        "utf-16": CSV.encode("utf-16"),
        "xlsx": zipped(parts_of(FOLDER / "suppliers.xlsx")),
        "ods": zipped(parts_of(FOLDER / "suppliers.ods")),
        "xls": workbook,
        "json": orjson.dumps({"results": OBJECTS}),
        "json-lines": b"\n".join(map(orjson.dumps, OBJECTS)),
        "gzip": gzip.compress(text),
        "zip": zipped({"a/b.csv": text, "c.json": orjson.dumps(OBJECTS)}),
    }


def sheet_cases(name: str, folder: Path, random: random.Random) -> Cases:
    """One file, again and again: its bytes or a part of its archive are mutated."""
    samples = sheet_samples()
    file = folder / "sheet"
    while True:
        data = packed_mutation(samples[name], [*samples.values()], random)
        file.write_bytes(data)
        yield data, lambda: read_sheets(file)


def packed_mutation(data: bytes, others: list[bytes], random: random.Random) -> bytes:
    if zipfile.is_zipfile(io.BytesIO(data)) and random.random() < 0.7:
        parts = parts_of(io.BytesIO(data))
        part = random.choice([*parts])
        return zipped(parts | {part: mutated(parts[part], others, random)})
    if data.startswith(b"\x1f\x8b") and random.random() < 0.5:
        return gzip.compress(mutated(gzip.decompress(data), others, random))
    return mutated(data, others, random)


def read_sheets(file: Path) -> None:
    for sheet in sheets_of(file):
        faults = Faults()
        types = sheet_types(sheet, ROWS)
        for number, row in enumerate(sheet.rows(faults)):
            if number == ROWS:
                break
            for column, cell in row.cells.items():
                if cell is not None:
                    types[column].parse(cell)
        texts = [sheet_description(sheet, types), *faults.messages, *faults.notes]
        for text in texts:
            printable(text).encode()


def parts_of(archive: Path | io.BytesIO) -> Parts:
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            is_first = name == "mimetype"
            method = zipfile.ZIP_STORED if is_first else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, method)
    return file.getvalue()
