"""The names and ids that the lists of a file have: ties in other sheets mean them."""

from __future__ import annotations

from collections import defaultdict

from service.formats.names import comparable_name
from service.formats.proposals.profiles import SheetColumn, SheetProfile

LEAST_SHARE = 0.6  # of the names of a column, which a list has
LISTS = {"capability", "need"}  # people separate them by commas
SEPARATORS = (";", ",", "/", "|", "\n")


class KnownNames:
    """What is listed, by comparable name: the kinds of members, or tables."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = defaultdict(dict)  # kinds by sheet
        self._ids: dict[str, dict[str, str]] = defaultdict(dict)  # the same by id
        self.id_columns: dict[str, SheetColumn] = {}  # by sheet

    def add_name(self, name: str, kind: str, sheet: str) -> None:
        self._names[comparable_name(name)][sheet] = kind

    def add_id(self, id: str, kind: str, column: SheetColumn) -> None:
        self.id_columns[column.sheet] = column
        self._ids[id][column.sheet] = kind

    def is_known(self, name: str) -> bool:
        return comparable_name(name) in self._names

    def lists_of(self, text: str, beside: str) -> dict[str, str]:
        """The other sheets that list a name, or an id, each with what it is."""
        lists = self._names.get(comparable_name(text)) or self._ids.get(text) or {}
        return {sheet: kind for sheet, kind in lists.items() if sheet != beside}

    def kinds_of(self, column: SheetColumn) -> set[str]:
        """The kinds of what a column names, where other sheets list most of it."""
        lists = [self.lists_of(n, column.sheet) for n in names_in(column, self)]
        listed = [kinds for kinds in lists if kinds]
        if not lists or len(listed) < LEAST_SHARE * len(lists):
            return set()
        return {kind for kinds in listed for kind in kinds.values()}

    def unlisted(self, column: SheetColumn) -> list[str]:
        names = names_in(column, self)
        return [name for name in names if not self.lists_of(name, column.sheet)]

    def sheets_by_id(self, column: SheetColumn) -> set[str]:
        """The sheets whose ids a column names."""
        ids = [v for v in column.values if not self.is_known(v) and v in self._ids]
        return {sheet for id in ids for sheet in self._ids[id]} - {column.sheet}


def names_in(column: SheetColumn, known: KnownNames) -> list[str]:
    """The different names in a column, those of lists in its cells each by itself."""
    separators = separators_of(column, known)
    return list(dict.fromkeys(n for v in column.values for n in split(v, separators)))


def split(text: str, separators: str) -> list[str]:
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    items = text.split(separators[0]) if separators else [text]
    return [item.strip() for item in items if item.strip()]


def separators_of(column: SheetColumn, known: KnownNames) -> str:
    """What separates several names in the cells of a column; empty if nothing does.

    A semicolon or a line end always does. Commas and slashes do where the parts are
    names that stand alone elsewhere.
    """
    separators = ""
    alone = {comparable_name(value) for value in column.values}
    for separator in SEPARATORS:
        lists = [v for v in column.values if len(split(v, separator)) > 1]
        if not lists:
            continue
        parts = [part for text in lists for part in split(text, separator)]
        is_known = [comparable_name(p) in alone or known.is_known(p) for p in parts]
        is_list = bool(LISTS & set(column.slots[:1])) and separator == ","
        if is_list or separator in ";|\n" or sum(is_known) > len(parts) / 2:
            separators += separator
    return separators


def list_names(profile: SheetProfile, columns: list[str]) -> list[str | None]:
    """The name of the record in each row."""
    parts = [[row.get(c) for c in columns] for row in profile.rows]
    return [" ".join(filter(None, cells)) or None for cells in parts]
