"""Clients that send too much, too slowly, or read nothing: each is cut off alone."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import closing

import pytest

from service.server.client_limits import ClientLimits
from service.server.connections import UnsentAnswer, release_unsent
from service.server.http_protocol import PIECE, BoundedHTTPProtocol
from service.settings import Settings
from tests.support.listening import listening
from tests.support.worlds import member

HOST = b"Host: localhost\r\n"
LIVEZ = b"GET /livez HTTP/1.1\r\n" + HOST
CLOSE = b"Connection: close\r\n\r\n"
POST = b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
UPLOAD = b"POST /import HTTP/1.1\r\n" + HOST
UPLOAD += b"Content-Type: multipart/form-data; boundary=b\r\n"
SECONDS = 20  # until a test gives up
LIMITS = ClientLimits(
    connections=10,
    transfer_seconds=0.5,
    head_seconds=0.5,
    head_bytes=8_000,
    headers=20,
    body_bytes=50_000,
    upload_bytes=200_000,
    upload_piece=10_000,
    requests=3_000,
    check_seconds=0.1,
)


@pytest.fixture(scope="module")
def host(address, draw):
    draw({"members": [member("a", name="x" * 600)]})
    with listening(address, Settings(), LIMITS) as base:
        yield base.removeprefix("http://").split(":")


@pytest.fixture
def connect(host):
    """Connections that are closed at the end of the test."""
    lines = []

    def connect():
        line = socket.create_connection((host[0], int(host[1])), SECONDS)
        lines.append(line)
        return line

    yield connect
    for line in lines:
        line.close()


def everything_from(line):
    """What the server sends until it closes the connection."""
    parts = []
    try:
        while part := line.recv(1 << 16):
            parts.append(part)
    except ConnectionResetError:
        pass  # it closed before it had read all
    return b"".join(parts)


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer else None


def test_pipelined_requests_are_answered_in_order_and_a_few_are_parsed_at_once(
    connect, monkeypatch
):
    waiting, unread = [], []
    inner = BoundedHTTPProtocol.on_headers_complete

    def noted(protocol):
        inner(protocol)
        waiting.append(len(protocol.pipeline))
        unread.append(len(protocol.unread))

    monkeypatch.setattr(BoundedHTTPProtocol, "on_headers_complete", noted)
    count = 2_000
    last = b"GET /nothing HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    requests = (LIVEZ + b"\r\n") * count + last
    line = connect()
    sender = threading.Thread(target=line.sendall, args=(requests,))
    sender.start()
    answers = everything_from(line)
    sender.join()
    assert answers.count(b"HTTP/1.1 200 OK") == count
    assert answers.rindex(b"HTTP/1.1 404") > answers.rindex(b"HTTP/1.1 200")
    assert len(waiting) == count + 1
    assert max(waiting) <= PIECE / len(LIVEZ)
    assert max(unread) < 1_000_000  # nothing is read while requests wait


@pytest.mark.database
@pytest.mark.parametrize("size", [1, PIECE, 40_000])
def test_requests_behind_a_body_are_parsed_a_few_at_once(connect, monkeypatch, size):
    most = 0
    parsed = BoundedHTTPProtocol.feed

    def feed(self, data):
        nonlocal most
        parsed(self, data)
        most = max(most, len(self.pipeline))

    monkeypatch.setattr(BoundedHTTPProtocol, "feed", feed)
    body = b'{"query": "{ __typename }"}'.ljust(size)[:size]
    line = connect()
    line.sendall(POST + b"Content-Length: %d\r\n\r\n" % size)
    time.sleep(0.1)  # the body comes apart from its head
    last = LIVEZ + b"Connection: close\r\n\r\n"
    line.sendall(body + (LIVEZ + b"\r\n") * 500 + last)
    answer = everything_from(line)
    assert status_of(answer) == (400 if size == 1 else 200)
    assert answer.count(b"HTTP/1.1 200 OK") == (501 if size == 1 else 502)
    assert 0 < most <= PIECE // len(LIVEZ)


def test_a_connection_ends_after_its_number_of_requests(connect):
    line = connect()
    line.sendall((LIVEZ + b"\r\n") * (LIMITS.requests + 100))
    answers = everything_from(line)
    assert answers.count(b"HTTP/1.1 200 OK") == LIMITS.requests
    assert answers.count(b"connection: close") == 1


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (LIVEZ + b"X: " + b"a" * 20_000, 431),
        (LIVEZ + b"a: b\r\n" * 30 + b"\r\n", 431),
        (b"GET /" + b"a" * 20_000, 431),
        (b"GET /livez?" + b"a&" * 201 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        (b"GET /graphql HTTP/1.1\r\n" + CLOSE, 400),
        (b"GET /graphql HTTP/1.1\r\n" + 2 * HOST + CLOSE, 400),
        (b"GET /nothing HTTP/1.0\r\n\r\n", 404),
        (b"GET /livez\r\n nonsense", 400),
        (LIVEZ + b"X: a", 408),
        (POST + b"Content-Length: 100\r\n\r\n{", 408),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", 408),
        (b"", None),
    ],
    ids=[
        "head",
        "headers",
        "url",
        "parameters",
        "no host",
        "two hosts",
        "HTTP/1.0",
        "syntax",
        "slow head",
        "slow body",
        "chunks",
        "idle",
    ],
)
def test_a_request_that_is_too_large_or_too_late_is_refused(
    connect, request_bytes, status
):
    line = connect()
    line.sendall(request_bytes)
    answer = everything_from(line)
    assert status_of(answer) == status
    assert answer.count(b"HTTP/1.1 ") == (status is not None)


def sent_in_pieces(line, head, pieces):
    """The status of a request whose body comes piece by piece."""
    count = sum(map(len, pieces))
    line.sendall(head + f"Content-Length: {count}\r\n\r\n".encode())
    try:
        for piece in pieces:
            line.sendall(piece)
            time.sleep(0.1)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it is refused already
    line.settimeout(2 * SECONDS)
    return status_of(line.recv(1 << 16))


def test_the_files_of_an_import_may_be_larger_and_come_for_longer(connect):
    pieces = [b"x" * 12_000] * 12  # in twice the time of other bodies
    assert sent_in_pieces(connect(), UPLOAD, pieces) == 400  # they are no form
    assert sent_in_pieces(connect(), POST, pieces) in (408, 413)
    assert sent_in_pieces(connect(), UPLOAD, [b"x" * 300_000]) == 413
    assert sent_in_pieces(connect(), UPLOAD, [b"x"] * 20) == 408


def test_one_byte_at_a_time_does_not_keep_a_connection_open(connect):
    line = connect()
    line.sendall(LIVEZ + b"X: ")
    ended = threading.Event()

    def trickle():
        while not ended.wait(0.05):
            try:
                line.send(b"a")
            except OSError:
                return

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        assert status_of(everything_from(line)) in (408, None)
    finally:
        ended.set()
        thread.join()


UPGRADE = b"GET /graphql HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\n"
UPGRADE += b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
UPGRADE += b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 5\r\n\r\nhello",
        b"Content-Length: 5\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
)
def test_a_handshake_with_a_body_is_refused(connect, body):
    line = connect()
    line.sendall(UPGRADE + body)
    assert status_of(everything_from(line)) == 400


def test_a_trailer_is_no_header(connect):
    body = b'{"query": "{ __typename }"}'
    chunk = b"\r\n%x\r\n%s\r\n0\r\n" % (len(body), body)
    end = b"Connection: close\r\nTransfer-Encoding: chunked\r\n"
    statuses = []
    for head, trailer in (
        (POST, b"Host: evil.example\r\n" * 30),
        (b"POST /graphql HTTP/1.1\r\n" + HOST, b"Content-Type: application/json\r\n"),
    ):
        line = connect()
        line.sendall(head + end + chunk + trailer + b"\r\n")
        statuses.append(status_of(everything_from(line)))
    assert statuses == [200, 415]


def test_a_body_that_nobody_reads_ends_with_its_connection(connect):
    line = connect()
    line.sendall(LIVEZ + b"Content-Length: 100000000\r\n\r\n")
    assert line.recv(12) == b"HTTP/1.1 200"
    with pytest.raises(ConnectionError):
        line.sendall(b"a" * 100_000_000)


def test_an_idle_connection_makes_room_for_a_new_one(connect, host):
    lines = [connect() for _ in range(3 * LIMITS.connections)]
    client = http.client.HTTPConnection(host[0], int(host[1]), timeout=SECONDS)
    with closing(client):
        client.request("GET", "/livez")
        assert client.getresponse().read() == b"alive\n"
    assert everything_from(lines[0]) == b""


def test_a_client_that_had_an_answer_goes_after_those_that_never_asked(connect):
    client = connect()
    client.sendall(LIVEZ + b"\r\n")
    assert status_of(client.recv(1 << 16)) == 200
    for _ in range(2 * LIMITS.connections):
        connect()
    client.sendall(LIVEZ + b"\r\n")
    assert status_of(client.recv(1 << 16)) == 200


@pytest.fixture
def losses(monkeypatch):
    """Set when the server has given up a connection."""
    event = threading.Event()
    inner = BoundedHTTPProtocol.connection_lost

    def noted(protocol, error):
        inner(protocol, error)
        event.set()

    monkeypatch.setattr(BoundedHTTPProtocol, "connection_lost", noted)
    return event


UNREAD = b'{"query": "{ %s }"}' % b" ".join(
    b'a%d: organisation(key: \\"a\\") { name }' % number for number in range(20)
)


def test_a_client_that_reads_no_answer_is_cut_off(connect, losses):
    line = connect()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    head = POST + b"Content-Length: %d\r\n\r\n" % len(UNREAD)
    for _ in range(300):  # more than the buffers of both systems hold
        try:
            line.settimeout(0.2)
            line.sendall(head + UNREAD)
        except OSError:
            break
    assert losses.wait(SECONDS)


def test_answers_that_wait_for_clients_are_bounded_together():
    class Transport:
        def __init__(self, size):
            self.size, self.is_aborted = size, False

        def get_write_buffer_size(self):
            return self.size

        def abort(self):
            self.is_aborted = True

    class Connection:
        def __init__(self, size):
            self.transport = Transport(size)
            self.unsent = UnsentAnswer(self.transport, LIMITS)

    connections = [Connection(size) for size in (30, 60, 20, 40)]
    release_unsent(connections, 100)
    aborted = [each.transport.is_aborted for each in connections]
    assert aborted == [False, True, False, False]
