"""Composition root: the web application over one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import WebSocketRoute
from starlette.staticfiles import StaticFiles

from schema.execution.trusted_documents import trusted
from service import graph
from service.change_log import retention
from service.change_log.feed import Feed
from service.database import Address
from service.graph import migrations
from service.networks.snapshots import Snapshots
from service.server import export_endpoint, health, production_checks
from service.server.graphql_endpoint import IDE, GraphQLEndpoint
from service.server.middleware import GraphQLRoute, RequestLogMiddleware, cors_options
from service.server.sse import event_stream
from service.server.tokens import TokenFile
from service.server.warm_up import warm_up
from service.server.websocket import websocket
from service.settings import Profile, Settings


def create(address: Address, settings: Settings) -> FastAPI:
    """The application; it opens the database when it starts."""
    production_checks.refuse_unsafe(settings)
    app = FastAPI(
        title="valuenet",
        lifespan=partial(lifespan, address=address),
        openapi_url=None,  # the API describes itself in GraphQL
    )
    app.state.settings = settings
    app.state.tokens = TokenFile(settings.tokens) if settings.tokens else None
    app.state.documents = trusted(settings)
    app.add_middleware(GraphQLRoute, path="/graphql", endpoint=GraphQLEndpoint())
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, **cors_options(settings))
    app.add_middleware(RequestLogMiddleware)
    app.add_api_route("/livez", health.live)
    app.add_api_route("/readyz", health.ready)
    app.router.routes.append(WebSocketRoute("/graphql", websocket))
    app.add_route("/graphql/stream", event_stream, methods=["POST"])
    app.add_api_route(export_endpoint.PATH, export_endpoint.export)
    if settings.profile is Profile.DEVELOPMENT:
        app.add_api_route("/", home)
        app.mount("/ide", StaticFiles(directory=IDE))
    return app


async def home() -> Response:
    return RedirectResponse("/graphql")


@asynccontextmanager
async def lifespan(app: FastAPI, address: Address) -> AsyncIterator[None]:
    """Open the database, its snapshots and its feed; close them in turn."""
    settings: Settings = app.state.settings
    async with graph.open_graph(address, settings.timeout_seconds) as opened:
        await migrations.prepare(opened)
        app.state.graph = opened
        app.state.snapshots = Snapshots(opened, settings)
        app.state.feed = Feed(opened)
        await app.state.snapshots.read_first_change()
        stop = asyncio.Event()
        warming = asyncio.create_task(warm_up(opened, stop))
        cleaning = asyncio.create_task(retention.kept_short(opened, settings))
        try:
            yield
        finally:
            await app.state.feed.close()
            stop.set()
            await warming  # not cancelled: a driver that connects would drop its socket
            cleaning.cancel()
            with suppress(asyncio.CancelledError):
                await cleaning
