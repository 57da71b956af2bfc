"""The contender: @neo4j/graphql on Node, over the same Neo4j, where Node is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from service.database import Address
from tests.benchmarks.load import Server

FOLDER = Path(__file__).parent / "contender"
WAIT = 120.0


@contextmanager
def served(address: Address) -> Iterator[Server | None]:
    """Its server, or None where it cannot be installed."""
    if shutil.which("npm") is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="valuenet-contender-") as place:
        for name in ("package.json", "package-lock.json", "server.mjs"):
            shutil.copy(FOLDER / name, place)
        quiet = ["--no-audit", "--no-fund", "--loglevel", "error"]
        installed = subprocess.run(["npm", "ci", *quiet], cwd=place, check=False)
        if installed.returncode:
            yield None
            return
        with (Path(place) / "log").open("w+") as log:
            yield from started(address, place, log)


def started(address: Address, place: str, log: object) -> Iterator[Server]:
    env = {
        **os.environ,
        "BOLT_URI": address.uri,
        "BOLT_USER": address.username,
        "BOLT_PASSWORD": address.password,
        "DATABASE": address.database,
        "NODE_ENV": "production",
        "PORT": "0",
    }
    process = subprocess.Popen(["node", "server.mjs"], cwd=place, env=env, stdout=log)  # type: ignore[call-overload]
    try:
        yield Server(port_of(Path(place) / "log"), process.pid)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)


def port_of(log: Path) -> int:
    """Where its ready line says that it listens."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if found := re.search(r'"ready":"http://[^:]+:(\d+)/', log.read_text("utf-8")):
            return int(found[1])
        time.sleep(0.1)
    raise RuntimeError("The contender did not start.")
