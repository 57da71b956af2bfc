"""A write request runs once; a repeat of it gets the stored answer."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry
from service.errors import BadInput, WriteErrorCode, WriteRefusal
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.writes.outcome import WriteOutcome, outcome_of_text

MAX_KEY_LENGTH = 200


@dataclass(frozen=True)
class WriteRequest:
    """A call of one mutation field; `key` lets its caller send it again safely."""

    field_name: str
    input: Any
    caller: str
    key: str | None = None
    run: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def name(self) -> str:
        """Unique among all requests: a key belongs to its caller alone."""
        return f"{self.caller} {self.key}" if self.key else f"run {self.run}"

    @property
    def digest(self) -> str:
        content = orjson.dumps([self.field_name, self.input], default=str)
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class StoredAnswer:
    """The answer to an earlier request; `key` is the name of that request."""

    key: str
    input: str
    text: str
    change: int


WriteResult = tuple[list[Entry], WriteOutcome]
Work = Callable[[Writer], Awaitable[WriteResult]]


async def run_once(graph: Graph, request: WriteRequest, work: Work) -> WriteOutcome:
    """Write, log and store the answer in one transaction; a repeat gets that answer."""
    check_key(request)

    async def run(writer: Writer) -> WriteOutcome:
        answers = await stored_answers(writer, [request])
        if request.name in answers:
            return replay_answer(request, answers[request.name])
        entries, outcome = await work(writer)
        [outcome.last] = await append.append(
            writer, [log_entry_of(request, entries, outcome)]
        )
        return outcome

    return await graph.write(run)


def check_key(request: WriteRequest) -> None:
    if request.key is not None and not 0 < len(request.key) <= MAX_KEY_LENGTH:
        raise BadInput(f"idempotencyKey: expected 1 to {MAX_KEY_LENGTH} characters.")


async def stored_answers(
    writer: Writer, requests: list[WriteRequest]
) -> dict[str, StoredAnswer]:
    """The stored answers to those requests that were sent before, by their names."""
    # A request without a key has a stored answer only if this transaction is a retry.
    names = [request.name for request in requests if request.key or writer.is_retry]
    if not names:
        return {}
    rows = await writer.rows(statement("writes/answers"), StoredAnswer, keys=names)
    return {answer.key: answer for answer in rows}


def replay_answer(request: WriteRequest, answer: StoredAnswer) -> WriteOutcome:
    """The stored answer; a conflict where the key belongs to another request."""
    if answer.input != request.digest:
        text = f"{request.key!r} was already used for another request; use a new key"
        raise WriteRefusal.conflict(
            ("idempotencyKey",), WriteErrorCode.KEY_REUSED, text
        )
    return outcome_of_text(answer.text, answer.change)


def log_entry_of(
    request: WriteRequest, entries: list[Entry], outcome: WriteOutcome
) -> Addition:
    """What the log stores of a request that was carried out, with its answer."""
    outcome.change_count = len(entries)
    answer = {
        "key": request.name,
        "input": request.digest,
        "text": outcome.to_text(),
    }
    return Addition(entries, Author(request.caller, request.run), answer)
