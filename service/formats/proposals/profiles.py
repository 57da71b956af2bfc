"""What is known of the columns of a sheet before anybody decides what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from service.formats.proposals.header_words import (
    ENDS,
    HeaderMeaning,
    header_key,
    header_meaning,
    plural_words,
)
from service.formats.sheets import Sheet
from service.formats.sheets.column_kinds import ColumnKind, ColumnType
from service.formats.sheets.sheet_types import sheet_types
from service.vocabulary.kind_words import comparable_word

FIRST_ROWS = 5_000  # that are looked at
DATE_SLOTS = """
since until date founded_on score_at accepted_on asked_on decided_on opened_at
first_response_at resolved_at employed_since employed_until
"""
NUMBER_SLOTS = """
headcount recovery_days favours_open value revenue strength criticality buffer_days
score declared_strength discount share stage time_share sender_value receiver_value
sequence ordered provided receiver_cost budget people marketing_saved hours_saved
question contacts handovers compensation gross_margin
"""
DATES, NUMBERS = frozenset(DATE_SLOTS.split()), frozenset(NUMBER_SLOTS.split())
BOOLEANS = frozenset(("founder", "board_seat", "escalated"))
NAMES = frozenset((*ENDS, "name", "first_name", "last_name"))
# A supplier, or somebody who sells for us.
SELLER_WORDS = "seller säljare sælger verkäufer vendeur vendedor vendedora"
SALESPEOPLE = frozenset(map(comparable_word, SELLER_WORDS.split()))
LONG_TEXT = 60  # characters; names are shorter
Cells = dict[str, str | None]


@dataclass(eq=False)
class SheetColumn:
    """A column: its header, and the values of the first rows."""

    sheet: str  # its file, which names the sheet of a workbook
    name: str
    type: ColumnType
    values: Counter[str]
    meaning: HeaderMeaning
    is_index: bool = False
    beside: frozenset[str] = frozenset()  # names in other columns of the sheet
    refers_to: str | None = None  # what it has the ids of, as a slot in the line

    @property
    def owner(self) -> str | None:
        """The slot in the line that it describes, if it names no record itself."""
        return None if self.refers_to else self.meaning.owner

    @property
    def is_blank(self) -> bool:
        return not self.values

    @property
    def slots(self) -> list[str]:
        """What its header may stand for, as far as the values fit."""
        if self.refers_to:
            return [self.refers_to]
        return [slot for slot in self.meaning.slots if self.fits(slot)]

    @property
    def is_unique(self) -> bool:
        return max(self.values.values(), default=0) == 1

    @property
    def is_of_names(self) -> bool:
        """Whether its values are texts as short as names."""
        length = sum(map(len, self.values)) / max(len(self.values), 1)
        return self.type.kind is ColumnKind.TEXT and 0 < length <= LONG_TEXT

    @property
    def is_of_addresses(self) -> bool:
        """Whether its values are e-mail addresses."""
        return bool(self.values) and all("@" in value for value in self.values)

    def fits(self, slot: str) -> bool:
        """Whether the values can be what a slot needs."""
        kind = self.type.kind
        if slot in DATES:
            return kind in (ColumnKind.DATE, ColumnKind.TIME)
        if slot in NUMBERS:
            return kind is ColumnKind.NUMBER
        if slot in BOOLEANS:
            return kind is ColumnKind.BOOLEAN
        if slot in ENDS:
            is_number = kind is ColumnKind.NUMBER and not self.type.has_decimals
            is_count = header_key(self.name) in plural_words()  # "Customers": 120
            return self.is_of_names or (is_number and not is_count)
        if slot in NAMES:
            return kind in (ColumnKind.TEXT, ColumnKind.BOOLEAN)
        return True


@dataclass(eq=False)
class SheetProfile:
    """A sheet, the types of its columns, and its first rows."""

    sheet: Sheet
    columns: dict[str, SheetColumn]
    rows: list[Cells]

    @property
    def name(self) -> str:
        return self.sheet.name

    def all_rows(self) -> Iterator[Cells]:
        """The first rows, and those after them."""
        if len(self.rows) < FIRST_ROWS:
            return iter(self.rows)
        return (row.cells for row in self.sheet.rows())

    def at(self, slot: str) -> SheetColumn | None:
        """The first column whose header stands for a slot before all others."""
        every = self.every(slot)
        return every[0] if every else None

    def every(self, slot: str) -> list[SheetColumn]:
        return [c for c in self.columns.values() if slot_of(c) == slot]


def slot_of(column: SheetColumn) -> str | None:
    if column.owner or column.is_index or column.is_blank:
        return None
    return next(iter(column.slots), None)


def profile_of(sheet: Sheet) -> SheetProfile:
    rows = [row.cells for row in islice(sheet.rows(), FIRST_ROWS)]
    types = sheet_types(sheet, FIRST_ROWS)
    if len(rows) == FIRST_ROWS and any(type.is_ambiguous for type in types.values()):
        types = sheet_types(sheet)
    columns = {}
    for name, type in types.items():
        values = Counter(cell for row in rows if (cell := row.get(name)))
        column = SheetColumn(sheet.file, name, type, values, header_meaning(name))
        column.is_index = is_index([row.get(name) for row in rows], column)
        columns[name] = column
    forget_salespeople(columns.values())
    ends = [column for column in columns.values() if set(column.slots) & ENDS.keys()]
    for column in ends:
        others = (other.values for other in ends if other is not column)
        column.beside = frozenset(value for values in others for value in values)
    return SheetProfile(sheet, columns, rows)


def forget_salespeople(columns: Collection[SheetColumn]) -> None:
    """A seller without a buyer is mostly a salesperson, and no supplier."""
    if any("customer" in column.meaning.slots for column in columns):
        return
    for column in columns:
        if comparable_word(column.name) in SALESPEOPLE:
            column.meaning = header_meaning("")


def is_index(cells: list[str | None], column: SheetColumn) -> bool:
    """Whether the values count the lines: 0, 1, 2 …"""
    slots = column.meaning.slots
    if len(cells) < 2 or (slots and "id" not in slots):
        return False
    return any(cells == [str(start + n) for n in range(len(cells))] for start in (0, 1))
