"""A real Neo4j for the run: NEO4J_URI, else each worker's container or embedded one.

Tests are answered by that server alone. Each draws a world, which takes the place of
the one before; so a database that holds anything else is refused, never wiped.

The product is imported by the fixtures that need it: the process that only hands tests
to the workers starts them seconds earlier.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from service.settings import Settings

if TYPE_CHECKING:
    import httpx

    from service.database import Address
    from service.graph import Graph
    from tests.support.worlds import World

# The tests start hundreds of processes: compiled once, each takes half the time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

IMAGE = "neo4j:2026.08-community"
# Each world has other counts than the one before, and all statements would be planned
# again ten seconds later.
LASTING_PLANS = "dbms.cypher.min_replan_interval=1h\n"
PATIENCE = 300  # seconds for a request, beside whatever else the machine does
MARK = "MERGE (s:ValuenetSchema {name: 'valuenet'}) SET s.tests = true"
CLEAR = "MATCH (n) WHERE NOT n:ValuenetSchema DETACH DELETE n"
FOUND = (
    "OPTIONAL MATCH (s:ValuenetSchema) RETURN coalesce(s.tests, false)"
    " OR NOT EXISTS { MATCH (n) } AS ours"
)

# One example is a load and a question; its time hangs on the server, not on us.
# The same worlds every time, so that main stays green; other ones, and more of them:
# `uv run pytest --hypothesis-profile wild`.
settings.register_profile(
    "same", deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
settings.register_profile(
    "wild", settings.get_profile("same"), derandomize=False, max_examples=200
)
settings.load_profile("same")


def pytest_xdist_auto_num_workers() -> int:
    """A server for each worker; workers never share a given one."""
    return 0 if Settings().neo4j_uri else 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`task test-fast` runs what has no `database` marker."""
    for item in items:
        if "neo4j" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def neo4j() -> None:
    """Every test that needs a Neo4j requests this, through `address` or by itself.

    A start-up cache is used where there is one. A run of the tests makes none: the
    training takes more than its starts would gain.
    """


@pytest.fixture(scope="session")
def address(neo4j: None) -> Iterator[Address]:
    """Where the worker's Neo4j answers."""
    with ExitStack() as stack:
        yield stack.enter_context(server())


@contextmanager
def server() -> Iterator[Address]:
    from service import database
    from service.database import Compiler, java

    given = Settings()
    if given.neo4j_uri is None and engine_answers():
        with container() as address:
            yield address
        return
    home = Path(tempfile.mkdtemp(prefix="valuenet-tests-"))
    own = given.model_copy(update={"home": home})
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(java, "CONF", java.CONF + LASTING_PLANS)
            with database.connect(own, compiler=Compiler.QUICK) as address:
                patch.undo()
                yield address
    finally:
        shutil.rmtree(home, ignore_errors=True)


def engine_answers() -> bool:
    """Whether a Docker engine is there; its client alone is not enough."""
    import docker

    with warnings.catch_warnings():
        # The client leaves its socket open when no server answers.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            return bool(docker.from_env(timeout=2).ping())
        except docker.errors.DockerException:
            return False
        finally:
            gc.collect()


@contextmanager
def container() -> Iterator[Address]:
    from testcontainers.neo4j import Neo4jContainer

    from service.database import Address

    with Neo4jContainer(IMAGE) as neo4j:
        yield Address(
            neo4j.get_connection_url(), neo4j.username, neo4j.password, "neo4j"
        )


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def graph(address: Address, runner: asyncio.Runner) -> Iterator[Graph]:
    """The door to the worker's Neo4j, prepared; foreign data ends the run here."""
    from service.graph import migrations, open_graph

    session = open_graph(address, 60)
    graph = runner.run(session.__aenter__())
    try:
        ours = runner.run(
            graph._driver.execute_query(FOUND, database_=address.database)
        )
        if not ours.records[0]["ours"]:
            pytest.exit("NEO4J_URI holds data; tests want an empty database.", 2)
        runner.run(migrations.prepare(graph))
        runner.run(graph._driver.execute_query(MARK, database_=address.database))
        yield graph
    finally:
        runner.run(session.__aexit__(None, None, None))


Work = Callable[["httpx.AsyncClient"], Awaitable[Any]]
Serve = Callable[..., Any]


@pytest.fixture
def serve(address: Address) -> Serve:
    """Run `work(client)` against the application, started and ended around it."""
    import httpx

    from service.app import create

    def serve(work: Work, **given: Any) -> Any:
        async def run() -> Any:
            app = create(address, Settings(**{"timeout_seconds": PATIENCE, **given}))
            transport = httpx.ASGITransport(app)
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(
                    transport=transport, base_url="http://localhost"
                ) as client,
            ):
                return await work(client)

        return asyncio.run(run())

    return serve


Draw = Callable[["World | Path"], None]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def draw(
    graph: Graph, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> Draw:
    """Make a world the whole content of the database; {} leaves nothing.

    It is read as a load reads it. In a database without records there is nothing to
    compare with, so it is written without a load's look-ups.
    """
    from service.change_log.append import Addition, Author, append
    from service.formats.load import read_records
    from service.graph.statements import Statement, statement
    from service.writes.apply import apply_changes
    from service.writes.diff import diff
    from service.writes.existing import ExistingRecords
    from tests.support.worlds import write

    clear = Statement("clear", CLEAR, "", {}, ())

    async def replace(folder: Path, name: str) -> None:
        stage, faults = read_records(folder, name)
        faults.refuse()
        records = stage.records(stage.batches())
        stage.close()
        async with graph.write_transaction() as writer:
            await writer.write(clear)
            changes = diff(records, ExistingRecords())
            entries = await apply_changes(writer, records, changes)
            await append(writer, [Addition(entries, Author("import", "draw"))])

    def draw(world: World | Path, name: str = "tables") -> None:
        if isinstance(world, Path):
            runner.run(replace(world, name))
            return
        if not world:
            runner.run(graph.write_in_batches(statement("writes/clear")))
            return
        folder = tmp_path_factory.mktemp("world")
        write(world, folder)
        runner.run(replace(folder, name))
        shutil.rmtree(folder)

    return draw


@pytest.fixture(scope="session")
def ask(graph: Graph, runner: asyncio.Runner) -> Ask:
    """The `data` of a GraphQL document; errors are a failure, unless asked for."""
    from schema.context import Context
    from schema.query import schema
    from service.networks.snapshots import Snapshots

    given = Settings()
    snapshots = Snapshots(graph, given)

    def ask(document: str, errors: bool = False, **variables: Any) -> dict[str, Any]:
        context = Context(graph, given, snapshots, may_write=True)
        result = runner.run(
            schema.execute(document, variable_values=variables, context_value=context)
        )
        if errors:
            return {"data": result.data, "errors": result.errors}
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    return ask
