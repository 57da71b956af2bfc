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
MARKS = "[\u0300-\u036f]"
SPECIAL = re.compile(r"(\W)")


def lucene_query(text: str) -> str | None:
    """Every word must occur, as a whole word, which scores higher, or as a prefix.

    Words are folded as the index folds them, and every other character in them is
    escaped, so that no operator of Lucene remains. None: the text has no word.

    >>> print(lucene_query("Åsvik (R&D").replace(MARKS, ""))
    +(asvik^4 asvik* /a*s*v*i*k*.*/) +(r^4 r* /r*.*/) +(d^4 d* /d*.*/)
    >>> lucene_query("*:* !") is None
    True
    """
    if len(text) > MAX_CHARACTERS:
        raise BadInput(f"text: expected at most {MAX_CHARACTERS} characters.")
    words = dict.fromkeys(words_of(fold(to_stored(text))))
    return " ".join(map(word_query, words)) or None


def word_query(word: str) -> str:
    safe = SPECIAL.sub(r"\\\1", word)
    return f"+({safe}^4 {safe}* {with_marks(word)})"


def with_marks(word: str) -> str:
    """The same beginning where the index has letters and their marks apart (NFD)."""
    letters = (SPECIAL.sub(r"\\\1", char) for char in word)
    return f"/{''.join(f'{letter}{MARKS}*' for letter in letters)}.*/"


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
