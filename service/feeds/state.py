"""What the feeds of one server share; service/app.py builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from starlette.requests import Request

from schema.execution.engine import GraphQLEngine
from schema.query import schema
from service.feeds.table_documents import Tables, read_tables
from service.feeds.table_reader import feed_engine
from service.settings import Settings


@dataclass(frozen=True)
class Feeds:
    """The tables of the server, and what reads them."""

    tables: Tables
    engine: GraphQLEngine

    @classmethod
    def of(cls, settings: Settings, engine: GraphQLEngine) -> Self:
        return cls(read_tables(schema._schema, settings), feed_engine(settings, engine))


def feeds_of(request: Request) -> Feeds:
    feeds: Feeds = request.app.state.feeds
    return feeds
