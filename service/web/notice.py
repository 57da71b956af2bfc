"""The notice that the page after a form shows once: what was written, and its undo.

It travels in a cookie, so that no address can make a page say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from service.web.forms import set_cookie

NOTICE_COOKIE = "valuenet_notice"
MOST_RANGES = 20  # of changes; a cookie holds 4 kB
RANGE = r"\d{1,15}-\d{1,15}"
NOTICE = re.compile(
    rf"(saved|undone|unchanged):({RANGE}(?:\.{RANGE}){{0,{MOST_RANGES - 1}}})?",
    re.ASCII,
)


@dataclass(frozen=True)
class Notice:
    """What a form did, and its changes in the log as `undo` names them: `12-13`."""

    what: str  # saved, undone or unchanged
    changes: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[range]:
        pairs = (each.split("-") for each in self.changes)
        return [range(int(first), int(last) + 1) for first, last in pairs]

    def __str__(self) -> str:
        return f"{self.what}:{'.'.join(self.changes)}"


def notice_for(what: str, changes: Iterable[range]) -> Notice:
    """
    >>> str(notice_for("saved", [range(3, 5), range(7, 8)]))
    'saved:3-4.7-7'
    >>> str(notice_for("undone", []))
    'unchanged:'
    """
    names = tuple(f"{each[0]}-{each[-1]}" for each in changes if each)
    return Notice(what if names else "unchanged", names[:MOST_RANGES])


def notice_of(request: Request) -> Notice | None:
    match = NOTICE.fullmatch(request.cookies.get(NOTICE_COOKIE, ""))
    if match is None:
        return None
    return Notice(match[1], tuple(match[2].split(".")) if match[2] else ())


def announce(request: Request, response: Response, notice: Notice) -> None:
    set_cookie(request, response, NOTICE_COOKIE, str(notice))


def forget_notice(response: Response) -> None:
    response.delete_cookie(NOTICE_COOKIE)
