"""Comparing what is stored with what was given, strings by Unicode code point.

Neo4j sorts stored strings by code point but compares them with a parameter by UTF-16
unit. The two differ only where the first unequal characters are one of U+E000 to
U+FFFF and one beyond U+FFFF; there the outcome is turned round.
"""

from __future__ import annotations

from typing import Any

from service.compiler.bindings import Bindings

HIGH = "\ue000"  # from here on the two orders differ
BEYOND = "\U00010000"
Turn = list[str | None]


def compared(
    expression: str,
    sign: str,
    given: Any,
    bindings: Bindings,
    reference: str | None = None,
) -> str:
    """`expression sign value`; null where the expression is.

    `reference` names the value where it is bound already.

    >>> bindings = Bindings()
    >>> compared("n.name", ">", "Åsvik", bindings)
    'n.name > $given.v0'
    """
    text = f"{expression} {sign} {reference or bindings.value(given)}"
    turned = turns(given) if isinstance(given, str) else []
    if not turned:
        return text
    return (
        f"({text} XOR any(turn IN {bindings.value(turned)}"
        f" WHERE {expression} STARTS WITH turn[0] AND {expression} >= turn[1]"
        f" AND coalesce({expression} < turn[2], true)))"
    )


def turns(text: str) -> list[Turn]:
    """The ranges of strings that UTF-16 puts on the wrong side of `text`.

    Each: what they begin with, the least of them, and what comes after them (null:
    nothing that begins so).

    >>> turns("a")
    []
    >>> [[ascii(part) for part in turn] for turn in turns("a" + HIGH)]
    [["'a'", "'a\\\\U00010000'", "'a\\\\ue000'"]]
    """
    found: list[Turn] = []
    for place, char in enumerate(text):
        begin = text[:place]
        if char >= BEYOND:
            found.append([begin, begin + HIGH, None])
        elif char >= HIGH:
            found.append([begin, begin + BEYOND, begin + HIGH])
    return found
