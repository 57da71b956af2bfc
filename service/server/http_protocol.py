"""uvicorn's HTTP protocol with bounds on what a client may send, hold and leave unread.

uvicorn itself reads on while requests wait in its pipeline, has no limit on the bytes
or the time of a request, and waits without end for a client that does not read.
"""

from __future__ import annotations

import asyncio
import http
from collections.abc import Iterable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.server.client_limits import UPLOAD_PATH, ClientLimits
from service.server.connections import (
    BoundedConnection,
    UnsentAnswer,
    make_room,
    release_unsent,
)
from service.server.middleware import SECURITY_HEADERS

PIECE = 4_096  # bytes that are parsed at once: few pipelined requests fit into them
MOST_PARAMETERS = 200  # of an address


class Refusal(Exception):
    """Raised inside the parser, which then stops; `send_400_response` tells why."""


class BoundedHTTPProtocol(HttpToolsProtocol):
    """One connection; it looks at its own clock every second.

    While requests wait for their turn, what arrived is not parsed, and no more is read.
    """

    def __init__(self, *args: Any, limits: ClientLimits, **more: Any) -> None:
        super().__init__(*args, **more)
        self.limits = limits
        self.unread = bytearray()  # received but not parsed yet
        self.message_bytes = 0  # of the message that is being received
        self.body_left = 0  # bytes that its head announced and that are still to come
        self.request_count = 0
        self.is_upload = False  # whether the message has the files of an import
        self.next_piece = 0  # bytes of it with which it has more time
        # When the present wait for the client began, by the loop's clock.
        self.head_since: float | None = None
        self.body_since: float | None = None
        self.checking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.head_since = self.loop.time()
        self.unsent = UnsentAnswer(transport, self.limits)
        self.check_later()
        if len(self.connections) > self.limits.connections and not make_room(
            bounded(self.connections - {self})
        ):
            self.refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.unread.clear()
        self.stop_checking()

    @property
    def waiting_since(self) -> float | None:
        return self.head_since if self.is_idle else None

    @property
    def has_served(self) -> bool:
        return self.request_count > 0

    @property
    def is_idle(self) -> bool:
        """Whether no request is in progress, nor complete as far as its headers."""
        is_answered = self.cycle is None or self.cycle.response_complete
        is_open = not self.transport.is_closing()
        return self.head_since is not None and is_answered and is_open

    def data_received(self, data: bytes) -> None:
        if not self.unread and len(data) <= self.body_left:
            self.feed(data)  # all of it is of one body: no request can hide in it
        else:
            self.unread += data
            self.parse()

    def parse(self) -> None:
        """Parse what has arrived, until a request has to wait for another one."""
        while self.unread and not self.pipeline and not self.transport.is_closing():
            piece = bytes(self.unread[:PIECE])
            del self.unread[:PIECE]
            self.feed(piece)
            if self.transport.get_protocol() is not self:
                return  # it is a WebSocket now
        if self.unread:
            self.flow.pause_reading()

    def feed(self, data: bytes) -> None:
        super().data_received(data)
        self.message_bytes += len(data)
        if self.transport.get_protocol() is self:
            self.check_size()

    def check_size(self) -> None:
        limits, is_head = self.limits, self.head_since is not None
        if is_head and self.message_bytes > limits.head_bytes:
            self.refuse(431)
        elif self.message_bytes > limits.head_bytes + self.most_body_bytes:
            self.refuse(413)
        elif self.is_upload and self.message_bytes > self.next_piece:
            self.next_piece = self.message_bytes + limits.upload_piece
            self.body_since = self.body_since and self.loop.time()

    @property
    def most_body_bytes(self) -> int:
        limits = self.limits
        return limits.upload_bytes if self.is_upload else limits.body_bytes

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        self.stop_checking()

    @property
    def has_too_many_parameters(self) -> bool:
        """Thousands of them would take the event loop some 10 ms."""
        return self.url.count(b"&") > MOST_PARAMETERS

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.message_bytes = 0
        if self.head_since is None:
            self.head_since = self.loop.time()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.head_since is None:
            return  # a trailer, which comes after the headers (RFC 9110, 6.5.1)
        super().on_header(name, value)
        if len(self.headers) > self.limits.headers:
            raise Refusal

    def on_headers_complete(self) -> None:
        if self.has_too_many_parameters:
            raise Refusal
        self.head_since, self.body_since = None, self.loop.time()
        super().on_headers_complete()
        # An upgrade to a WebSocket has no path here yet.
        path, method = self.scope.get("path"), self.scope["method"]
        if path is None and has_body(self.headers):
            raise Refusal  # the parser would never end the handshake
        self.is_upload = path == UPLOAD_PATH and method == "POST"
        self.body_left = body_size(self.headers)
        self.next_piece = self.limits.upload_piece
        self.request_count += 1
        if self.cycle and self.request_count >= self.limits.requests:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        self.body_left -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.body_since, self.body_left = None, 0
        super().on_message_complete()
        if self.cycle and self.cycle.response_complete:
            self.wait_for_head()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self.body_since is None and self.head_since is None:
            self.wait_for_head()
        if self.pipeline:
            self.flow.pause_reading()
        else:
            self.parse()

    def wait_for_head(self) -> None:
        """The last request is complete and answered: the next one may come."""
        self.head_since, self.message_bytes = self.loop.time(), 0

    def send_400_response(self, msg: str) -> None:
        """The parser refuses the request, or a method of this class did."""
        if len(self.headers or ()) > self.limits.headers:
            self.refuse(431)
        else:
            self.refuse(414 if self.has_too_many_parameters else 400)

    def refuse(self, status: int) -> None:
        """Close the connection, with a status where no answer has begun."""
        if self.transport.is_closing():
            return
        is_started = self.cycle is not None and self.cycle.response_started
        if self.is_idle or not (is_started or self.pipeline):
            self.transport.write(refusal_bytes(status))
        self.unread.clear()
        self.transport.close()

    def check_later(self) -> None:
        self.checking = self.loop.call_later(self.limits.check_seconds, self.check)

    def stop_checking(self) -> None:
        if self.checking:
            self.checking.cancel()

    def check(self) -> None:
        """Close the connection if its client is late."""
        now = self.loop.time()
        if self.unsent.is_stalled(now):
            self.transport.abort()
            return
        if not self.flow.read_paused:  # else it is we who wait
            if is_over(self.head_since, self.limits.head_seconds, now):
                self.end_wait_for_head()
            elif is_over(self.body_since, self.limits.transfer_seconds, now):
                self.refuse(408)
        self.check_later()

    def end_wait_for_head(self) -> None:
        if self.message_bytes and self.is_idle:
            self.refuse(408)
        elif self.is_idle:
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        release_unsent(bounded(self.connections), self.limits.unsent_bytes)


