"""One tie where several sheets or files of a load have it, and one row adds nothing.

Two lines of one sheet are two ties, such as two orders of one supplier. A row of
another sheet or file with the same ends and kind is the same tie if

- no value of the two differs, and both end on one day, or neither ends, and
- it adds nothing, as an undated line beside a dated one. In ties other than orders and
  holdings an undated row may add values to the one dated row that it fits.

A row takes one row of each other sheet at most. Equal amounts of orders without a day
stay two: the rents of two months are equal. So do all rows of a pair that has many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from service.formats.identities.merging import merged_cells
from service.formats.records import REPEATED
from service.formats.rows import Faults, TableRow
from service.vocabulary.attributes import is_attribute
from service.vocabulary.enums import TieKind
from service.vocabulary.provenance import IMPORTED_FROM

ENDS = ("kind", "source", "target")
NO_FACTS = (*ENDS, "key", IMPORTED_FROM)
DAYS = ("since", "on")
AMOUNTS = frozenset(("value", "ordered", "provided"))
ORDER, CONTACTS = TieKind.EXCHANGE.value, TieKind.ACQUAINTANCE.value
EVENTS = frozenset(kind.value for kind in REPEATED)
MANY = 200  # rows of one pair: each would be compared with each
ANOTHER_ROW = "tie that another sheet or file has too: imported once"
RowsAgain = Callable[[], Iterator[TableRow]]


class NumberedRow(NamedTuple):
    """A row among all ties of a load, and what it says of the tie."""

    number: int
    row: TableRow
    facts: dict[str, str]

    @property
    def has_day(self) -> bool:
        return any(day in self.facts for day in DAYS)


def once_each(rows: RowsAgain, faults: Faults) -> Iterator[TableRow]:
    """The rows of ties; what several sheets or files say of one tie comes once.

    `rows` are read three times: only those of pairs that several files name, and of
    these one hash for each pair, take memory.
    """
    same = same_rows(rows)
    others: dict[int, list[TableRow]] = {number: [] for number in same.values()}
    for number, row in enumerate(rows()) if same else ():
        if number in same:
            others[same[number]].append(row)
    for number, row in enumerate(rows()):
        if number in same:
            faults.note(ANOTHER_ROW, f"{row.file} line {row.line}")
            continue
        cells = row.cells
        for other in others.get(number, ()):
            cells = merged_cells("ties", cells, other.cells, faults)
        yield row._replace(cells=cells)


def same_rows(rows: RowsAgain) -> dict[int, int]:
    """The numbers of rows that are another's tie, each with the number of that."""
    files: dict[int, str] = {}
    several = set[int]()
    for row in rows():
        mark = hash(pair_of(row))
        if files.setdefault(mark, row.file) != row.file:
            several.add(mark)
    named: dict[tuple[str, ...], list[NumberedRow]] = defaultdict(list)
    for number, row in enumerate(rows()) if several else ():
        pair = pair_of(row)
        if hash(pair) in several and pair[0] != CONTACTS:
            cells = row.cells.items()
            facts = {n: cell for n, cell in cells if cell and n not in NO_FACTS}
            named[pair].append(NumberedRow(number, row, facts))
    groups = [group for group in named.values() if len(group) <= MANY]
    return {n: other for group in groups for n, other in same_ties(group).items()}


def pair_of(row: TableRow) -> tuple[str, ...]:
    return tuple(row.cells.get(column) or "" for column in ENDS)


def same_ties(rows: Sequence[NumberedRow]) -> dict[int, int]:
    """The same, of the rows of one pair: those that say most come first."""
    order = sorted(rows, key=lambda r: (not r.has_day, -len(r.facts), r.number))
    numbers: dict[int, int] = {}
    takers: dict[int, set[str]] = defaultdict(set)  # files of which a row has taken one
    for position, row in enumerate(order):
        others = [
            other
            for other in order[:position]
            if other.number not in numbers
            and row.row.file not in takers[other.number] | {other.row.file}
            and is_same(row, other)
        ]
        wider = [o for o in others if row.facts.items() <= o.facts.items()]
        if wider or len(others) == 1:
            number = (wider or others)[0].number
            numbers[row.number] = number
            takers[number].add(row.row.file)
    return numbers


def is_same(row: NumberedRow, other: NumberedRow) -> bool:
    """Whether a row is the tie of another one, which says as much or more."""
    shared = row.facts.keys() & other.facts.keys()
    if row.row.cells.get("key") or any(row.facts[n] != other.facts[n] for n in shared):
        return False
    if row.facts.get("until") != other.facts.get("until"):
        return False
    kind = row.row.cells.get("kind")
    if kind not in EVENTS:
        return "since" not in row.facts or "since" in shared
    if kind == ORDER and row.facts == other.facts and not row.has_day:
        return AMOUNTS.isdisjoint(row.facts)
    return {name for name in row.facts if not is_attribute(name)} <= other.facts.keys()
