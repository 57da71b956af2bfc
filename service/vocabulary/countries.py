"""Names and codes of countries as ISO 3166 alpha-2 codes.

countries.tsv has one country per line: its alpha-2 code, its alpha-3 code, and its
names. See docs/decisions/0027-countries.md for where they are from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from service.vocabulary.folding import fold

SEPARATORS = re.compile(r"[\W_]+")


def country_code(text: str) -> str | None:
    """The code of the country that a text names; None if it names none.

    >>> country_code("Sweden"), country_code("SVERIGE "), country_code("swe")
    ('SE', 'SE', 'SE')
    >>> country_code("The Netherlands"), country_code("Atlantis") is None
    ('NL', True)
    """
    if text in country_codes():
        return text
    return codes_by_name().get(comparable_country(text))


def is_country_code(text: str) -> bool:
    return text in country_codes()


def unknown_country(text: str | None) -> str | None:
    """What to say of a country that is stored as it was written."""
    if text is None or is_country_code(text):
        return None
    return (
        f"{text!r} is not a known country and is stored as it is; use its ISO 3166"
        " code, such as SE"
    )


def comparable_country(text: str) -> str:
    """A name without case, accents, punctuation and its article.

    >>> comparable_country("Côte d’Ivoire"), comparable_country("The U.S.A.")
    ('cotedivoire', 'usa')
    """
    folded = fold(unicodedata.normalize("NFKC", text)).replace("&", " and ").strip()
    return SEPARATORS.sub("", folded.removeprefix("the "))


@cache
def country_codes() -> frozenset[str]:
    return frozenset(code for code, _ in countries())


@cache
def codes_by_name() -> dict[str, str]:
    """Codes by comparable name; a name of two countries is the first one's."""
    codes: dict[str, str] = {}
    for code, names in countries():
        codes.setdefault(comparable_country(code), code)
        for name in names:
            codes.setdefault(comparable_country(name), code)
    return codes


def countries() -> Iterator[tuple[str, list[str]]]:
    """Each code with its names, the alpha-3 code among them."""
    table = files("service.vocabulary").joinpath("countries.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        code, *names = line.split("\t")
        yield code, names
