"""What the files are run against: the world of everything, and the demo."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from neo4j import AsyncGraphDatabase, GraphDatabase

from service.graph import audit, migrations
from service.graph.statements import Statement
from tests.cypher.documents import documents, networks
from tests.cypher.files import DEMO, NAMES, example
from tests.cypher.profiling import ProfilingGraph, Run, ask
from tests.support.everything import everything


@pytest.fixture(scope="module")
def profiling(address, runner):
    """A new ProfilingGraph; the driver is one for all."""
    auth = (address.username, address.password)
    driver = AsyncGraphDatabase.driver(address.uri, auth=auth)
    yield lambda: ProfilingGraph(driver, address.database)
    runner.run(driver.close())


@pytest.fixture(scope="module")
def everything_drawn(draw):
    draw(everything())


@pytest.fixture(scope="module")
def runs_on_everything(everything_drawn, profiling, runner) -> list[Run]:
    """All reads of records, networks of all kinds, the audit and start-up."""
    graph = profiling()

    async def read() -> None:
        asked = [ask(graph, text) for text in documents()]
        asked += [ask(graph, text, **values) for text, values in networks()]
        await asyncio.gather(*asked)
        await migrations.read_state(graph)
        await audit.server_version(graph)
        assert await audit.missing_indexes(graph) == []
        assert [f async for f in audit.findings(graph) if not f.is_hint] == []

    runner.run(read())
    return list(graph.runs.values())


@pytest.fixture(scope="module")
def runs_of_examples(
    runs_on_everything, draw, profiling, runner
) -> dict[str, list[Run]]:
    """What each example runs on the demo, by the name of its file."""
    draw(DEMO)
    found: dict[str, list[Run]] = {}

    async def read() -> None:
        # Or a plan made for another world may stand in for one made for the demo.
        forget = "CALL db.clearQueryCaches()"
        graph = profiling()
        await graph._driver.execute_query(forget, database_=graph._database)
        for text in dict.fromkeys(filter(None, map(example, NAMES))):
            graph = profiling()
            await ask(graph, text)
            found[text] = list(graph.runs.values())

    runner.run(read())
    return {n: found[text] for n in NAMES if (text := example(n))}


@pytest.fixture(scope="module")
def runs(runs_on_everything, runs_of_examples) -> list[Run]:
    examples = {id(run): run for runs in runs_of_examples.values() for run in runs}
    return [*runs_on_everything, *examples.values()]


@pytest.fixture(scope="module")
def driver(address):
    """A driver that shows all that the server has to say, unlike the product's."""
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        yield driver


@pytest.fixture(scope="module")
def explain(everything_drawn, driver, address):
    def explain(found: Statement) -> Any:
        with driver.session(database=address.database) as session:
            return session.run(f"EXPLAIN {found.text}", found.params).consume()

    return explain
