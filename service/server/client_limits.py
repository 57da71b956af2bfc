"""What one client may take before it has sent a request or received its answer."""

from __future__ import annotations

from dataclasses import dataclass

from service.server.graphql_request import MAX_BYTES
from service.settings import Settings

UPLOAD_PATH = "/import"
UPLOAD_HEADS = 1_000_000  # bytes around the files of an import


@dataclass(frozen=True)
class ClientLimits:
    """The bounds of each connection; those of the settings have no default here."""

    connections: int
    transfer_seconds: float  # for the body of a request, or for a part of the answer
    head_seconds: float = 10  # for the next request line and its headers
    head_bytes: int = 32_768
    headers: int = 100
    body_bytes: int = 2 * MAX_BYTES  # as sent: chunks have heads of their own
    upload_bytes: int = 2 * MAX_BYTES  # of the body of an import
    upload_piece: int = 1_000_000  # of it, in each `transfer_seconds`
    requests: int = 10_000  # then the connection is closed, and the client opens one
    unsent_bytes: int = 256_000_000  # of answers, on all connections together
    least_progress: int = 300_000  # of an unsent answer, in `transfer_seconds`
    message_bytes: int = 1_000_000  # of a WebSocket
    message_seconds: float = 10  # from its first frame to its last
    frames: int = 500  # of a WebSocket, in `frame_seconds`
    frame_seconds: float = 10
    check_seconds: float = 1  # between two looks at a connection


def client_limits(settings: Settings) -> ClientLimits:
    return ClientLimits(
        settings.max_connections,
        settings.transfer_seconds,
        upload_bytes=settings.import_megabytes * 1_000_000 + UPLOAD_HEADS,
    )
