"""The problems of the inputs of a write: collected, then refused together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from service.errors import Problem, WriteErrorCode, WriteRefusal
from service.vocabulary import camel
from service.writes.records import RecordInput

MAX_WARNINGS = 100  # of one request


class Problems(Protocol):
    """Collects problems, each with its input, column and code."""

    def at(
        self,
        input: RecordInput,
        column: str | None,
        text: str,
        code: WriteErrorCode = WriteErrorCode.INVALID,
    ) -> None: ...

    def warn(self, input: RecordInput, column: str, text: str) -> None:
        """Say something about a value that is written nevertheless."""

    def refuse(self) -> None:
        """End the write if there is any problem."""


class RequestProblems:
    """All problems of one request, each with its path in the input; one for a value.

    The first problem of a value is the one that explains it.
    """

    def __init__(self) -> None:
        self._problems: dict[tuple[str, ...], Problem] = {}
        self.warnings: list[str] = []

    def at(
        self,
        input: RecordInput,
        column: str | None,
        text: str,
        code: WriteErrorCode = WriteErrorCode.INVALID,
    ) -> None:
        path = self.path(input, column)
        self._problems.setdefault(path, Problem(path, code, text))

    def warn(self, input: RecordInput, column: str, text: str) -> None:
        warning = f"{'.'.join(self.path(input, column))}: {text}"
        if len(self.warnings) < MAX_WARNINGS and warning not in self.warnings:
            self.warnings.append(warning)

    def path(self, input: RecordInput, column: str | None) -> tuple[str, ...]:
        """Where the value is in the request, as the caller spells it."""
        parts = [*input.file.split("/"), *(column.split("/") if column else [])]
        return tuple(camel(part) for part in parts)

    def refuse(self) -> None:
        if self._problems:
            raise WriteRefusal(list(self._problems.values()))


class ArgumentProblems(RequestProblems):
    """Problems of a field that has no `input`: each path is one of its arguments."""

    def __init__(self, arguments: Mapping[str, str], others: str = "key") -> None:
        """`arguments` by column; `others` is the argument of all other columns."""
        super().__init__()
        self._arguments, self._others = arguments, others

    def path(self, input: RecordInput, column: str | None) -> tuple[str, ...]:
        return (self._arguments.get(column or "", self._others),)
