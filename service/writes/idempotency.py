"""Requests to write: each is done once, however often it is sent, and told truly."""

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
from service.writes.outcome import Outcome, retold

LONGEST_KEY = 200


@dataclass(frozen=True)
class Request:
    """Who asks for what; `key` is the caller's own, by which it may be sent again."""

    what: str  # the name of the field
    given: Any
    by: str
    key: str | None = None
    run: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def name(self) -> str:
        """A caller's key is its own: nobody else's answer is ever told."""
        return f"{self.by} {self.key}" if self.key else f"run {self.run}"

    @property
    def digest(self) -> str:
        asked = orjson.dumps([self.what, self.given], default=str)
        return hashlib.sha256(asked).hexdigest()


@dataclass(frozen=True)
class Kept:
    """An answer that was given before; `key` is the name of its request."""

    key: str
    input: str
    text: str
    change: int


Done = tuple[list[Entry], Outcome]
Work = Callable[[Writer], Awaitable[Done]]


async def answered(graph: Graph, request: Request, work: Work) -> Outcome:
    """Write in one transaction, and keep the answer in it."""
    check_key(request)

    async def once(writer: Writer) -> Outcome:
        known = await before(writer, [request])
        if request.name in known:
            return again(request, known[request.name])
        entries, outcome = await work(writer)
        [outcome.last] = await append.append(
            writer, [addition(request, entries, outcome)]
        )
        return outcome

    return await graph.write(once)


def check_key(request: Request) -> None:
    if request.key is not None and not 0 < len(request.key) <= LONGEST_KEY:
        raise BadInput(f"idempotencyKey: expected 1 to {LONGEST_KEY} characters.")


async def before(writer: Writer, requests: list[Request]) -> dict[str, Kept]:
    """What was answered to those that were sent before, by their names."""
    # Without a key of the caller's nobody can have sent it before the first try.
    names = [one.name for one in requests if one.key or writer.is_retry]
    if not names:
        return {}
    rows = await writer.rows(statement("writes/answers"), Kept, keys=names)
    return {kept.key: kept for kept in rows}


def again(request: Request, kept: Kept) -> Outcome:
    """The answer once more, unless the key was used for another request."""
    if kept.input != request.digest:
        text = f"{request.key!r} was used before, for another request"
        raise WriteRefusal.conflict(
            ("idempotencyKey",), WriteErrorCode.KEY_REUSED, text
        )
    return retold(kept.text, kept.change)


def addition(request: Request, entries: list[Entry], outcome: Outcome) -> Addition:
    """What the log keeps of a request that was done."""
    outcome.change_count = len(entries)
    answer = {
        "key": request.name,
        "input": request.digest,
        "text": outcome.kept(),
    }
    return Addition(entries, Author(request.by, request.run), answer)
