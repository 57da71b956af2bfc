"""Clients that read slowly, and a table that is large enough to notice."""

from __future__ import annotations

import socket

import pytest
from neo4j import GraphDatabase

from tests.support.worlds import member

ROWS = 25_000  # more than the buffers of two sockets hold
MANY = "UNWIND range(1, $rows) AS i CREATE (:Member:Organisation {key: 'm' + i,"
MANY += " name: 'M', description: $text})"


@pytest.fixture
def many(draw, address):
    """A table that no buffer holds."""
    draw({"members": [member("a")]})
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        values = {"rows": ROWS, "text": "x" * 500}
        driver.execute_query(MANY, values, database_=address.database)
    yield
    draw({"members": [member("a")]})


def slow_client(place, path):
    """A client that has read the status of a table and nothing more."""
    host, _, port = place.removeprefix("http://").partition(":")
    client = socket.socket()
    client.settimeout(20)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((host, int(port)))
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "", ""]
    client.sendall("\r\n".join(lines).encode())
    assert client.recv(12) == b"HTTP/1.1 200"
    return client
