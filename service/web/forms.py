"""The forms of the page: their fields, and the check that a page of ours sent them.

Against cross-site request forgery (CSRF) each form has a hidden token, the value of a
cookie (SameSite=Strict, no script can read it). A page of another origin can read
neither, so it cannot send our forms. The browser's own words about the origin of a form
are checked as well.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from service.errors import AccessRefusal, BadInput, ErrorCode
from service.server.origins import name_of
from service.server.state import state_of

CSRF_COOKIE = "valuenet_csrf"
CSRF_FIELD = "csrf_token"
CSRF_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FORM = 1_000_000  # bytes
MAX_FIELDS = 1_000


class CrossSiteForm(AccessRefusal):
    """A form that no page of this server has made."""

    code = ErrorCode.FORBIDDEN


@dataclass(frozen=True)
class Form:
    """The fields of a form, each with its texts."""

    fields: Mapping[str, Sequence[str]]

    def text(self, name: str) -> str:
        """The text of a field without spaces around it; blank if it is absent."""
        return self.fields.get(name, [""])[0].strip()

    def texts(self, name: str) -> list[str]:
        return [text.strip() for text in self.fields.get(name, ())]


async def form_of(request: Request) -> Form:
    """The form that a page of ours sent; CrossSiteForm if it is of another."""
    check_origin(request)
    form = parse_form(await form_body(request))
    check_csrf_token(request, form.text(CSRF_FIELD))
    return form


async def form_body(request: Request) -> str:
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if media_type.strip().lower() != FORM_TYPE:
        raise BadInput(f"Send the form as {FORM_TYPE}.")
    body = bytearray()
    with state_of(request).large_bodies.space() as space:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_FORM:
                raise BadInput(f"The form is larger than {MAX_FORM:,} bytes.")
            space.grow(len(body))
        return body.decode("utf-8", "replace")


def parse_form(text: str) -> Form:
    try:
        return Form(parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        raise BadInput(f"The form has more than {MAX_FIELDS:,} fields.") from None


def check_origin(request: Request) -> None:
    """Refuse what the browser says comes from a page of another origin.

    Our pages send no referrer, so a browser may name their origin `null`.
    """
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin", "null")
    is_ours = origin == "null" or is_own_origin(request, origin)
    if not is_ours or site not in (None, "same-origin", "none"):
        raise CrossSiteForm("This form comes from a page of another site.")


def is_own_origin(request: Request, origin: str) -> bool:
    """Whether it is the host that the browser asked, or one that the settings name."""
    try:
        netloc = urlsplit(origin).netloc
    except ValueError:  # no address
        return False
    is_same = netloc == request.headers.get("host")
    return is_same or name_of(netloc) in map(name_of, state_of(request).settings.hosts)


def check_csrf_token(request: Request, csrf_token: str) -> None:
    """Refuse a form without the value of its cookie."""
    cookie = request.cookies.get(CSRF_COOKIE, "")
    is_equal = secrets.compare_digest(csrf_token.encode(), cookie.encode())
    if not (is_equal and CSRF_TOKEN.fullmatch(cookie)):
        raise CrossSiteForm(
            "This form was not made for this browser, or is too old. Nothing was"
            " written. Go back, reload the page and send the form again."
        )


def csrf_token_of(request: Request) -> str:
    """The token for the forms of this answer: that of the cookie, else a new one."""
    state = request.scope.setdefault("state", {})
    if "csrf_token" not in state:
        cookie = request.cookies.get(CSRF_COOKIE, "")
        is_valid = CSRF_TOKEN.fullmatch(cookie)
        state["csrf_token"] = cookie if is_valid else secrets.token_urlsafe(16)
    csrf_token: str = state["csrf_token"]
    return csrf_token


def store_csrf_token(request: Request, response: Response) -> None:
    """Set the cookie for the forms of this answer, where the browser has it not yet."""
    csrf_token = request.scope.get("state", {}).get("csrf_token")
    if csrf_token and csrf_token != request.cookies.get(CSRF_COOKIE):
        set_cookie(request, response, CSRF_COOKIE, csrf_token)


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    is_secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite="strict", secure=is_secure)


def local_path(text: str) -> str:
    """A path of this server; anything else is its first page.

    >>> local_path("/members/a?day=2026-11-01"), local_path("//evil.example/")
    ('/members/a?day=2026-11-01', '/')
    """
    is_local = text.startswith("/") and not text.startswith(("//", "/\\"))
    return quote(text, safe="/?=&%-._~:+,") if is_local else "/"
