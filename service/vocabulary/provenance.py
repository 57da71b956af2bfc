"""Where a record comes from, as extra attributes: its sources and its register id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

IMPORTED_FROM = "x:importedFrom"  # the names of the sources that list the record
REGISTER_ID = "x:registerId"  # its identifier in a public register, as SCHEME:ID
PROVENANCE = (IMPORTED_FROM, REGISTER_ID)  # always texts
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
