"""Texts about columns, and texts in their cells that stand for nothing."""

from __future__ import annotations

from service.formats.proposals.profiles import SheetColumn
from service.formats.sheets.column_kinds import ColumnKind
from service.formats.sheets.sheet_types import date_example
from service.vocabulary.attributes import MAX_NAME
from service.vocabulary.kind_words import comparable_word

PERSONAL_DATA = "personal data, which no question needs; keep it with --personal-data"
PLACEHOLDER_WORDS = """
na n/a none nobody unknown null nil tbd tba selfemployed freelance freelancer retired
okänd okänt ingen inget saknas ejangivet egen egenföretagare pensionär frilans
ukendt ingen selvstændig unbekannt keine keiner selbstständig freiberuflich
inconnu aucun indépendant desconocido ninguno autónomo
"""
PLACEHOLDERS = frozenset(map(comparable_word, PLACEHOLDER_WORDS.split())) | {""}


def type_text(column: SheetColumn) -> str:
    kind = column.type.kind
    if kind is ColumnKind.NUMBER:
        signs = "".join(f" in {sign}" for sign in column.type.currencies[:1])
        return f": numbers{signs}"
    if kind in (ColumnKind.DATE, ColumnKind.TIME):
        return f": dates as {date_example(column.type.format or '')}"
    return ""


def attribute_name(column: SheetColumn) -> str:
    return f"x:{column.name[:MAX_NAME].strip()}"


def is_placeholder(text: str) -> bool:
    """Whether a text stands where there is no name.

    >>> is_placeholder("N/A"), is_placeholder("Self-employed"), is_placeholder("Ann")
    (True, True, False)
    """
    return (comparable_word(text) or "") in PLACEHOLDERS
