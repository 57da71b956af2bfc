"""/tables/ and its clients: those that hang up, and those that wait for a place."""

from __future__ import annotations

import time
from contextlib import closing

import httpx

from service.server import table_response
from service.settings import Settings
from tests.support.listening import listening
from tests.support.slow_clients import slow_client

PATH = "/tables/organisations.jsonl"


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
        with closing(slow_client(place, PATH)):
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
        closing(slow_client(place, PATH)),
    ):
        assert client.get(f"{PATH}?limit=1").status_code == 503
        assert answer_in_time(client, f"{PATH}?limit=1", 10).status_code == 200
