"""The application behind a socket of its own, for clients that are no Python."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from service.cli.api_server import server_config
from service.database import Address
from service.server.client_limits import ClientLimits
from service.settings import Settings


@contextmanager
def listening(
    address: Address, settings: Settings, limits: ClientLimits | None = None
) -> Iterator[str]:
    """Where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        config = server_config(address, settings, None, 5, limits)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
        thread.start()
        try:
            while thread.is_alive() and not server.started:
                time.sleep(0.05)
            yield f"http://127.0.0.1:{line.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
