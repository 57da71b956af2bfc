"""`valuenet serve` as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

COMMAND = [
    sys.executable,
    "-c",
    # A shell that runs us in the background leaves Ctrl-C ignored.
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from service.cli import main; sys.exit(main())",
]


@pytest.fixture
def server(environment):
    """`valuenet serve` as a process of its own, and where it answers."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    found = re.search(r"(http://127\.0\.0\.1:\d+)/graphql", process.stderr.readline())
    try:
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


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
    process.send_signal(kind)
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
