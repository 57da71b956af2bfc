"""/graphql: from an HTTP request to an answer, past the web framework's machinery."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from schema.context import LOCAL, Context
from schema.execution.operation import Answer, execute
from service.errors import (
    AuthenticationRequired,
    ErrorCode,
    ValuenetError,
)
from service.graph import request_scope
from service.server.authentication import challenge, let_in, refusing
from service.server.negotiation import (
    GRAPHQL_JSON,
    Asked,
    BadRequest,
    answer_type,
    posted,
    queried,
    whole,
)
from service.server.responses import BOOKMARK, answered, compressed, tagged
from service.server.tokens import Token, TokenScope
from service.settings import Profile

IDE = Path(__file__).parent / "ide"
READING = ("GET", "HEAD")
# By the code of what kept a request from being executed; told in every media type.
STATUSES: dict[str, int] = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
}
# Told where the client names the newer media type; others take 4xx for no answer.
NEWER_STATUSES: dict[str, int] = {
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: 404,
    ErrorCode.QUERY_NOT_IN_SAFELIST: 403,
}


class Endpoint:
    """An ASGI application; what it needs stands in the state of the one around it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self.wants_editor(request):
            await FileResponse(IDE / "index.html")(scope, receive, send)
            return
        accept_encoding = header(request, "accept-encoding")
        response = await compressed(await self.answer(request), accept_encoding)
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        media = GRAPHQL_JSON
        try:
            self.allow(request)
            media = answer_type(header(request, "accept"))
            token = let_in(request)
            asked = await self.asked(request)
            response = await self.graphql(request, asked, token, media)
        except BadRequest as error:
            response = answered(error.body(), error.status)
        except ValuenetError as error:
            response = self.refusal(error, media)
        if response.status_code == 405:
            response.headers["allow"] = self.methods(request)
        if request.method in READING and response.status_code == 200:
            return tagged(response, header(request, "if-none-match"))
        return response

    def wants_editor(self, request: Request) -> bool:
        """A browser that asks nothing gets the page to ask with."""
        return (
            request.method in READING
            and self.development(request)
            and not {"query", "documentId", "extensions"} & request.query_params.keys()
            and "text/html" in header(request, "accept")
        )

    def development(self, request: Request) -> bool:
        return request.app.state.settings.profile is Profile.DEVELOPMENT

    def methods(self, request: Request) -> str:
        return "GET, HEAD, POST" if self.development(request) else "POST"

    def allow(self, request: Request) -> None:
        if request.method not in self.methods(request).split(", "):
            raise BadRequest(f"Ask with {self.methods(request)}.", 405)

    async def asked(self, request: Request) -> Asked:
        if request.method in READING:
            return queried(request.query_params)
        return posted(header(request, "content-type"), await whole(request.stream()))

    async def graphql(
        self, request: Request, asked: Asked, token: Token | None, media: str
    ) -> Response:
        state = request.app.state
        text = state.documents.text(asked.query, asked.digest)
        context = Context(
            state.graph,
            state.settings,
            state.snapshots,
            caller=token.name if token else LOCAL,
            may_write=token is None or token.scope is TokenScope.WRITE,
            queries_only=request.method in READING,
        )
        sent = header(request, BOOKMARK)
        with request_scope.request_scope(state.settings.timeout_seconds, sent) as seen:
            answer = await execute(text, asked.variables, asked.operation, context)
            bookmark = await seen.bookmark() or state.snapshots.change
        headers = {BOOKMARK: bookmark}
        if answer.refused == ErrorCode.FORBIDDEN:
            narrow = challenge(error="insufficient_scope", scope=TokenScope.WRITE.value)
            headers["www-authenticate"] = narrow
        return answered(answer.body, status(answer, media), media, headers)

    def refusal(self, error: ValuenetError, media: str) -> Response:
        """Of a request that did not come so far as to be executed."""
        extensions = {"code": error.code}
        body = {"errors": [{"message": str(error), "extensions": extensions}]}
        response = answered(body, status(Answer(body, error.code), media), media)
        return (
            refusing(response, error)
            if isinstance(error, AuthenticationRequired)
            else response
        )


def status(answer: Answer, media: str) -> int:
    if not answer.refused:
        return 200
    if known := STATUSES.get(answer.refused):
        return known
    return NEWER_STATUSES.get(answer.refused, 400) if media == GRAPHQL_JSON else 200


def header(request: Request, name: str) -> str:
    return request.headers.get(name, "")
