"""`valuenet serve` as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from service import database
from service.settings import Settings

COMMAND = [
    sys.executable,
    "-c",
    # A shell that runs us in the background leaves Ctrl-C ignored.
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from service.cli import main; sys.exit(main())",
]


@contextmanager
def serving():
    """`valuenet serve` as a process of its own, and where it answers."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    lines = (line for line in iter(process.stderr.readline, "") if "GraphQL " in line)
    try:
        yield process, re.search(r"(http://127\.0\.0\.1:\d+)/graphql", next(lines))[1]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def server(environment):
    with serving() as (process, place):
        yield process, place


def until_it_answers(place):
    for _ in range(100):
        try:
            return httpx.get(f"{place}/readyz")
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"{place} does not answer")


@pytest.mark.parametrize(
    ("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_serve_answers_until_it_is_told_to_end(server, kind, code):
    process, place = server
    assert until_it_answers(place).status_code == 200
    body = {"query": "{__typename}"}
    headers = {"x-request-id": "mine"}
    answer = httpx.post(f"{place}/graphql", json=body, headers=headers)
    assert answer.json()["data"] == {"__typename": "Query"}
    listen = {"query": "subscription { changes { number } }"}
    with httpx.stream("POST", f"{place}/graphql/stream", json=listen) as events:
        parts = events.iter_raw()
        assert next(parts) == b":\n\n"
        process.send_signal(kind)
        assert list(parts) == []  # it ends, but not as a subscription that is complete
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert re.search(r" INFO .*\[mine\] POST /graphql 200", err)
    assert "Traceback" not in err


def test_a_port_in_use_is_told_before_a_database_starts(run, environment, tmp_path):
    environment.delenv("NEO4J_URI")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in ("serve", "demo"):
            code, out, err = run(command, "--port", port)
            assert (code, out) == (1, "")
            assert f"cannot listen on port {port}" in err
            assert len(err.splitlines()) == 1
    assert not os.path.exists(tmp_path / "home")


def test_a_killed_database_is_started_again_and_meanwhile_answers_say_so(
    environment, tmp_path
):
    environment.delenv("NEO4J_URI")
    settings = Settings()
    body = {"query": "{ communities { totalCount } }"}
    with serving() as (process, place):
        assert until_it_answers(place).status_code == 200
        os.kill(database.status(settings).pid, signal.SIGKILL)
        deadline, refusals = time.monotonic() + 120, []
        while True:
            response = httpx.post(f"{place}/graphql", json=body, timeout=30)
            if response.status_code == 200 and refusals:
                break
            assert time.monotonic() < deadline
            if response.status_code == 503:
                assert response.headers["retry-after"]
                [error] = response.json()["errors"]
                refusals.append(error["message"])
            time.sleep(0.1)
        # Many in the seconds that a start takes, so each of them came at once.
        expected = "Neo4j ended (signal 9); starting it again"
        assert refusals.count(expected) > 5
        assert response.json()["data"] == {"communities": {"totalCount": 0}}
        assert httpx.get(f"{place}/readyz").json() == {"ready": True}
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        assert expected in err
        assert "Traceback" not in err
        assert not database.status(settings).running
