"""A table in process, for the command line: without a server and its limits."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from schema.query import schema
from service.errors import BadInput
from service.feeds.encoders import FORMATS
from service.feeds.file_request import file_request, known_names
from service.feeds.table_documents import read_tables
from service.feeds.table_reader import TableReader, Warnings, feed_settings
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.settings import Settings


async def table_parts(
    graph: Graph,
    settings: Settings,
    name: str,
    format: str,
    values: Mapping[str, str],
    warnings: Warnings,
) -> AsyncGenerator[bytes, None]:
    """The bytes of a table, a block at a time; its warnings are added to these."""
    table = read_tables(schema._schema, settings).table(name)
    known = known_names(table, format)
    for each in values:
        if each not in known:
            names = ", ".join(known)
            raise BadInput(f"{each}: unknown parameter. Known parameters: {names}.")
    file = file_request(table, format, values)
    feed = feed_settings(settings)
    context = Context(graph, feed, Snapshots(graph, feed), may_write=False)
    engine = GraphQLEngine(feed, has_limits=False)
    reader = TableReader(engine, context, warnings)
    blocks = reader.blocks(file.rows)
    async for part in FORMATS[format].encode(file.header, blocks, file.dialect):
        yield part
