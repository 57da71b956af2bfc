"""`valuenet serve`: the API over HTTP; without tokens it listens on loopback only."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from service.cli.command_group import command_app
from service.cli.console import TerminalNotice
from service.cli.open_files import allow_open_files
from service.cli.session import load_settings, preload, run_at, running_database
from service.database import Address, Compiler
from service.database.supervisor import Supervisor
from service.errors import BadInput, Unavailable
from service.server import production_checks
from service.server.tokens import read_tokens
from service.settings import Profile, Settings

OTHER_FILES = 500  # connections to Neo4j, files, pipes
SHUTDOWN_SECONDS = 5  # for the requests in progress

Host = Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")]
Port = Annotated[
    int,
    typer.Option(
        min=0,
        max=65_535,
        metavar="PORT",
        help="The port to listen on; 0 selects a free one.",
    ),
]

app = command_app()


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API of the database until Ctrl-C."""
    settings, notice = load_settings("INFO"), TerminalNotice()
    production_checks.refuse_unsafe(settings)
    if settings.tokens:
        read_tokens(settings.tokens)
    allow_open_files(settings.max_connections + OTHER_FILES)
    preload("service.app")
    with (
        # First, because the database need not start if the port is in use.
        listen(settings, host, port) as listener,
        running_database(settings, notice, Compiler.FULL) as address,
    ):
        run_at(address, settings, notice)
        run_server(address, settings, listener, notice)


def listen(settings: Settings, host: str, port: int) -> socket.socket:
    """A listening socket; on loopback only, unless something authenticates callers."""
    family, address = resolve(host, port)
    is_guarded = settings.tokens is not None or settings.behind_proxy
    if not (is_guarded or ipaddress.ip_address(address[0]).is_loopback):
        raise BadInput(
            f"--host {host}: without access tokens valuenet listens on loopback only."
            " Create a token with `valuenet token NAME` and set VALUENET_TOKENS to its"
            " file, or set VALUENET_BEHIND_PROXY=true if a proxy authenticates callers."
        )
    # Named as TCP; otherwise asyncio does not disable Nagle: 40 ms a request.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        reason = f"cannot listen on port {port} of {host}: {error.strerror}"
        raise Unavailable(f"{reason}; choose another port with --port") from error
    return listener


def resolve(host: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        first = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        text = f"--host: {host!r} is not a known address"
        raise BadInput(text) from error
    return first[0], (str(first[4][0]), port)


def run_server(
    address: Address,
    settings: Settings,
    listener: socket.socket,
    notice: TerminalNotice,
    *more_lines: str,
) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    from service.cli.api_server import AnnouncingServer, server_config

    lines = [*addresses(settings, listener), *more_lines, "Press Ctrl-C to stop."]
    supervisor = None if settings.neo4j_uri else Supervisor(settings, address, notice)
    config = server_config(address, settings, supervisor, SHUTDOWN_SECONDS)
    server = AnnouncingServer(config, notice, supervisor, lines)
    server.run(sockets=[listener])
    if server.failure:
        raise server.failure
    if not server.started:
        raise Unavailable("the API could not start; see the log above")


def addresses(settings: Settings, listener: socket.socket) -> list[str]:
    host, port = listener.getsockname()[:2]
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    lines = [f"Page     {base}/", f"GraphQL  {base}/graphql"]
    if settings.profile is Profile.DEVELOPMENT:
        lines[1] += "  (in a browser: the editor)"
    return lines
