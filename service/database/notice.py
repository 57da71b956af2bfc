"""What a long job shows to the person who waits: lines, and progress in bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]


class ProgressNotice(Protocol):
    """The command line shows both on stderr; a library caller may stay silent."""

    def say(self, text: str) -> None:
        """One line, without a line end."""

    def progress(
        self, description: str, total_bytes: int | None
    ) -> AbstractContextManager[Advance]:
        """Gives a callable for bytes done since its last call, from any thread.

        total_bytes is None if the other side does not send sizes.
        """


class Silent:
    """Shows nothing."""

    def say(self, text: str) -> None:
        pass

    @contextmanager
    def progress(self, description: str, total_bytes: int | None) -> Iterator[Advance]:
        yield lambda done: None


SILENT = Silent()
