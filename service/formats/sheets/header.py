"""Where a table begins: titles, blank lines and groups of columns may stand above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets.sheet import (
    MAX_COLUMNS,
    Cells,
    Grid,
    GridLine,
    Sheet,
    SheetOptions,
    column_letters,
)
from service.vocabulary.names import counted

LOOK = 60  # lines that are looked at
USUAL = 0.75  # of the lines have at most the usual number of cells
LEAST_SHARE = 0.6  # of this number, which a header has
VALUE = re.compile(r"[-+(]?[$€£]?\s?\d[\d\s.,'’/:T-]*\)?\s?%?")
YEAR = re.compile(r"(19|20)\d\d")


def sheet_of(grid: Grid, options: SheetOptions) -> Sheet | None:
    """The table of a grid; None where there is no line under a header."""
    lines = first_lines(grid.lines(Faults()))
    if not lines:
        return None
    if grid.columns is not None:
        positions = {name: index for index, name in enumerate(grid.columns)}
        return Sheet(grid, options, 0, positions)
    position = header_position([cells for _, cells in lines])
    line, cells = lines[position]
    below = lines[position + 1 :]
    if not below:
        return None
    notes = []
    if position:
        titles = "lines above the header: not imported; got "
        notes.append(titles + repr(next(filter(None, lines[0][1]))))
    columns = columns_of(cells, notes)
    if len(columns) > MAX_COLUMNS:
        text = f"the header has {len(columns):,} columns; at most {MAX_COLUMNS:,} are"
        raise BadInput(f"{grid.file} line {line}: {text} read. Is this a table?")
    return Sheet(grid, options, line, columns, notes)


def first_lines(lines: Iterable[GridLine]) -> list[GridLine]:
    """The first lines that are not blank."""
    return list(islice((pair for pair in lines if any(pair[1])), LOOK))


def header_position(lines: list[Cells]) -> int:
    """The index of the header among the first lines of a table.

    It is the fullest line above the first one with a number or a date, or else the
    first line that is full enough.

    >>> header_position([["Suppliers 2026"], ["Name", "Amount"], ["Old Mill", "12"]])
    1
    """
    sizes = [sum(map(bool, cells)) + (not cells[0]) for cells in lines]
    enough = LEAST_SHARE * sorted(sizes)[int(USUAL * len(lines))]
    above = next((i for i, cells in enumerate(lines) if number_of_values(cells)), 0)
    fullest = max(range(above), key=lambda index: sizes[index], default=0)
    if above and sizes[fullest] >= enough:
        return fullest
    wide = [index for index, size in enumerate(sizes) if size >= enough]
    position = next((index for index in wide if is_of_names(lines[index])), wide[0])
    return 0 if position == len(lines) - 1 else position


def is_of_names(cells: Cells) -> bool:
    """Whether most cells are names; values are below a header."""
    return number_of_values(cells) < sum(map(bool, cells)) / 2


def number_of_values(cells: Cells) -> int:
    """How many cells are numbers or dates; a year may be the name of a column."""
    return sum(
        1
        for text in cells
        if text and VALUE.fullmatch(text) and not YEAR.fullmatch(text)
    )


def columns_of(cells: Cells, notes: list[str]) -> dict[str, int]:
    """The positions of the columns by name; a name that is repeated gets a number."""
    columns: dict[str, int] = {}
    numbers: dict[str, int] = {}  # the last one of each name
    repeats: dict[str, list[str]] = {}
    for index, cell in enumerate(cells):
        if not cell:
            continue
        name = own = " ".join(cell.split())
        while name in columns:
            numbers[own] = numbers.get(own, 1) + 1
            name = f"{own} {numbers[own]}"
        columns[name] = index
        if name != own:
            repeats.setdefault(own, []).append(name)
    for own, names in repeats.items():
        text = f"the header has {own!r} more than once: column"
        text += f" {column_letters(columns[names[0]])} is read as {names[0]!r}"
        if more := len(names) - 1:
            text += f", and {counted(more, 'more column')} in the same way"
        notes.append(text)
    return columns
