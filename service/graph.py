"""The one door to Neo4j: `Graph` reads, `Writer` (another type) writes."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import neo4j
from neo4j.exceptions import (
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service import asking
from service.database import Address
from service.errors import BadInput, Moved, TimedOut, Unavailable, ValuenetError
from service.queries import Statement

log = logging.getLogger(__name__)
Row = TypeVar("Row")
T = TypeVar("T")
SLOW_MS = 1_000
# How often a write is tried again where others are in its way, and for how long where
# the database does not answer: a restart takes less.
MOST_TRIES = 20
PATIENCE_SECONDS = 20
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5
PLAIN = {str, int, float, bool, type(None)}  # are Python's as they come
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
        self.writes = 0  # how often this process has written
        self.wrote = asyncio.Event()  # whoever follows the log waits for it

    @property
    def _seconds(self) -> float:
        """The limit of a statement: what is left to its request, if it has one."""
        request = asking.current.get()
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
                bookmark_manager_=asking.manager(),
                result_transformer_=records_of,
            )
        except (Neo4jError, DriverError) as error:
            raise expected(error) from error
        took = (time.perf_counter() - started) * 1_000
        level = logging.WARNING if took > SLOW_MS else logging.DEBUG
        log.log(level, "%s: %d rows in %.0f ms", statement.name, len(records), took)
        return [row(**record) for record in records]

    @property
    def _left(self) -> float | None:
        """The limit of a write: none outside of a request, for an import takes long."""
        request = asking.current.get()
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
                bookmark_manager=asking.manager(),
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
                    database=self._database, bookmark_manager=asking.manager()
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
                        database=self._database, bookmark_manager=asking.manager()
                    ) as session,
                    await session.begin_transaction(timeout=self._left) as transaction,
                ):
                    found = await work(Writer(transaction, again=tries > 0))
                    await transaction.commit()
                    return found
            except (Neo4jError, DriverError, Moved, OSError) as error:
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
                if attempt == MOST_REPEATS or not error.is_retryable():
                    raise expected(error) from error
                await asyncio.sleep(FIRST_PAUSE * 2**attempt)
        took = (time.perf_counter() - started) * 1_000
        level = logging.WARNING if took > SLOW_MS else logging.DEBUG
        log.log(level, "%s in %.0f ms", statement.name, took)
        return found

    async def _auto_commit(self, query: neo4j.Query, params: dict[str, Any]) -> Any:
        async with self._driver.session(
            database=self._database,
            default_access_mode=neo4j.READ_ACCESS,
            bookmark_manager=asking.manager(),
            fetch_size=-1,
        ) as session:
            record = await (await session.run(query, params)).single()
            return record.value() if record else None

    async def define(self, statements: list[Statement], **params: Any) -> None:
        """Run statements of cypher/setup together: the shape of the graph changes."""
        async with self.writing() as writer:
            for statement in statements:
                await writer.write(statement, **params)


@dataclass(frozen=True)
class Reader:
    """Reads inside one transaction."""

    transaction: neo4j.AsyncTransaction

    async def block(self, statement: Statement, **params: Any) -> list[list[Any]]:
        """The one value of the one row, as it comes: a list of records, each a list."""
        result = await self.transaction.run(statement.text, params)
        record = await result.single(strict=True)
        return cast("list[list[Any]]", record[0])


@dataclass(frozen=True)
class Writer:
    """Writes inside one transaction."""

    transaction: neo4j.AsyncTransaction
    again: bool = False  # whether an earlier try may have been committed

    async def write(self, statement: Statement, **params: Any) -> None:
        await (await self.transaction.run(statement.text, params)).consume()

    async def rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        result = await self.transaction.run(statement.text, params)
        return [row(**record) for record in await records_of(result)]

    async def list(self, statement: Statement, **params: Any) -> list[list[Any]]:
        """The one value of the one row: a list of records, each a list.

        As records of their own they would cost the driver more.
        """
        result = await self.transaction.run(statement.text, params)
        record = await result.single(strict=True)
        return cast("list[list[Any]]", native(record[0]))


async def records_of(result: neo4j.AsyncResult) -> list[dict[str, Any]]:
    # Not record.data(), which walks every list once more.
    return [
        native(dict(zip(record.keys(), record.values(), strict=True)))
        async for record in result
    ]


def native(value: Any) -> Any:
    """Neo4j's dates as Python's, at any depth."""
    if isinstance(value, dict):
        return {key: native(item) for key, item in value.items()}
    if isinstance(value, list):
        if PLAIN.issuperset(map(type, value)):  # a column of numbers, most often
            return value
        return [native(item) for item in value]
    convert = getattr(value, "to_native", None)
    return convert() if convert else value


def worth_trying_again(error: Exception, tries: int) -> bool:
    """A deadlock, a key that another took meanwhile, a connection that was lost."""
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return True
    others = isinstance(error, TransientError | ConstraintError | Moved)
    return others and tries < MOST_TRIES


def told(error: Exception) -> Exception:
    """The last error of a write, as its caller sees it."""
    if isinstance(error, ConstraintError):
        return Moved("Others wrote the same records at once; try again.")
    if isinstance(error, Neo4jError | DriverError):
        return expected(error)
    return error if isinstance(error, Moved) else Unavailable(str(error))


def expected(error: Neo4jError | DriverError) -> ValuenetError:
    """A driver's error as ours, or itself again where it is a defect."""
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return Unavailable("The database does not answer; see `valuenet check`.")
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code:
        return TimedOut("The question took longer than VALUENET_TIMEOUT_SECONDS.")
    if "InvalidBookmark" in code:
        return BadInput("x-valuenet-bookmark: not a bookmark of this database.")
    if isinstance(error, TransientError):
        return Unavailable("The database is busy; try again in a moment.")
    if isinstance(error, ClientError) and "Security" in code:
        return Unavailable("The database refused our name and password.")
    raise error


@asynccontextmanager
async def opened(address: Address, limit: float) -> AsyncIterator[Graph]:
    """A driver for the life of the block; `limit` seconds for a statement."""
    auth = (address.username, address.password)
    async with neo4j.AsyncGraphDatabase.driver(
        address.uri, auth=auth, **DRIVER_OPTIONS
    ) as driver:
        yield Graph(driver, address.database, limit)
