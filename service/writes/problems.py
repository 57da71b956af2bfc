"""The problems of the inputs of a write: collected, then refused together."""

from __future__ import annotations

from typing import Protocol

from service.errors import Problem, WriteErrorCode, WriteRefusal
from service.vocabulary import camel
from service.writes.records import RecordInput


class Problems(Protocol):
    """Collects problems, each with its input, column and code."""

    def at(
        self,
        input: RecordInput,
        column: str | None,
        text: str,
        code: WriteErrorCode = WriteErrorCode.INVALID,
    ) -> None: ...

    def refuse(self) -> None:
        """End the write if there is any problem."""


class RequestProblems:
    """All problems of one request, each with its path in the input."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def at(
        self,
        input: RecordInput,
        column: str | None,
        text: str,
        code: WriteErrorCode = WriteErrorCode.INVALID,
    ) -> None:
        path = [*input.file.split("/"), *([column] if column else [])]
        named = tuple(camel(part) for part in path)  # as the caller spells it
        problem = Problem(named, code, text)
        if problem not in self._problems:
            self._problems.append(problem)

    def refuse(self) -> None:
        if self._problems:
            raise WriteRefusal(self._problems)
