"""Subscriptions as server-sent events (GraphQL over SSE, distinct connections)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from schema.execution.subscribing import NotSubscribable
from service.errors import ValuenetError
from service.server.authentication import authenticate, await_revocation
from service.server.graphql_request import BadRequest, read_post, wait_for_disconnect
from service.server.refusals import STATUSES, bad_request, refusal
from service.server.responses import error_body
from service.server.state import state_of
from service.server.subscription_request import (
    SEND_SECONDS,
    ResponseBodies,
    cancel,
    cancel_in_turn,
    is_same_origin,
    open_subscription,
)

QUIET_SECONDS = 15  # then a comment keeps the connection open
COMMENT = b":\n\n"


async def event_stream(request: Request) -> Response:
    """The endpoint: a stream of events, or the reason why there is none."""
    try:
        return EventStream(request, await subscription(request))
    except BadRequest as error:
        return bad_request(error)
    except ValuenetError as error:
        return refusal(error, STATUSES.get(error.code, 400))


async def subscription(request: Request) -> ResponseBodies:
    if not is_same_origin(request):
        raise BadRequest("A page of another origin cannot subscribe.", 403)
    authenticate(request)
    state = state_of(request)
    with state.large_bodies.space() as space:
        graphql = await read_post(request, state.engine.large_inputs, space)
    return open_subscription(request, graphql)


class EventStream(Response):
    """An event stream; it ends if the client does not read a message in time, if its
    token is revoked, or if the server stops.
    """

    def __init__(self, request: Request, bodies: ResponseBodies) -> None:
        super().__init__(
            media_type="text/event-stream", headers={"cache-control": "no-store"}
        )
        del self.headers["content-length"]
        self.request = request
        self.bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": self.raw_headers})
        writer = asyncio.create_task(self.write(send))
        disconnect = asyncio.create_task(wait_for_disconnect(receive))
        revocation = asyncio.create_task(await_revocation(self.request))
        stopping = asyncio.create_task(state_of(self.request).stopping.wait())
        tasks = [writer, disconnect, revocation, stopping]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            is_ended = revocation.done() or stopping.done()
            await cancel_in_turn(self.request, tasks)
        if is_ended:
            await send({"type": "http.response.body", "body": b""})

    async def write(self, send: Send) -> None:
        async def write_part(data: bytes, more: bool = True) -> None:
            message = {"type": "http.response.body", "body": data, "more_body": more}
            async with asyncio.timeout(SEND_SECONDS):
                await send(message)

        with suppress(TimeoutError):
            await write_part(COMMENT)  # tells the client that it is connected
            async with aclosing(events(self.bodies)) as parts:
                async for data in parts:
                    await write_part(data)
            await write_part(b"event: complete\ndata:\n\n", more=False)


async def events(bodies: ResponseBodies) -> AsyncGenerator[bytes, None]:
    """Each response as an event, and comments while there is none."""
    following = asyncio.ensure_future(anext(bodies))
    try:
        while True:
            done, _ = await asyncio.wait({following}, timeout=QUIET_SECONDS)
            if not done:
                yield COMMENT
                continue
            yield event(following.result())
            following = asyncio.ensure_future(anext(bodies))
    except StopAsyncIteration:
        return
    except NotSubscribable as error:
        yield event({"errors": error.errors})
    except ValuenetError as error:
        yield event(error_body(str(error), error.code))
    finally:
        await cancel([following])
        await bodies.aclose()


def event(body: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"
