"""The words in the cells of a column, and what they are in our terms."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from service.formats.proposals.name_lists import split
from service.formats.proposals.profiles import SheetColumn
from service.formats.readers.mapping_cells import CellSource
from service.vocabulary.enums import TieKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import (
    MemberMeaning,
    comparable_word,
    member_meaning,
    tie_meaning,
)

ROLE_SEPARATORS = (";", ",", "/", "|", "&", "+")
MOST_WORDS = 200  # that a mapping lists


def kind_source(column: SheetColumn, default: str) -> CellSource:
    """The kinds of members that the words of a column say; others are `default`."""
    words = {}
    for text in column.values:
        meaning = kind_meaning(text)
        words[fold(text)] = meaning.kind.value if meaning else default
    return CellSource((column.name,), words=words, default=default)


def kind_meaning(text: str) -> MemberMeaning | None:
    """What a cell says of a member, or the first of several words in it."""
    if whole := member_meaning(text):
        return whole
    meanings = map(member_meaning, split(text, "".join(ROLE_SEPARATORS)))
    return next(filter(None, meanings), None)


def role_source(columns: Sequence[SheetColumn]) -> CellSource | None:
    """The roles that the words of columns say; None if they say none."""
    parts = dict.fromkeys(";" if columns[1:] else "")
    for separator in ROLE_SEPARATORS:
        if any(separates_roles(column, separator) for column in columns):
            parts[separator] = None
    words = {}
    for text in dict.fromkeys(value for column in columns for value in column.values):
        for item in split(text, "".join(parts)):
            meaning = member_meaning(item)
            words[fold(item)] = meaning.role.value if meaning and meaning.role else ""
    if not any(words.values()):
        return None
    names = tuple(column.name for column in columns)
    join = ";" if columns[1:] else " "
    return CellSource(names, join=join, words=words, split="".join(parts))


def separates_roles(column: SheetColumn, separator: str) -> bool:
    lists = [split(value, separator) for value in column.values]
    parts = [part for items in lists if len(items) > 1 for part in items]
    return bool(parts) and all(map(member_meaning, parts))


def tie_kind_source(column: SheetColumn, kinds: Mapping[str, TieKind]) -> CellSource:
    """The kinds of ties; a word that runs back, such as "bought by", stays."""
    words = {}
    for text, kind in kinds.items():
        meaning = tie_meaning(text)
        if meaning and not meaning.is_reversed:
            words[fold(text)] = kind.value
    return CellSource((column.name,), words=words)


def enum_source(
    column: SheetColumn, field: str, values: Mapping[str, str]
) -> CellSource | None:
    """The values of an enumeration; None if most of the words are of none.

    `values` has the names of the enumeration by comparable word.
    """
    words = {fold(t): enum_value(t, field, values) or "" for t in column.values}
    known = [word for word in words.values() if word]
    if len(known) < len(words) / 2 or not known:
        return None
    return CellSource((column.name,), words=words)


def enum_value(text: str, field: str, values: Mapping[str, str]) -> str | None:
    """The value of an enumeration that a word means."""
    word = comparable_word(text)
    if word in values:
        return values[word]
    meant = [name for name in value_words().get(word, ()) if name in values.values()]
    if not meant and field == "role" and (meaning := member_meaning(text)):
        role = meaning.role.value if meaning.role else ""
        return role if role in values.values() else None
    return meant[0] if meant else None


@cache
def value_words() -> dict[str, list[str]]:
    """The names of values that each comparable word stands for."""
    package = files("service.formats.proposals")
    text = package.joinpath("value_words.toml").read_text("utf-8")
    names: dict[str, list[str]] = defaultdict(list)
    for language in tomllib.loads(text).values():
        for name, words in language.items():
            for word in words:
                names[comparable_word(word)].append(name)
    return names
