"""Composition root: the web application over one database."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.context import LOCAL
from schema.execution.trusted_documents import trusted
from service import graph
from service.change_log import retention
from service.change_log.feed import Feed
from service.database import Address
from service.errors import ErrorCode, ValuenetError
from service.graph import Graph, migrations
from service.graph.statements import statement
from service.logs import request_id
from service.networks.snapshots import Snapshots
from service.server import export_endpoint, production_checks, subscriptions
from service.server.graphql_endpoint import IDE, Endpoint
from service.server.negotiation import identified
from service.server.responses import BOOKMARK, answered
from service.server.tokens import Tokens
from service.settings import Profile, Settings

log = logging.getLogger(__name__)

READY_SECONDS = 3
HEADLINES = (
    statement("networks/members", SCOPE="(m:Member)"),
    statement("networks/ties", TYPES="PROVIDES", END="number"),
    statement("brokerage/by_ties", TYPES="PROVIDES"),
    statement("brokerage/by_investment"),
    statement("cascades/dependencies"),
    statement("cascades/customers"),
    statement("introductions/ties", END="number"),
    statement("introductions/shares", END="number"),
    statement("introductions/evidence"),
)


def create(address: Address, settings: Settings) -> FastAPI:
    """The application; it opens the database when it starts."""
    production_checks.guard(settings)
    app = FastAPI(
        title="valuenet",
        lifespan=partial(lifespan, address=address),
        openapi_url=None,  # the API describes itself in GraphQL
    )
    app.state.settings = settings
    app.state.tokens = Tokens(settings.tokens) if settings.tokens else None
    app.state.documents = trusted(settings)
    app.add_middleware(Short, path="/graphql", endpoint=Endpoint())
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, **shared(settings))
    app.add_middleware(Traced)
    app.add_api_route("/livez", live)
    app.add_api_route("/readyz", ready)
    app.router.routes.extend(subscriptions.ROUTES)
    app.add_api_route(export_endpoint.PATH, export_endpoint.exported)
    if settings.profile is Profile.DEVELOPMENT:
        app.add_api_route("/", home)
        app.mount("/ide", StaticFiles(directory=IDE))
    return app


def shared(settings: Settings) -> dict[str, Any]:
    """What pages of the named origins may send, and see of the answers."""
    return {
        "allow_origins": settings.cors_origins,
        "allow_methods": ["GET", "POST"],
        "allow_headers": ["authorization", "content-type", "x-request-id", BOOKMARK],
        "expose_headers": ["x-request-id", "etag", BOOKMARK],
        "max_age": 600,
    }


@asynccontextmanager
async def lifespan(app: FastAPI, address: Address) -> AsyncIterator[None]:
    limit = app.state.settings.timeout_seconds
    async with graph.open_graph(address, limit) as opened:
        await migrations.prepare(opened)
        app.state.graph = opened
        app.state.snapshots = Snapshots(opened, app.state.settings)
        app.state.feed = Feed(opened)
        await app.state.snapshots.read_first_change()
        ending = asyncio.Event()
        warming = asyncio.create_task(warm(opened, ending))
        forgetting = retention.kept_short(opened, app.state.settings)
        keeping = asyncio.create_task(forgetting)
        try:
            yield
        finally:
            await app.state.feed.close()
            ending.set()
            await warming  # not cancelled: a driver that connects would drop its socket
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping


async def warm(opened: Graph, ending: asyncio.Event) -> None:
    """The first to ask need not wait for the server's plans; failure harms nobody."""
    try:
        for read in HEADLINES:
            if ending.is_set():
                return
            await opened.rows(read, dict, **read.params)
    except ValuenetError as error:
        log.warning("Could not warm the plans: %s", error)
    except Exception:
        log.exception("Could not warm the plans")
    finally:
        opened.is_warm = True


async def home() -> Response:
    return RedirectResponse("/graphql")


async def live() -> Response:
    return Response("alive\n", media_type="text/plain")


async def ready(request: Request) -> Response:
    try:
        async with asyncio.timeout(READY_SECONDS):
            await request.app.state.graph.reachable()
    except (ValuenetError, TimeoutError) as error:
        reason = str(error) or f"The database took over {READY_SECONDS} s to answer."
        return answered(
            {"ready": False, "reason": reason}, 503, headers={"retry-after": "5"}
        )
    return answered({"ready": True})


def defect() -> dict[str, Any]:
    message = f"Internal error; the log has it under {request_id.get()}."
    extensions = {"code": ErrorCode.INTERNAL_SERVER_ERROR}
    return {"errors": [{"message": message, "extensions": extensions}]}


class Short:
    """The short way to one path: past routing, which costs as much as a question."""

    def __init__(self, app: ASGIApp, path: str, endpoint: ASGIApp) -> None:
        self.app = app
        self.path = path
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = scope["type"] == "http" and scope["path"] == self.path
        await (self.endpoint if own else self.app)(scope, receive, send)


class Traced:
    """Gives each request its id, in its answer and in every line of its log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id.set(identified(given))
        started, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (b"x-request-id", request_id.get().encode())
                message = {**message, "headers": [*message["headers"], own]}
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            log.info("The client went away before it had asked")
        except Exception:
            log.exception("A defect in %s %s", scope["method"], scope["path"])
            if not status:
                await answered(defect(), 500)(scope, receive, sending)
        took = (time.perf_counter() - started) * 1_000
        what = scope["method"], scope["path"], status, took
        nobody = LOCAL if scope["app"].state.tokens is None else "-"
        log.info("%s %s %d, %.0f ms, %s", *what, scope.get("caller", nobody))
