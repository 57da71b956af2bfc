"""One request of a visitor: who it is, what it asks, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from service.errors import AuthenticationRequired, BadInput, ValuenetError
from service.graph.request_scope import request_scope
from service.server.graphql_endpoint import context_of
from service.server.state import ServerState, is_development, state_of
from service.server.tokens import Token
from service.web.documents import document
from service.web.panel import Answer

COOKIE = "valuenet_token"
STATE = ("community", "day")  # what every link of a page carries on


class AnswerRefusal(ValuenetError):
    """A document of the page has errors; the first of them is told."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.error_code = error["extensions"]["code"]


@dataclass
class Visit:
    """A request for a page."""

    request: Request
    state: ServerState
    token: Token | None

    @property
    def has_editor(self) -> bool:
        return is_development(self.request)

    def parameter(self, name: str) -> str | None:
        return self.request.query_params.get(name, "").strip() or None

    @property
    def day(self) -> str | None:
        """The day that the page is about; None: today."""
        if (text := self.parameter("day")) is None:
            return None
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            example = "a day such as 2026-11-01"
            raise BadInput(f"day: expected {example}; got {text[:20]!r}") from None

    @property
    def address_state(self) -> dict[str, str]:
        """The community and the day, where the address names them."""
        given = {name: self.parameter(name) for name in STATE}
        return {name: value for name, value in given.items() if value}

    def address(self, path: str, **changes: str | None) -> str:
        """A link that keeps the community and the day."""
        given: dict[str, str | None] = {**self.address_state, **changes}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{path}?{query}" if query else path

    async def ask(self, name: str, **variables: Any) -> Answer:
        """The data of a document, with the rights and the limits of the visitor."""
        context = context_of(self.request, self.token)
        with request_scope(self.state.settings.timeout_seconds, ""):
            answer = await self.state.engine.execute(
                document(name), variables, None, context
            )
        if errors := answer.body.get("errors"):
            raise AnswerRefusal(errors[0])
        data: Answer = answer.body["data"]
        return data


def visit_of(request: Request) -> Visit:
    """The visit; AuthenticationRequired without the token that the server needs."""
    state = state_of(request)
    if state.tokens is None:
        return Visit(request, state, None)
    secret = request.cookies.get(COOKIE)
    if not secret:
        raise AuthenticationRequired("Sign in with your token.")
    token = state.tokens.token_of(f"Bearer {secret}")
    request.scope["caller"] = token.name
    return Visit(request, state, token)
