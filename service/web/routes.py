"""The addresses of the page: what shows, what writes, and how errors look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from service.errors import AuthenticationRequired, ValuenetError
from service.server.responses import compress
from service.web.forms import Form, form_of, store_csrf_token
from service.web.notice import forget_notice
from service.web.pages.add import add, add_form, choices
from service.web.pages.board import ask, ask_form, move
from service.web.pages.demo import demo, load_demo
from service.web.pages.departures import departures
from service.web.pages.dependence import dependence
from service.web.pages.edit import edit, edit_form, end, remove
from service.web.pages.import_file import import_document, import_file, import_form
from service.web.pages.imports import imports, upload
from service.web.pages.introductions import introductions
from service.web.pages.login import login, login_form, logout
from service.web.pages.map import map_gexf, map_member, map_page, map_picture
from service.web.pages.member import member
from service.web.pages.members import members
from service.web.pages.new_community import add_community, community_form
from service.web.pages.overview import overview
from service.web.pages.report import funders, report
from service.web.pages.search import search
from service.web.pages.undo import notice_details, undo
from service.web.pages.what_if import what_if
from service.web.rendering import error_page
from service.web.visit import Visit, address_of, visit_of

STATIC = Path(__file__).with_name("static")
PageView = Callable[[Visit], Awaitable[Response]]
FormView = Callable[[Visit, Form], Awaitable[Response]]
PAGES: dict[str, PageView] = {
    "/": overview,
    "/map": map_page,
    "/members": members,
    "/members/{key:path}": member,
    "/introductions": introductions,
    "/what-if": what_if,
    "/departures": departures,
    "/dependence": dependence,
    "/report": report,
    "/report/funders": funders,
    "/search": search,
    "/add": add_form,
    "/community": community_form,
    "/edit": edit_form,
    "/choices": choices,
    "/ask": ask_form,
    "/demo": demo,
    "/import": imports,
}
# What shows one import; its address is known once its files have come.
IMPORT_PAGES: dict[str, PageView] = {
    "/import/{id}": import_file,
    "/import/{id}/{name}": import_document,
}
# What the map is made of, and what it becomes.
MAP_PARTS: dict[str, PageView] = {
    "/map/member": map_member,
    "/map/picture.svg": map_picture,
    "/map/network.gexf": map_gexf,
}
# What writes: the address of each form, sent with POST.
FORMS: dict[str, FormView] = {
    "/add": add,
    "/community": add_community,
    "/ask": ask,
    "/demo": load_demo,
    "/move": move,
    "/edit": edit,
    "/end": end,
    "/remove": remove,
    "/undo": undo,
    "/import/{id}": import_form,
}


def web_routes() -> list[BaseRoute]:
    return [
        *(
            Route(path, page_endpoint(view), methods=["GET"])
            for path, view in {**PAGES, **IMPORT_PAGES, **MAP_PARTS}.items()
        ),
        *(
            Route(path, form_endpoint(view), methods=["POST"])
            for path, view in FORMS.items()
        ),
        Route("/import", endpoint_of(upload), methods=["POST"]),
        Route("/login", login_form, methods=["GET"]),
        Route("/login", login, methods=["POST"]),
        Route("/logout", logout, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


Endpoint = Callable[[Request], Awaitable[Response]]


def page_endpoint(view: PageView) -> Endpoint:
    """The page of a view, with the notice of what a form has written before."""

    async def show(visit: Visit) -> Response:
        visit.notice_details = await notice_details(visit)
        response = await view(visit)
        if visit.notice and response.media_type == "text/html":
            forget_notice(response)
        return response

    return endpoint_of(show)


def form_endpoint(view: FormView) -> Endpoint:
    """What a view does with a form that a page of ours has sent."""

    async def send(visit: Visit) -> Response:
        form = await form_of(visit.request)
        visit.require_write()
        return await view(visit, form)

    return endpoint_of(send)


def endpoint_of(view: PageView) -> Endpoint:
    """The view for a visitor who may see it; an error is a page too."""

    async def endpoint(request: Request) -> Response:
        try:
            response = await view(visit_of(request))
        except AuthenticationRequired:
            is_page = request.method in ("GET", "HEAD")  # a form has none to return to
            target = address_of(request) if is_page else "/"
            return RedirectResponse(f"/login?next={quote(target, safe='/')}", 303)
        except ValuenetError as error:
            response = error_page(error)
        accept_encoding = request.headers.get("accept-encoding", "")
        response = await compress(response, accept_encoding)
        store_csrf_token(request, response)
        return response

    return endpoint
