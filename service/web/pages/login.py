"""Signing in with a token, and out again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.errors import AuthenticationRequired, ValuenetError
from service.server.state import state_of
from service.web.forms import (
    CSRF_COOKIE,
    CrossSiteForm,
    csrf_token_of,
    form_of,
    local_path,
    set_cookie,
    store_csrf_token,
)
from service.web.rendering import error_page, html
from service.web.visit import COOKIE


async def login_form(
    request: Request, message: str = "", status: int = 200, next: str | None = None
) -> Response:
    target = request.query_params.get("next", "/") if next is None else next
    response = html(
        "login.html",
        status,
        csrf_token=csrf_token_of(request),
        message=message,
        next=local_path(target),
    )
    store_csrf_token(request, response)
    return response


async def login(request: Request) -> Response:
    """Check the token and remember it in a cookie that no script can read."""
    try:
        form = await form_of(request)
    except CrossSiteForm:
        return await login_form(request, "Send the form again.", 403)
    except ValuenetError as error:
        return await login_form(request, str(error), 400)
    target, secret = local_path(form.text("next")), form.text("token")
    if (tokens := state_of(request).tokens) is None:
        return RedirectResponse(target, 303)
    try:
        tokens.token_of(f"Bearer {secret}")
    except AuthenticationRequired:
        text = "Unknown or revoked token."
        return await login_form(request, text, 401, target)
    response = RedirectResponse(target, 303)
    response.delete_cookie(CSRF_COOKIE)  # that of a signed-in visitor is another
    set_cookie(request, response, COOKIE, secret)
    return response


async def logout(request: Request) -> Response:
    try:
        await form_of(request)
    except ValuenetError as error:
        return error_page(error)
    response = RedirectResponse("/login", 303)
    for name in (COOKIE, CSRF_COOKIE):
        response.delete_cookie(name)
    return response
