"""Lists of names in one cell."""

from __future__ import annotations

import re

from service.formats.names import LEGAL_FORMS
from service.inputs.json_text import InvalidJson, parse_json

SEPARATORS = (";", "|", ",")  # the first that a cell has
BRACKETS = "{}[]"
LEGAL_SIGNS = re.compile(r"[.\s]")


def names_in_list(text: str | None) -> list[str]:
    """The names of a list, each once; a legal form after a comma is part of its name.

    >>> names_in_list("Vik Capital, LLC, Ada Berg; Nord, Inc.")
    ['Vik Capital, LLC, Ada Berg', 'Nord, Inc.']
    >>> names_in_list("Vik Capital, LLC, Ada Berg, Nord, Inc.")
    ['Vik Capital, LLC', 'Ada Berg', 'Nord, Inc.']
    >>> names_in_list('["Vik, Berg", "Nord"]'), names_in_list('{"A","B"}')
    (['Vik, Berg', 'Nord'], ['A', 'B'])
    """
    if not text:
        return []
    text = text.strip()
    if text.startswith("["):
        try:
            items = parse_json(text)
        except InvalidJson:
            items = None
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return unique_names(items)
    text = text.strip(BRACKETS)
    separator = next((mark for mark in SEPARATORS if mark in text), None)
    if separator != ",":
        return unique_names(text.split(separator) if separator else [text])
    names: list[str] = []
    for part in text.split(","):
        if names and is_legal_form(part):
            names[-1] += f",{part.rstrip()}"
        else:
            names.append(part)
    return unique_names(names)


def unique_names(names: list[str]) -> list[str]:
    stripped = (name.strip().strip("\"'").strip() for name in names)
    return [name for name in dict.fromkeys(stripped) if name]


def is_legal_form(text: str) -> bool:
    """
    >>> is_legal_form(" L.L.C."), is_legal_form("Inc."), is_legal_form("DCM")
    (True, True, False)
    """
    return LEGAL_SIGNS.sub("", text).casefold() in LEGAL_FORMS
