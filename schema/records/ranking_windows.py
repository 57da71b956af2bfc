"""Windows of lists that are computed, not stored: rankings and groups.

Their cursors are a position in an order, tied to what the list is made of (`owner`),
and the state of the graph in which they were made.
"""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from service.compiler.cursors import INTEGER_LIMIT, cursor_parts, encode_cursor
from service.errors import BadInput

WRITTEN_SINCE = (
    "Something was written after the cursor in `after` was made: rows may be missing"
    " from these pages, or be on two of them. Begin again without `after` to have all"
    " rows of one state."
)


@strawberry.type(
    description="Where a page of a list ends, and whether the list goes on."
)
class RankingPageInfo:
    has_next_page: bool = strawberry.field(
        description="Whether more rows follow this page."
    )
    end_cursor: str | None = strawberry.field(
        description="The value of `after` for the next page; null if this one is empty."
    )


@dataclass(frozen=True)
class RankingWindow:
    """Which rows of a list are on the page."""

    start: int
    limit: int
    owner: str
    state: str

    @property
    def stop(self) -> int:
        return self.start + self.limit

    def page_info(self, count: int) -> RankingPageInfo:
        """`count`: of the rows from the start of the list to one behind the page, or
        of all."""
        end = min(self.stop, count)
        cursor = encode_cursor(self.owner, [end, self.state])
        return RankingPageInfo(
            has_next_page=count > self.stop,
            end_cursor=cursor if end > self.start else None,
        )


def position_of(after: str | None, owner: str) -> int:
    """Where the rows behind a cursor begin; without one, at the first."""
    if after is None:
        return 0
    try:
        made_for, position = cursor_parts(after)
    except BadInput as error:
        raise BadInput(f"after: {error}") from error
    match position:
        case [int(start), str()] if made_for == owner and 0 <= start < INTEGER_LIMIT:
            return start
    raise BadInput(
        "after: the cursor was made for another list, other arguments or another day;"
        " only `first` may change between two pages. Begin again without `after`."
    )


def state_of(after: str) -> str | None:
    """The state that a cursor of a ranking was made in; None of any other text."""
    try:
        _, position = cursor_parts(after)
    except BadInput:
        return None
    match position:
        case [int(), str(state)]:
            return state
    return None
