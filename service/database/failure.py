"""Why an embedded server ended or failed, read from the output of Java."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from service.database.disk import disk_full_message, permission_message
from service.database.home import MOVE_HOME, STORE_DATABASE, Home
from service.errors import Unavailable

TAIL_BYTES = 20_000
DEBUG_TAIL_BYTES = 200_000  # each error has its stack on the same line
CRASH = "fatal error has been detected by the Java Runtime"
FULL_DISK_BYTES = 8 << 20  # Neo4j takes the space for a file of its log at once


class PortTaken(Unavailable):
    """Another program took the port after our check and before Neo4j opened it."""


class JavaCrashed(Unavailable):
    """The JVM itself failed, not Neo4j: a damaged start-up cache may be the reason."""


def startup_failure(home: Home) -> Unavailable:
    """The error for a server that was gone before it answered."""
    text = console_tail(home)
    if re.search("Address already in use|BindException", text):
        return PortTaken(
            f"Neo4j of {home.root} found its port taken by another program; try again"
        )
    if cause := known_cause(home, text):
        return Unavailable(cause)
    failure = JavaCrashed if CRASH in text else Unavailable
    return failure(last_words(home, text))


def database_failure(home: Home, reason: str) -> Unavailable:
    reason = reason.splitlines()[0]
    text = f"{reason}\n{console_tail(home)}"
    return Unavailable(known_cause(home, text) or damage_message(home, reason))


def failed_start(home: Home) -> Unavailable | None:
    """The error for a database that Neo4j gave up since its last start.

    Java goes on without it, and without Bolt if it is the system database.
    """
    for line in tail(home.debug_log, DEBUG_TAIL_BYTES).splitlines():
        if "Failed to start DatabaseId" not in line:
            continue
        with suppress(ValueError, OSError):  # a line that is cut, a server that ended
            entry = json.loads(line)
            time = datetime.fromisoformat(entry["time"]).timestamp()
            if time >= home.server_file.stat().st_mtime - 1:
                cause = known_cause(home, str(entry))
                return Unavailable(cause or damage_message(home, entry["message"]))
    return None


def damage_message(home: Home, reason: str) -> str:
    return (
        f"Neo4j cannot open the database in {home.data}: its files may be damaged"
        f" ({reason}). Read {home.debug_log}; restore a backup with"
        " `valuenet database restore FILE`."
    )


def known_cause(home: Home, text: str) -> str | None:
    if "No space left" in text or is_disk_full(home):
        return disk_full_message(STORE_DATABASE, home.root, MOVE_HOME)
    if re.search("Permission denied|AccessDenied|Read-only file system", text):
        return permission_message(STORE_DATABASE, home.root, MOVE_HOME)
    if re.search("reserve enough space|heap size|Cannot allocate memory", text):
        return (
            "Java got no memory for its heap: free some, or set VALUENET_HEAP to a"
            " smaller size (1g by default)"
        )
    if "FileLockException" in text or "locked by another process" in text:
        return f"another Neo4j uses the data at {home.data}: end it, or {MOVE_HOME}"
    return None


def last_words(home: Home, text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line or "Caused by" in line]
    last = (errors or lines or ["it gave no reason"])[-1]
    return f"Neo4j of {home.root} ended as it started: {last}; read {home.console}"


def is_disk_full(home: Home) -> bool:
    """A full disk cannot hold java's own complaint, so the disk is asked too."""
    room = os.statvfs(home.root)
    return room.f_bavail * room.f_frsize < FULL_DISK_BYTES


def console_tail(home: Home) -> str:
    return tail(home.console, TAIL_BYTES)


def tail(path: Path, size: int) -> str:
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - size))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
