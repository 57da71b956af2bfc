"""The notice that the page after a form shows once: what was written, and its undo.

It travels in a cookie, so that no address can make a page say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from service.web.forms import set_cookie

NOTICE_COOKIE = "valuenet_notice"
NOTICE = re.compile(r"(saved|undone|unchanged):(\d{1,15})-(\d{1,15})", re.ASCII)


@dataclass(frozen=True)
class Notice:
    """What a form did, and the numbers of its changes in the log."""

    what: str  # saved, undone or unchanged
    first: int = 0
    last: int = 0

    @property
    def selection(self) -> str:
        """The changes as `undo` names them."""
        return f"{self.first}-{self.last}"

    def __str__(self) -> str:
        return f"{self.what}:{self.selection}"


def notice_of(request: Request) -> Notice | None:
    match = NOTICE.fullmatch(request.cookies.get(NOTICE_COOKIE, ""))
    return Notice(match[1], int(match[2]), int(match[3])) if match else None


def announce(request: Request, response: Response, notice: Notice) -> None:
    set_cookie(request, response, NOTICE_COOKIE, str(notice))


def forget_notice(response: Response) -> None:
    response.delete_cookie(NOTICE_COOKIE)
