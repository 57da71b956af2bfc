"""Kinds and values as attributes of graph files, alike for readers and writers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.formats.records import TABLES
from service.vocabulary import snake

# What graph files write as the kind of a node other than a member.
TABLE_KINDS = {snake(label).strip("_").upper(): t for t, label in TABLES.items()}


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
