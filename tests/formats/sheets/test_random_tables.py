"""Random tables, written in random dialects, come back equal."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.rows import Faults
from service.formats.sheets import sheets_of
from service.formats.sheets.column_kinds import ColumnKind
from service.formats.sheets.sheet_types import sheet_types

LETTERS = "abcdefghijklmnoprstuvyzåäöéüñçABCDEFGHIJKLMNOPRSTUVÅÄÖÉ"
NAMES = st.text(LETTERS, min_size=3, max_size=8)
TEXTS = st.text(LETTERS + " &()!?\"',;.|-", min_size=1, max_size=20).map(
    lambda text: "A" + " ".join(text.split()) + "z"
)
DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))
AMOUNTS = st.decimals(0, 10**7, places=2, allow_nan=False)
DATE_FORMATS = ["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%Y"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


@dataclass(frozen=True)
class DrawnTable:
    """Columns of names, texts, amounts and days; some cells are blank."""

    header: list[str]
    rows: list[tuple[str, str | None, Decimal | None, date | None]]

    @property
    def expected(self) -> list[dict[str, str | None]]:
        """The cells in the standard form."""
        return [
            dict(
                zip(
                    self.header,
                    [
                        name,
                        text,
                        None if amount is None else format(amount.normalize(), "f"),
                        None if day is None else day.isoformat(),
                    ],
                    strict=True,
                )
            )
            for name, text, amount, day in self.rows
        ]


@st.composite
def tables(draw):
    header = draw(st.lists(NAMES, min_size=4, max_size=4, unique_by=str.lower))
    row = st.tuples(TEXTS, st.none() | TEXTS, st.none() | AMOUNTS, st.none() | DAYS)
    rows = draw(st.lists(row, min_size=1, max_size=12))
    # What tells the two signs, and the two orders, apart.
    first = ("Aaz", "Abz", Decimal("1234567.5"), date(2031, 12, 25))
    return DrawnTable(header, [first, *rows])


@dataclass(frozen=True)
class DrawnDialect:
    """How a table is written."""

    delimiter: str
    quoting: int
    line_end: str
    encoding: str
    decimal: str
    thousands: str
    currency: str
    date_format: str
    title: bool
    separator_line: bool
    blank_columns: int
    has_index: bool

    def amount(self, value: Decimal) -> str:
        text = format(value, ",f").replace(",", "T").replace(".", self.decimal)
        return text.replace("T", self.thousands) + self.currency

    def written(self, table: DrawnTable) -> bytes:
        file = io.StringIO()
        options = {"delimiter": self.delimiter, "lineterminator": self.line_end}
        writer = csv.writer(file, quoting=self.quoting, **options)
        index, blanks = [""] * self.has_index, [""] * self.blank_columns
        if self.separator_line:
            file.write(f"sep={self.delimiter}{self.line_end}")
        if self.title:
            writer.writerow([*index, "A title", "", "", "", *blanks])
            writer.writerow([])
        writer.writerow([*index, *table.header, *blanks])
        for number, (name, text, amount, day) in enumerate(table.rows):
            cells = [name, text or "", "", ""]
            cells[2] = "" if amount is None else self.amount(amount)
            cells[3] = "" if day is None else day.strftime(self.date_format)
            writer.writerow([*[str(number)] * self.has_index, *cells, *blanks])
        return file.getvalue().encode(self.encoding)


@st.composite
def dialects(draw):
    decimal = draw(st.sampled_from([".", ","]))
    others = [mark for mark in ["", ".", ",", " ", "\u00a0", "'"] if mark != decimal]
    return DrawnDialect(
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        encoding=draw(st.sampled_from(ENCODINGS)),
        decimal=decimal,
        thousands=draw(st.sampled_from(others)),
        currency=draw(st.sampled_from(["", " kr", " €", " EUR"])),
        date_format=draw(st.sampled_from(DATE_FORMATS)),
        title=draw(st.booleans()),
        separator_line=draw(st.booleans()),
        blank_columns=draw(st.integers(0, 2)),
        has_index=draw(st.booleans()),
    )


def standard_rows(path: Path) -> list[dict[str, str | None]]:
    """The cells of the only sheet, each in the standard form of its column."""
    [sheet] = sheets_of(path)
    types = sheet_types(sheet)
    faults = Faults()
    rows = [
        {n: c if c is None else types[n].parse(c) for n, c in row.cells.items()}
        for row in sheet.rows(faults)
    ]
    assert faults.messages == []
    numbers = [n for n, type in types.items() if type.kind is ColumnKind.NUMBER]
    for row in rows:
        for name in numbers:
            if (text := row[name]) is not None:
                row[name] = format(Decimal(text).normalize(), "f")
    return rows


@settings(max_examples=100, deadline=None)
@given(tables(), dialects())
def test_csv_comes_back_equal(table, dialect):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(dialect.written(table))
        assert standard_rows(path) == table.expected


@settings(max_examples=10, deadline=None)
@given(tables(), st.booleans())
def test_xlsx_comes_back_equal(table, has_title):
    book = openpyxl.Workbook()
    for row in [["A title"], []] if has_title else []:
        book.active.append(row)
    book.active.append(table.header)
    for name, text, amount, day in table.rows:
        book.active.append([name, text, None if amount is None else float(amount), day])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book.save(path)
        assert standard_rows(path) == table.expected


@settings(max_examples=10, deadline=None)
@given(tables())
def test_ods_comes_back_equal(table):
    rows = [[text_cell(name) for name in table.header]]
    rows += [
        [text_cell(name), text_cell(text), number_cell(amount), date_cell(day)]
        for name, text, amount, day in table.rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ods"
        write_ods(path, rows)
        assert standard_rows(path) == table.expected


def text_cell(text: str | None) -> str:
    return cell('office:value-type="string"', text) if text else "<table:table-cell/>"


def number_cell(value: Decimal | None) -> str:
    if value is None:
        return "<table:table-cell/>"
    return cell(f'office:value-type="float" office:value="{value}"', f"{value:,}")


def date_cell(day: date | None) -> str:
    if day is None:
        return "<table:table-cell/>"
    return cell(f'office:value-type="date" office:date-value="{day}"', f"{day:%d/%m}")


def cell(attributes: str, text: str) -> str:
    text = f"<text:p>{escape(text)}</text:p>"
    return f"<table:table-cell {attributes}>{text}</table:table-cell>"


def write_ods(path: Path, rows: list[list[str]]) -> None:
    kind, space = (
        "application/vnd.oasis.opendocument",
        "urn:oasis:names:tc:opendocument",
    )
    spaces = "".join(
        f" xmlns:{name}={quoteattr(f'{space}:xmlns:{name}:1.0')}"
        for name in ("office", "table", "text")
    )
    lines = "".join(
        f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows
    )
    body = f'<office:spreadsheet><table:table table:name="A">{lines}'
    body += "</table:table></office:spreadsheet>"
    content = f"<office:document-content{spaces}><office:body>{body}"
    content += "</office:body></office:document-content>"
    manifest = f"{space}:xmlns:manifest:1.0"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}.spreadsheet"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"{kind}.spreadsheet")
        archive.writestr("content.xml", content)
        text = f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>'
        archive.writestr("META-INF/manifest.xml", text)
