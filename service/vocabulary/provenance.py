"""Where a record comes from, as extra attributes: its sources and its register id."""

from __future__ import annotations

from collections.abc import Iterable

IMPORTED_FROM = "x:importedFrom"  # the names of the sources that list the record
REGISTER_ID = "x:registerId"  # its identifier in a public register, as SCHEME:ID
PROVENANCE = (IMPORTED_FROM, REGISTER_ID)  # always texts
SEPARATOR = "; "


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


def joined_sources(*several: Iterable[str]) -> str:
    """
    >>> joined_sources(["orders"], ["crm", "orders"])
    'crm; orders'
    """
    return SEPARATOR.join(sorted({name for names in several for name in names}))
