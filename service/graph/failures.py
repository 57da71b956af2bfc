"""What went wrong in the database: whether to try again, and as an error of ours."""

from __future__ import annotations

from neo4j.exceptions import (
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service.errors import (
    BadInput,
    StatementTimeout,
    Unavailable,
    ValuenetError,
    WriteConflict,
)

MOST_TRIES = 20  # of a write, where others are in its way


def worth_trying_again(error: Exception, tries: int) -> bool:
    """A deadlock, a key that another took meanwhile, a connection that was lost."""
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return True
    if exhausted(error):
        return False
    others = isinstance(error, TransientError | ConstraintError | WriteConflict)
    return others and tries < MOST_TRIES


def exhausted(error: Exception) -> bool:
    """Whether it wants more memory than a transaction can have: it will each time."""
    return "OutOfMemory" in (getattr(error, "code", None) or "")


def told(error: Exception) -> Exception:
    """The last error of a write, as its caller sees it."""
    if isinstance(error, ConstraintError):
        return WriteConflict("Others wrote the same records at once; try again.")
    if isinstance(error, Neo4jError | DriverError):
        return expected(error)
    return error if isinstance(error, WriteConflict) else Unavailable(str(error))


def expected(error: Neo4jError | DriverError) -> ValuenetError:
    """A driver's error as ours, or itself again where it is a defect."""
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return Unavailable("The database does not answer; see `valuenet check`.")
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code:
        return StatementTimeout(
            "The question took longer than VALUENET_TIMEOUT_SECONDS."
        )
    if "InvalidBookmark" in code:
        return BadInput("x-valuenet-bookmark: not a bookmark of this database.")
    if exhausted(error):
        return Unavailable("The database has no memory for this; ask for less at once.")
    if isinstance(error, TransientError):
        return Unavailable("The database is busy; try again in a moment.")
    if isinstance(error, ClientError) and "Security" in code:
        return Unavailable("The database refused our name and password.")
    raise error
