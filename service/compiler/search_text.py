"""Turns the text of a search box into a Lucene query that is always valid."""

from __future__ import annotations

import re

from service.compiler.bindings import to_stored
from service.errors import BadInput

MAX_CHARACTERS = 200
EDGES = re.compile(r"^\W+|\W+$")
SPECIAL = re.compile(r"(\W)")


def lucene_query(text: str) -> str | None:
    """Every word must occur, as a whole word, which scores higher, or as a prefix.

    Words are in lower case and every other character in them is escaped, so that no
    operator of Lucene remains. None: the text has no word.

    >>> print(lucene_query('Åsvik AND (pump~ R&D OR "'))
    +(åsvik^4 åsvik*) +(and^4 and*) +(pump^4 pump*) +(r\\&d^4 r\\&d*) +(or^4 or*)
    >>> lucene_query("*:* !") is None
    True
    """
    if len(text) > MAX_CHARACTERS:
        raise BadInput(f"text: expected at most {MAX_CHARACTERS} characters.")
    words = (EDGES.sub("", word) for word in to_stored(text).lower().split())
    safe = (SPECIAL.sub(r"\\\1", word) for word in dict.fromkeys(words) if word)
    return " ".join(f"+({word}^4 {word}*)" for word in safe) or None
