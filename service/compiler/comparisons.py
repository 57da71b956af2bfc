"""Comparisons of stored values with a client's values; strings by code point.

Neo4j sorts stored strings by code point but compares them with a parameter by UTF-16
unit. The two differ only where the first unequal characters are one of U+E000 to
U+FFFF and one beyond U+FFFF; there the result is inverted.
"""

from __future__ import annotations

from typing import Any

from service.compiler.bindings import Bindings

HIGH = "\ue000"  # from here on the two orders differ
BEYOND = "\U00010000"
StringRange = list[str | None]


def comparison(
    expression: str,
    operator: str,
    value: Any,
    bindings: Bindings,
    reference: str | None = None,
) -> str:
    """`expression operator value`; null where the expression is null.

    `reference` names the value where it is bound already.

    >>> bindings = Bindings()
    >>> comparison("n.name", ">", "Åsvik", bindings)
    'n.name > $values.v0'
    """
    text = f"{expression} {operator} {reference or bindings.value(value)}"
    ranges = misordered_ranges(value) if isinstance(value, str) else []
    if not ranges:
        return text
    return (
        f"({text} XOR any(turn IN {bindings.value(ranges)}"
        f" WHERE {expression} STARTS WITH turn[0] AND {expression} >= turn[1]"
        f" AND coalesce({expression} < turn[2], true)))"
    )


def misordered_ranges(text: str) -> list[StringRange]:
    """The ranges of strings that UTF-16 puts on the wrong side of `text`.

    Each: their prefix, the least of them, and the first string after them (null:
    nothing with this prefix comes after them).

    >>> misordered_ranges("a")
    []
    >>> [[ascii(part) for part in one] for one in misordered_ranges("a" + HIGH)]
    [["'a'", "'a\\\\U00010000'", "'a\\\\ue000'"]]
    """
    ranges: list[StringRange] = []
    for index, char in enumerate(text):
        prefix = text[:index]
        if char >= BEYOND:
            ranges.append([prefix, prefix + HIGH, None])
        elif char >= HIGH:
            ranges.append([prefix, prefix + BEYOND, prefix + HIGH])
    return ranges
