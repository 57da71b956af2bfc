"""File locks (flock): the kernel drops them when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def hold(path: Path) -> Iterator[IO[str]]:
    """Waits until no one else holds the lock, and holds it."""
    with open(path, "a", opener=open_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def share(path: Path) -> IO[str] | None:
    """A shared hold until the file is closed; None where someone holds it alone."""
    return _try_lock(path, fcntl.LOCK_SH)


def is_held(path: Path) -> bool:
    """Whether someone holds the lock exclusively."""
    return not _is_free(path, fcntl.LOCK_SH)


def is_shared(path: Path) -> bool:
    """Whether someone holds the lock, but not exclusively."""
    return not _is_free(path, fcntl.LOCK_EX) and _is_free(path, fcntl.LOCK_SH)


def _is_free(path: Path, kind: int) -> bool:
    if not path.exists():
        return True
    file = _try_lock(path, kind)
    if file is None:
        return False
    file.close()
    return True


def _try_lock(path: Path, kind: int) -> IO[str] | None:
    file = open(path, "a", opener=open_private)  # noqa: SIM115, the caller closes it
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    except BaseException:
        file.close()
        raise
    return file
