"""Texts in CSV that people open in a spreadsheet: none is run as a formula."""

from __future__ import annotations

import re

# Excel in East Asian languages takes the wide forms of the signs too.
FORMULA = re.compile("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?[\d., ]*%?")


def inert_text(text: str) -> str:
    """The text, with `'` before it if a spreadsheet would compute it.

    >>> inert_text("=1+1"), inert_text("-5.1"), inert_text("-"), inert_text("A")
    ("'=1+1", '-5.1', '-', 'A')
    """
    is_formula = FORMULA.match(text) and not NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
