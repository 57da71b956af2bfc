"""What the requests of one server share; service/app.py builds it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from schema.execution.engine import GraphQLEngine
from service.change_log.feed import Feed
from service.computation.turns import Turns
from service.database.supervisor import Supervisor
from service.errors import Unavailable
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.server.large_bodies import LargeBodies
from service.server.tokens import TokenFile
from service.server.trusted_documents import TrustedDocuments
from service.settings import Profile, Settings


@dataclass
class ServerState:
    """The snapshots, the feed and the graph exist while the server runs."""

    settings: Settings
    tokens: TokenFile | None
    documents: TrustedDocuments
    engine: GraphQLEngine
    supervisor: Supervisor | None
    large_bodies: LargeBodies = field(default_factory=LargeBodies)
    readiness: asyncio.Task[str] | None = None  # one check for all who wait for it
    export_slots: asyncio.Semaphore = field(init=False)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    endings: Turns = field(default_factory=Turns)  # of clients that leave together
    snapshots: Snapshots = field(init=False)
    feed: Feed = field(init=False)
    _graph: Graph = field(init=False)

    def __post_init__(self) -> None:
        self.export_slots = asyncio.Semaphore(self.settings.max_exports)

    @property
    def graph(self) -> Graph:
        """Unavailable at once while the embedded database is started again."""
        if self.supervisor and self.supervisor.outage:
            raise Unavailable(self.supervisor.outage)
        return self._graph

    @graph.setter
    def graph(self, graph: Graph) -> None:
        self._graph = graph


def state_of(connection: HTTPConnection) -> ServerState:
    state: ServerState = connection.app.state.server
    return state


def is_development(connection: HTTPConnection) -> bool:
    return state_of(connection).settings.profile is Profile.DEVELOPMENT
