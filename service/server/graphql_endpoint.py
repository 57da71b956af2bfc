"""/graphql: an HTTP request becomes a GraphQL response, without FastAPI's machinery."""

from __future__ import annotations

from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from schema.context import LOCAL, Context
from schema.execution.large_inputs import LARGE
from schema.execution.waiting import ClientGone
from service.errors import ErrorCode, ValuenetError
from service.graph.request_scope import request_scope
from service.server.authentication import authenticate, challenge
from service.server.editor import editor_page, is_for_editor
from service.server.graphql_request import (
    BadRequest,
    GraphQLRequest,
    parse_get,
    read_post,
    wait_for_disconnect,
    weight_of_get,
)
from service.server.large_bodies import BodySpace
from service.server.negotiation import GRAPHQL_JSON, JSON, preferred_media_type
from service.server.refusals import bad_request, refusal, status_of
from service.server.responses import BOOKMARK, compress, json_response, with_etag
from service.server.state import is_development, state_of
from service.server.tokens import Token, TokenScope

READ_METHODS = ("GET", "HEAD")


class GraphQLEndpoint:
    """An ASGI application; it uses the state of the application that contains it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if is_for_editor(request):
            await editor_page()(scope, receive, send)
            return
        accept_encoding = header(request, "accept-encoding")
        response = await compress(await self.respond(request), accept_encoding)
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        try:
            media_type = negotiate(request)
        except BadRequest as error:
            response = bad_request(error)
        else:
            response = await self.respond_as(request, media_type)
        if response.status_code == 405:
            response.headers["allow"] = methods(request)
        if request.method in READ_METHODS and response.status_code == 200:
            return with_etag(response, header(request, "if-none-match"))
        return response

    async def respond_as(self, request: Request, media_type: str) -> Response:
        try:
            token = authenticate(request)
            with state_of(request).large_bodies.space() as space:
                graphql = await parse(request, space)
                return await self.execute(request, graphql, token, media_type)
        except BadRequest as error:
            return bad_request(error)
        except ValuenetError as error:
            return refusal(error, status_of(error.code, media_type), media_type)
        except ClientGone:
            raise ClientDisconnect from None

    async def execute(
        self,
        request: Request,
        graphql: GraphQLRequest,
        token: Token | None,
        media_type: str,
    ) -> Response:
        state, context = state_of(request), context_of(request, token)
        text = state.documents.text(graphql.document, graphql.document_hash)
        bookmark = header(request, BOOKMARK)
        with request_scope(state.settings.timeout_seconds, bookmark) as scope:
            await state.graph.await_bookmarks()
            answer = await state.engine.execute(
                text,
                graphql.variables,
                graphql.operation_name,
                context,
                size=graphql.size,
            )
            headers = {BOOKMARK: await scope.bookmark() or state.snapshots.change}
        if answer.rejection == ErrorCode.FORBIDDEN:
            headers["www-authenticate"] = challenge(
                error="insufficient_scope", scope=TokenScope.WRITE.value
            )
        status = status_of(answer.rejection, media_type)
        return json_response(answer.body, status, media_type, headers)


def negotiate(request: Request) -> str:
    """The media type of the response; BadRequest if the method or type is not ours."""
    if request.method not in methods(request).split(", "):
        *others, last = methods(request).split(", ")
        allowed = f"{', '.join(others)} or {last}" if others else last
        raise BadRequest(f"Method not allowed; use {allowed}.", 405)
    media_type = preferred_media_type(header(request, "accept"))
    if media_type is None:
        text = f"Responses are {GRAPHQL_JSON} or {JSON}; accept one of them."
        raise BadRequest(text, 406)
    return media_type


def methods(request: Request) -> str:
    return "GET, HEAD, POST" if is_development(request) else "POST"


async def parse(request: Request, space: BodySpace) -> GraphQLRequest:
    inputs = state_of(request).engine.large_inputs
    if request.method in READ_METHODS:
        parameters = request.query_params
        is_large = weight_of_get(parameters) > LARGE
        return await inputs.run(is_large, parse_get, parameters)
    return await read_post(request, inputs, space)


def context_of(request: Request, token: Token | None) -> Context:
    state = state_of(request)
    return Context(
        state.graph,
        state.settings,
        state.snapshots,
        caller=token.name if token else LOCAL,
        may_write=token is None or token.scope is TokenScope.WRITE,
        queries_only=request.method in READ_METHODS,
        disconnect=partial(wait_for_disconnect, request.receive),
    )


def header(request: Request, name: str) -> str:
    return request.headers.get(name, "")
