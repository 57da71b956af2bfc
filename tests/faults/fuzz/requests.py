"""Targets with a database: each HTTP endpoint, in process as an ASGI application."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import orjson

from service.app import create
from service.database import Address
from service.settings import Settings
from tests.faults.fuzz.mutations import mutated
from tests.faults.fuzz.readers import DOCUMENT, VARIABLES

App = Any
Send = Callable[[Any], Coroutine[Any, Any, None]]
TIMEOUT = 10  # seconds of one request
STREAM_SECONDS = 0.05
WRITE = """mutation Write($input: [OrganisationInput!]!) {
  upsertOrganisations(input: $input, idempotencyKey: "k") {
    ... on Batch { changed lastChange }
    ... on WriteError { code problems { path } } } }"""
LISTEN = """subscription ($filter: ChangeFilter, $after: Int) {
  changes(filter: $filter, after: $after) { number operation kind key } }"""
FILTER = """query ($filter: OrganisationFilter) {
  organisations(first: 5, filter: $filter, orderBy: [{ field: NAME }]) {
    edges { cursor node { key name country } } totalCount } }"""
BODIES: list[dict[str, Any]] = [
    {"query": DOCUMENT, "variables": orjson.loads(VARIABLES), "operationName": "Name"},
    {
        "query": WRITE,
        "variables": {"input": [{"key": "a", "name": "A", "foundedOn": "2020-01-01"}]},
    },
    {
        "query": FILTER,
        "variables": {
            "filter": {"name": {"contains": "a"}, "or": [{"country": {"eq": "SE"}}]}
        },
    },
    {"query": LISTEN, "variables": {"filter": {"kinds": ["Organisation"]}, "after": 0}},
    {
        "documentId": "sha256:" + "0" * 64,
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}},
    },
]
SAMPLES = [orjson.dumps(body) for body in BODIES]
MESSAGES = [
    orjson.dumps({"id": "1", "type": "subscribe", "payload": body}) for body in BODIES
] + [b'{"type": "ping", "payload": {"a": 1}}', b'{"id": "1", "type": "complete"}']
QUERIES = [
    b"/graphql?query={__typename}&variables={}&operationName=A&extensions={}",
    b"/export/organisations.csv?asOf=2026-11-01",
    b"/export/exchanges.arrow",
    b"/export/?a=b",
    b"/readyz",
    b"/ide/index.html",
]
HEADERS: list[tuple[bytes, bytes]] = [
    (b"accept", b"application/graphql-response+json, */*;q=0.1"),
    (b"accept-encoding", b"gzip;q=0.5, *;q=0"),
    (b"content-type", b"application/json; charset=utf-8"),
    (b"authorization", b"Bearer valuenet_abc"),
    (b"if-none-match", b'W/"a", "b"'),
    (b"valuenet-bookmark", b"12"),
    (b"x-request-id", b"abc"),
    (b"origin", b"http://localhost"),
]


class Defect(Exception):
    """The application answered as it does for a defect of its own."""


class ErrorLog(logging.Handler):
    """The last exception that the application logged: an answer hides it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.last = record.exc_info[1]


