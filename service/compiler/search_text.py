"""What somebody typed into a search box, as a Lucene query that cannot go wrong."""

from __future__ import annotations

import re

from service.compiler.bindings import stored
from service.errors import BadInput

MOST_TEXT = 200  # characters
EDGES = re.compile(r"^\W+|\W+$")
SPECIAL = re.compile(r"(\W)")


def lucene(text: str) -> str | None:
    """Every word must be there: whole, which counts more, or as a beginning.

    Words are in lower case and whatever is no letter or digit in them is escaped, so
    that no operator of Lucene's is left. None: there is nothing to look for.

    >>> print(lucene('Åsvik AND (pump~ R&D OR "'))
    +(åsvik^4 åsvik*) +(and^4 and*) +(pump^4 pump*) +(r\\&d^4 r\\&d*) +(or^4 or*)
    >>> lucene("*:* !") is None
    True
    """
    if len(text) > MOST_TEXT:
        raise BadInput(f"text: expected at most {MOST_TEXT} characters.")
    words = (EDGES.sub("", word) for word in stored(text).lower().split())
    safe = (SPECIAL.sub(r"\\\1", word) for word in dict.fromkeys(words) if word)
    return " ".join(f"+({word}^4 {word}*)" for word in safe) or None
