"""Several names in one cell, and what separates them."""

from __future__ import annotations

from collections.abc import Callable

from service.formats.names import LEGAL_FORMS, comparable_name
from service.formats.proposals.header_words import ENDS
from service.formats.proposals.profiles import SheetColumn

SEPARATORS = (";", ",", "/", "|", "\n")
CERTAIN = ";|\n"  # they stand in no name
LISTS = {"capability", "need"}  # people separate them by commas
LEAST_PARTS = 3  # of a cell that looks like a list of names
LONGEST_NAME = 30  # characters of a part of such a cell


def split(text: str, separators: str) -> list[str]:
    """
    >>> split("Ann; Bo,Cy", ";,"), split("Salt & Sugar, Ltd", "")
    (['Ann', 'Bo', 'Cy'], ['Salt & Sugar, Ltd'])
    """
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    items = text.split(separators[0]) if separators else [text]
    return [item.strip() for item in items if item.strip()]


def separators_of(column: SheetColumn, is_known: Callable[[str], bool]) -> str:
    """What separates several names in the cells of a column; empty if nothing does.

    A semicolon or a line end always does. Commas and slashes do where the parts are
    names that stand alone elsewhere.
    """
    separators = ""
    for separator in SEPARATORS:
        cells = [value for value in column.values if separator in value]
        lists = [parts for cell in cells if len(parts := split(cell, separator)) > 1]
        if not lists:
            continue
        is_list = bool(LISTS & set(column.slots[:1])) and separator == ","
        if is_list or separator in CERTAIN or are_names(lists, column, is_known):
            separators += separator
    return separators


def are_names(
    lists: list[list[str]], column: SheetColumn, is_known: Callable[[str], bool]
) -> bool:
    """Whether most of the parts are names by themselves, here or elsewhere."""
    alone = {comparable_name(value) for value in (*column.values, *column.beside)}
    parts = [part for items in lists for part in items]
    names = [part for part in parts if comparable_name(part) in alone or is_known(part)]
    return len(names) > len(parts) / 2


def looks_like_list(column: SheetColumn) -> bool:
    """Whether a cell has several short parts between commas, or two names of people.

    "Berg, Anna" is one name.
    """
    _, kind, role = ENDS.get(next(iter(column.slots), ""), ("", None, None))
    has_full_names = kind == "PERSON" or role == "INVESTOR"
    for cell in column.values:
        parts = split(cell, ",")
        is_short = all(len(part) <= LONGEST_NAME for part in parts)
        has_form = any(part.lower().rstrip(".") in LEGAL_FORMS for part in parts)
        are_long = has_full_names and len(parts) > 1 and all(" " in p for p in parts)
        is_list = len(parts) >= LEAST_PARTS or are_long
        if is_list and is_short and not has_form:
            return True
    return False
