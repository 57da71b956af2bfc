"""Waits until an embedded server answers queries, and gives it its password."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from service.database.address import Address, ask
from service.database.disk import full
from service.database.failure import disk_full, ended, failed_database
from service.database.home import KEEP, MOVE_HOME, Home, password
from service.errors import Unavailable

SECONDS = 120
POLL_SECONDS = 0.1
FRESH = "neo4j"  # the password of a server that nobody has set one for
# Bolt's magic number, then four proposed versions (5.0 and three times none).
HANDSHAKE = bytes.fromhex("6060b017 00000005 00000000 00000000 00000000")


def answering(
    home: Home, port: int, alive: Callable[[], bool], seconds: float = SECONDS
) -> Address:
    """Bolt decides, not a line of a log: a query on the database has answered."""
    address = Address(f"bolt://127.0.0.1:{port}", "neo4j", password(home), "neo4j")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not alive():
            raise ended(home)
        if greets(port) and entered(home, address):
            return address
        if disk_full(home):  # java goes on without its database, and never says so
            raise Unavailable(full(KEEP, home.root, MOVE_HOME))
        time.sleep(POLL_SECONDS)
    raise Unavailable(
        f"Neo4j of {home.root} did not answer within {seconds:.0f} s;"
        f" read {home.console} and try again"
    )


def greets(port: int) -> bool:
    """Whether Bolt's handshake is answered, told in a second.

    The driver would wait a minute for a stranger on this port that says nothing.
    """
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(HANDSHAKE)
            return len(line.recv(4)) == 4
    except OSError:
        return False


def entered(home: Home, address: Address) -> bool:
    """Ours first, then the fresh one: a start may be killed between the two steps."""
    try:
        ask(address, seconds=10)
    except AuthError:
        secure(home, address)
        return False  # once more, with the password that it has now
    except (Neo4jError, DriverError, OSError):
        if reason := broken(address):
            raise failed_database(home, reason) from None
        return False
    return True


def secure(home: Home, address: Address) -> None:
    """Sets the home's password over Bolt: it never stands on a command line."""
    change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    try:
        with (
            GraphDatabase.driver(address.uri, auth=("neo4j", FRESH)) as driver,
            driver.session(database="system") as session,
        ):
            session.run(change, old=FRESH, new=address.password).consume()
    except AuthError:
        raise Unavailable(
            f"Neo4j of {home.root} does not take the password in {home.password_file}:"
            f" put the one it was made with there, or {MOVE_HOME}"
        ) from None
    except (DriverError, OSError):
        return  # not up yet, or gone again: the caller looks


def broken(address: Address) -> str | None:
    """Why the server could not open the database, once it has given up."""
    query = "SHOW DATABASE neo4j YIELD currentStatus, statusMessage"
    try:
        with (
            GraphDatabase.driver(
                address.uri, auth=(address.username, address.password)
            ) as driver,
            driver.session(database="system") as session,
        ):
            row = session.run(query).single()
    except (Neo4jError, DriverError, OSError):
        return None
    if row is None or row["currentStatus"] in ("online", "starting", "initial"):
        return None
    return str(row["statusMessage"]) or None
