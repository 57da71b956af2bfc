"""Expected failures, each with the code that a client sees; all else is a defect.

ValuenetError
├── BadInput               BAD_USER_INPUT       what the caller sent cannot be answered
│   ├── NotFound           NOT_FOUND            a key that nothing has
│   ├── Refused            WRITE_REFUSED        a write with faults, each with its path
│   └── ImportRefused      IMPORT_REFUSED       files with faults, each with its place
├── Moved                  CONFLICT             others changed what a write had checked
├── TooSlow                TOO_SLOW             a subscriber that cannot keep up
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


class Problem(NamedTuple):
    """One thing that is wrong with a write, and where in its input."""

    path: tuple[str, ...]
    code: str
    message: str


class Refused(BadInput):
    """Carries all that is wrong with one write; nothing of it was kept."""

    code = "WRITE_REFUSED"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @classmethod
    def conflict(cls, path: tuple[str, ...], code: str, message: str) -> Refused:
        return cls([Problem(path, code, message)])


class Moved(ValuenetError):
    """Others were quicker; the write is tried again, and told only if that fails."""

    code = "CONFLICT"


class TooSlow(ValuenetError):
    code = "TOO_SLOW"


class Unavailable(ValuenetError):
    code = "SERVICE_UNAVAILABLE"


class TimedOut(Unavailable):
    code = "TIMEOUT"


class DatabaseForeign(Unavailable):
    code = "DATABASE_FOREIGN"


class DatabaseNewer(Unavailable):
    code = "DATABASE_NEWER"
