"""The names and ids that the lists of a file have: ties in other sheets mean them."""

from __future__ import annotations

from collections import defaultdict

from service.formats.names import comparable_name
from service.formats.proposals.name_lists import looks_like_list, separators_of, split
from service.formats.proposals.profiles import SheetColumn

LEAST_SHARE = 0.6  # of the names of a column, which a list has


class KnownNames:
    """What is listed, by comparable name: the kinds of members, or tables."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = defaultdict(dict)  # kinds by sheet
        self._ids: dict[str, dict[str, str]] = defaultdict(dict)  # the same by id
        self.id_columns: dict[str, SheetColumn] = {}  # by sheet
        self._separators: dict[SheetColumn, str] = {}
        self._kinds: dict[SheetColumn, set[str]] = {}  # of what columns name

    def add_name(self, name: str, kind: str, sheet: str) -> None:
        self._names[comparable_name(name)][sheet] = kind
        self._forget()

    def add_id(self, id: str, kind: str, column: SheetColumn) -> None:
        self.id_columns[column.sheet] = column
        self._ids[id][column.sheet] = kind
        self._forget()

    def _forget(self) -> None:
        self._separators.clear()
        self._kinds.clear()

    def is_known(self, name: str) -> bool:
        return comparable_name(name) in self._names

    def lists_of(self, text: str, beside: str) -> dict[str, str]:
        """The other sheets that list a name, or an id, each with what it is."""
        lists = self._names.get(comparable_name(text)) or self._ids.get(text) or {}
        return {sheet: kind for sheet, kind in lists.items() if sheet != beside}

    def kinds_of(self, column: SheetColumn) -> set[str]:
        """The kinds of what a column names, where other sheets list most of it."""
        if column not in self._kinds:
            self._kinds[column] = self._kinds_in(column)
        return self._kinds[column]

    def _kinds_in(self, column: SheetColumn) -> set[str]:
        if not (self._names or self._ids):
            return set()
        lists = [self.lists_of(name, column.sheet) for name in self.names_in(column)]
        listed = [kinds for kinds in lists if kinds]
        if not lists or len(listed) < LEAST_SHARE * len(lists):
            return set()
        return {kind for kinds in listed for kind in kinds.values()}

    def unlisted(self, column: SheetColumn) -> list[str]:
        names = self.names_in(column)
        return [name for name in names if not self.lists_of(name, column.sheet)]

    def names_in(self, column: SheetColumn) -> list[str]:
        """The different names in a column, those of lists each by itself."""
        marks = self.separators(column)
        return list(dict.fromkeys(n for v in column.values for n in split(v, marks)))

    def separators(self, column: SheetColumn) -> str:
        """What separates several names in the cells of a column."""
        if column not in self._separators:
            self._separators[column] = separators_of(column, self.is_known)
        return self._separators[column]

    def may_be_list(self, column: SheetColumn) -> bool:
        """Whether commas may separate names, which only a person knows."""
        return "," not in self.separators(column) and looks_like_list(column)
