"""Workbooks of Excel and OpenDocument as sheets."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets import sheets_of
from service.formats.sheets.workbook_cells import cell_text

HERE = Path(__file__).parent
ACTIVE = {"Aktiv": "true"}


def zipped(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/b.xls", data)
        archive.writestr("empty.csv", "")
    return file.getvalue()


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


def test_each_sheet_is_a_table_and_tells_its_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [["Suppliers 2026"], [], ["Name", "Amount", "Since"]]
    rows += [["Old Mill", 12.0, date(2026, 1, 2)], [], ["Grain", 0.5, None]]
    workbook(path, {"Leverantörer": rows, "Empty": [], "Head": [["A", "B"]]})
    [sheet] = sheets_of(path)
    faults = Faults()
    found = list(sheet.rows(faults))
    assert list(sheet.rows()) == found
    assert (sheet.name, sheet.header_line) == ("Leverantörer", 3)
    assert [(row.file, row.line) for row in found] == [
        (f"{path} sheet Leverantörer", 4),
        (f"{path} sheet Leverantörer", 6),
    ]
    assert [row.cells for row in found] == [
        {"Name": "Old Mill", "Amount": "12", "Since": "2026-01-02"},
        {"Name": "Grain", "Amount": "0.5", "Since": None},
    ]
    assert faults.messages == []


def test_hidden_sheets_are_left_out_with_a_note(tmp_path):
    path = tmp_path / "a.xlsx"
    book = workbook(path, {"Lists": [["A", "B"], [1, 2]], "Data": [["A", "B"], [3, 4]]})
    book["Lists"].sheet_state = "hidden"
    book.save(path)
    [sheet] = sheets_of(path)
    faults = Faults()
    assert [row.cells for row in sheet.rows(faults)] == [{"A": "3", "B": "4"}]
    assert faults.notes == {"hidden sheet 'Lists': not imported": 1}


def test_cells_beside_a_table_are_left_out_with_a_note(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook(path, {"A": [["A", "B"], [1, 2, "see here"], [3, 4]]})
    [sheet] = sheets_of(path)
    faults = Faults()
    assert [row.cells for row in sheet.rows(faults)] == [
        {"A": "1", "B": "2"},
        {"A": "3", "B": "4"},
    ]
    assert faults.notes == {"cells beside the table: not imported": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (-0.5, "-0.5"),
        (1e21, "1e+21"),
        (0.1, "0.1"),
        (True, "true"),
        (" a ", "a"),
        ("", None),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_a_cell_is_the_text_of_its_value(tmp_path, value, text):
    assert cell_text(value) == text
    workbook(tmp_path / "a.xlsx", {"A": [["Name", "Value"], ["x", value]]})
    [sheet] = sheets_of(tmp_path / "a.xlsx")
    assert [row.cells["Value"] for row in sheet.rows()] == [text]


def test_errors_of_formulas_are_blank_with_a_note(tmp_path):
    book = workbook(tmp_path / "a.xlsx", {"A": [["Name", "Value"], ["x", 1], ["y", 2]]})
    book["A"]["B2"] = "#N/A"  # which openpyxl writes as an error
    book.save(tmp_path / "a.xlsx")
    [sheet] = sheets_of(tmp_path / "a.xlsx")
    faults = Faults()
    assert [row.cells["Value"] for row in sheet.rows(faults)] == [None, "2"]
    assert faults.notes == {"cells with an error such as #N/A (1): read as blank": 1}


@pytest.mark.parametrize("ending", ["xls", "xlsx", "ods"])
def test_a_workbook_of_each_format_is_read(ending):
    [sheet] = sheets_of(HERE / f"suppliers.{ending}")
    faults = Faults()
    assert [row.cells for row in sheet.rows(faults)] == [
        {"Namn": "Åsvik Kvarn", "Belopp": "1250.5", "Sedan": "2026-01-02", **ACTIVE},
        {"Namn": "Grain", "Belopp": "12", "Sedan": None, "Aktiv": None},
    ]
    title = {"lines above the header: not imported; got 'Suppliers 2026'": 1}
    hidden = {"hidden sheet 'Listor': not imported": 1} if ending != "ods" else {}
    assert faults.notes == title | hidden


def test_a_workbook_with_a_password_is_one_sentence():
    with pytest.raises(BadInput, match="a password protects it; save it without one"):
        sheets_of(HERE / "protected.xlsx")


@pytest.mark.parametrize("pack", [gzip.compress, zipped])
def test_a_packed_workbook_is_read(tmp_path, pack):
    (tmp_path / "a").write_bytes(pack((HERE / "suppliers.xls").read_bytes()))
    [sheet] = sheets_of(tmp_path / "a")
    assert len(list(sheet.rows())) == 2


def test_cells_a_million_lines_apart_are_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = "a"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(BadInput, match="needs too much memory or time; save the sheet"):
        sheets_of(tmp_path / "a.xlsx")


@pytest.mark.parametrize("size", [100, 3_000])
def test_a_damaged_workbook_is_one_sentence(tmp_path, size):
    path = tmp_path / "a.xlsx"
    workbook(path, {"A": [["Name", "Value"], ["x", 1]]})
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BadInput, match="this workbook cannot be read: it is damaged"):
        sheets_of(path)
