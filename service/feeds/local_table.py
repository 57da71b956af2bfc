"""Tables in process, for the command line: without a server and its limits."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from schema.query import schema
from service.errors import BadInput
from service.feeds.file_request import file_parts, file_request, known_names
from service.feeds.table_documents import read_tables
from service.feeds.table_reader import TableReader, Warnings, feed_settings
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.settings import Settings


def local_reader(
    graph: Graph, settings: Settings, warnings: Warnings | None = None
) -> TableReader:
    """A reader with all rights to read; its warnings are added to these."""
    feed = feed_settings(settings)
    context = Context(graph, feed, Snapshots(graph, feed), may_write=False)
    engine = GraphQLEngine(feed, has_limits=False)
    return TableReader(engine, context, {} if warnings is None else warnings)


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
    reader = local_reader(graph, settings, warnings)
    async for part in file_parts(reader, file_request(table, format, values)):
        yield part