def bounded(connections: Iterable[Any]) -> Iterable[BoundedConnection]:
    """The connections of a server, which all have one of our protocols."""
    return connections


def body_size(headers: list[tuple[bytes, bytes]]) -> int:
    """The bytes that a head announces for its body; 0 if it comes in chunks.

    >>> body_size([(b"content-length", b"12")])
    12
    >>> body_size([(b"transfer-encoding", b"chunked"), (b"content-length", b"12")])
    0
    """
    fields = dict(headers)
    if b"transfer-encoding" in fields:
        return 0
    return int(fields.get(b"content-length", b"0"))


def has_body(headers: list[tuple[bytes, bytes]]) -> bool:
    """
    >>> has_body([(b"transfer-encoding", b"chunked")]), has_body([])
    (True, False)
    """
    return body_size(headers) > 0 or b"transfer-encoding" in dict(headers)


def is_over(since: float | None, seconds: float, now: float) -> bool:
    return since is not None and now - since > seconds


def refusal_bytes(status: int) -> bytes:
    """A whole response of one line.

    >>> refusal_bytes(408).splitlines()[0], refusal_bytes(408).splitlines()[-1]
    (b'HTTP/1.1 408 Request Timeout', b'Request Timeout')
    """
    text = http.HTTPStatus(status).phrase
    lines = [
        f"HTTP/1.1 {status} {text}",
        "content-type: text/plain; charset=utf-8",
        f"content-length: {len(text) + 1}",
        *(["retry-after: 5"] if status == 503 else []),
        *(f"{name.decode()}: {value.decode()}" for name, value in SECURITY_HEADERS),
        "connection: close",
        "",
        f"{text}\n",
    ]
    return "\r\n".join(lines).encode()
