"""Composition root: the web application over one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import WebSocketRoute
from starlette.staticfiles import StaticFiles

from schema.execution.engine import GraphQLEngine
from schema.execution.trusted_documents import trusted
from service.change_log import retention
from service.change_log.feed import Feed
from service.database import Address
from service.database.supervisor import Supervisor
from service.feeds.routes import feed_routes
from service.feeds.state import Feeds
from service.feeds.unmatched import unmatched
from service.graph import migrations, open_graph
from service.networks.snapshots import Snapshots
from service.server import editor, health, production_checks
from service.server.graphql_endpoint import GraphQLEndpoint
from service.server.memory import release_memory
from service.server.middleware import GraphQLRoute, RequestLogMiddleware
from service.server.origins import HostCheck, OriginCheck, cors_options
from service.server.sse import event_stream
from service.server.state import ServerState
from service.server.subscription_request import cancel
from service.server.tokens import TokenFile
from service.server.warm_up import warm_up
from service.server.websocket import websocket
from service.settings import Profile, Settings
from service.web.demo_load import DemoLoad
from service.web.documents import page_documents
from service.web.imports.processes import ImportProcesses
from service.web.routes import web_routes


def create(
    address: Address, settings: Settings, supervisor: Supervisor | None = None
) -> FastAPI:
    """The application; it opens the database when it starts.

    A supervisor, if there is one, tells when its database cannot answer.
    """
    production_checks.refuse_unsafe(settings)
    tokens = TokenFile(settings.tokens) if settings.tokens else None
    engine = GraphQLEngine(settings)
    documents = trusted(settings, engine.documents)
    for text in page_documents().values():
        documents.add(text)
    state = ServerState(settings, tokens, documents, engine, supervisor)
    app = FastAPI(
        title="valuenet",
        lifespan=partial(lifespan, address=address, state=state),
        openapi_url=None,  # the API describes itself in GraphQL
    )
    app.state.server = state
    app.state.feeds = Feeds.of(settings, engine)
    app.state.imports = ImportProcesses(address, settings)
    app.state.demo = DemoLoad()
    app.add_middleware(GraphQLRoute, path="/graphql", endpoint=GraphQLEndpoint())
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, **cors_options(settings))
    app.add_middleware(OriginCheck, origins=settings.cors_origins)
    app.add_middleware(HostCheck, hosts=settings.hosts)
    app.add_middleware(RequestLogMiddleware)
    app.add_exception_handler(HTTPException, unmatched)
    app.add_api_route("/livez", health.live)
    app.add_api_route("/readyz", health.ready)
    app.router.routes.append(WebSocketRoute("/graphql", websocket))
    app.add_route("/graphql/stream", event_stream, methods=["POST"])
    app.router.routes.extend(feed_routes())
    app.router.routes.extend(web_routes())
    if settings.profile is Profile.DEVELOPMENT:
        app.mount("/ide", StaticFiles(directory=editor.FOLDER))
    return app


@asynccontextmanager
async def lifespan(
    app: FastAPI, address: Address, state: ServerState
) -> AsyncIterator[None]:
    """Open the database, its snapshots and its feed; close them in turn."""
    settings = state.settings
    async with open_graph(address, settings.timeout_seconds) as graph:
        await migrations.prepare(graph)
        state.graph = graph
        state.snapshots = Snapshots(graph, settings)
        state.feed = Feed(graph)
        await state.snapshots.read_first_change()
        stop = asyncio.Event()
        releasing = asyncio.create_task(release_memory())
        warming = asyncio.create_task(warm_up(graph, stop))
        cleaning = asyncio.create_task(retention.forget_hourly(graph, settings))
        imports: ImportProcesses = app.state.imports
        tidying = asyncio.create_task(imports.remove_old())
        try:
            yield
        finally:
            await state.feed.close()
            stop.set()
            await warming  # not cancelled: a driver that connects would drop its socket
            await imports.close()
            await app.state.demo.close()
            await cancel([cleaning, releasing, tidying])
