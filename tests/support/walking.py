"""Walks lists that page: page after page, until no page follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Page = tuple[list[Any], dict[str, Any]]  # rows, and the page info beside them
MOST_PAGES = 3_000


def walk(page_after: Callable[[str | None], Page]) -> list[list[Any]]:
    """All pages of a list; `page_after` answers with the page behind a cursor.

    Only the last page may say that no page follows, and behind it is an empty one.
    """
    pages, after = [], None
    while len(pages) < MOST_PAGES:
        rows, info = page_after(after)
        pages.append(rows)
        if not info["hasNextPage"]:
            break
        assert rows
        after = info["endCursor"]
    if info["endCursor"] is None:
        assert not rows
    else:
        empty = {"hasNextPage": False, "endCursor": None}
        assert page_after(info["endCursor"]) == ([], empty)
    return pages


def flat(pages: list[list[Any]]) -> list[Any]:
    return [row for page in pages for row in page]
