"""Attributes of graph files as cells: our columns, and extra attributes for the rest.

A file of another program is never refused because of an attribute: a value that our
column of that name cannot hold becomes an extra attribute, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum

from service.formats.cells import PARSERS
from service.formats.readers.graph_items import ElementAttributes
from service.formats.readers.graph_kinds import role_names, upper_snake
from service.formats.rows import Faults
from service.vocabulary import NODES, TIES
from service.vocabulary.attributes import MAX_ATTRIBUTES, MAX_NAME, MAX_TEXT, PREFIX
from service.vocabulary.countries import country_code
from service.vocabulary.kind_words import comparable_word
from service.vocabulary.nodes import Member, Record
from service.vocabulary.properties import Property, properties_of
from service.vocabulary.texts import (
    FORBIDDEN,
    FORBIDDEN_IN_LINES,
    InvalidValue,
)
from service.vocabulary.validation import CHECKS

DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.DOTALL)
WHOLE_NUMBER = re.compile(r"(-?\d+)\.0+")
Cells = dict[str, str | None]


class CellReader:
    """The cells of the records of one file."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def cells(self, cls: type[Record], attributes: ElementAttributes) -> Cells:
        """The attributes of a record of this type, by column."""
        cells: Cells = {}
        columns = COLUMNS[cls]
        for name, text in attributes.items():
            column = columns.get(comparable_word(name))
            if name.startswith(PREFIX) or column is None:
                self.add_extra(cells, name.removeprefix(PREFIX), text)
            elif text is None:
                cells.setdefault(column, None)
            else:
                self.add(cls, cells, column, name, text)
        return cells

    def add(
        self, cls: type[Record], cells: Cells, column: str, name: str, text: str
    ) -> None:
        """A cell of our column, or an extra attribute if the column cannot hold it."""
        clean = self.clean(text)
        value = valid_text(cls, column, clean)
        if value is not None and cells.get(column) in (None, value):
            cells[column] = value
            return
        if value is None:
            note = f"`{column}` cannot have this value: kept as an extra attribute"
            self.faults.note(f"{note}; got {text[:MAX_NAME]!r}")
        self.add_extra(cells, name, clean)

    def add_extra(self, cells: Cells, name: str, text: str | None) -> None:
        """A cell of an extra attribute; a second one of its name gets a number."""
        if not text or not (name := FORBIDDEN.sub(" ", name).strip()):
            return
        name, text = self.shortened(name, MAX_NAME), self.shortened(text, MAX_TEXT)
        column, text = f"{PREFIX}{name}", self.clean(text)
        number = 1
        while cells.get(column, text) != text:
            number += 1
            column = f"{PREFIX}{name[: MAX_NAME - 4]} {number}"
        if sum(c.startswith(PREFIX) for c in cells) < MAX_ATTRIBUTES:
            cells[column] = text
        else:
            self.faults.note(f"more than {MAX_ATTRIBUTES} attributes: left out")

    def shortened(self, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.faults.note(f"a text of more than {limit:,} characters: cut")
        return text[:limit].strip()

    def clean(self, text: str) -> str:
        """The text without control characters."""
        if text.isprintable() or not FORBIDDEN_IN_LINES.search(text):
            return text
        self.faults.note("control characters in texts: replaced by spaces")
        return FORBIDDEN_IN_LINES.sub(" ", text).strip()


def valid_text(cls: type[Record], column: str, text: str) -> str | None:
    """The text as our files write it; None if the column cannot have it."""
    attribute = PROPERTIES[cls].get(column)
    if attribute is None:  # a link
        return text
    if column == "roles":
        return role_names(text)
    text = standard_text(attribute, text)
    if attribute.text_form == "country" and not may_be_country(text):
        return None
    parse = PARSERS[cls].get(column)
    _, check = CHECKS[cls].get(column, ("", str))
    try:
        check(parse(text) if parse else text)
    except InvalidValue:
        return None
    return text


def standard_text(attribute: Property, text: str) -> str:
    """A date without its time, `7` for `7.0`, and the name of an enum's value."""
    if attribute.type is date and (match := DAY_AND_TIME.fullmatch(text)):
        return match[1]
    if attribute.type is int and (match := WHOLE_NUMBER.fullmatch(text)):
        return match[1]
    if issubclass(attribute.type, Enum) and not attribute.is_list:
        return upper_snake(text)
    return text


def may_be_country(text: str) -> bool:
    """Whether a text is a country, known or not: a number with a unit is none.

    >>> may_be_country("Sverige"), may_be_country("Atlantis"), may_be_country("12 km")
    (True, True, False)
    """
    return country_code(text) is not None or not any(map(str.isdigit, text))


def properties_by_column(cls: type[Record]) -> Mapping[str, Property]:
    return {a.column: a for a in properties_of(cls).values() if a.name != "key"}


def columns_by_word(cls: type[Record]) -> Mapping[str, str]:
    """The columns of a record type, by their names without separators."""
    columns = [c for c in CHECKS[cls] if c != "key"]
    columns += [link.name for link in cls.links]
    words = {comparable_word(column): column for column in columns}
    roles = {"roles": "roles", "role": "roles"} if issubclass(cls, Member) else {}
    return words | roles


RECORD_CLASSES: list[type[Record]] = [*NODES.values(), *TIES.values()]
COLUMNS = {cls: columns_by_word(cls) for cls in RECORD_CLASSES}
PROPERTIES = {cls: properties_by_column(cls) for cls in RECORD_CLASSES}
