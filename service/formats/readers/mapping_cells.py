"""Where a mapping takes the cells of a column of ours from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from service.formats.connections import CONNECTIONS
from service.formats.records import TABLES
from service.formats.sheets.column_kinds import ColumnKind, ColumnType
from service.vocabulary import MEMBERS, NODES
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import comparable_word, member_meaning, tie_meaning
from service.vocabulary.properties import properties_of
from service.vocabulary.ties import TIES_BY_NAME

HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")  # an address without https://
TYPES = {
    column.name: column.type
    for connection in CONNECTIONS.values()
    for column in connection.columns
}
OF_HUNDRED = set()  # columns of numbers up to 100: 80 % is 80, where a share is 0.8
# By table and column: the names of the values of an enum, by comparable word.
ENUMS: dict[tuple[str, str], dict[str, str]] = {}
TABLE_OF_LABEL = dict.fromkeys(MEMBERS, "members") | {
    label: table for table, label in TABLES.items()
}
for label, record_type in (*NODES.items(), *TIES_BY_NAME.items()):
    table = TABLE_OF_LABEL.get(label, "ties")
    for attribute in properties_of(record_type).values():
        if attribute.maximum == 100:
            OF_HUNDRED.add(attribute.column)
        if issubclass(attribute.type, Enum):
            names = {comparable_word(name): name for name in attribute.type.__members__}
            ENUMS.setdefault((table, attribute.column), {}).update(names)


@dataclass(frozen=True)
class CellSource:
    """A column of the file, or several joined, or a fixed value."""

    columns: tuple[str, ...] = ()
    value: str | None = None
    join: str = " "
    words: Mapping[str, str] = field(default_factory=dict)  # by folded text
    default: str | None = None
    split: str = ""  # each of these characters separates two values
    decimal: str | None = None
    date: str | None = None

    @cached_property
    def fixed_texts(self) -> list[str]:
        """The value of all lines, if it is fixed."""
        return [] if self.columns or self.value is None else [self.value]

    def texts(self, cells: Mapping[str, str | None]) -> list[str]:
        """The values of one line: one, none, or several where the cell is split."""
        if not self.columns:
            return self.fixed_texts
        parts = [cell for column in self.columns if (cell := cells.get(column))]
        text = self.join.join(parts)
        for separator in self.split[1:]:
            text = text.replace(separator, self.split[0])
        items = text.split(self.split[0]) if self.split else [text]
        texts = [self.words.get(fold(item.strip()), item.strip()) for item in items]
        known = [text for text in texts if text]
        return known or ([] if self.default is None else [self.default])


def standard_text(
    table: str, name: str, text: str, source: CellSource, type: ColumnType | None
) -> str:
    """A text as the `tables` format writes it; what does not fit stays as it is."""
    if not source.columns:
        return text
    if name == "kind":
        return kind_text(table, text)
    if name == "roles":
        meaning = member_meaning(text)
        return meaning.role.value if meaning and meaning.role else text
    if (table, name) in ENUMS:
        return ENUMS[table, name].get(comparable_word(text), text)
    if name == "url" and HOST.fullmatch(text):
        return f"https://{text}"
    if type is not None and (name.startswith("x:") or TYPES.get(name) is not str):
        number = type.parse(text)
        if number and type.is_percent and name in OF_HUNDRED:
            return format(Decimal(number) * 100, "f")
        is_day = type.kind is ColumnKind.TIME and TYPES.get(name) is date
        return (number[:10] if number and is_day else number) or text
    return text


def ambiguity(type: ColumnType) -> str | None:
    """What is open about a column, and what to write; None if nothing is."""
    if not type.is_ambiguous:
        return None
    option = "decimal" if type.kind is ColumnKind.NUMBER else "date"
    choices = " or ".join(f'{option} = "{format}"' for format in type.alternatives)
    return f"its values can be read in {len(type.alternatives)} ways; write {choices}"


def kind_text(table: str, text: str) -> str:
    if table == "members":
        meaning = member_meaning(text)
        return meaning.kind.value if meaning else text
    if table == "ties":
        tie = tie_meaning(text)
        return tie.kinds[0].value if tie else text
    return ENUMS[table, "kind"].get(comparable_word(text), text)
