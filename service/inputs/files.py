"""Opens the files that a person names: regular files alone, and not beyond a size.

A pipe would make a command wait, and a device may have no end. Each refusal is one
sentence with the path.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from service.errors import BadInput

OTHER_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def file_status(path: Path) -> os.stat_result:
    """What the path leads to, through symbolic links."""
    try:
        return path.stat()
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: {reason_of(error)}") from error


def exists(path: Path) -> bool:
    """Whether anything is there; a path that cannot be followed is an error."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: {reason_of(error)}") from error
    return True


def open_input(path: Path) -> BinaryIO:
    """The regular file at `path`, to read its bytes."""
    kind = OTHER_KINDS.get(stat.S_IFMT(file_status(path).st_mode))
    if kind:
        raise BadInput(f"{path}: expected a file; this is {kind}")
    try:
        return path.open("rb")
    except OSError as error:
        raise BadInput(f"{path}: {reason_of(error)}") from error


def read_input(path: Path, max_bytes: int) -> bytes:
    """All bytes of a file that is not larger than `max_bytes`."""
    with open_input(path) as file:
        is_small = os.fstat(file.fileno()).st_size <= max_bytes
        data = file.read(max_bytes + 1) if is_small else b""
    if not is_small or len(data) > max_bytes:
        raise BadInput(f"{path}: {size_limit(max_bytes)}")
    return data


def size_limit(max_bytes: int) -> str:
    return f"larger than {max_bytes / 1e6:,.10g} MB; is it the right file?"


def input_text(path: Path, max_bytes: int) -> str:
    """The text of a small file in UTF-8."""
    return decoded(read_input(path, max_bytes), str(path))


def decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = f"not UTF-8 text ({error.reason} at byte {error.start + 1})"
        raise BadInput(f"{name}: {text}; save it as UTF-8") from error


def folder_files(folder: Path, suffix: str) -> list[Path]:
    """What a folder holds under names with this suffix, in the order of the names."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == suffix)
    except OSError as error:
        raise BadInput(f"{folder}: {reason_of(error)}") from error


def reason_of(error: OSError | ValueError) -> str:
    """What the system says; a path with a NUL character is a ValueError."""
    return getattr(error, "strerror", None) or str(error)
