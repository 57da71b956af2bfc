"""Values of published files: what our model cannot hold is mended, with a remark.

A publisher's file is not the user's to correct. So an odd value of one record never
refuses the file: a value that is none is left blank, and a text that is too long is cut
and kept in full as an extra attribute, `x:NAME`.
"""

from __future__ import annotations

from typing import Any

from service.formats.cells import PARSERS
from service.formats.rows import Faults
from service.vocabulary.attributes import MAX_NAME, MAX_TEXT, PREFIX, is_attribute
from service.vocabulary.nodes import Record
from service.vocabulary.properties import properties_of
from service.vocabulary.texts import (
    FORBIDDEN,
    FORBIDDEN_IN_LINES,
    InvalidValue,
    is_blank,
    is_url,
)
from service.vocabulary.validation import CHECKS
from service.writes.value_rules import CURRENCY

MAX_EXAMPLE = 60  # characters of a value that a remark shows
MAX_CELLS = 90  # of a record, below the limit of its attributes
COUNTRY = "country"
Cells = dict[str, str | None]


def published_cells(cls: type[Record], values: dict[str, Any], faults: Faults) -> Cells:
    """The values as cells of a record of this type."""
    cells = attribute_cells(
        {column: text_of(value) for column, value in values.items()}, faults
    )
    for column, text in list(cells.items()):
        if text is not None and not is_attribute(column):
            cells |= property_cells(cls, column, text, faults)
    since, until = cells.get("since"), cells.get("until")
    if since and until and until < since:
        faults.note("until: before since, left blank", f"{since} and {until}")
        cells["until"] = None
    return cells


def attribute_cells(cells: Cells, faults: Faults) -> Cells:
    """The cells with the extra attributes that a record can have."""
    result: Cells = {}
    for column, text in cells.items():
        if not is_attribute(column):
            result[column] = text
        elif text is not None and len(result) < MAX_CELLS:
            result |= attribute(column.removeprefix(PREFIX), text, faults)
        elif text is not None:
            what = f"more than {MAX_CELLS} values of one record: not imported"
            faults.note(what, column.removeprefix(PREFIX))
    return result


def text_of(value: Any) -> str | None:
    """A JSON value as a cell.

    >>> text_of(" a "), text_of(True), text_of(1.5), text_of("")
    ('a', 'true', '1.5', None)
    """
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, dict | list):
        return None
    text = str(value).strip()
    return None if is_blank(FORBIDDEN_IN_LINES.sub(" ", text)) else text


def attribute(name: str, text: str, faults: Faults) -> Cells:
    """An extra attribute, without characters that no text may have."""
    text = FORBIDDEN_IN_LINES.sub(" ", text).strip()
    if len(text) > MAX_TEXT:
        what = f"{PREFIX}{name}: cut to {MAX_TEXT:,} characters"
        faults.note(what, shown_text(text))
        text = text[:MAX_TEXT].strip()
    name = FORBIDDEN.sub(" ", name)[:MAX_NAME].strip()
    return {f"{PREFIX}{name}": text} if text and name else {}


def property_cells(cls: type[Record], column: str, text: str, faults: Faults) -> Cells:
    """The cell of a property, and the extra attribute that has what was cut off."""
    if column not in CHECKS[cls]:  # kind, roles, key, and the ends of ties
        return {column: text}
    forbidden = FORBIDDEN if column == COUNTRY else FORBIDDEN_IN_LINES
    if forbidden.search(text):
        faults.note(f"{column}: control characters left out", shown_text(text))
        text = forbidden.sub(" ", text).strip()
    if column == "currency":
        text = text.upper()
    cells: Cells = {}
    limit = max_length(cls, column)
    if limit and len(text) > limit:
        what = f"{column}: cut to {limit} characters, the text is in {PREFIX}{column}"
        faults.note(what, shown_text(text))
        cells = attribute(column, text, faults)
        text = text[:limit].strip()
    if problem := problem_of(cls, column, text):
        reason, _, _ = problem.partition("; got")
        faults.note(f"{column}: {reason}, left blank", shown_text(text))
        return {column: None}
    return cells | {column: text}


def max_length(cls: type[Record], column: str) -> int | None:
    name, _ = CHECKS[cls][column]
    return properties_of(cls)[name].max_length


def problem_of(cls: type[Record], column: str, text: str) -> str | None:
    """Why the text is no value of this property; None if it is one."""
    if column == "currency" and not CURRENCY.fullmatch(text):
        return "must be an ISO 4217 code such as SEK"
    parse, (_, check) = PARSERS[cls].get(column), CHECKS[cls][column]
    try:
        check(parse(text) if parse else text)
    except InvalidValue as error:
        return str(error)
    return None


def shown_text(text: str) -> str:
    """A value as a remark shows it.

    >>> shown_text("x" * 100)[-3:]
    "x…'"
    """
    short = text if len(text) <= MAX_EXAMPLE else f"{text[:MAX_EXAMPLE]}…"
    return repr(short)


def web_address(text: Any) -> str | None:
    """The first address in a text; many registers write a host alone.

    >>> web_address("www.example.com / www.example.org")
    'https://www.example.com'
    >>> web_address("none") is None
    True
    """
    words = str(text or "").split()
    address = words[0].rstrip(",;") if words else ""
    if "://" not in address and "." in address:
        address = f"https://{address}"
    return address if is_url(address) else None
