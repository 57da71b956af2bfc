"""A command's way to the graph: settings, a database, a graph of our schema version."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, TypeVar

from pydantic import ValidationError

from service import database, graph, logs
from service.cli.console import Told
from service.database import Address
from service.errors import BadInput
from service.graph import Graph, migrations
from service.settings import LogLevel, Settings

T = TypeVar("T")
Work = Callable[[Graph], Awaitable[T]]


def configured(level: LogLevel = "WARNING") -> Settings:
    """The settings of this process, its log begun; `level` where none is set."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = [fault(found["loc"], found["msg"]) for found in error.errors()]
        raise BadInput("; ".join(faults)) from error
    logs.configure(settings.log_level or level)
    return settings


def ahead(module: str) -> None:
    """Import what a command needs once its database answers, while that starts."""
    threading.Thread(target=import_module, args=(module,), daemon=True).start()


def fault(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]).upper()
    return f"{name if name.startswith('NEO4J_') else f'VALUENET_{name}'}: {message}"


def with_graph(settings: Settings, told: Told, work: Work[T]) -> T:
    """What `work` returns, given a running database at our schema version."""
    with database.connected(settings, told) as address:
        return prepared(address, settings, told, work)


async def nothing(graph: Graph) -> Any:
    return None


def prepared(
    address: Address, settings: Settings, told: Told, work: Work[T] = nothing
) -> T:
    """What `work` returns, given the database at `address` at our schema version."""

    async def run() -> T:
        async with graph.open_graph(address, settings.timeout_seconds) as opened:
            if line := await migrations.prepare(opened):
                told.say(line)
            return await work(opened)

    return asyncio.run(run())
