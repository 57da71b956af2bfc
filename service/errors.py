"""Expected failures and the codes that clients see; any other exception is a defect.

ValuenetError
├── BadInput                       what the caller sent cannot be answered
│   ├── RecordNotFound             no record has the key
│   ├── WriteRefusal               a write with problems, each with its path
│   ├── ImportRefusal              files with faults, each with file, line and column
│   └── CostLimitExceeded          the request may cost more points than the limit
├── AccessRefusal                  the caller or the document is not allowed
│   ├── AuthenticationRequired     no token, or an unknown one
│   ├── InsufficientScope          the token does not allow this
│   ├── TrustedDocumentsDisabled   this server has no folder of documents
│   ├── UnknownDocument            no trusted document has this hash
│   └── UntrustedDocument          this server answers trusted documents only
├── WriteConflict                  another request changed what a write had checked
└── Unavailable                    the database cannot answer now
    ├── DiskFull                   the database has no space to store a change
    ├── StatementTimeout           a statement took longer than the limit
    ├── ForeignDatabase            the database holds data of another application
    └── NewerDatabase              a newer version of valuenet wrote the database
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, Self


class DocumentedCode(StrEnum):
    """A code with one sentence that says what it means."""

    description: str

    def __new__(cls, code: str, description: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.description = description
        return member


class ErrorCode(DocumentedCode):
    """The values of `extensions.code` in a GraphQL error.

    A refused write is no GraphQL error: its codes are those of `WriteErrorCode`.
    """

    BAD_REQUEST = "BAD_REQUEST", "The HTTP request is not a GraphQL request."
    BAD_USER_INPUT = "BAD_USER_INPUT", "An argument or variable has a wrong value."
    CONFLICT = (
        "CONFLICT",
        "Another request wrote the same records at the same time; send this one again.",
    )
    COST_LIMIT_EXCEEDED = (
        "COST_LIMIT_EXCEEDED",
        "The request may cost more points than VALUENET_MAX_COST allows.",
    )
    DATABASE_FOREIGN = (
        "DATABASE_FOREIGN",
        "The database holds data of another application.",
    )
    DATABASE_NEWER = (
        "DATABASE_NEWER",
        "A newer version of valuenet wrote the database.",
    )
    FORBIDDEN = "FORBIDDEN", "The token does not allow this operation."
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED", "The document has a syntax error."
    GRAPHQL_VALIDATION_FAILED = (
        "GRAPHQL_VALIDATION_FAILED",
        "The document does not fit the schema, or exceeds a limit.",
    )
    IMPORT_REFUSED = "IMPORT_REFUSED", "The files have faults; nothing was loaded."
    INTERNAL_SERVER_ERROR = (
        "INTERNAL_SERVER_ERROR",
        "A defect of the server; its log has the details under the request id.",
    )
    INTROSPECTION_DISABLED = (
        "INTROSPECTION_DISABLED",
        "Introspection is not available in the production profile.",
    )
    METHOD_NOT_ALLOWED = (
        "METHOD_NOT_ALLOWED",
        "GET is for queries; send mutations with POST.",
    )
    NOT_FOUND = "NOT_FOUND", "No record has this key."
    OPERATION_RESOLUTION_FAILURE = (
        "OPERATION_RESOLUTION_FAILURE",
        "`operationName` does not select one operation of the document.",
    )
    PERSISTED_QUERY_NOT_FOUND = (
        "PERSISTED_QUERY_NOT_FOUND",
        "No trusted document has this hash.",
    )
    PERSISTED_QUERY_NOT_SUPPORTED = (
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "This server has no trusted documents; send the text in `query`.",
    )
    QUERY_NOT_IN_SAFELIST = (
        "QUERY_NOT_IN_SAFELIST",
        "This server answers trusted documents only.",
    )
    REFUSED = "REFUSED", "The caller or the document is not allowed."
    SERVICE_UNAVAILABLE = (
        "SERVICE_UNAVAILABLE",
        "The database cannot answer now, or the server has too much to compute; try"
        " again later.",
    )
    TIMEOUT = "TIMEOUT", "The request took longer than VALUENET_TIMEOUT_SECONDS."
    UNAUTHENTICATED = "UNAUTHENTICATED", "The request has no token, or an unknown one."
    VALUENET_ERROR = "VALUENET_ERROR", "An expected failure without a code of its own."
    WRITE_REFUSED = "WRITE_REFUSED", "The input has problems; nothing was written."


class WriteErrorCode(DocumentedCode):
    """The values of `code` in a `WriteError` and in each of its `problems`."""

    CONFLICT = "CONFLICT", "The stored record contradicts the input."
    CURRENCY = "CURRENCY", "The currency is not an ISO 4217 code."
    DATES = "DATES", "The dates contradict each other."
    DUPLICATE = "DUPLICATE", "The input names the same record twice."
    INVALID = "INVALID", "The value is not allowed here."
    KEY_REUSED = "KEY_REUSED", "Another request has used this idempotency key."
    NONE = "NONE", "No record has this key."
    REQUIRED = "REQUIRED", "A required value is missing."
    STATE = "STATE", "The record cannot change from its state to this one."
    TIED = "TIED", "Other records still refer to this one; delete those first."


class ValuenetError(Exception):
    """An expected failure: its text is one line that says what to do next."""

    code: ClassVar[ErrorCode] = ErrorCode.VALUENET_ERROR
    exit_code: ClassVar[int] = 1


class BadInput(ValuenetError):
    code = ErrorCode.BAD_USER_INPUT
    exit_code = 2


class RecordNotFound(BadInput):
    code = ErrorCode.NOT_FOUND


class ImportRefusal(BadInput):
    """Carries one message for each cause, and every fault for a report."""

    code = ErrorCode.IMPORT_REFUSED

    def __init__(self, messages: list[str], faults: Sequence[Any] = ()) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
        self.faults = faults


class CostLimitExceeded(BadInput):
    code = ErrorCode.COST_LIMIT_EXCEEDED

    def __init__(self, requested: int, limit: int) -> None:
        super().__init__(
            f"The request may cost {requested:,} points; the limit is {limit:,}. Ask"
            " for shorter pages with `first` or for fewer analyses at once, or raise"
            " VALUENET_MAX_COST."
        )
        self.requested = requested


class AccessRefusal(ValuenetError):
    code = ErrorCode.REFUSED


class AuthenticationRequired(AccessRefusal):
    """`has_token` distinguishes an unknown token from no token at all."""

    code = ErrorCode.UNAUTHENTICATED

    def __init__(self, text: str, has_token: bool = False) -> None:
        super().__init__(text)
        self.has_token = has_token


class InsufficientScope(AccessRefusal):
    code = ErrorCode.FORBIDDEN


class TrustedDocumentsDisabled(AccessRefusal):
    code = ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED


class UnknownDocument(AccessRefusal):
    code = ErrorCode.PERSISTED_QUERY_NOT_FOUND


class UntrustedDocument(AccessRefusal):
    code = ErrorCode.QUERY_NOT_IN_SAFELIST


class Problem(NamedTuple):
    """One thing that is wrong with a write, and where in its input."""

    path: tuple[str, ...]
    code: WriteErrorCode
    message: str


class WriteRefusal(BadInput):
    """Carries all problems of one write, of which nothing was stored."""

    code = ErrorCode.WRITE_REFUSED

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @classmethod
    def conflict(
        cls, path: tuple[str, ...], code: WriteErrorCode, message: str
    ) -> WriteRefusal:
        return cls([Problem(path, code, message)])


class WriteConflict(ValuenetError):
    """Another request wrote first, and the retry of this write failed too."""

    code = ErrorCode.CONFLICT


class Unavailable(ValuenetError):
    code = ErrorCode.SERVICE_UNAVAILABLE


class DiskFull(Unavailable):
    """The database answers reads only."""


class StatementTimeout(Unavailable):
    code = ErrorCode.TIMEOUT


class ForeignDatabase(Unavailable):
    code = ErrorCode.DATABASE_FOREIGN


class NewerDatabase(Unavailable):
    code = ErrorCode.DATABASE_NEWER
