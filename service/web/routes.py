"""The addresses of the page, and how its errors look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from service.errors import AuthenticationRequired, ErrorCode, ValuenetError
from service.server.responses import compress
from service.web.pages.introductions import introductions
from service.web.pages.login import login, login_form, logout
from service.web.pages.member import member
from service.web.pages.members import members
from service.web.pages.overview import overview
from service.web.pages.search import search
from service.web.pages.what_if import what_if
from service.web.rendering import html
from service.web.visit import Visit, visit_of

STATIC = Path(__file__).with_name("static")
STATUSES = {ErrorCode.NOT_FOUND: 404, ErrorCode.SERVICE_UNAVAILABLE: 503}
PageView = Callable[[Visit], Awaitable[Response]]
PAGES: dict[str, PageView] = {
    "/": overview,
    "/members": members,
    "/members/{key:path}": member,
    "/introductions": introductions,
    "/what-if": what_if,
    "/search": search,
}


def web_routes() -> list[BaseRoute]:
    return [
        *(
            Route(path, endpoint_of(view), methods=["GET"])
            for path, view in PAGES.items()
        ),
        Route("/login", login_form, methods=["GET"]),
        Route("/login", login, methods=["POST"]),
        Route("/logout", logout, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def endpoint_of(view: PageView) -> Callable[[Request], Awaitable[Response]]:
    """The view for a visitor who may see it; an error is a page too."""

    async def endpoint(request: Request) -> Response:
        try:
            response = await view(visit_of(request))
        except AuthenticationRequired:
            wanted = quote(request.url.path, safe="/")
            return RedirectResponse(f"/login?next={wanted}", 303)
        except ValuenetError as error:
            status = STATUSES.get(getattr(error, "error_code", error.code), 400)
            response = html("error.html", status, message=str(error))
            if status == STATUSES[ErrorCode.SERVICE_UNAVAILABLE]:
                response.headers["retry-after"] = "5"
        return await compress(response, request.headers.get("accept-encoding", ""))

    return endpoint
