"""One request of a visitor: who it is, what it asks, and the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schema.context import Context
from service.errors import (
    AuthenticationRequired,
    BadInput,
    InsufficientScope,
    ValuenetError,
)
from service.graph.request_scope import request_scope
from service.server.graphql_endpoint import context_of
from service.server.state import ServerState, is_development, state_of
from service.server.tokens import Token, TokenScope
from service.web.documents import document
from service.web.forms import csrf_token_of, local_path
from service.web.notice import Notice, announce, notice_for, notice_of
from service.web.panel import Answer

COOKIE = "valuenet_token"
STATE = ("community", "day")  # what every link of a page carries on


class AnswerRefusal(ValuenetError):
    """A document of the page has errors; the first of them is told."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.error_code = error["extensions"]["code"]


@dataclass(frozen=True)
class WriteAnswer:
    """What a mutation answered: the record, or the problems for which it wrote nothing.

    `changes`: the numbers of its changes in the log; none where nothing changed.
    """

    result: Answer
    changes: list[range]

    @property
    def problems(self) -> list[Answer]:
        """Each with its path in the variables, its code and its message."""
        problems: list[Answer] = self.result.get("problems", [])
        return problems


@dataclass
class Visit:
    """A request for a page, or for what a form of a page does."""

    request: Request
    state: ServerState
    token: Token | None
    notice: Notice | None = None  # that the page shows
    notice_details: list[str] = field(default_factory=list)

    @property
    def csrf_token(self) -> str:
        """What each form with the method POST has in its field of this name."""
        return csrf_token_of(self.request)

    @property
    def may_write(self) -> bool:
        return self.token is None or self.token.scope is TokenScope.WRITE

    def require_write(self) -> None:
        if not self.may_write:
            text = "Your token may read only; sign in with one that may write."
            raise InsufficientScope(text)

    @property
    def has_editor(self) -> bool:
        return is_development(self.request)

    def parameter(self, name: str) -> str | None:
        return self.request.query_params.get(name, "").strip() or None

    def choice(self, name: str, known: Iterable[str]) -> str | None:
        """A parameter that is one of these values; None if it is absent."""
        value = self.parameter(name)
        if value is not None and value not in known:
            expected = ", ".join(filter(None, known))
            raise BadInput(f"{name}: expected one of {expected}; got {value[:50]!r}")
        return value

    def number(self, name: str, least: float, most: float) -> float | None:
        """A parameter that is a number from `least` to `most`; None if it is absent."""
        if (text := self.parameter(name)) is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = most + 1
        if not least <= value <= most:
            raise BadInput(f"{name}: expected {least:g} to {most:g}; got {text[:20]!r}")
        return value

    def day_of(self, name: str) -> str | None:
        """A parameter that is a day; None if it is absent."""
        if (text := self.parameter(name)) is None:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            example = "a day such as 2026-11-01"
            raise BadInput(f"{name}: expected {example}; got {text[:20]!r}") from None

    @property
    def address_here(self) -> str:
        return address_of(self.request)

    @property
    def day(self) -> str | None:
        """The day that the page is about; None: today."""
        return self.day_of("day")

    @property
    def address_state(self) -> dict[str, str]:
        """The community and the day, where the address names them."""
        given = {name: self.parameter(name) for name in STATE}
        return {name: value for name, value in given.items() if value}

    def address(self, path: str, **changes: str | None) -> str:
        """A link that keeps the community and the day."""
        path, _, own = path.partition("?")
        given = {**self.address_state, **dict(parse_qsl(own)), **changes}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{query}" if query else path

    def address_with(self, **changes: str) -> str:
        """This address with other values of some parameters."""
        url = self.request.url.include_query_params(**changes)
        return f"{url.path}?{url.query}"

    async def ask(self, name: str, **variables: Any) -> Answer:
        """The data of a document, with the rights and the limits of the visitor."""
        context = context_of(self.request, self.token)
        return await self.answer(context, name, variables)

    async def write(self, name: str, **variables: Any) -> WriteAnswer:
        """Carry out a mutation document, whose one field is called `result`.

        A refusal with problems is an answer too; every other error is raised.
        """
        self.require_write()
        context = context_of(self.request, self.token)
        data = await self.answer(context, name, variables)
        return WriteAnswer(data["result"], context.changes)

    async def answer(
        self, context: Context, name: str, variables: dict[str, Any]
    ) -> Answer:
        with request_scope(self.state.settings.timeout_seconds, ""):
            answer = await self.state.engine.execute(
                document(name), variables, None, context
            )
        if errors := answer.body.get("errors"):
            raise AnswerRefusal(errors[0])
        data: Answer = answer.body["data"]
        return data

    def redirect(
        self, path: str, *written: WriteAnswer, what: str = "saved"
    ) -> Response:
        """Lead to a page of ours, which says what was written and offers to undo it."""
        response = RedirectResponse(local_path(path), 303)
        changes = [each for answer in written for each in answer.changes]
        announce(self.request, response, notice_for(what, changes))
        return response


def address_of(request: Request) -> str:
    """The path and the query of a request."""
    url = request.url
    return f"{url.path}?{url.query}" if url.query else url.path


def visit_of(request: Request) -> Visit:
    """The visit; AuthenticationRequired without the token that the server needs."""
    state = state_of(request)
    if state.tokens is None:
        return Visit(request, state, None, notice_of(request))
    secret = request.cookies.get(COOKIE)
    if not secret:
        raise AuthenticationRequired("Sign in with your token.")
    token = state.tokens.token_of(f"Bearer {secret}")
    request.scope["caller"] = token.name
    return Visit(request, state, token, notice_of(request))
