"""One model of a table, whatever the file: a sheet with named columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from service.formats.rows import Faults, TableRow
from service.formats.sheets.footers import without_footers

MAX_COLUMNS = 16_384  # as many as a spreadsheet has
Cells = list[str | None]
GridLine = tuple[int, Cells]  # the number of the line, and its cells
# What a spreadsheet shows where a formula fails, in the languages of our users.
ERRORS = """
#N/A #VALUE! #REF! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #NV #WERT! #BEZUG! #ZAHL!
#SAKNAS! #VÄRDEFEL! #REFERENS! #DIVISION/0! #NAMN? #I/T #VÆRDI! #REFERENCE! #NAVN?
#VALEUR! #NOM? #NOMBRE! #¡VALOR! #¡REF! #¡DIV/0! #¿NOMBRE? #¡NUM! #N/D
"""
ERROR_TEXTS = frozenset(ERRORS.split())


@dataclass(frozen=True)
class SheetOptions:
    """What a person says about a file of tables; what is None is detected."""

    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    date_format: str | None = None


@dataclass(frozen=True)
class Grid:
    """The lines of a table before anybody knows which of them is the header.

    `lines` begins anew with each call. `format` says how the file was read, such as
    "CSV, UTF-8, separator ;". In a `regular` file a line with more cells than the
    header is a fault; in a spreadsheet anybody may write beside the table.
    """

    name: str
    file: str
    format: str
    lines: Callable[[Faults], Iterator[GridLine]]
    is_regular: bool = False
    has_typed_cells: bool = False  # the file tells numbers, dates and texts apart
    columns: tuple[str, ...] | None = None  # where the header is no line of the file
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table with a header, which can be read several times."""

    grid: Grid
    options: SheetOptions
    header_line: int
    columns: dict[str, int]  # the position of each column, by its name
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.grid.name

    @property
    def file(self) -> str:
        """The file as messages name it, with the sheet of a workbook."""
        return self.grid.file

    @property
    def header(self) -> list[str]:
        return list(self.columns)

    def rows(self, faults: Faults | None = None) -> Iterator[TableRow]:
        """The lines under the header; blank lines are left out."""
        faults = Faults() if faults is None else faults
        for text in (*self.grid.notes, *self.notes):
            faults.note(text)
        lines = self.lines_below_header(faults)
        columns = list(self.columns.items())
        width = max(self.columns.values()) + 1
        unnamed = set(range(width)) - set(self.columns.values())
        for line, cells in without_footers(lines, len(columns), faults):
            if len(cells) < width:
                cells = cells + [None] * (width - len(cells))
            elif len(cells) > width and not self.fits(line, cells[width:], faults):
                continue
            if unnamed:
                note_unnamed(cells, unnamed, faults)
            row = {name: cells[index] for name, index in columns}
            if not ERROR_TEXTS.isdisjoint(row.values()):
                row = without_errors(row, faults)
            yield TableRow(self.file, line, row)

    def lines_below_header(self, faults: Faults) -> Iterable[GridLine]:
        lines = self.grid.lines(faults)
        return (pair for pair in lines if pair[0] > self.header_line)

    def fits(self, line: int, others: Cells, faults: Faults) -> bool:
        """Whether the cells beyond the header can be left out."""
        first = next((cell for cell in others if cell), None)
        if first is None:
            return True
        if self.grid.is_regular:
            text = "this line has more cells than the header has columns"
            faults.add(self.file, line, None, text)
            return False
        faults.note("cells beside the table: not imported")
        return True

    def sample(self, limit: int = 1_000) -> list[TableRow]:
        """The first rows."""
        return list(islice(self.rows(), limit))


def note_unnamed(cells: Cells, unnamed: set[int], faults: Faults) -> None:
    for index in unnamed:
        if cells[index]:
            text = f"column {column_letters(index)} has no name in the header"
            faults.note(f"{text}: not imported")


def without_errors(row: dict[str, str | None], faults: Faults) -> dict[str, str | None]:
    """The row with blanks where a spreadsheet shows an error."""
    for name, cell in row.items():
        if cell in ERROR_TEXTS:
            faults.note(f"column {name!r}: {cell} is an error: read as blank")
    return {n: None if cell in ERROR_TEXTS else cell for n, cell in row.items()}


def column_letters(index: int) -> str:
    """The name of a column in spreadsheets.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
