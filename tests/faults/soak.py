"""`uv run task soak --minutes 60`: a mixed load, and what the processes take meanwhile.

Memory, files, threads and the slowest percent of each kind of request are reported for
the begin, the middle and the end, a tenth of the time each. JSON at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
import psutil

from seeds import SEEDS
from service.cli import console, demo, session
from service.database import Compiler
from tests.benchmarks.measure import machine, rounded, versions
from tests.faults.api_process import ApiProcess

SAMPLE_SECONDS = 5
REQUEST_SECONDS = 60
WARM_UP_SECONDS = 30  # caches fill and plans are made; not part of the time
CREATE = """mutation ($key: String!) { createOrganisation(
  input: { key: $key, name: $key, sector: "Soak" }, idempotencyKey: $key) {
  __typename } }"""
UPDATE = """mutation ($key: String!, $text: String!) { updateOrganisation(
  input: { key: $key, description: $text }) { __typename } }"""
DELETE = "mutation ($key: String!) { deleteOrganisation(key: $key) { __typename } }"
READ = """query ($after: String) { organisations(first: 50, after: $after) {
  nodes { key name sector } pageInfo { endCursor } } }"""
SEARCH = """query ($text: String!) { search(text: $text, first: 10) {
  totalCount } }"""
CHANGES = "subscription { changes { number key } }"
EXPORT = "/export/organisations.csv"
QUESTIONS = [
    path.read_text("utf-8")
    for path in sorted((SEEDS[0].folder / "questions").glob("*.graphql"))
]
Report = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """What a process has at one time."""

    seconds: float
    process: str
    megabytes: float
    files: int
    threads: int


@dataclass
class Soak:
    """A mixed load on one API, and its samples."""

    api: ApiProcess
    seconds: float
    began: float = field(default_factory=time.monotonic)
    samples: list[Sample] = field(default_factory=list)
    times: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> float:
        return time.monotonic() - self.began

    async def run(self) -> None:
        async with httpx.AsyncClient(
            base_url=self.api.base, timeout=REQUEST_SECONDS
        ) as client:
            self.client = client
            loops: list[Callable[[], Awaitable[None]]] = [
                self.write,
                self.write,
                self.read,
                self.search,
                self.question,
                self.export,
                self.subscribe,
            ]
            await asyncio.gather(self.watch(), *(loop() for loop in loops))

    async def ask(self, kind: str, text: str, /, **variables: Any) -> Any:
        body = {"query": text, "variables": variables}
        started = time.monotonic()
        try:
            response = await self.client.post("/graphql", json=body)
        except httpx.TransportError as error:
            self.outcomes[f"{kind}: no answer ({type(error).__name__})"] += 1
            return {}
        self.count(kind, started, response.status_code)
        answer = response.json()
        for error in answer.get("errors", []):
            self.outcomes[f"{kind}: {error['extensions']['code']}"] += 1
        return answer.get("data") or {}

    def count(self, kind: str, started: float, status: int) -> None:
        milliseconds = (time.monotonic() - started) * 1_000
        self.times[kind].append((started - self.began, milliseconds))
        self.outcomes[f"{kind}: {status}"] += 1

    async def write(self) -> None:
        """One record comes, changes and goes."""
        number, name = 0, f"{id(asyncio.current_task()):x}"
        while self.passed < self.seconds:
            number += 1
            key = f"soak-{name}-{number}"
            await self.ask("create", CREATE, key=key)
            await self.ask("update", UPDATE, key=key, text=f"Number {number}")
            await self.ask("delete", DELETE, key=key)

    async def read(self) -> None:
        after = None
        while self.passed < self.seconds:
            data = await self.ask("page", READ, after=after)
            page = data.get("organisations") or {"pageInfo": {"endCursor": None}}
            after = page["pageInfo"]["endCursor"]

    async def search(self) -> None:
        while self.passed < self.seconds:
            for text in ("pump", "hotel", "nothing like it", "venture"):
                await self.ask("search", SEARCH, text=text)
                await asyncio.sleep(0.05)

    async def question(self) -> None:
        while self.passed < self.seconds:
            for text in QUESTIONS:
                await self.ask("question", text)
                await asyncio.sleep(0.2)

    async def export(self) -> None:
        while self.passed < self.seconds:
            started = time.monotonic()
            response = await self.client.get(EXPORT)
            self.count("export", started, response.status_code)
            await asyncio.sleep(1)

    async def subscribe(self) -> None:
        """A stream that hears for ten seconds, and another one after it."""
        while self.passed < self.seconds:
            until, body = time.monotonic() + 10, {"query": CHANGES}
            headers = {"accept": "text/event-stream"}
            async with self.client.stream(
                "POST", "/graphql/stream", json=body, headers=headers
            ) as stream:
                self.outcomes[f"stream: {stream.status_code}"] += 1
                async for line in stream.aiter_lines():
                    self.outcomes["stream: lines"] += bool(line)
                    if time.monotonic() > until or self.passed > self.seconds:
                        break

    async def watch(self) -> None:
        while self.passed < self.seconds:
            for name, process in (("api", self.api.api), ("neo4j", self.api.neo4j)):
                self.samples.append(sample(self.passed, name, process))
            await asyncio.sleep(SAMPLE_SECONDS)

    def report(self) -> Report:
        tenth = self.seconds / 10
        parts = {
            "begin": (0.0, tenth),
            "middle": (self.seconds / 2 - tenth / 2, self.seconds / 2 + tenth / 2),
            "end": (self.seconds - tenth, self.seconds),
        }
        return {
            "outcomes": dict(sorted(self.outcomes.items())),
            **{name: self.part(*part) for name, part in parts.items()},
        }

    def part(self, start: float, end: float) -> Report:
        report: Report = {}
        for process in ("api", "neo4j"):
            chosen = [
                sample
                for sample in self.samples
                if sample.process == process and start <= sample.seconds <= end
            ]
            report[process] = {
                name: rounded(statistics.median(getattr(s, name) for s in chosen))
                for name in ("megabytes", "files", "threads")
                if chosen
            }
        for kind, times in sorted(self.times.items()):
            took = sorted(ms for at, ms in times if start <= at <= end)
            if took:
                report[kind] = {
                    "requests": len(took),
                    "p50 ms": rounded(took[len(took) // 2]),
                    "p99 ms": rounded(took[int(len(took) * 0.99)]),
                }
        return report


def sample(seconds: float, name: str, process: psutil.Process) -> Sample:
    megabytes = process.memory_info().rss / 1e6
    return Sample(seconds, name, megabytes, process.num_fds(), process.num_threads())


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    minutes = parser.parse_args().minutes
    home = Path(tempfile.mkdtemp(prefix="valuenet-soak-"))
    try:
        report: Report = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "versions": versions(),
            "minutes": minutes,
            **soak(home, minutes * 60),
        }
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def soak(home: Path, seconds: float) -> Report:
    api = ApiProcess(home)
    try:
        notice = console.TerminalNotice()

        async def load(graph: Any) -> None:
            await demo.load_seeds(graph, notice, SEEDS)

        session.run_with_graph(api.settings, notice, load, Compiler.FULL)
        asyncio.run(Soak(api, WARM_UP_SECONDS).run())
        load_of = Soak(api, seconds)
        asyncio.run(load_of.run())
        return load_of.report()
    finally:
        api.end()


if __name__ == "__main__":
    main()
