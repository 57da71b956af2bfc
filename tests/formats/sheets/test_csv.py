"""CSV files of any dialect as sheets."""

from __future__ import annotations

import pytest

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets import SheetOptions, sheets_of

PLAIN = "Name,Land,Amount\nOld Mill,SE,12\nGrain,,7\n"
ROWS = [
    {"Name": "Old Mill", "Land": "SE", "Amount": "12"},
    {"Name": "Grain", "Land": None, "Amount": "7"},
]


def read(path, options=None):
    """The cells of the only sheet, and its notes; a fault fails the test."""
    [sheet] = sheets_of(path, options or SheetOptions())
    faults = Faults()
    rows = list(sheet.rows(faults))
    assert faults.messages == []
    assert list(sheet.rows()) == rows  # a second pass reads the same
    return [row.cells for row in rows], dict(faults.notes)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (PLAIN, "CSV, UTF-8, separator comma"),
        (PLAIN.replace(",", ";"), "CSV, UTF-8, separator ;"),
        (PLAIN.replace(",", "\t"), "CSV, UTF-8, separator tab"),
        (PLAIN.replace(",", "|"), "CSV, UTF-8, separator |"),
        ("sep=;\r\n" + PLAIN.replace(",", ";"), "CSV, UTF-8, separator ;"),
        ("sep=^\n" + PLAIN.replace(",", "^"), "CSV, UTF-8, separator ^"),
        (PLAIN.replace("\n", "\r\n"), "CSV, UTF-8, separator comma"),
        (PLAIN.replace("\n", "\r"), "CSV, UTF-8, separator comma"),
        (PLAIN.replace("Old Mill", "'Old Mill'"), "CSV, UTF-8, separator comma"),
        (PLAIN.replace("Old Mill", '"Old Mill"'), "CSV, UTF-8, separator comma"),
    ],
)
def test_a_dialect_is_detected(tmp_path, text, format):
    (tmp_path / "a.csv").write_text(text, newline="")
    [sheet] = sheets_of(tmp_path / "a.csv")
    assert sheet.grid.format == format
    assert read(tmp_path / "a.csv") == (ROWS, {})


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_an_encoding_is_detected_and_told(tmp_path, encoding, name):
    text = PLAIN.replace("Old Mill", '"Malmö Kvarn, Åke”"')
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    [sheet] = sheets_of(tmp_path / "a.csv")
    assert sheet.grid.format == f"CSV, {name}, separator comma"
    rows, notes = read(tmp_path / "a.csv")
    assert rows[0]["Name"] == "Malmö Kvarn, Åke”"
    assert bool(notes) == (encoding == "cp1252")


def test_a_long_word_is_no_work(tmp_path):
    text = f"Name,Land\n{'x' * 100_000},SE\nÅke,SE\n"
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    assert [len(row["Name"]) for row in read(tmp_path / "a.csv")[0]] == [100_000, 3]


def test_an_encoding_that_is_named_is_used(tmp_path):
    (tmp_path / "a.csv").write_bytes("Name,Land\nŁódź,PL\n".encode("cp1250"))
    rows, notes = read(tmp_path / "a.csv", SheetOptions(encoding="windows-1250"))
    assert (rows, notes) == ([{"Name": "Łódź", "Land": "PL"}], {})


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Имя,Город\nПушкин,Москва\n"),
        ("cp866", "Имя,Город\nПушкин,Москва\n"),
        ("shift_jis", "名前,国\n東京,日本\n"),
        ("gb18030", "名称,国家\n北京,中国\n"),
        ("cp850", "Name,Land\nÅse Müller,NO\n"),
    ],
)
def test_bytes_of_another_encoding_are_not_guessed(tmp_path, encoding, text):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    with pytest.raises(BadInput, match=r"neither UTF-8 .* name its --encoding"):
        sheets_of(tmp_path / "a.csv")


def test_an_unknown_encoding_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN)
    with pytest.raises(BadInput, match="'klingon' is no encoding"):
        sheets_of(tmp_path / "a.csv", SheetOptions(encoding="klingon"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Suppliers 2026\n\n" + PLAIN, 3),
        ("Suppliers 2026,,\nExported,2026-11-01,\n" + PLAIN, 3),
        ("Company 2026:,Our firm,\nAuthor:,Ada,\n\n" + PLAIN, 4),
        ("Contact,,Deal 2026\n" + PLAIN, 2),
        ("\n\n" + PLAIN, 3),
        (",,\n" + PLAIN, 2),
        (PLAIN, 1),
    ],
)
def test_titles_above_the_header_are_left_out(tmp_path, text, line):
    (tmp_path / "a.csv").write_text(text)
    [sheet] = sheets_of(tmp_path / "a.csv")
    rows, notes = read(tmp_path / "a.csv")
    assert (sheet.header_line, rows) == (line, ROWS)
    assert any("lines above the header" in n for n in notes) == ("2026" in text)


