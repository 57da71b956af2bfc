"""Attack the API and measure: its memory before, during and after, and cheap reads.

`python -m tests.benchmarks.attacks [ATTACK …]` prints one line of JSON for each. A
cheap read is the name of one organisation, four times a second.
"""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from service.cli.open_files import allow_open_files
from service.graph.statements import Statement
from tests.benchmarks.attack_kinds import ATTACKS, Target
from tests.benchmarks.world import World, announced, environment, world

ROOT = Path(__file__).parents[2]
SERVE = "import sys; from service.cli import main; sys.exit(main())"
QUESTION = json.dumps({"query": '{ organisation(key: "o1") { name } }'}).encode()
ROWS = Statement(
    "attacks",
    "UNWIND range(0, $count) AS n"
    " CREATE (:Member:Organisation {key: 'o' + n, name: 'Name ' + n,"
    " description: $text, number: n})",
    "",
    {},
    (),
)
ORGANISATIONS = 20_000
WARM_SECONDS = 20
MOST_GROWTH = 50.0  # megabytes, after the rest
LEAST_P99 = 150.0  # milliseconds, or five times the idle value


class CheapReader(threading.Thread):
    """Asks four times a second, and notes the time of each answer."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.samples: list[tuple[float, float]] = []
        self.failures: list[tuple[float, str]] = []
        self.line = self.connection()
        self.start()

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def run(self) -> None:
        while True:
            started = time.monotonic()
            try:
                self.line.request(
                    "POST", "/graphql", QUESTION, {"content-type": "application/json"}
                )
                body = json.loads(self.line.getresponse().read())
                assert body["data"]["organisation"]["name"] == "Name 1", body
            except Exception as error:
                self.failures.append((started, repr(error)))
                self.line.close()
                self.line = self.connection()
            took = time.monotonic() - started
            self.samples.append((started, took * 1_000))
            time.sleep(max(0.25 - took, 0))

    def p99(self, since: float, until: float) -> float:
        times = sorted(ms for at, ms in self.samples if since <= at <= until)
        return times[min(len(times) - 1, int(len(times) * 0.99))] if times else 0.0


class MemoryMeter(threading.Thread):
    """Notes the resident memory of a process, in megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(pid)
        self.highest = 0.0
        self.start()

    @property
    def megabytes(self) -> float:
        return float(self.process.memory_info().rss) / 1e6

    def run(self) -> None:
        with suppress(psutil.Error):
            while True:
                self.highest = max(self.highest, self.megabytes)
                time.sleep(0.1)


@contextmanager
def api(world: World, tree: Path) -> Iterator[tuple[int, int]]:
    """The API of a source tree: its port and its process."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        served = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--port", "0"],
            cwd=tree,
            env=environment(world.address),
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            yield int(announced(served, log).rpartition(":")[2]), served.pid
        finally:
            served.terminate()
            with suppress(subprocess.TimeoutExpired):
                served.wait(20)


def measure(
    attack: str, port: int, memory: MemoryMeter, reader: CheapReader, rest: float
) -> dict[str, Any]:
    began = time.monotonic()
    time.sleep(5)
    warm, idle = memory.megabytes, time.monotonic()
    memory.highest = warm
    outcome = ATTACKS[attack](Target(port, 15))
    ended = time.monotonic()
    during = memory.highest
    time.sleep(rest)
    after, over = memory.megabytes, time.monotonic()
    idle_p99 = reader.p99(began, idle)
    p99 = reader.p99(idle, over)
    return {
        "attack": attack,
        "outcome": outcome[:300],
        "seconds": round(ended - idle, 1),
        "megabytes": {
            "before": round(warm),
            "highest": round(during),
            "after": round(after),
        },
        "cheap p99 ms": {
            "idle": round(idle_p99),
            "attack": round(reader.p99(idle, ended)),
            "with rest": round(p99),
        },
        "cheap reads": sum(idle <= at <= over for at, _ in reader.samples),
        "cheap failures": sum(idle <= at <= over for at, _ in reader.failures),
        "met": after - warm <= MOST_GROWTH and p99 <= max(5 * idle_p99, LEAST_P99),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=", ".join(ATTACKS))
    parser.add_argument("--rest", type=float, default=60, help="seconds after each")
    parser.add_argument("--tree", type=Path, default=ROOT, help="source tree to serve")
    options = parser.parse_args()
    allow_open_files(4_000)
    # A polite kill unwinds, so that the servers and their home go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with world() as server:
        values = {"count": ORGANISATIONS, "text": "x" * 500}
        server.runner.run(server.graph.write_in_batches(ROWS, **values))
        with api(server, options.tree) as (port, pid):
            memory, reader = MemoryMeter(pid), CheapReader(port)
            time.sleep(WARM_SECONDS)
            for attack in options.attacks or ATTACKS:
                line = measure(attack, port, memory, reader, options.rest)
                sys.stdout.write(json.dumps(line) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
