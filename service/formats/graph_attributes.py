"""Kinds, values and names in graph files, alike for readers and writers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from service.formats.records import COLUMNS, TABLES
from service.vocabulary import snake
from service.vocabulary.attributes import PREFIX
from service.vocabulary.enums import TieKind
from service.vocabulary.kind_words import comparable_word

# What graph files write as the kind of a node other than a member.
TABLE_KINDS = {snake(label).strip("_").upper(): t for t, label in TABLES.items()}

# What other programs call an attribute with the kind of a node, and of an edge.
NODE_KIND_WORDS = ["kind", "elementtype", "type", "labels", "labelv", "category"]
NODE_KIND_WORDS += ["nodetype", "membertype", "entitytype", "class"]
EDGE_KIND_WORDS = ["kind", "connectiontype", "type", "relationship", "relation"]
EDGE_KIND_WORDS += ["relationshiptype", "relationtype", "edgetype", "linktype", "tie"]
EDGE_KIND_WORDS += ["labele", "interaction", "sharedinteraction"]
# What else has a meaning of its own in a graph file.
OTHER_WORDS = ["id", "edgeid", "key", "tiekey", "networkxkey", "label", "edgelabel"]
OTHER_WORDS += ["weight", "role", "roles", "start", "end", "pid", "spells", "parents"]
OTHER_WORDS += ["from", "to", "direction", "reversed", "delayed", "curvature", "viz"]
OTHER_WORDS += ["attributes", "inflection", "source", "target", "r", "g", "b"]
# The property of a tie that its weight in graph files is, and that questions weigh by.
WEIGHTS = {
    TieKind.EXCHANGE: "value",
    TieKind.INVESTMENT: "amount",
    TieKind.DEPENDENCY: "strength",
    TieKind.ACQUAINTANCE: "declared_strength",
}
# What XML calls a token: GraphML allows nothing else as an id or a name. These are the
# letters that every parser takes; others are escaped as in ISO/IEC 9075-14.
LETTERS = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148"
LETTERS += "\u014a-\u017e\u03a3-\u03ce\u0410-\u044f\u4e00-\u9fa5"
NOT_TOKEN = re.compile(f"[^{LETTERS}_.:-]|_(?=x[0-9A-F]+_)")
ESCAPE = re.compile("_x([0-9A-F]{4}|(?:0[0-9A-F]|10)[0-9A-F]{4})_")


def token_of(text: str) -> str:
    """A text as a token of XML; `text_of_token` gives the text again.

    >>> token_of("GO term"), token_of("Åsvik-7"), token_of("_x0041_")
    ('GO_x0020_term', 'Åsvik-7', '_x005F_x0041_')
    """
    return NOT_TOKEN.sub(escaped, text)


def escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"_x{code:04X}_" if code < 0x10000 else f"_x{code:06X}_"


def text_of_token(token: str) -> str:
    """
    >>> text_of_token("GO_x0020_term"), text_of_token(token_of("_x0041_ 😀"))
    ('GO term', '_x0041_ 😀')
    """
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), token)


RESERVED_WORDS = frozenset(
    [*NODE_KIND_WORDS, *EDGE_KIND_WORDS, *OTHER_WORDS]
    + [comparable_word(column) for columns in COLUMNS.values() for column in columns]
)


@lru_cache(maxsize=10_000)
def attribute_name(column: str) -> str:
    """What graph files call a column: an extra attribute has its bare name.

    >>> attribute_name("x:Tier"), attribute_name("x:Country"), attribute_name("country")
    ('Tier', 'x:Country', 'country')
    """
    name = column.removeprefix(PREFIX)
    is_reserved = comparable_word(name) in RESERVED_WORDS or name.startswith(PREFIX)
    return column if is_reserved else name


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
