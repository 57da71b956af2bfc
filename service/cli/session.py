"""What every command needs: settings, a running database, a graph of our version."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service import database, graph, logs
from service.cli.advice import advise_to_keep_running
from service.cli.console import TerminalNotice
from service.database import Address, Compiler, aot_cache
from service.errors import BadInput
from service.graph import Graph, migrations
from service.settings import LogLevel, Settings, unknown_variables

T = TypeVar("T")
Work = Callable[[Graph], Awaitable[T]]


def load_settings(
    level: LogLevel = "WARNING", *, any_variable: bool = False
) -> Settings:
    """The settings of this process; it logs at `level` unless they say otherwise.

    A VALUENET_ variable that is no setting is an error, because the setting that was
    meant would silently keep its default. `check` allows and lists them.
    """
    if not any_variable and (unknown := list(unknown_variables(os.environ))):
        raise BadInput(" ".join(unknown))
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadInput("; ".join(map(fault, error.errors()))) from error
    logs.configure(settings.log_level or level)
    return settings


def fault(error: ErrorDetails) -> str:
    """Which variable has a wrong value, and what is expected."""
    name = str(error["loc"][0]).upper()
    variable = name if name.startswith("NEO4J_") else f"VALUENET_{name}"
    expected = error["msg"].replace("Input should", "must")
    return f"{variable}: {expected}; got {error['input']!r}"


def preload(module: str) -> None:
    """Import in a thread, while the database starts, what the command needs later."""
    threading.Thread(target=import_module, args=(module,), daemon=True).start()


@contextmanager
def running_database(
    settings: Settings, notice: TerminalNotice, compiler: Compiler
) -> Iterator[Address]:
    """A database for as long as the block lasts; its start-up cache is made after."""
    with (
        database.connect(settings, notice, compiler) as address,
        database.explain_full_disk(settings),
    ):
        yield address
    train_later(settings)


def train_later(settings: Settings) -> None:
    aot_cache.start_training(settings, "-m", "service.cli.training")


def run_with_graph(
    settings: Settings,
    notice: TerminalNotice,
    work: Work[T],
    compiler: Compiler = Compiler.QUICK,
) -> T:
    """The result of `work`; the database runs meanwhile.

    Compiler.FULL is for a command that may keep its own server busy for minutes.
    """
    was_running = database.is_running(settings)
    with running_database(settings, notice, compiler) as address:
        if not was_running:
            advise_to_keep_running(settings.home, notice)
        return run_at(address, settings, notice, work)


async def do_nothing(graph: Graph) -> Any:
    return None


def run_at(
    address: Address,
    settings: Settings,
    notice: TerminalNotice,
    work: Work[T] = do_nothing,
) -> T:
    """The result of `work` on the database at `address`, migrated to our version."""

    async def run() -> T:
        async with graph.open_graph(address, settings.timeout_seconds) as connection:
            if line := await migrations.prepare(connection):
                notice.say(line)
            return await work(connection)

    return asyncio.run(run())
