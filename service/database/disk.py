"""Errors of the disk, each as one line: what failed, where, and what to do."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import Unavailable

FULL = {errno.ENOSPC, errno.EDQUOT}
NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}
MOVE_CACHE = "set VALUENET_CACHE to another folder"
WRONG_KIND = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}


@contextmanager
def explain_disk_errors(doing: str, path: Path, setting: str) -> Iterator[None]:
    """Turns an OSError under `path` into advice; `setting` is what moves the path."""
    try:
        yield
    except OSError as error:
        raise Unavailable(disk_error_message(doing, path, setting, error)) from error


def require_space(doing: str, path: Path, setting: str, needed: int) -> None:
    """Unavailable unless the disk of `path` has so many bytes for us."""
    try:
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        free = shutil.disk_usage(there).free
    except OSError:
        return  # the work itself meets it too, and says what it is
    if free < needed:
        raise Unavailable(
            f"cannot {doing} at {path}: it needs {megabytes(needed)} of free space,"
            f" {megabytes(free)} are free; free some space or {setting}"
        )


def megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def own_folder(path: Path, setting: str) -> Path:
    """The absolute path of a folder that a setting names; `~` is no folder.

    A default begins with it where the user has no home, and a variable where no shell
    has replaced it.
    """
    if path.parts[:1] == ("~",):
        reason = "this user has no home folder, or no shell has replaced the `~`"
        raise Unavailable(f"{path}: {reason}; set {setting} to an absolute path")
    return path.absolute()


def disk_error_message(doing: str, path: Path, setting: str, error: OSError) -> str:
    where = f"{doing} at {path}"
    if error.errno in FULL:
        return disk_full_message(doing, path, setting)
    if error.errno in NO_PERMISSION:
        return permission_message(doing, path, setting)
    if error.errno in WRONG_KIND:
        return (
            f"cannot {where}: {error.filename or path} is a file where a folder is"
            f" expected, or the reverse; move it away or {setting}"
        )
    reason = error.strerror or type(error).__name__
    return f"cannot {where}: {reason} ({error.filename or path}); mend it or {setting}"


def disk_full_message(doing: str, path: Path, setting: str, needed: int = 0) -> str:
    amount = f"{megabytes(needed)} of space" if needed else "some space"
    return f"cannot {doing} at {path}: the disk is full; free {amount} or {setting}"


def permission_message(doing: str, path: Path, setting: str) -> str:
    return (
        f"cannot {doing} at {path}: no permission to write there; allow it or {setting}"
    )
