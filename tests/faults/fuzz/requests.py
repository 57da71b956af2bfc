"""One application in process: HTTP requests and sockets go to it as ASGI messages."""

from __future__ import annotations

import asyncio
import gzip
import logging
import random
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson

from service.app import create
from service.database import Address
from service.errors import ValuenetError
from service.settings import Settings
from service.vocabulary import MEMBERS, RECORD_TYPES
from service.vocabulary.names import plural_field
from service.web.demo_load import DemoLoad
from service.web.forms import CSRF_COOKIE, CSRF_FIELD, FORM_TYPE
from tests.faults.fuzz.fields import Pairs, encoded
from tests.faults.fuzz.import_threads import ImportThreads
from tests.faults.fuzz.mutations import mutated

Headers = list[tuple[bytes, bytes]]
Case = tuple[bytes, Callable[[], Any]]
CSRF_TOKEN = b"x" * 22
CSRF_HEADER = (b"cookie", CSRF_COOKIE.encode() + b"=" + CSRF_TOKEN)
MOST_KEYS = 100  # of each kind
TIMEOUT = 10  # seconds of one request
STREAM_SECONDS = 0.05
MAX_SENTENCE = 10_000  # characters; all problems of a form are one
MAX_TARGET = 60_000  # bytes of a first line, which an HTTP server bounds
FIXED: Headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
SENTENCES = re.compile(
    r'role="alert"[^>]*>(.*?)</(?:p|ul)>|class="problem"[^>]*>([^<]*)<', re.DOTALL
)


class Defect(Exception):
    """The application answered as it does for a defect of its own."""


class HTTPRefusal(ValuenetError):
    """The application refused a request; the text is what it says."""


@dataclass(frozen=True)
class HTTPAnswer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def sentence(self) -> str:
        """What a refusal says, as JSON, as a page or as plain text."""
        kind, text = self.headers.get(b"content-type", b""), self.body.decode()
        if b"json" in kind:
            body = orjson.loads(text)
            errors = body["errors"] if "errors" in body else [body["error"]]
            return str(errors[0]["message"])
        if b"html" in kind:
            return " ".join(part for pair in SENTENCES.findall(text) for part in pair)
        return text


