"""Signing in with a token, and out again."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.errors import AuthenticationRequired
from service.server.state import state_of
from service.web.rendering import html
from service.web.visit import COOKIE

FORM_COOKIE = "valuenet_form"  # proves that a form comes from our page
MAX_FORM = 10_000  # bytes


async def login_form(
    request: Request, message: str = "", status: int = 200
) -> Response:
    proof = secrets.token_urlsafe(16)
    response = html(
        "login.html",
        status,
        proof=proof,
        message=message,
        next=local_path(request.query_params.get("next", "/")),
    )
    set_cookie(request, response, FORM_COOKIE, proof)
    return response


async def login(request: Request) -> Response:
    """Check the token and remember it in a cookie that no script can read."""
    form = await form_of(request)
    is_ours = secrets.compare_digest(
        form.get("proof", ""), request.cookies.get(FORM_COOKIE, "-")
    )
    tokens = state_of(request).tokens
    if not is_ours or tokens is None:
        return await login_form(request, "Send the form again.", 400)
    try:
        tokens.token_of(f"Bearer {form.get('token', '').strip()}")
    except AuthenticationRequired:
        return await login_form(request, "Unknown or revoked token.", 401)
    response = RedirectResponse(local_path(form.get("next", "/")), 303)
    set_cookie(request, response, COOKIE, form["token"].strip())
    return response


async def logout(request: Request) -> Response:
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


async def form_of(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}


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
