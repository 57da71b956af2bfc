"""One request to write: done once, however often it is sent, and told truthfully."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from service.changes.outcome import Outcome, retold
from service.errors import BadInput, WriteRefused
from service.graph import Graph, Writer
from service.queries import statement
from service.writing import log
from service.writing.entries import Entry
from service.writing.log import Author

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
    """An answer that was given before, or nothing at all."""

    input: str | None
    text: str | None
    change: int | None


Work = Callable[[Writer], Awaitable[tuple[list[Entry], Outcome]]]


async def answered(graph: Graph, request: Request, work: Work) -> Outcome:
    """Write in one transaction, and keep the answer in it."""
    if request.key is not None and not 0 < len(request.key) <= LONGEST_KEY:
        raise BadInput(f"idempotencyKey: expected 1 to {LONGEST_KEY} characters.")

    async def once(writer: Writer) -> Outcome:
        # Without a key of the caller's nobody can have sent it before the first try.
        if (request.key or writer.again) and (known := await before(writer, request)):
            return known
        entries, outcome = await work(writer)
        outcome.change_count = len(entries)
        kept = {
            "key": request.name,
            "input": request.digest,
            "text": outcome.kept(),
        }
        author = Author(request.by, request.run)
        outcome.last = await log.append(writer, entries, author, [kept])
        return outcome

    return await graph.written(once)


async def before(writer: Writer, request: Request) -> Outcome | None:
    """What was answered when this request was sent before."""
    [kept] = await writer.rows(statement("writes/answer"), Kept, key=request.name)
    if kept.text is None:
        return None
    if kept.input != request.digest:
        text = f"{request.key!r} was used before, for another request"
        raise WriteRefused.conflict(("idempotencyKey",), "KEY_REUSED", text)
    return retold(kept.text, kept.change or 0)
