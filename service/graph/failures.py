"""Errors of the database: whether a retry helps, and what the client sees."""

from __future__ import annotations

from neo4j.exceptions import (
    ClientError,
    ConstraintError,
    DatabaseError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service.errors import (
    BadInput,
    DiskFull,
    StatementTimeout,
    Unavailable,
    ValuenetError,
    WriteConflict,
)

MOST_TRIES = 20  # of a write that conflicts with others


def is_worth_retrying(error: Exception, tries: int) -> bool:
    """Whether a retry may help: after a deadlock, a conflict, a lost connection."""
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return True
    if is_out_of_memory(error):
        return False
    others = isinstance(error, TransientError | ConstraintError | WriteConflict)
    return others and tries < MOST_TRIES


def is_out_of_memory(error: Exception) -> bool:
    """Whether a transaction needs more memory than it may have: a retry cannot help."""
    return "OutOfMemory" in (getattr(error, "code", None) or "")


def is_disk_full(error: Exception) -> bool:
    """Whether Neo4j lacks space on its disk; after that the database is read-only."""
    code = getattr(error, "code", None) or ""
    text = str(error)
    return "ReadOnly" in code or "disk space" in text or "No space left" in text


def as_write_error(error: Exception) -> Exception:
    """The last error of a write, as its caller sees it."""
    if isinstance(error, ConstraintError):
        return WriteConflict(
            "Another request changed the same records at the same time; try again."
        )
    if isinstance(error, Neo4jError | DriverError):
        return as_service_error(error)
    return error if isinstance(error, WriteConflict) else Unavailable(str(error))


def as_service_error(error: Neo4jError | DriverError) -> ValuenetError:
    """A driver's error as an expected failure; it is raised again if it is a defect."""
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return Unavailable("The database does not answer; see `valuenet check`.")
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code:
        return StatementTimeout(
            "The request took longer than VALUENET_TIMEOUT_SECONDS allows."
        )
    if "InvalidBookmark" in code:
        return BadInput("x-valuenet-bookmark: this is not a bookmark of this database.")
    if is_out_of_memory(error):
        return Unavailable(
            "The database does not have enough memory for this request; ask for less at"
            " once."
        )
    if is_disk_full(error):
        return DiskFull(
            "The disk of the database is full: it answers reads, but it stores nothing"
            " until there is space. What it acknowledged before is stored."
        )
    if "DatabaseUnavailable" in code:
        return Unavailable(
            "Neo4j has stopped the database, because of a fault or because it starts or"
            " ends; see `valuenet check`, and debug.log of Neo4j."
        )
    if isinstance(error, DatabaseError):
        return Unavailable(
            f"Neo4j failed within itself ({code}): its disk may be full, or its"
            " files may be damaged. Free some space and start it again, which `valuenet"
            " serve` does by itself. If it fails again, read its debug.log, and restore"
            " a backup with `valuenet database restore FILE`."
        )
    if isinstance(error, TransientError):
        return Unavailable("The database is busy; try again in a moment.")
    if isinstance(error, ClientError) and "Security" in code:
        return Unavailable(
            "The database refused the user name or password; check NEO4J_USERNAME and"
            " NEO4J_PASSWORD."
        )
    raise error