class ErrorLog(logging.Handler):
    """The last exception that the application logged: an answer hides it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.last = record.exc_info[1]


class Requests:
    """Sends requests to one application with the example data, in one event loop."""

    def __init__(
        self, address: Address, settings: Settings, random: random.Random
    ) -> None:
        self.random = random
        self.log = ErrorLog()
        logging.root.handlers[:] = [self.log]
        self.runner = asyncio.Runner()
        own = settings.model_copy(update={"timeout_seconds": TIMEOUT})
        self.app = create(address, own)
        self.app.state.imports = ImportThreads(address, own)
        self.lifespan = self.app.router.lifespan_context(self.app)
        self.runner.run(self.lifespan.__aenter__())
        self.lost: list[str] = []  # errors of tasks that nobody awaits
        loop = self.runner.get_loop()
        loop.set_exception_handler(lambda _, about: self.lost.append(repr(about)))
        self.load_demo()
        self.keys = {kind: self.keys_of(kind) for kind in RECORD_TYPES}

    def load_demo(self) -> None:
        loading: DemoLoad = self.app.state.demo
        self.send_form(b"/demo", [])
        while loading.is_running:
            self.runner.run(asyncio.sleep(0.1))
        assert loading.is_complete, loading.failure

    def keys_of(self, kind: str) -> list[str]:
        field = plural_field(kind)
        query = f"{{ {field}(first: {MOST_KEYS}) {{ nodes {{ key }} }} }}"
        answer = self.request("POST", b"/graphql", orjson.dumps({"query": query}))
        nodes = orjson.loads(answer.body)["data"][field]["nodes"]
        return [node["key"] for node in nodes]

    @property
    def member_keys(self) -> list[str]:
        return [key for kind in MEMBERS for key in self.keys[kind]]

    def key_of(self, kind: str) -> str:
        """The key of a record of the example, or one that nothing has."""
        return self.random.choice([*self.keys[kind], "nothing"])

    def close(self) -> None:
        self.runner.run(self.lifespan.__aexit__(None, None, None))
        self.runner.close()

    def mutate(self, samples: Sequence[bytes]) -> bytes:
        return mutated(self.random.choice(samples), samples, self.random)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def request(
        self,
        method: str,
        target: bytes,
        body: bytes = b"",
        headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> HTTPAnswer:
        """The answer; HTTPRefusal with its sentence where it is none."""
        names = {key for key, _ in headers}
        every = [*(pair for pair in FIXED if pair[0] not in names), *headers]
        scope = {**asgi("http", first_line(target), every), "method": method}
        answer: HTTPAnswer = self.runner.run(self.exchange(scope, body))
        if answer.status >= 400:
            text = answer.sentence if method != "HEAD" else f"{answer.status}"
            if len(text) > MAX_SENTENCE:
                raise Defect(f"an endless sentence: {text[:1_000]}")
            raise HTTPRefusal(text)
        return answer

    def send_form(self, target: bytes, pairs: Pairs) -> HTTPAnswer:
        """The answer to a form, as a page of the application would send it."""
        body = encoded([(CSRF_FIELD.encode(), CSRF_TOKEN), *pairs])
        headers = [(b"content-type", FORM_TYPE.encode()), CSRF_HEADER]
        return self.request("POST", target, body, headers)

    async def exchange(self, scope: dict[str, Any], body: bytes) -> HTTPAnswer:
        """One request; a stream is left soon after it has begun."""
        messages: list[Any] = []
        parts = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            if parts:
                return parts.pop()
            await asyncio.sleep(STREAM_SECONDS if is_stream(scope) else TIMEOUT * 2)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        self.check_log()
        start = next(m for m in messages if "status" in m)
        status, headers = start["status"], dict(start["headers"])
        text = b"".join(m.get("body", b"") for m in messages)
        if not is_stream(scope):
            if messages[-1].get("more_body"):
                raise Defect(f"the body ends too soon: {text[-500:]!r}")
            if headers.get(b"content-encoding") == b"gzip":
                text = gzip.decompress(text)
        if status == 500 or b"INTERNAL_SERVER_ERROR" in text:
            raise Defect(f"{status} {text[:500]!r}")
        return HTTPAnswer(status, headers, text)

    def check_log(self) -> None:
        """Raise what the application logged, and what no task of it has seen."""
        last, self.log.last = self.log.last, None
        lost, self.lost = self.lost, []
        if last or lost:
            raise Defect(lost[0] if lost else repr(last)[:500]) from last

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

        scope = asgi("websocket", b"/graphql", FIXED[:1])
        await self.app(
            {**scope, "subprotocols": ["graphql-transport-ws"]}, receive, send
        )
        self.check_log()
        for message in sent:
            is_defect = "INTERNAL_SERVER_ERROR" in message.get("text", "")
            if is_defect or message.get("code") in (1011, 4500):
                raise Defect(repr(message)[:500])


def asgi(type: str, target: bytes, headers: Headers) -> dict[str, Any]:
    path, _, query = target.partition(b"?")
    return {
        "type": type,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws" if type == "websocket" else "http",
        "path": "/" + unquote(path.decode("latin-1")).lstrip("/"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }


def is_stream(scope: dict[str, Any]) -> bool:
    return bool(scope["path"].endswith("/stream"))


def first_line(target: bytes) -> bytes:
    """What our HTTP server lets through: printable ASCII up to a fragment."""
    visible = bytes(byte for byte in target[:MAX_TARGET] if 32 < byte < 127)
    return visible.partition(b"#")[0]


def clean(text: bytes) -> bytes:
    """What our HTTP server lets through in a header: no control characters."""
    return bytes(byte for byte in text if byte >= 32 and byte != 127)
