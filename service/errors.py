"""Expected failures, each with the code that a client sees; all else is a defect.

ValuenetError
├── BadInput               BAD_USER_INPUT       what the caller sent cannot be answered
│   ├── NotFound           NOT_FOUND            a key that nothing has
│   ├── WriteRefused       WRITE_REFUSED        a write with faults, each with its path
│   ├── ImportRefused      IMPORT_REFUSED       files with faults, each with its place
│   └── TooCostly          COST_LIMIT_EXCEEDED  it may return more values than the limit
├── Refused                REFUSED              who or what asks is not let in
│   ├── Unauthenticated    UNAUTHENTICATED      no token, or none that we know
│   ├── Forbidden          FORBIDDEN            a token that may not do this
│   ├── DocumentsOff       PERSISTED_QUERY_NOT_SUPPORTED  no documents are kept here
│   ├── DocumentUnknown    PERSISTED_QUERY_NOT_FOUND      no document has this hash
│   └── DocumentUntrusted  QUERY_NOT_IN_SAFELIST          only kept ones are answered
├── Moved                  CONFLICT             others changed what a write had checked
└── Unavailable            SERVICE_UNAVAILABLE  nothing can answer just now
    ├── TimedOut           TIMEOUT              a statement was longer than the limit
    ├── DatabaseForeign    DATABASE_FOREIGN     the database holds data that is not ours
    └── DatabaseNewer      DATABASE_NEWER       a newer valuenet wrote this database
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple


class ValuenetError(Exception):
    """An expected failure: its text is one line that says what to do next."""

    code: ClassVar[str] = "VALUENET_ERROR"
    exit_code: ClassVar[int] = 1


class BadInput(ValuenetError):
    code = "BAD_USER_INPUT"
    exit_code = 2


class NotFound(BadInput):
    code = "NOT_FOUND"


class ImportRefused(BadInput):
    """Carries every fault found in one run, at most as many as the reader lists."""

    code = "IMPORT_REFUSED"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class TooCostly(BadInput):
    code = "COST_LIMIT_EXCEEDED"

    def __init__(self, requested: int, limit: int) -> None:
        super().__init__(
            f"The request may return {requested:,} values, the limit is {limit:,}; ask"
            " for shorter pages by `first`, or raise VALUENET_MAX_COST."
        )
        self.requested = requested


class Refused(ValuenetError):
    code = "REFUSED"


class Unauthenticated(Refused):
    """`sent` tells a token that nobody has from none at all."""

    code = "UNAUTHENTICATED"

    def __init__(self, text: str, sent: bool = False) -> None:
        super().__init__(text)
        self.sent = sent


class Forbidden(Refused):
    code = "FORBIDDEN"


class DocumentsOff(Refused):
    code = "PERSISTED_QUERY_NOT_SUPPORTED"


class DocumentUnknown(Refused):
    code = "PERSISTED_QUERY_NOT_FOUND"


class DocumentUntrusted(Refused):
    code = "QUERY_NOT_IN_SAFELIST"


class Problem(NamedTuple):
    """One thing that is wrong with a write, and where in its input."""

    path: tuple[str, ...]
    code: str
    message: str


class WriteRefused(BadInput):
    """Carries all that is wrong with one write; nothing of it was kept."""

    code = "WRITE_REFUSED"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @classmethod
    def conflict(cls, path: tuple[str, ...], code: str, message: str) -> WriteRefused:
        return cls([Problem(path, code, message)])


class Moved(ValuenetError):
    """Others were quicker; the write is tried again, and told only if that fails."""

    code = "CONFLICT"


class Unavailable(ValuenetError):
    code = "SERVICE_UNAVAILABLE"


class TimedOut(Unavailable):
    code = "TIMEOUT"


class DatabaseForeign(Unavailable):
    code = "DATABASE_FOREIGN"


class DatabaseNewer(Unavailable):
    code = "DATABASE_NEWER"
