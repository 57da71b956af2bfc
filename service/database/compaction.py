"""Replaces the embedded database by a copy of its records, without traces of others.

Neo4j marks what is deleted as free and leaves the bytes in its files until it needs the
space; its dumps copy the files as they are. Therefore the records go into a new
database, which never contained anything else.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from service.database import server
from service.database.address import Address
from service.database.admin import hold_stopped_home
from service.database.disk import explain_disk_errors, require_space
from service.database.home import (
    MOVE_HOME,
    Home,
    password,
    prepare_home,
    replace_data,
    size_bytes,
    write_atomically,
)
from service.database.java import Compiler
from service.database.notice import ProgressNotice
from service.errors import BadInput
from service.settings import Settings

COMPACT = "compact the database"
NEW_BYTES = 250_000_000  # an empty database, and the transaction log of the copy


@dataclass(frozen=True)
class DataSizes:
    """Bytes on the disk, before a compaction and after it."""

    before: int
    after: int


def compact(
    settings: Settings,
    notice: ProgressNotice,
    copy: Callable[[Address, Address], None],
    compare: Callable[[Address], None],
    compiler: Compiler,
) -> DataSizes:
    """`copy` fills the new database; `compare` raises if it differs, after a restart.

    However this ends, the home has the old database or the new one, complete: what a
    killed compaction left is removed by the next command that uses the database.
    """
    with hold_stopped_home(settings, "compact", notice) as home:
        if not home.data.exists():
            raise BadInput(f"{home.root} has no database to compact yet")
        before = size_bytes(home.data)
        require_space(COMPACT, home.root, MOVE_HOME, before + NEW_BYTES)
        with explain_disk_errors(COMPACT, home.root, MOVE_HOME):
            try:
                new = new_home(home, settings)
                with (
                    server.exclusive_server(home, settings, notice, compiler) as source,
                    server.exclusive_server(new, settings, notice, compiler) as target,
                ):
                    copy(source, target)
                with server.exclusive_server(new, settings, notice, compiler) as target:
                    compare(target)
                remove_logs(home)
                replace_data(home, new.data)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    shutil.rmtree(home.compacted)
        return DataSizes(before, size_bytes(home.data))


def new_home(home: Home, settings: Settings) -> Home:
    """An empty home inside the old one, on the same disk, with the same password."""
    text = password(home)
    new = prepare_home(settings.model_copy(update={"home": home.compacted}))
    write_atomically(new.password_file, text)
    return new


def remove_logs(home: Home) -> None:
    """What Neo4j wrote about its work may quote a value."""
    shutil.rmtree(home.console.parent)
    home.console.parent.mkdir()
