"""Kinds, values and names in graph files, alike for readers and writers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from service.formats.records import TABLES
from service.vocabulary import snake

# What graph files write as the kind of a node other than a member.
TABLE_KINDS = {snake(label).strip("_").upper(): t for t, label in TABLES.items()}

# What XML calls a token: GraphML allows nothing else as an id or a name. The letters
# are those of any script; other characters are escaped as in ISO/IEC 9075-14.
NOT_TOKEN = re.compile(r"[^\w.:-]|_(?=x[0-9A-F]{4}_)")
ESCAPE = re.compile("_x([0-9A-F]{4,6})_")


def token_of(text: str) -> str:
    """A text as a token of XML; `text_of_token` gives the text again.

    >>> token_of("GO term"), token_of("Åsvik-7"), token_of("_x0041_")
    ('GO_x0020_term', 'Åsvik-7', '_x005F_x0041_')
    """
    return NOT_TOKEN.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def text_of_token(token: str) -> str:
    """
    >>> text_of_token("GO_x0020_term"), text_of_token(token_of("_x0041_"))
    ('GO term', '_x0041_')
    """
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), token)


def attribute_text(value: Any) -> str | None:
    """The text of an attribute's value; None for a blank one.

    >>> attribute_text(True), attribute_text(["a", "b"]), attribute_text(" ")
    ('true', 'a;b', None)
    >>> attribute_text(2.0)
    '2.0'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return ";".join(filter(None, map(attribute_text, value))) or None
    return None if value is None else str(value).strip() or None
