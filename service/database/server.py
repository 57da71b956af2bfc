"""The life of the embedded server: leases of those who use it, its start and its end.

A lease is a shared lock on run/users.lock. The watcher (watch.py) ends Java once no
process holds one, unless run/stays exists. A process that starts, joins, leaves or
stops holds run/start.lock, so these never overlap.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service.database import aot_cache, bolt, jars, java, locks
from service.database.address import Address
from service.database.aot_cache import cache_flags
from service.database.disk import explain_disk_errors, require_space
from service.database.failure import JavaCrashed, PortTaken, startup_failure
from service.database.home import (
    MOVE_HOME,
    NEW_DATABASE_BYTES,
    START_BYTES,
    STORE_DATABASE,
    Home,
    free_port,
    make_private,
    prepare_home,
)
from service.database.java import Compiler
from service.database.notice import ProgressNotice
from service.errors import Unavailable
from service.settings import Settings

WATCH = Path(__file__).with_name("watch.py")
PORTS_TRIED = 3
END_SECONDS = 150  # a little longer than the watcher's own patience
POLL_SECONDS = 0.05


@contextmanager
def lease(
    settings: Settings,
    notice: ProgressNotice,
    stays: bool = False,
    compiler: Compiler = Compiler.FULL,
) -> Iterator[Address]:
    """A running server for as long as the block lasts, joined or started."""
    home = prepare_home(settings)
    try:
        with contextlib.ExitStack() as lease:
            with transition(home, notice):
                lease.enter_context(acquire_lease(home))
                address = join_server(home)
                remove_copies(home)  # one was killed, and its server runs on
                if address is None:
                    restore_data(home)
                    address = start_server(home, settings, notice, compiler)
                if stays:
                    home.stays_file.touch(mode=0o600)
            yield address
    finally:
        if not stays:
            with transition(home, notice):
                await_end_unless_used(home)


@contextmanager
def exclusive_server(
    home: Home, settings: Settings, notice: ProgressNotice, compiler: Compiler
) -> Iterator[Address]:
    """A server for the caller alone, who holds the home in a transition."""
    try:
        with acquire_lease(home):
            yield start_server(home, settings, notice, compiler)
    finally:
        await_end_unless_used(home)


@contextmanager
def transition(home: Home, notice: ProgressNotice) -> Iterator[None]:
    if locks.is_held(home.start_lock):
        notice.say("Waiting: another command starts, stops or replaces the database")
    with (
        explain_disk_errors(STORE_DATABASE, home.run, MOVE_HOME),
        locks.hold(home.start_lock),
    ):
        yield


@contextmanager
def acquire_lease(home: Home) -> Iterator[None]:
    """A lease; the watcher holds the lock alone only while it ends its server."""
    deadline = time.monotonic() + END_SECONDS
    while (file := locks.share(home.users_lock)) is None:
        if time.monotonic() > deadline:
            raise Unavailable(stuck_message(home))
        time.sleep(POLL_SECONDS)
    with file:
        yield


def join_server(home: Home) -> Address | None:
    """The running server's address; None if none runs. Waits for one that is ending."""
    while locks.is_held(home.watch_lock):
        if about := server_facts(home):
            try:
                return bolt.await_bolt(home, about["port"], liveness_of(home))
            except Unavailable:
                if liveness_of(home)():
                    raise  # else it ended while we tried to join: start another
        time.sleep(POLL_SECONDS)  # it starts or ends just now
    end_orphan(home)
    return None


def remove_remains(home: Home) -> None:
    """After a restore or compaction that was killed: leaves one database, complete."""
    remove_copies(home)
    restore_data(home)


def remove_copies(home: Home) -> None:
    """The unfinished database of one that was killed; the old one may run again."""
    for part in (home.compacted, *home.root.glob(".restore-*")):
        if part.exists():
            stop_server(Home(part))
            shutil.rmtree(part)


def restore_data(home: Home) -> None:
    """The new database if it is in its place, else the old one."""
    if home.previous_data.exists():
        if home.data.exists():
            shutil.rmtree(home.previous_data)
        else:
            home.previous_data.rename(home.data)


