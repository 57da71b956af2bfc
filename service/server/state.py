"""What the requests of one server share; service/app.py builds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from schema.execution.engine import GraphQLEngine
from service.change_log.feed import Feed
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.server.tokens import TokenFile
from service.server.trusted_documents import TrustedDocuments
from service.settings import Profile, Settings


@dataclass
class ServerState:
    """The last three exist while the server runs."""

    settings: Settings
    tokens: TokenFile | None
    documents: TrustedDocuments
    engine: GraphQLEngine
    graph: Graph = field(init=False)
    snapshots: Snapshots = field(init=False)
    feed: Feed = field(init=False)


def state_of(connection: HTTPConnection) -> ServerState:
    state: ServerState = connection.app.state.server
    return state


def is_development(connection: HTTPConnection) -> bool:
    return state_of(connection).settings.profile is Profile.DEVELOPMENT
