"""/tables/ and its clients: those that hang up, and those that wait for a place."""

from __future__ import annotations

import socket
import time
from contextlib import closing

import httpx
import pytest
from neo4j import GraphDatabase

from service.server import table_response
from service.settings import Settings
from tests.support.listening import listening
from tests.support.worlds import member

ROWS = 25_000  # more than the buffers of two sockets hold
MANY = "UNWIND range(1, $rows) AS i CREATE (:Member:Organisation {key: 'm' + i,"
MANY += " name: 'M', description: $text})"
PATH = "/tables/organisations.jsonl"


@pytest.fixture
def many(draw, address):
    draw({"members": [member("a")]})
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        values = {"rows": ROWS, "text": "x" * 500}
        driver.execute_query(MANY, values, database_=address.database)
    yield
    draw({"members": [member("a")]})


def slow_client(place):
    """A client that has read the status of a table and nothing more."""
    host, _, port = place.removeprefix("http://").partition(":")
    client = socket.socket()
    client.settimeout(20)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((host, int(port)))
    lines = [f"GET {PATH} HTTP/1.1", f"Host: {host}", "", ""]
    client.sendall("\r\n".join(lines).encode())
    assert client.recv(12) == b"HTTP/1.1 200"
    return client


def answer_in_time(client, path, seconds):
    """The first answer that is not 503, or the last one."""
    end = time.monotonic() + seconds
    while True:
        answer = client.get(path)
        if answer.status_code != 503 or time.monotonic() > end:
            return answer


def test_a_client_without_a_place_gets_503_until_another_leaves(
    many, address, monkeypatch
):
    monkeypatch.setattr(table_response, "WAIT_SECONDS", 0.2)
    paths = (f"{PATH}?limit=1", "/odata/organisations?$top=1", "/export/teams.csv")
    with (
        listening(address, Settings(max_exports=1)) as place,
        httpx.Client(base_url=place, timeout=20) as client,
    ):
        with closing(slow_client(place)):
            for path in paths:
                answer = client.get(path)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            query = {"query": "{ teams { totalCount } }"}
            assert client.post("/graphql", json=query).status_code == 200
        for path in paths:  # it hung up
            assert answer_in_time(client, path, 10).status_code == 200


def test_a_client_that_stops_reading_loses_its_place(many, address, monkeypatch):
    monkeypatch.setattr(table_response, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(table_response, "SEND_SECONDS", 1)
    with (
        listening(address, Settings(max_exports=1)) as place,
        httpx.Client(base_url=place, timeout=20) as client,
        closing(slow_client(place)),
    ):
        assert client.get(f"{PATH}?limit=1").status_code == 503
        assert answer_in_time(client, f"{PATH}?limit=1", 10).status_code == 200