def start_server(
    home: Home, settings: Settings, notice: ProgressNotice, compiler: Compiler
) -> Address:
    needed = START_BYTES if home.data.exists() else NEW_DATABASE_BYTES
    require_space("start Neo4j", home.root, MOVE_HOME, needed)
    classes = jars.ensure_jars(settings, notice)
    notice.say(f"Starting Neo4j in {home.root}")
    home.stays_file.unlink(missing_ok=True)  # of a server that no longer runs
    make_private(home)
    cache = aot_cache.existing_cache(settings, classes)
    try:
        return start_java(
            home, settings, classes, [*compiler.value, *cache_flags(cache)]
        )
    except JavaCrashed:
        if cache is None:
            raise
        cache.unlink(
            missing_ok=True
        )  # the file was damaged; a later run makes a new one
        return start_java(home, settings, classes, compiler.value)


def start_java(
    home: Home, settings: Settings, classes: list[Path], flags: Sequence[str]
) -> Address:
    """If another program takes the port at the last moment, a new port is chosen."""
    port = java.last_port(home)
    for attempt in range(PORTS_TRIED):
        port = free_port(port)
        java.configure(home, port)
        command = java.server_command(home, settings.heap, *flags)
        try:
            spawn_watcher(home, port, command, java.environment(home, classes))
            return bolt.await_bolt(home, port, liveness_of(home))
        except PortTaken:
            if attempt == PORTS_TRIED - 1:
                raise
            port = None
    raise AssertionError("the last attempt returns or raises")


def spawn_watcher(
    home: Home, port: int, command: list[str], env: dict[str, str]
) -> None:
    """Returns once java runs under its watcher."""
    watch = [str(WATCH), str(home.run), str(home.console), str(port)]
    done = subprocess.run(
        [sys.executable, "-I", "-S", *watch, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=env,
        cwd=home.run,
        text=True,
    )
    if done.returncode:
        with home.console.open("a", encoding="utf-8") as console:
            console.write(done.stderr)
        raise startup_failure(home)


def server_facts(home: Home) -> dict[str, Any] | None:
    try:
        about: dict[str, Any] = json.loads(home.server_file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return about


def how_it_ended(home: Home) -> str:
    try:
        code = int(home.exit_file.read_text("utf-8"))
    except (OSError, ValueError):
        return "its watcher is gone as well"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def liveness_of(home: Home) -> Callable[[], bool]:
    return lambda: locks.is_held(home.watch_lock) and home.server_file.exists()


def stop_server(home: Home) -> bool:
    """Ends the server, even if processes use it; call it in a transition."""
    home.stays_file.unlink(missing_ok=True)
    ran = locks.is_held(home.watch_lock)
    if ran and (about := server_facts(home)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(about["watcher"], signal.SIGTERM)
    await_free(home, home.watch_lock)
    return end_orphan(home) or ran  # the watcher itself may have been killed


def await_end_unless_used(home: Home) -> None:
    """Returns when the server has ended, or at once where another process uses it."""
    while locks.is_held(home.watch_lock):
        if home.stays_file.exists() or locks.is_shared(home.users_lock):
            return
        time.sleep(POLL_SECONDS)


def end_orphan(home: Home) -> bool:
    """Ends a Java whose watcher was killed; on Linux the kernel does this."""
    if not locks.is_held(home.server_lock):
        home.server_file.unlink(missing_ok=True)
        return False
    if (about := server_facts(home)) and is_java_of(home, about["java"]):
        with contextlib.suppress(ProcessLookupError):
            os.kill(about["java"], signal.SIGTERM)
    await_free(home, home.server_lock)
    home.server_file.unlink(missing_ok=True)
    return True


def is_java_of(home: Home, pid: int) -> bool:
    """Process ids are reused: the command line shows whether it is still ours."""
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    try:
        command_line = subprocess.run(command, capture_output=True, text=True).stdout
    except FileNotFoundError:  # a bare container has no ps, but Linux has /proc
        with contextlib.suppress(OSError):
            command_line = Path(f"/proc/{pid}/cmdline").read_text("utf-8")
            return f"--home-dir={home.neo4j}" in command_line
        return False
    return f"--home-dir={home.neo4j}" in command_line


def await_free(home: Home, lock: Path) -> None:
    deadline = time.monotonic() + END_SECONDS
    while locks.is_held(lock):
        if time.monotonic() > deadline:
            raise Unavailable(stuck_message(home))
        time.sleep(POLL_SECONDS)


def stuck_message(home: Home) -> str:
    about = server_facts(home) or {}
    return (
        f"Neo4j of {home.root} does not end within {END_SECONDS} s; end its process"
        f" {about.get('java', '(see ps)')} yourself and try again"
    )
