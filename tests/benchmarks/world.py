"""The one server of a run, what it holds, and three ways to ask it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from seeds import Seed
from service import database
from service.database import Address
from service.formats.load import read_records, write_records
from service.graph import Graph, migrations, open_graph
from service.graph.statements import Statement, statement
from service.networks.snapshots import Snapshots
from service.settings import Settings

Row = TypeVar("Row")
TIMEOUT = 120.0
VALUENET = Path(sys.executable).with_name("valuenet")


@dataclass
class Counting(Graph):
    """Answers as a Graph does, then asks again under PROFILE and keeps the figures."""

    found: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def over(cls, graph: Graph) -> Counting:
        made = cls()
        vars(made).update(vars(graph))
        return made

    async def rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        started = time.perf_counter()
        answer = await super().rows(statement, row, **params)
        took = (time.perf_counter() - started) * 1_000
        hits = await profiled(self, statement.text, params)
        told = {"name": statement.name, "ms": round(took, 2), "db_hits": hits}
        self.found.append(told)
        return answer


async def profiled(graph: Graph, text: str, params: dict[str, Any]) -> int:
    """The db hits of one statement, all operators together."""
    result = await graph._driver.execute_query(
        f"PROFILE {text}", params, database_=graph._database
    )
    return hits_of(result.summary.profile or {})


def hits_of(plan: dict[str, Any]) -> int:
    own = int(plan.get("dbHits", 0))
    return own + sum(hits_of(child) for child in plan.get("children", []))


@dataclass(frozen=True)
class Api:
    """`valuenet serve` in a process of its own, asked over HTTP."""

    client: httpx.Client

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        asked = {"query": document, "variables": variables}
        body = self.client.post("/graphql", json=asked).json()
        if errors := body.get("errors"):
            raise RuntimeError(f"{errors}")
        data: dict[str, Any] = body["data"]
        return data


@dataclass(frozen=True)
class World:
    address: Address
    settings: Settings
    runner: asyncio.Runner
    graph: Graph

    def load(self, folder: Path, format: str = "tables") -> dict[str, int]:
        records, faults = read_records(folder, format)
        writing = write_records(self.graph, records, faults, lambda rows: None)
        return self.runner.run(writing)

    def seed(self, *seeds: Seed) -> dict[str, dict[str, int]]:
        return {seed.key: self.load(seed.folder, seed.format) for seed in seeds}

    def clear(self) -> None:
        self.runner.run(self.graph.write_in_batches(statement("writes/clear")))

    def counted(self, document: str, **variables: Any) -> list[dict[str, Any]]:
        """Each statement behind one answer: its milliseconds and its db hits."""
        counting = Counting.over(self.graph)
        snapshots = Snapshots(counting, self.settings)
        context = Context(counting, self.settings, snapshots, may_write=True)
        engine = GraphQLEngine(self.settings)
        answer = self.runner.run(engine.execute(document, variables, None, context))
        if errors := answer.body.get("errors"):
            raise RuntimeError(f"{errors}")
        return counting.found

    @contextmanager
    def api(self) -> Iterator[Api]:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
            served = subprocess.Popen(
                [VALUENET, "serve", "--port", "0"],
                env=environment(self.address),
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
            try:
                base = announced(served, log)
                with httpx.Client(base_url=base, timeout=TIMEOUT) as client:
                    yield Api(client)
            finally:
                served.terminate()
                with suppress(subprocess.TimeoutExpired):
                    served.wait(20)


def announced(served: subprocess.Popen[bytes], log: Any) -> str:
    """Where the API says it is."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline and served.poll() is None:
        log.seek(0)
        if place := re.search(r"GraphQL\s+(http\S+)/graphql", log.read()):
            return place[1]
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"`valuenet serve` did not start: {log.read()}")


def environment(address: Address | None = None, **more: str) -> dict[str, str]:
    """Of a subprocess: at `address`, else the embedded server of its own home."""
    kept = {name: text for name, text in os.environ.items() if "NEO4J_" not in name}
    if address is not None:
        kept["NEO4J_URI"] = address.uri
        kept["NEO4J_USERNAME"] = address.username
        kept["NEO4J_PASSWORD"] = address.password
        kept["NEO4J_DATABASE"] = address.database
    return kept | more


@contextmanager
def world() -> Iterator[World]:
    """An embedded server in a home that ends with the run, at our schema version."""
    with tempfile.TemporaryDirectory(
        prefix="valuenet-bench-", ignore_cleanup_errors=True
    ) as home:
        settings = Settings().model_copy(update={"home": Path(home), "neo4j_uri": None})
        with (
            database.connect(settings) as address,
            asyncio.Runner() as runner,
        ):
            session = open_graph(address, TIMEOUT)
            graph = runner.run(session.__aenter__())
            try:
                runner.run(migrations.prepare(graph))
                yield World(address, settings, runner, graph)
            finally:
                runner.run(session.__aexit__(None, None, None))
