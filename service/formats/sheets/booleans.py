"""Words for yes and no, in the languages of our users."""

from __future__ import annotations

from collections.abc import Iterable

PAIRS = (
    ("true", "false"),
    ("yes", "no"),
    ("y", "n"),
    ("ja", "nej"),
    ("ja", "nei"),
    ("ja", "nein"),
    ("j", "n"),
    ("oui", "non"),
    ("sí", "no"),
    ("si", "no"),
    ("s", "n"),
    ("sim", "não"),
    ("vrai", "faux"),
    ("wahr", "falsch"),
    ("sant", "falskt"),
    ("sand", "falsk"),
    ("verdadero", "falso"),
    ("x", ""),
    ("✓", ""),
    ("✓", "✗"),
)


def boolean_words(values: Iterable[str]) -> dict[str, bool]:
    """The truth of each word of the pair that all values are of; empty if none is.

    A column of nothing but `no` says nothing: NO is also Norway.

    >>> boolean_words(["Ja", "Nej"])
    {'ja': True, 'nej': False}
    """
    words = {value.casefold() for value in values}
    for true, false in PAIRS:
        if true in words and words <= {true, false}:
            return {true: True, **({false: False} if false else {})}
    return {"false": False} if words == {"false"} else {}