class Requests:
    """Sends mutated requests to one application in one event loop."""

    def __init__(self, address: Address, random: random.Random) -> None:
        self.random = random
        self.log = ErrorLog()
        logging.root.handlers[:] = [self.log]
        self.runner = asyncio.Runner()
        self.app = create(address, Settings(timeout_seconds=TIMEOUT))
        self.lifespan = self.app.router.lifespan_context(self.app)
        self.runner.run(self.lifespan.__aenter__())
        self.lost: list[str] = []  # errors of tasks that nobody awaits
        loop = self.runner.get_loop()
        loop.set_exception_handler(lambda _, about: self.lost.append(repr(about)))

    def close(self) -> None:
        self.runner.run(self.lifespan.__aexit__(None, None, None))
        self.runner.close()

    def cases(self, name: str) -> Iterator[tuple[bytes, Callable[[], Any]]]:
        while True:
            yield getattr(self, name)()

    def mutate(self, samples: list[bytes]) -> bytes:
        return mutated(self.random.choice(samples), samples, self.random)

    def headers(self) -> list[tuple[bytes, bytes]]:
        chosen = self.random.sample(HEADERS, k=3)
        values = [value for _, value in HEADERS]
        return [
            (key, clean(mutated(value, values, self.random))[:8_000])
            for key, value in chosen
        ]

    def post(self) -> tuple[bytes, Callable[[], Any]]:
        body = self.mutate(SAMPLES)
        return body, lambda: self.request("POST", b"/graphql", body)

    def post_headers(self) -> tuple[bytes, Callable[[], Any]]:
        body, headers = self.random.choice(SAMPLES), self.headers()
        path = self.random.choice([b"/graphql", b"/graphql/stream"])
        return repr(headers).encode(), lambda: self.request("POST", path, body, headers)

    def get(self) -> tuple[bytes, Callable[[], Any]]:
        target = clean(self.mutate(QUERIES))[:60_000]
        method = self.random.choice(["GET", "HEAD", "OPTIONS", "PUT"])
        headers = self.headers() if self.random.random() < 0.3 else []
        return target, lambda: self.request(method, b"/" + target, b"", headers)

    def sse(self) -> tuple[bytes, Callable[[], Any]]:
        body = self.mutate(SAMPLES)
        return body, lambda: self.request("POST", b"/graphql/stream", body)

    def websocket(self) -> tuple[bytes, Callable[[], Any]]:
        messages = [b'{"type": "connection_init"}']
        messages += [self.mutate(MESSAGES) for _ in range(3)]
        if self.random.random() < 0.2:
            messages[0] = mutated(messages[0], MESSAGES, self.random)
        return b"\n".join(messages), lambda: self.runner.run(self.talk(messages))

    def request(
        self,
        method: str,
        target: bytes,
        body: bytes,
        headers: list[tuple[bytes, bytes]] | None = None,
    ) -> None:
        fixed = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        names = {key for key, _ in headers or ()}
        every = [pair for pair in fixed if pair[0] not in names] + (headers or [])
        path, _, query = target.partition(b"?")
        scope = {
            **asgi("http", path.decode("latin-1"), query, every),
            "method": method,
        }
        self.runner.run(self.exchange(scope, body))

    async def exchange(self, scope: dict[str, Any], body: bytes) -> None:
        """One request; a stream is left soon after it has begun."""
        answer: list[Any] = []
        parts = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            if parts:
                return parts.pop()
            await asyncio.sleep(STREAM_SECONDS if is_stream(scope) else TIMEOUT * 2)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            answer.append(message)

        await self.app(scope, receive, send)
        status = next(m["status"] for m in answer if "status" in m)
        text = b"".join(m.get("body", b"") for m in answer)
        self.check_tasks()
        if status == 500 or b"INTERNAL_SERVER_ERROR" in text:
            raise Defect(f"{status} {text[:500]!r}") from self.log.last

    def check_tasks(self) -> None:
        if lost := self.lost:
            self.lost = []
            raise Defect(lost[0])

    async def talk(self, messages: list[bytes]) -> None:
        """One WebSocket, which the client leaves after its messages."""
        sent: list[Any] = []
        waiting: list[dict[str, Any]] = [{"type": "websocket.connect"}]
        for data in messages:
            text = data.decode("utf-8", "replace")
            waiting.append({"type": "websocket.receive", "text": text})
        left = False

        async def receive() -> Any:
            nonlocal left
            if waiting:
                return waiting.pop(0)
            if not left:
                await asyncio.sleep(STREAM_SECONDS)
            left = True
            return {"type": "websocket.disconnect", "code": 1000}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = asgi("websocket", "/graphql", b"", [(b"host", b"localhost")])
        await self.app(
            {**scope, "subprotocols": ["graphql-transport-ws"]}, receive, send
        )
        self.check_tasks()
        for message in sent:
            is_defect = "INTERNAL_SERVER_ERROR" in message.get("text", "")
            if is_defect or message.get("code") in (1011, 4500):
                raise Defect(repr(message)[:500]) from self.log.last


def asgi(
    type: str, path: str, query: bytes, headers: list[tuple[bytes, bytes]]
) -> dict[str, Any]:
    return {
        "type": type,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws" if type == "websocket" else "http",
        "path": "/" + path.lstrip("/"),
        "raw_path": path.encode("latin-1"),
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }


def is_stream(scope: dict[str, Any]) -> bool:
    return bool(scope["path"].endswith("/stream"))


def clean(text: bytes) -> bytes:
    """What an HTTP server lets through in its first lines: no control characters."""
    return bytes(byte for byte in text if byte >= 32 and byte != 127)
