"""Why an embedded server ended or failed, read from the output of Java."""

from __future__ import annotations

import os
import re

from service.database.disk import disk_full_message, permission_message
from service.database.home import MOVE_HOME, STORE_DATABASE, Home
from service.errors import Unavailable

TAIL_BYTES = 20_000
CRASH = "fatal error has been detected by the Java Runtime"
FULL_DISK_BYTES = 1 << 20  # fewer bytes than this: the disk counts as full


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
    return Unavailable(
        known_cause(home, text)
        or f"Neo4j cannot open the database in {home.data}: {reason};"
        f" read {home.neo4j / 'logs' / 'debug.log'}, or restore a dump"
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
    try:
        with home.console.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - TAIL_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