def test_columns_and_lines_without_anything_are_left_out(tmp_path):
    text = ",Name,Land,Amount,,\n0,Old Mill,SE,12,,\n,,,,,\n\n1,Grain,,7,,\n,,,,,\n"
    (tmp_path / "a.csv").write_text(text)
    note = "column A has no name in the header: not imported"
    assert read(tmp_path / "a.csv") == (ROWS, {note: 2})


def test_a_name_that_is_repeated_gets_a_number(tmp_path):
    (tmp_path / "a.csv").write_text("Name,Mail,Mail\nOld Mill,a@b.se,c@d.se\n")
    rows, notes = read(tmp_path / "a.csv")
    assert rows == [{"Name": "Old Mill", "Mail": "a@b.se", "Mail 2": "c@d.se"}]
    text = "the header has 'Mail' more than once: column C is read as 'Mail 2'"
    assert notes == {text: 1}


def test_a_header_of_one_name_is_read_at_once_with_one_note(tmp_path):
    names = ["Year 3", *["Year"] * 16_000]
    (tmp_path / "a.csv").write_text(f"{','.join(names)}\n{',1' * 16_000}\n")
    rows, notes = read(tmp_path / "a.csv")
    assert list(rows[0])[:4] == ["Year 3", "Year", "Year 2", "Year 4"]
    [text] = [note for note in notes if "more than once" in note]
    assert text.endswith(
        "C is read as 'Year 2', and 15,998 more columns in the same way"
    )


def test_totals_after_a_blank_line_are_left_out_with_a_note(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN + ",,\nTotal,,19\n")
    text = "lines below the table, after a blank line: not imported; got 'Total'"
    assert read(tmp_path / "a.csv") == (ROWS, {text: 1})


def test_a_total_right_below_the_table_is_left_out_with_a_note(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN + "Total:,,19\n")
    text = "last line of the table: taken for a total, not imported; got 'Total:'"
    assert read(tmp_path / "a.csv") == (ROWS, {text: 1})


@pytest.mark.parametrize(
    "end", ["Total,FR,19\n", "Total Produce,,19\n", "\nHill Dairy,NO,5\n"]
)
def test_other_last_lines_are_rows(tmp_path, end):
    (tmp_path / "a.csv").write_text(PLAIN + end)
    rows, notes = read(tmp_path / "a.csv")
    assert (len(rows), notes) == (3, {})


def test_a_line_with_too_many_cells_is_a_fault(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN + "Hill, Dairy,NO,5\n")
    [sheet] = sheets_of(tmp_path / "a.csv")
    faults = Faults()
    assert [row.cells for row in sheet.rows(faults)] == ROWS
    [text] = faults.messages
    assert text.endswith(
        "a.csv line 4: this line has more cells than the header has columns"
    )


def test_quotes_within_a_text_do_not_hide_the_separator(tmp_path):
    (tmp_path / "a.csv").write_text('Name\tTags\n"Mill, Old", S.\tfood\nDairy\tmilk\n')
    rows, _ = read(tmp_path / "a.csv")
    assert [row["Name"] for row in rows] == ['"Mill, Old", S.', "Dairy"]


def test_a_sample_may_end_within_a_cell(tmp_path):
    note = "a line of a note\n" * 6
    lines = [f'Firm {n};SE;"{note}"\n' for n in range(1_000)]
    (tmp_path / "a.csv").write_text("Name;Land;Note\n" + "".join(lines))
    rows, _ = read(tmp_path / "a.csv")
    assert (len(rows), rows[-1]["Name"]) == (1_000, "Firm 999")


def test_one_column_is_a_table(tmp_path):
    (tmp_path / "a.csv").write_text("Name\nMill, Old\nGrain\nDairy\n")
    rows, _ = read(tmp_path / "a.csv")
    assert [row["Name"] for row in rows] == ["Mill, Old", "Grain", "Dairy"]


@pytest.mark.parametrize("text", ["", "\n\n", "Name,Land\n", ",,,\n"])
def test_a_file_without_a_row_has_no_sheet(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    assert sheets_of(tmp_path / "a.csv") == []


def test_quotes_with_a_backslash_are_read(tmp_path):
    text = 'Name,Note\n"Old \\"Big\\" Mill","a, b"\n'
    (tmp_path / "a.csv").write_text(text)
    rows, _ = read(tmp_path / "a.csv")
    assert rows == [{"Name": 'Old "Big" Mill', "Note": "a, b"}]
