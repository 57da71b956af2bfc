"""/export/ and its clients: those that come again, and those that hang up."""

from __future__ import annotations

import gzip
import logging
import time
from contextlib import closing

import httpx
import pytest
from neo4j import GraphDatabase

from service.settings import Settings
from tests.support.everything import everything
from tests.support.listening import listening
from tests.support.slow_clients import slow_client
from tests.support.worlds import member

OPEN = """SHOW TRANSACTIONS YIELD metaData
WHERE metaData.name = 'read_transaction' RETURN count(*) AS total"""


def test_an_unchanged_table_is_304_without_reading_rows(draw, get, monkeypatch):
    draw({"members": [member("a")]})
    path = "/export/organisations.csv"
    [first] = get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"

    def refuse(*_):
        raise AssertionError("rows were read")

    with monkeypatch.context() as patch:
        patch.setattr("service.server.export_endpoint.read_parts", refuse)
        patch.setattr("service.server.export_endpoint.check_price", refuse)
        [again] = get((path, {"if-none-match": f'"other", {tag}'}))
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    others = get(f"{path}?asOf=2026-11-01", "/export/organisations.jsonl", path)
    tags = [other.headers["etag"] for other in others]
    assert tags[2] == tag
    assert len(set(tags)) == 3
    draw({"members": [member("a"), member("b")]})
    [changed] = get((path, {"if-none-match": tag}))
    assert changed.status_code == 200
    assert "b," in changed.text
    assert changed.headers["etag"] != tag


def test_head_has_the_headers_of_get_and_no_body(draw, address, get):
    draw(everything())
    path = "/export/organisations.csv"
    own = ("date", "x-request-id", "transfer-encoding")

    def headers(answer):
        return {n: v for n, v in answer.headers.items() if n not in own}

    with (
        listening(address, Settings()) as place,
        httpx.Client(base_url=place) as client,
    ):
        for encoding in ("gzip", "identity"):
            asked = {"accept-encoding": encoding}
            got = client.get(path, headers=asked)
            head = client.head(path, headers=asked)
            assert (head.status_code, head.content) == (200, b"")
            assert headers(head) == headers(got)
            assert ("content-encoding" in head.headers) == (encoding == "gzip")
            assert int(head.headers["x-valuenet-cost"]) > 0
        assert client.post(path).status_code == 405
        allowed = client.post(path).headers["allow"].split(", ")
    assert sorted(allowed) == ["GET", "HEAD"]


def test_gzip_is_one_whole_stream_of_the_same_bytes(draw, address, file):
    draw(everything())
    with (
        listening(address, Settings()) as place,
        httpx.Client(base_url=place) as client,
    ):
        for name in ("organisations", "works"):
            for format in ("csv", "jsonl", "arrow"):
                path = f"/export/{name}.{format}"
                asked = {"accept-encoding": "gzip"}
                with client.stream("GET", path, headers=asked) as answer:
                    raw = b"".join(answer.iter_raw())
                assert answer.headers["content-encoding"] == "gzip"
                assert gzip.decompress(raw) == file(format, name)


@pytest.fixture
def open_transactions(address):
    """How many exports the database has open, when it is `expected` or at last."""
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:

        def total():
            found = driver.execute_query(OPEN, database_=address.database)
            return found.records[0]["total"]

        def wait_for(expected, seconds):
            end = time.monotonic() + seconds
            while total() != expected and time.monotonic() < end:
                time.sleep(0.1)
            return total()

        yield wait_for


def test_a_client_that_hangs_up_frees_the_transaction(many, address, open_transactions):
    with listening(address, Settings()) as place:
        with closing(slow_client(place, "/export/organisations.jsonl")):
            assert open_transactions(1, 5) == 1
        assert open_transactions(0, 5) == 0


def test_a_client_that_stops_reading_is_cut_off_at_the_time_limit(
    many, address, open_transactions, caplog
):
    caplog.set_level(logging.WARNING)
    with (
        listening(address, Settings(timeout_seconds=2)) as place,
        closing(slow_client(place, "/export/organisations.jsonl")) as client,
    ):
        assert open_transactions(1, 5) == 1
        assert open_transactions(0, 6) == 0
        rest = b"".join(iter(lambda: client.recv(1 << 16), b""))
    assert not rest.endswith(b"0\r\n\r\n")  # the end of a body in chunks
    assert "/export/organisations.jsonl was cut off" in caplog.text


def test_a_limit_that_is_over_before_the_first_row_is_503(many, serve):
    async def work(client):
        client._transport.app.state.server.settings.timeout_seconds = 0.01
        return await client.get("/export/organisations.csv")

    answer = serve(work)
    assert answer.status_code == 503
    assert "VALUENET_TIMEOUT_SECONDS" in answer.text
