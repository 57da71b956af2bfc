"""The one door to Neo4j: `Graph` reads, `Writer` (another type) writes."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from service.database import Address
from service.errors import WriteConflict
from service.graph import request_scope
from service.graph.failures import exhausted, expected, told, worth_trying_again
from service.graph.statements import Statement
from service.graph.transactions import Reader, Row, Writer, records_of

log = logging.getLogger(__name__)
T = TypeVar("T")
SLOW_MS = 1_000
PATIENCE_SECONDS = 20  # of a write, with a database that does not answer
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5
MOST_REPEATS = 3  # of a read that is one statement

# Our own contract test reads the server's notifications; a server's log need not.
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
        self.warm = False  # whether plans are made: until then slow is no news
        self.writes = 0  # how often this process has written
        self.wrote = asyncio.Event()  # whoever follows the log waits for it

    @property
    def _seconds(self) -> float:
        """The limit of a statement: what is left to its request, if it has one."""
        request = request_scope.current.get()
        return min(self._timeout, request.seconds) if request else self._timeout

    async def rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        """Run `statement`; each record becomes one `row`, by column name."""
        started = time.perf_counter()
        query = neo4j.Query(
            statement.text,
            metadata={"name": statement.name},
            timeout=self._seconds,
        )
        try:
            records = await self._driver.execute_query(
                query,
                params,
                database_=self._database,
                routing_=neo4j.RoutingControl.READ,
                bookmark_manager_=request_scope.BOOKMARKS,
                result_transformer_=records_of,
            )
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error
        self._timed(statement, started)
        return [row(**record) for record in records]

    def _timed(self, statement: Statement, started: float) -> None:
        took = (time.perf_counter() - started) * 1_000
        slow = self.warm and took > SLOW_MS
        level = logging.WARNING if slow else logging.DEBUG
        log.log(level, "%s in %.0f ms", statement.name, took)

    @property
    def _left(self) -> float | None:
        """The limit of a write: none outside of a request, for an import takes long."""
        request = request_scope.current.get()
        return request.seconds if request else None

    async def reachable(self) -> None:
        """Raise Unavailable unless the database answers now."""
        try:
            await self._driver.execute_query(
                neo4j.Query("RETURN 1", timeout=self._timeout),
                database_=self._database,
                routing_=neo4j.RoutingControl.READ,
                bookmark_manager_=None,
            )
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error

    async def last_change(self) -> str:
        """What stays the same until anybody writes: the last transaction's bookmark."""
        try:
            async with self._driver.session(
                database=self._database,
                default_access_mode=neo4j.READ_ACCESS,
                bookmark_manager=request_scope.BOOKMARKS,
            ) as session:
                await (await session.run("RETURN 1")).consume()
                return ",".join(sorted((await session.last_bookmarks()).raw_values))
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """One transaction of reads, as long as it takes: an export is read in it."""
        try:
            async with (
                self._driver.session(
                    database=self._database, default_access_mode=neo4j.READ_ACCESS
                ) as session,
                await session.begin_transaction() as transaction,
            ):
                yield Reader(transaction)
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writer]:
        """One transaction: everything written inside is kept, or nothing is."""
        try:
            async with (
                self._driver.session(
                    database=self._database, bookmark_manager=request_scope.BOOKMARKS
                ) as session,
                await session.begin_transaction(timeout=self._left) as transaction,
            ):
                yield Writer(transaction)
                await transaction.commit()
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error
        finally:
            self.writes += 1

    async def written(self, work: Callable[[Writer], Awaitable[T]]) -> T:
        """What `work` returns, its transaction committed; tried again where that helps.

        After a lost connection nobody knows whether a commit went through: `work` is
        told by `writer.again`, and must find out from the graph.
        """
        began, tries = time.monotonic(), 0
        while True:
            try:
                async with (
                    self._driver.session(
                        database=self._database,
                        bookmark_manager=request_scope.BOOKMARKS,
                    ) as session,
                    await session.begin_transaction(timeout=self._left) as transaction,
                ):
                    found = await work(Writer(transaction, again=tries > 0))
                    await transaction.commit()
                    return found
            except (Neo4jError, DriverError, WriteConflict, OSError) as error:
                tries += 1
                late = time.monotonic() - began > PATIENCE_SECONDS
                if late or not worth_trying_again(error, tries):
                    raise told(error) from error
                log.info("Trying a write again: %s", type(error).__name__)
            finally:
                self.writes += 1
                self.wrote.set()
            pause = min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))

    async def batched(self, statement: Statement) -> None:
        """A write that commits as it goes, and so cannot be part of a transaction."""
        try:
            async with self._driver.session(database=self._database) as session:
                await (await session.run(statement.text)).consume()
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error
        finally:
            self.writes += 1

    async def value(self, statement: Statement, params: dict[str, Any]) -> Any:
        """The one value of the one record of `statement`; None where it has none.

        Auto-commit, which saves a round trip; so it is repeated here.
        """
        query = neo4j.Query(
            statement.text, metadata={"name": statement.name}, timeout=self._seconds
        )
        started = time.perf_counter()
        for attempt in range(MOST_REPEATS + 1):
            try:
                found = await self._auto_commit(query, params)
                break
            except (Neo4jError, DriverError) as error:
                again = error.is_retryable() and not exhausted(error)
                if attempt == MOST_REPEATS or not again:
                    raise expected(error) from error
                await asyncio.sleep(FIRST_PAUSE * 2**attempt)
        self._timed(statement, started)
        return found

    async def _auto_commit(self, query: neo4j.Query, params: dict[str, Any]) -> Any:
        """In a session that was used before: a new one costs a fourth of the call."""
        session = self._idle.pop() if self._idle else self._session()
        async with AsyncExitStack() as ended:
            ended.push_async_exit(session)
            record = await (await session.run(query, params)).single()
            ended.pop_all()  # it went well: others may have it
        self._idle.append(session)
        return record.value() if record else None

    def _session(self) -> neo4j.AsyncSession:
        return self._driver.session(
            database=self._database,
            default_access_mode=neo4j.READ_ACCESS,
            bookmark_manager=request_scope.BOOKMARKS,
            fetch_size=-1,
        )

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def define(self, statements: list[Statement], **params: Any) -> None:
        """Run statements of cypher/setup together: the shape of the graph changes."""
        async with self.writing() as writer:
            for statement in statements:
                await writer.write(statement, **params)


@asynccontextmanager
async def opened(address: Address, limit: float) -> AsyncIterator[Graph]:
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
