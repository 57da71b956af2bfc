"""What the name of a sheet says of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from service.formats.proposals.header_words import (
    CAMEL,
    WORDS,
    header_key,
    words_of_table,
)
from service.vocabulary.enums import MemberRole
from service.vocabulary.kind_words import member_meaning

# They have lists of others, and are hardly ever the lines themselves.
HOSTS = (MemberRole.INCUBATOR, MemberRole.ACCELERATOR, MemberRole.UNIVERSITY)


class SheetMeaning(NamedTuple):
    """What the lines of a sheet are, by its name: a table and its kind or role."""

    table: str
    kind: str | None = None
    role: str | None = None


def sheet_meanings(name: str) -> list[SheetMeaning]:
    """What the name of a sheet may say, the likeliest first.

    >>> sheet_meanings("Investeringar 2026")
    [SheetMeaning(table='ties', kind='INVESTMENT', role=None)]
    >>> sheet_meanings("Customers")
    [SheetMeaning(table='members', kind='ORGANISATION', role='CUSTOMER')]
    """
    words = [word for part in CAMEL.split(name) for word in WORDS.findall(part)]
    words = [word for word in words if not word.isdecimal()]
    for texts in (["".join(words)], map("".join, pairwise(words)), words):
        meanings = [[*by_sheet_words(text), *by_kind_words(text)] for text in texts]
        known = [every for every in meanings if every]
        if known:
            common = [m for m in known[0] if all(m in every for every in known)]
            return common or known[0]
    return []


def by_sheet_words(text: str) -> Iterable[SheetMeaning]:
    known = words_of_table("sheets")
    for meaning in known.get(header_key(text), ()):
        table, _, kind = meaning.partition(" ")
        if kind in MemberRole.__members__:
            yield SheetMeaning(table, "ORGANISATION", kind)
        else:
            yield SheetMeaning(table, kind or None)


def by_kind_words(text: str) -> Iterable[SheetMeaning]:
    """A sheet may be called after the kind of its members, but not `incubator.csv`."""
    meaning = member_meaning(text)
    if meaning is None or header_key(text) in words_of_table("sheets"):
        return
    if meaning.role not in HOSTS:
        role = meaning.role.value if meaning.role else None
        yield SheetMeaning("members", meaning.kind.value, role)
