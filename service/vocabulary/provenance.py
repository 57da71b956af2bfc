"""Where a record comes from, as extra attributes: its sources and its register id.

A member also has the rows that a person has decided about, so that the next file of
their source is read in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

IMPORTED_FROM = "x:importedFrom"  # the names of the sources that list the record
REGISTER_ID = "x:registerId"  # its identifier in a public register, as SCHEME:ID
# Rows of sources, one a line: a person said that they are this member.
IMPORTED_AS = "x:importedAs"
IMPORTED_APART = "x:importedApart"  # and not another member of an equal name
DECIDED = (IMPORTED_AS, IMPORTED_APART)
PROVENANCE = (IMPORTED_FROM, REGISTER_ID, *DECIDED)  # always texts
MAX_DECIDED = 2_000  # characters, as every text of an attribute
SEPARATOR = "; "
ENDED = re.compile(r"(.*) \(until (\d{4}-\d\d-\d\d)\)")


def source_list(text: object) -> list[str]:
    """
    >>> source_list("crm; orders"), source_list(None)
    (['crm', 'orders'], [])
    """
    return (
        [name for name in text.split(SEPARATOR) if name]
        if isinstance(text, str)
        else []
    )


def ended_source(source: str, day: date) -> str:
    """A source that no longer lists a record, since a complete load on a day.

    >>> ended_source("crm", date(2026, 11, 29))
    'crm (until 2026-11-29)'
    """
    return f"{source} (until {day})"


def source_days(sources: Iterable[str]) -> dict[str, str]:
    """The names of sources, each with the day on which it ended, else a blank.

    >>> source_days(["crm (until 2026-11-29)", "orders"])
    {'crm': '2026-11-29', 'orders': ''}
    """
    matches = {name: ENDED.fullmatch(name) for name in sources}
    return dict((m[1], m[2]) if m else (name, "") for name, m in matches.items())


def joined_sources(*several: Iterable[str]) -> str:
    """All sources; of one that ended, or lists a record again, the later word counts.

    >>> joined_sources(["orders", "web (until 2026-11-29)"], ["crm", "orders", "web"])
    'crm; orders; web'
    """
    named = {n: d for names in several for n, d in source_days(names).items()}
    days = ((name, day and date.fromisoformat(day)) for name, day in named.items())
    return SEPARATOR.join(
        sorted(ended_source(name, day) if day else name for name, day in days)
    )


def joined_rows(*texts: object) -> str:
    """The rows of several texts; if they are too many, the last ones.

    >>> joined_rows("crm: old mill", None, "orders: mill\\ncrm: old mill")
    'crm: old mill\\norders: mill'
    """
    rows = [row for text in texts if isinstance(text, str) for row in text.split("\n")]
    rows = list(dict.fromkeys(filter(None, rows)))
    while len("\n".join(rows)) > MAX_DECIDED:
        rows.pop(0)
    return "\n".join(rows)
