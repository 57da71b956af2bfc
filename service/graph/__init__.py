"""The one door to Neo4j: `Graph` reads; only a `Writer`, another type, writes."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from service.database import Address
from service.errors import WriteConflict
from service.graph import request_scope
from service.graph.bookmarks import CurrentBookmarks, KnownBookmarks
from service.graph.failures import (
    as_service_error,
    as_write_error,
    is_out_of_memory,
    is_worth_retrying,
)
from service.graph.planning import AT_ONCE, PlanningQueue
from service.graph.statements import Statement
from service.graph.transactions import (
    Reader,
    Row,
    Writer,
    large_records_of,
    records_of,
    value_of,
)

log = logging.getLogger(__name__)
T = TypeVar("T")
SLOW_MS = 1_000
PATIENCE_SECONDS = 20  # a write waits so long for a database that does not answer
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5
MOST_REPEATS = 3  # of a read that is one statement

# The contract test reads the server's notifications; the log of a server need not.
DRIVER_OPTIONS: dict[str, Any] = {
    "notifications_min_severity": "OFF",
    "connection_timeout": 5,
    "max_transaction_retry_time": 5,
    "telemetry_disabled": True,
}


class Graph:
    """Reads. Every statement is named, timed, bounded and routed to followers."""

    def __init__(self, driver: neo4j.AsyncDriver, database: str, timeout: float):
        self._driver = driver
        self._database = database
        self._timeout = timeout
        self._idle: list[neo4j.AsyncSession] = []
        self._planning = PlanningQueue()
        self._long_reads = asyncio.Semaphore(AT_ONCE)
        self._known_bookmarks = KnownBookmarks()
        self._bookmarks = CurrentBookmarks(self._known_bookmarks)
        self.is_warm = (
            False  # whether plans are cached: until then a slow statement is normal
        )
        self.write_count = 0  # writes of this process
        self.write_event = (
            asyncio.Event()
        )  # set by each write; the feed of the change log waits for it

    @property
    def _read_timeout(self) -> float:
        """The limit of a read: the time left to its request, if it belongs to one."""
        request = request_scope.current.get()
        return min(self._timeout, request.seconds_left) if request else self._timeout

    async def rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        """Run `statement`; each record becomes one `row`, by column name."""
        records = await self._fetch(statement, params, records_of)
        return [row(**record) for record in records]

    async def long_rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        """Rows of a statement that reads much of the graph: only a few run at once, so
        that the database has time for other reads.
        """
        async with self._long_reads:
            records = await self._fetch(statement, params, large_records_of)
        return [row(**record) for record in records]

    def _log_duration(self, statement: Statement, started: float) -> None:
        took = (time.perf_counter() - started) * 1_000
        slow = self.is_warm and took > SLOW_MS
        level = logging.WARNING if slow else logging.DEBUG
        log.log(level, "%s in %.0f ms", statement.name, took)

    @property
    def _transaction_timeout(self) -> float | None:
        """The limit of a transaction: none outside a request, as an import is long."""
        request = request_scope.current.get()
        return request.seconds_left if request else None

    async def check_reachable(self) -> None:
        """Raise Unavailable unless the database answers now."""
        await self._probe()

    async def await_bookmarks(self) -> None:
        """Return once the database has reached what the client of a request knows."""
        if request := request_scope.current.get():
            await self._known_bookmarks.wait_for(
                request.sent_bookmarks, request.seconds_left, self._reach
            )

    async def _reach(self, bookmarks: Collection[str]) -> None:
        await self._probe(bookmarks=neo4j.Bookmarks.from_raw_values(bookmarks))

    async def last_change(self) -> str:
        """The bookmark of the last transaction: it changes with every write."""
        last = await self._probe(bookmark_manager=self._bookmarks)
        return ",".join(sorted(last.raw_values))

    async def _probe(self, **options: Any) -> neo4j.Bookmarks:
        """The last bookmarks of a session with these options, which reads nothing.

        Auto-commit: the driver does not retry it where nothing listens.
        """
        query = neo4j.Query("RETURN 1", timeout=self._timeout)
        try:
            async with self._driver.session(
                database=self._database,
                default_access_mode=neo4j.READ_ACCESS,
                **options,
            ) as session:
                await (await session.run(query)).consume()
                return await session.last_bookmarks()
        except (Neo4jError, DriverError) as error:
            raise as_service_error(error) from error

    @asynccontextmanager
    async def read_transaction(self) -> AsyncIterator[Reader]:
        """One transaction of reads; outside a request it has no time limit."""
        try:
            async with (
                self._driver.session(
                    database=self._database,
                    default_access_mode=neo4j.READ_ACCESS,
                    bookmark_manager=self._bookmarks,
                ) as session,
                await session.begin_transaction(
                    metadata={"name": "read_transaction"},
                    timeout=self._transaction_timeout,
                ) as transaction,
            ):
                yield Reader(transaction)
        except (Neo4jError, DriverError) as error:
            raise as_service_error(error) from error

    @asynccontextmanager
    async def _transaction(self, is_retry: bool = False) -> AsyncIterator[Writer]:
        """One transaction, committed at the end of the block; driver errors pass."""
        try:
            async with (
                self._driver.session(
                    database=self._database, bookmark_manager=self._bookmarks
                ) as session,
                await session.begin_transaction(
                    timeout=self._transaction_timeout
                ) as opened,
            ):
                yield Writer(opened, is_retry)
                await opened.commit()
        finally:
            self.write_count += 1
            self.write_event.set()

    @asynccontextmanager
    async def write_transaction(self) -> AsyncIterator[Writer]:
        """One transaction: everything inside is committed, or nothing is."""
        try:
            async with self._transaction() as writer:
                yield writer
        except (Neo4jError, DriverError) as error:
            raise as_service_error(error) from error

    async def write(self, work: Callable[[Writer], Awaitable[T]]) -> T:
        """The result of `work` in one transaction; retried where that helps.

        After a lost connection it is unknown whether the commit succeeded: `work` sees
        `writer.is_retry`, and must find out from the graph.
        """
        started, tries = time.monotonic(), 0
        while True:
            try:
                async with self._transaction(is_retry=tries > 0) as writer:
                    return await work(writer)
            except (Neo4jError, DriverError, WriteConflict, OSError) as error:
                tries += 1
                is_late = time.monotonic() - started > PATIENCE_SECONDS
                if is_late or not is_worth_retrying(error, tries):
                    raise as_write_error(error) from error
                log.info("Retrying a write after %s", type(error).__name__)
            pause = min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))

    async def write_in_batches(self, statement: Statement, **params: Any) -> None:
        """A write that commits in batches, so it cannot be part of a transaction."""
        try:
            async with self._driver.session(database=self._database) as session:
                await (await session.run(statement.text, params)).consume()
        except (Neo4jError, DriverError) as error:
            raise as_service_error(error) from error
        finally:
            self.write_count += 1

    async def value(self, statement: Statement, params: dict[str, Any]) -> Any:
        """The one value of the one record of `statement`; None without a record."""
        return await self._fetch(statement, params, value_of)

    async def _fetch(
        self,
        statement: Statement,
        params: dict[str, Any],
        contents: Callable[[neo4j.AsyncResult], Awaitable[T]],
    ) -> T:
        """What `contents` makes of the result, tried again where that helps.

        Auto-commit saves a round trip, but the driver does not retry it: this does.
        """
        started = time.perf_counter()
        for attempt in range(MOST_REPEATS + 1):
            try:
                async with request_scope.turn():
                    value = await self._auto_commit(statement, params, contents)
                break
            except (Neo4jError, DriverError) as error:
                may_retry = error.is_retryable() and not is_out_of_memory(error)
                if attempt == MOST_REPEATS or not may_retry:
                    raise as_service_error(error) from error
                await asyncio.sleep(FIRST_PAUSE * 2**attempt)
        self._log_duration(statement, started)
        return value

    async def _auto_commit(
        self,
        statement: Statement,
        params: dict[str, Any],
        contents: Callable[[neo4j.AsyncResult], Awaitable[T]],
    ) -> T:
        """In an idle session if there is one: a new one costs a fourth of the call."""
        query = neo4j.Query(
            statement.text,
            metadata={"name": statement.name},
            timeout=self._read_timeout,
        )
        session = self._idle.pop() if self._idle else self._session()
        async with AsyncExitStack() as closing:
            closing.push_async_exit(session)
            # A statement that waits for its turn has no connection yet, and one that
            # is retried, after a pause, keeps nobody from being planned.
            async with self._planning.turn(query.text):
                result = await session.run(query, params)
            value = await contents(result)
            closing.pop_all()  # it succeeded: other calls may reuse the session
        self._idle.append(session)
        return value

    def _session(self) -> neo4j.AsyncSession:
        return self._driver.session(
            database=self._database,
            default_access_mode=neo4j.READ_ACCESS,
            bookmark_manager=self._bookmarks,
            fetch_size=-1,
        )

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def define(self, statements: list[Statement], **params: Any) -> None:
        """Run statements of cypher/setup together: the shape of the graph changes."""
        async with self.write_transaction() as writer:
            for statement in statements:
                await writer.write(statement, **params)


@asynccontextmanager
async def open_graph(address: Address, limit: float) -> AsyncIterator[Graph]:
    """A driver for the life of the block; `limit` seconds for a statement."""
    auth = (address.username, address.password)
    async with neo4j.AsyncGraphDatabase.driver(
        address.uri, auth=auth, **DRIVER_OPTIONS
    ) as driver:
        graph = Graph(driver, address.database, limit)
        try:
            yield graph
        finally:
            await graph.close()
