"""The memory that the bodies of all requests may have together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from schema.execution.large_inputs import LARGE
from service.errors import Unavailable

MOST_BYTES = 128_000_000


@dataclass
class LargeBodies:
    """How much memory large bodies have now."""

    most_bytes: int = MOST_BYTES
    small: int = LARGE  # bytes; such bodies are not counted
    byte_count: int = 0

    @contextmanager
    def space(self) -> Iterator[BodySpace]:
        """The space of one request; it is free again after the block."""
        space = BodySpace(self)
        try:
            yield space
        finally:
            self.byte_count -= space.byte_count


@dataclass
class BodySpace:
    """The part that one request has."""

    bodies: LargeBodies
    byte_count: int = 0

    def grow(self, size: int) -> None:
        """Take what a body of this size needs; Unavailable if others have it."""
        if size <= self.bodies.small:
            return
        more = size - self.byte_count
        if self.bodies.byte_count + more > self.bodies.most_bytes:
            text = "Too many large requests at the same time; send this one again."
            raise Unavailable(text)
        self.bodies.byte_count += more
        self.byte_count = size
