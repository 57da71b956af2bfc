"""Lines below a table that are not of it: totals and sources after a blank line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.formats.rows import Faults

MAX_FOOTERS = 5
# The first word of a line of totals, in the languages of our users.
TOTALS = """
total totals totale totales totalt totaux sum summa summe somme suma gesamt gesamtsumme
slutsumma
"""
TOTAL_WORDS = frozenset(TOTALS.split())
TOTAL_PHRASES = frozenset(("i alt", "grand total", "sum total", "total general"))
FooterLine = tuple[int, list[str | None]]


def without_footers(
    lines: Iterable[FooterLine], width: int, faults: Faults
) -> Iterator[FooterLine]:
    """The lines that are not blank, without the footers at the end.

    Only what a blank line separates from the table is taken for a footer.
    """
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
    is_total = first.partition(" ")[0] in TOTAL_WORDS or first in TOTAL_PHRASES
    return (is_total and (len(texts) < width or width < 3)) or len(texts) < width / 2
