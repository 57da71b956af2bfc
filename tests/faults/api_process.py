"""`valuenet serve` on a home of its own: a process that can be killed or stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from service import database
from service.settings import Settings
from tests.benchmarks.world import announced, environment

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from service.cli import main; sys.exit(main())",
]


class ApiProcess:
    """Its port stays the same through all starts, as clients expect."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings().model_copy(update={"home": home, "neo4j_uri": None})
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.port = 0
        self.start()

    def start(self) -> None:
        self.log.seek(0)
        self.log.truncate()
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port)],
            env=environment(VALUENET_HOME=str(self.settings.home)),
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )
        self.base = announced(self.process, self.log)
        self.port = int(self.base.rpartition(":")[2])
        self.await_ready()

    def await_ready(self, seconds: float = 180) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.base}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        self.log.seek(0)
        raise RuntimeError(f"it is not ready after {seconds} s: {self.log.read()}")

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def send_to_neo4j(self, number: int) -> None:
        os.kill(self.neo4j.pid, number)

    @property
    def api(self) -> psutil.Process:
        return psutil.Process(self.process.pid)

    @property
    def neo4j(self) -> psutil.Process:
        pid = database.status(self.settings).pid
        if pid is None:
            raise RuntimeError("Neo4j does not run")
        return psutil.Process(pid)

    def kill_and_start(self) -> None:
        self.process.kill()
        self.process.wait()
        self.start()

    def end(self) -> None:
        self.send(signal.SIGCONT)
        self.process.terminate()
        self.process.wait(60)
        self.log.close()
