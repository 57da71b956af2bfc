"""Turns the text of a search box into a Lucene query that is always valid."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from service.compiler.bindings import to_stored
from service.errors import BadInput
from service.vocabulary.folding import fold

MAX_CHARACTERS = 200
JOINERS = "'."  # inside a word, as in O'Reilly and v2.0; a hyphen separates two words
SPECIAL = re.compile(r"(\W)")


def lucene_query(text: str) -> str | None:
    """Every word must occur, as a whole word, which scores higher, or as a prefix.

    Words are folded as the index folds them, and every other character in them is
    escaped, so that no operator of Lucene remains. None: the text has no word.

    >>> print(lucene_query('Åsvik AND (pump~ O’Hara OR "'))
    +(asvik^4 asvik*) +(and^4 and*) +(pump^4 pump*) +(o\\'hara^4 o\\'hara*) +(or^4 or*)
    >>> lucene_query("*:* !") is None
    True
    """
    if len(text) > MAX_CHARACTERS:
        raise BadInput(f"text: expected at most {MAX_CHARACTERS} characters.")
    words = dict.fromkeys(words_of(fold(to_stored(text))))
    safe = (SPECIAL.sub(r"\\\1", word) for word in words)
    return " ".join(f"+({word}^4 {word}*)" for word in safe) or None


def words_of(text: str) -> Iterator[str]:
    """The words of a text as the index divides it.

    >>> list(words_of("smith-jones & o'hara's v2.0 ..."))
    ['smith', 'jones', "o'hara's", 'v2.0']
    """
    parts = "".join(char if is_part_of_word(char) else " " for char in text)
    for part in parts.split():
        word = part.strip(JOINERS)
        if any(char.isalnum() for char in word):
            yield word


def is_part_of_word(char: str) -> bool:
    """Letters, digits, the marks that belong to letters, and what joins them."""
    return char.isalnum() or char in JOINERS or char == "_" or is_mark(char)


def is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")
