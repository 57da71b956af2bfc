"""Words for people instead of the names that the API and files have."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from service.formats.records import COLUMNS
from service.report.section import number
from service.vocabulary import enums
from service.vocabulary.enums import MemberRole, TieKind
from service.vocabulary.names import camel, noun_of, with_article

CODED_VALUES = {
    name
    for enumeration in vars(enums).values()
    if isinstance(enumeration, type) and issubclass(enumeration, Enum)
    for name in enumeration.__members__
}
TIES = "|".join(sorted((kind.value for kind in TieKind), key=len, reverse=True))
ROLES = "|".join(MemberRole.__members__)
# A kind of tie in a sentence; a name in capitals such as EXCHANGE BANK is none.
TIE = re.compile(
    rf"\b({TIES})\b(?= ties?\b| (?:and|or) (?:{TIES}) ties?\b|[,.);]|$)"
    rf"|(?<=\d )({TIES})\b"
)
ROLE = re.compile(
    rf"(?<=\brole )(?:{ROLES})\b|(?<=\broles )(?:{ROLES}) and (?:{ROLES})\b"
)
COLUMN_WORDS = {
    spelling: name.replace("_", " ")
    for names in COLUMNS.values()
    for name in names
    if "_" in name
    for spelling in (name, camel(name))  # in files, and in the API
}
COLUMN = re.compile(rf"\b(?:{'|'.join(sorted(COLUMN_WORDS))})\b")
EXTRA = re.compile(r"\bx:(?=\S)")  # before the name of an extra attribute
OPERATIONS = {
    "CREATE": "added",
    "UPDATE": "changed",
    "END": "ended",
    "DELETE": "removed",
    "ERASE": "erased",
}
ATTRIBUTE_NAMES = {"importedFrom": "imported from"}
FOR_PROGRAMS = ", or record contacts with recordContact"


def value_words(text: str) -> str:
    """A value of an enumeration as words; any other text as it is.

    >>> value_words("PUBLIC_BODY"), value_words("STARTUP"), value_words("IBM")
    ('public body', 'start-up', 'IBM')
    >>> value_words("CO_INVESTMENT")
    'co-investment'
    """
    if text not in CODED_VALUES:
        return text
    words = text.lower().replace("startup", "start-up")
    return words.replace("co_", "co-").replace("_", " ")


def text_of(value: Any) -> str:
    """Any value in a cell of a table.

    >>> text_of(None), text_of("PUBLIC_BODY"), text_of(2.50)
    ('-', 'public body', '2.5')
    """
    if isinstance(value, float):
        return number(value)
    return "-" if value is None else value_words(str(value))


def name_words(name: str) -> str:
    """A name of a field or a property as words.

    >>> name_words("bufferDays")
    'buffer days'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)


def sentence_noun(kind: str) -> str:
    """A type of record in a sentence.

    >>> sentence_noun("AccountManagement"), sentence_noun("ServiceCase")
    ('account management', 'service case')
    """
    return noun_of(kind).lower().replace("_", " ")


def article_noun(kind: str) -> str:
    """
    >>> article_noun("Introduction")
    'an introduction'
    """
    return with_article(sentence_noun(kind))


def plain_words(text: str) -> str:
    """A sentence about data with words instead of kinds, roles and columns.

    >>> plain_words("Add ACCOUNT_MANAGEMENT and NEED ties, with score_at.")
    'Add account management and need ties, with score at.'
    >>> plain_words("With bufferDays; differ in x:Sedan.")
    'With buffer days; differ in Sedan.'
    >>> plain_words("1,039 EMPLOYMENT of EXCHANGE BANK, with the role STARTUP.")
    '1,039 employment of EXCHANGE BANK, with the role start-up.'
    """
    text = text.replace(FOR_PROGRAMS, "").replace("CLOSED to", "closed to")
    text = TIE.sub(lambda match: value_words(match[0]), text)
    text = ROLE.sub(role_words, text)
    text = EXTRA.sub("", text)
    return COLUMN.sub(lambda match: COLUMN_WORDS[match[0]], text)


def role_words(match: re.Match[str]) -> str:
    return " and ".join(value_words(role) for role in match[0].split(" and "))
