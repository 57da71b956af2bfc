"""What all open connections share: their number, and answers that wait for clients."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Protocol

from service.server.client_limits import ClientLimits


class BoundedConnection(Protocol):
    """A connection by HTTP or as a WebSocket."""

    transport: asyncio.Transport
    unsent: UnsentAnswer

    @property
    def waiting_since(self) -> float | None:
        """Since when nothing but its client is missing; None if work would be lost."""

    @property
    def has_served(self) -> bool:
        """Whether its client has had an answer before."""


class UnsentAnswer:
    """What waits in the buffer of one connection, and since when."""

    def __init__(self, transport: asyncio.Transport, limits: ClientLimits) -> None:
        self.transport = transport
        self.limits = limits
        self.since: float | None = None
        self.bytes_then = 0  # in the buffer at that time

    @property
    def byte_count(self) -> int:
        return self.transport.get_write_buffer_size()

    def is_stalled(self, now: float) -> bool:
        """Whether the client has read too little since the last calls."""
        size = self.byte_count
        if not size and not self.transport.is_closing():
            self.since = None
        elif self.since is None:
            self.since, self.bytes_then = now, size
        elif now - self.since > self.limits.transfer_seconds:
            is_slow = self.bytes_then - size < self.limits.least_progress
            self.since, self.bytes_then = now, size
            return is_slow
        return False


def make_room(connections: Iterable[BoundedConnection]) -> bool:
    """Drop the connection that has waited longest for its client, if any waits.

    One whose client has had an answer goes after those that never asked anything.
    """
    waits = [
        (each.has_served, since, each.transport)
        for each in connections
        if (since := each.waiting_since) is not None
    ]
    if waits:
        min(waits, key=lambda wait: wait[:2])[2].abort()
    return bool(waits)


def release_unsent(connections: Iterable[BoundedConnection], most_bytes: int) -> None:
    """Abort the connections with most unsent bytes while all together have too many."""
    sizes = [(each.unsent.byte_count, each.transport) for each in connections]
    total = sum(size for size, _ in sizes)
    for size, transport in sorted(sizes, key=lambda pair: -pair[0]):
        if total <= most_bytes:
            return
        transport.abort()
        total -= size
