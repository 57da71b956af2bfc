"""Which Neo4j: the one of NEO4J_URI, or an embedded one, from start to compaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service.database import admin, compaction, jars, locks, server
from service.database.address import Address, external_address
from service.database.compaction import DataSizes
from service.database.disk import (
    disk_full_message,
    explain_disk_errors,
    own_folder,
    require_space,
)
from service.database.home import (
    MOVE_HOME,
    RECORD_BYTES,
    WRITABLE_BYTES,
    Home,
    prepare_home,
    size_bytes,
)
from service.database.java import Compiler
from service.database.notice import SILENT, Advance, ProgressNotice
from service.errors import BadInput, DiskFull, Unavailable
from service.settings import Settings

__all__ = [
    "SILENT",
    "Address",
    "Advance",
    "Compiler",
    "DataSizes",
    "ProgressNotice",
    "Status",
    "compact",
    "connect",
    "dump",
    "explain_full_disk",
    "is_running",
    "require_space_for",
    "restore",
    "start",
    "status",
    "stop",
]


@dataclass(frozen=True)
class Status:
    """The embedded server of one home; pid is java's."""

    running: bool
    stays: bool
    pid: int | None
    uri: str | None
    since: datetime | None
    home: Path
    version: str
    data_bytes: int


@contextmanager
def connect(
    settings: Settings,
    notice: ProgressNotice = SILENT,
    compiler: Compiler = Compiler.FULL,
) -> Iterator[Address]:
    """A Neo4j that answers for as long as the block lasts.

    The embedded one is joined where it runs, else started; its last user ends it.
    Compiler.QUICK is for a server that is started for little work.
    """
    if settings.neo4j_uri:
        yield external_address(settings)
        return
    with server.lease(settings, notice, compiler=compiler) as address:
        yield address


def start(
    settings: Settings,
    notice: ProgressNotice = SILENT,
    compiler: Compiler = Compiler.FULL,
) -> Address:
    """An embedded server that stays until stop()."""
    refuse_external(settings, "start")
    before = status(settings)
    with server.lease(settings, notice, True, compiler) as address:
        pass
    if before.running and before.stays:
        notice.say(f"Neo4j of {before.home} is already running")
    elif before.running:
        notice.say(
            f"Neo4j of {before.home} runs for another command; it now stays until"
            f" `valuenet database stop`"
        )
    return address


def stop(settings: Settings, notice: ProgressNotice = SILENT) -> bool:
    """Returns when the server has ended; False where none ran."""
    refuse_external(settings, "stop")
    home = prepare_home(settings)
    with server.transition(home, notice):
        if locks.is_shared(home.users_lock):
            notice.say(
                f"Stopping Neo4j of {home.root}, although a command still uses it"
            )
        return server.stop_server(home)


def is_running(settings: Settings) -> bool:
    """Whether a command that connects now joins a server and starts none."""
    if settings.neo4j_uri:
        return True
    home = Home(own_folder(settings.home, "VALUENET_HOME"))
    with explain_disk_errors("look after the database", home.root, MOVE_HOME):
        return locks.is_held(home.watch_lock)


def status(settings: Settings) -> Status:
    """Only reads: creates no folder and never waits."""
    home = Home(own_folder(settings.home, "VALUENET_HOME"))
    with explain_disk_errors("look after the database", home.root, MOVE_HOME):
        about = server.server_facts(home) if locks.is_held(home.watch_lock) else None
    return Status(
        running=about is not None,
        stays=about is not None and home.stays_file.exists(),
        pid=about["java"] if about else None,
        uri=f"bolt://127.0.0.1:{about['port']}" if about else None,
        since=datetime.fromisoformat(about["started"]) if about else None,
        home=home.root,
        version=jars.neo4j_version(jars.read_lock()),
        data_bytes=size_bytes(home.data),
    )


def dump(settings: Settings, path: Path, notice: ProgressNotice = SILENT) -> None:
    """Writes the stopped embedded database to one file."""
    refuse_external(settings, "dump")
    admin.dump(settings, path, notice)


def restore(settings: Settings, path: Path, notice: ProgressNotice = SILENT) -> None:
    """Replaces the stopped embedded database by what a dump holds."""
    refuse_external(settings, "restore")
    admin.restore(settings, path, notice)


def compact(
    settings: Settings,
    notice: ProgressNotice,
    copy: Callable[[Address, Address], None],
    compare: Callable[[Address], None],
    compiler: Compiler = Compiler.FULL,
) -> DataSizes:
    """Replaces the stopped embedded database by a copy of its records."""
    refuse_external(settings, "compact")
    return compaction.compact(settings, notice, copy, compare, compiler)


@contextmanager
def explain_full_disk(settings: Settings) -> Iterator[None]:
    """Names the folder and the space where an embedded database fails without space."""
    try:
        yield
    except DiskFull as error:
        if settings.neo4j_uri:
            raise
        home = own_folder(settings.home, "VALUENET_HOME")
        doing = "store the database"
        text = disk_full_message(doing, home, MOVE_HOME, WRITABLE_BYTES)
        raise Unavailable(f"{text}. {error}") from error


def require_space_for(settings: Settings, records: int, doing: str) -> None:
    """Unavailable if the disk of an embedded database has no room for new records."""
    if not settings.neo4j_uri:
        needed = records * RECORD_BYTES
        home = own_folder(settings.home, "VALUENET_HOME")
        require_space(doing, home, MOVE_HOME, needed)


def refuse_external(settings: Settings, command: str) -> None:
    if settings.neo4j_uri:
        raise BadInput(
            f"`valuenet database {command}` is for the embedded Neo4j, but NEO4J_URI"
            f" names another server: unset NEO4J_URI, or use the tools of that server"
        )
