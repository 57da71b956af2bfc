"""Lines below a table that are not of it: totals, and notes after a blank line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.formats.rows import Faults
from service.formats.sheets.number_texts import written_number

MAX_FOOTERS = 5
# The first word of a line of totals, in the languages of our users.
TOTALS = """
total totals totale totales totalt totaux sum summa summe somme suma gesamt gesamtsumme
slutsumma gesamtbetrag endsumme
"""
TOTAL_WORDS = frozenset(TOTALS.split())
TOTAL_PHRASES = frozenset(("i alt", "grand total", "sum total", "total general"))
UNIT = re.compile(r"\s*\(.*\)$")  # such as "(SEK)"
FooterLine = tuple[int, list[str | None]]


def without_footers(
    lines: Iterable[FooterLine], width: int, faults: Faults
) -> Iterator[FooterLine]:
    """The lines that are not blank, without the footers at the end.

    These are what a blank line separates from the table, and totals right below it.
    """
    last: FooterLine | None = None
    for pair in without_blocks(lines, width, faults):
        if last:
            yield last
        last = pair
    if last and is_total(last[1]):
        text = "last line of the table: taken for a total, not imported; got "
        faults.note(text + repr(next(filter(None, last[1]))))
    elif last:
        yield last


def without_blocks(
    lines: Iterable[FooterLine], width: int, faults: Faults
) -> Iterator[FooterLine]:
    """The lines that are not blank, without what is below a blank line at the end."""
    block: list[FooterLine] = []  # the lines after the last blank one, if they are few
    is_begun = is_separate = False
    for line, cells in lines:
        if not any(cells):
            is_separate = is_begun
            continue
        if is_separate:
            yield from block
            block = [(line, cells)]
        elif block:
            block.append((line, cells))
        else:
            yield line, cells
        if len(block) > MAX_FOOTERS:
            yield from block
            block = []
        is_begun, is_separate = True, False
    if block and all(is_footer(cells, width) for _, cells in block):
        text = "lines below the table, after a blank line: not imported; got "
        faults.note(text + repr(next(filter(None, block[0][1]))))
    else:
        yield from block


def is_footer(cells: list[str | None], width: int) -> bool:
    """Whether a line is a total, or fills less than half of the columns.

    >>> is_footer(["Total:", None, "120"], 3), is_footer(["Old Mill", None, "1"], 3)
    (True, False)
    """
    texts = [cell for cell in cells if cell]
    first = texts[0].lower().rstrip(": ")
    has_word = first.partition(" ")[0] in TOTAL_WORDS or first in TOTAL_PHRASES
    return (has_word and (len(texts) < width or width < 3)) or len(texts) < width / 2


def is_total(cells: list[str | None]) -> bool:
    """Whether a line has a word for totals alone, and else numbers or nothing.

    >>> is_total(["Total:", None, "1 250,00 kr"]), is_total(["Total", "FR", "1250"])
    (True, False)
    >>> is_total(["Total Produce", None, "1250"]), is_total(["Summa (SEK)", "1250"])
    (False, True)
    """
    first, *others = (cell for cell in cells if cell)
    word = UNIT.sub("", first.lower()).strip(": ")
    has_word = word in TOTAL_WORDS or word in TOTAL_PHRASES
    has_room = bool(others) or len(cells) > 2  # a list of two columns may have Total
    return has_word and has_room and all(map(written_number, others))
