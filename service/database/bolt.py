"""Waits until an embedded server answers queries, and gives it its password."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from enum import Enum, auto

from neo4j import GraphDatabase, Record
from neo4j.exceptions import AuthError, DatabaseError, DriverError, Neo4jError

from service.database.address import Address, run_query
from service.database.disk import disk_full_message
from service.database.failure import (
    database_failure,
    failed_start,
    is_disk_full,
    startup_failure,
)
from service.database.home import MOVE_HOME, STORE_DATABASE, Home, password
from service.errors import Unavailable

SECONDS = 120
POLL_SECONDS = 0.1
ANSWER_SECONDS = 10.0
INITIAL_PASSWORD = "neo4j"  # the initial password of a new server
# Bolt's magic number, then four proposed versions (5.0 and three times none).
HANDSHAKE = bytes.fromhex("6060b017 00000005 00000000 00000000 00000000")


def await_bolt(
    home: Home, port: int, alive: Callable[[], bool], seconds: float = SECONDS
) -> Address:
    """Waits for the answer to a query over Bolt, whatever the server's log says."""
    address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password(home), "neo4j")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not alive():
            raise startup_failure(home)
        if is_bolt(port) and logs_in(home, address):
            return address
        if failure := failed_start(home):
            raise failure
        # A full disk cannot hold a reason: Java goes on without its database.
        if is_disk_full(home):
            raise Unavailable(disk_full_message(STORE_DATABASE, home.root, MOVE_HOME))
        time.sleep(POLL_SECONDS)
    raise Unavailable(
        f"Neo4j of {home.root} did not answer within {seconds:.0f} s;"
        f" read {home.console} and try again"
    )


def is_bolt(port: int) -> bool:
    """Whether a server answers Bolt's handshake, within a second. The driver would wait
    a minute for another program on this port that does not answer.
    """
    try:
        shake_hands(port)
    except OSError:
        return False
    return True


def shake_hands(port: int) -> None:
    """OSError unless a server answers Bolt's handshake within a second."""
    with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
        line.sendall(HANDSHAKE)
        if len(line.recv(4)) != 4:
            raise OSError("the connection was closed before the answer")


def logs_in(home: Home, address: Address) -> bool:
    """Ours first, then the fresh one: a start may be killed between the two steps."""
    try:
        run_query(address, seconds=10)
    except AuthError:
        set_password(home, address)
        return False  # once more, with the password that it has now
    except (Neo4jError, DriverError, OSError):
        if reason := failure_reason(address):
            raise database_failure(home, reason) from None
        return False
    return True


def set_password(home: Home, address: Address) -> None:
    """Sets the home's password over Bolt: it is never part of a command line."""
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    try:
        with (
            GraphDatabase.driver(
                address.uri, auth=("neo4j", INITIAL_PASSWORD)
            ) as driver,
            driver.session(database="system") as session,
        ):
            session.run(change, old=INITIAL_PASSWORD, new=address.password).consume()
    except AuthError:
        raise Unavailable(
            f"Neo4j of {home.root} refuses the password in {home.password_file}: write"
            f" the password that it was created with into that file, or {MOVE_HOME}"
        ) from None
    except (Neo4jError, DriverError, OSError):
        return  # not up yet, gone again, or without disk space: the caller looks


class Condition(Enum):
    """What a database can do: all, only read, or nothing until it is started again."""

    WELL = auto()
    READ_ONLY = auto()
    FAILED = auto()


def condition_of(address: Address) -> Condition:
    """A full disk makes Neo4j read-only, or fail if it was filled within a moment."""
    row = database_row(address, "access, statusMessage")
    if row is None:
        return Condition.WELL  # as far as is known
    if row["statusMessage"]:
        try:
            run_query(address, ANSWER_SECONDS)
        except DatabaseError:
            return Condition.FAILED
        except (Neo4jError, DriverError, OSError):
            pass
    return Condition.READ_ONLY if row["access"] == "read-only" else Condition.WELL


def failure_reason(address: Address) -> str | None:
    """Why the server could not open the database, once it has given up."""
    row = database_row(address, "currentStatus, statusMessage")
    if row is None or row["currentStatus"] in ("online", "starting", "initial"):
        return None
    return str(row["statusMessage"]) or None


def database_row(address: Address, columns: str) -> Record | None:
    """What the server says about the database; None where it does not answer."""
    try:
        with (
            GraphDatabase.driver(
                address.uri,
                auth=(address.username, address.password),
                connection_timeout=ANSWER_SECONDS,
                connection_acquisition_timeout=ANSWER_SECONDS,
            ) as driver,
            driver.session(database="system") as session,
        ):
            return session.run(f"SHOW DATABASE neo4j YIELD {columns}").single()
    except (Neo4jError, DriverError, OSError):
        return None
