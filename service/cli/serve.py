"""`valuenet serve`: the API over HTTP; beyond loopback only for who has a token."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer
import uvicorn

from service import database
from service.cli.console import Told
from service.cli.session import ahead, configured, prepared
from service.database import Address
from service.errors import BadInput, Unavailable
from service.server import production_checks
from service.settings import Profile, Settings

LAST_SECONDS = 5  # for the requests under way when it ends

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API of the configured database until Ctrl-C."""
    settings, told = configured("INFO"), Told()
    production_checks.refuse_unsafe(settings)
    ahead("service.app")
    with (
        # Taken first: a port in use is told before a database starts for nothing.
        bound(settings, host, port) as line,
        database.connected(settings, told) as address,
    ):
        prepared(address, settings, told)
        served(address, settings, line, told)


def bound(settings: Settings, host: str, port: int) -> socket.socket:
    """A socket that listens; loopback only, unless somebody guards the door."""
    family, place = found(host, port)
    guarded = settings.tokens is not None or settings.behind_proxy
    if not (guarded or ipaddress.ip_address(place[0]).is_loopback):
        raise BadInput(
            f"--host {host}: without tokens valuenet serves on loopback only; make one"
            " with `valuenet token NAME` and set VALUENET_TOKENS to its file (or"
            " VALUENET_BEHIND_PROXY=true where a proxy asks who callers are)"
        )
    # Named as TCP, or asyncio leaves Nagle on: 40 ms a request.
    line = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(place)
        line.listen()
    except OSError as error:
        line.close()
        why = f"cannot listen on port {port} of {host}: {error.strerror}"
        raise Unavailable(f"{why}; choose another with --port") from error
    return line


def found(host: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        first = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise BadInput(f"--host: {host!r} is not an address here") from error
    return first[0], (str(first[4][0]), port)


def served(
    address: Address, settings: Settings, line: socket.socket, told: Told, *more: str
) -> None:
    """Returns when it has been told to end."""
    from service.app import create  # with the schema, seconds to import
    from service.server.websocket_protocol import ClosingWebSocketProtocol

    config = uvicorn.Config(
        create(address, settings),
        ws=ClosingWebSocketProtocol,
        log_config=None,
        access_log=False,  # our own has the request id
        timeout_graceful_shutdown=LAST_SECONDS,
        server_header=False,
    )
    lines = [*places(settings, line), *more, "Ctrl-C ends it."]
    server = Announced(config, told, lines)
    server.run(sockets=[line])
    if not server.started:
        raise Unavailable("the API could not start; its log is above")


class Announced(uvicorn.Server):
    """Tells where it is once it answers there."""

    def __init__(self, config: uvicorn.Config, told: Told, lines: list[str]) -> None:
        super().__init__(config)
        self.told = told
        self.lines = lines

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            for text in self.lines:
                self.told.say(text)


def places(settings: Settings, line: socket.socket) -> list[str]:
    host, port = line.getsockname()[:2]
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    lines = [f"GraphQL  {base}/graphql"]
    if settings.profile is Profile.DEVELOPMENT:
        lines += [f"Editor   {base}/"]
    return lines
