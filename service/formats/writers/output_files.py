"""Files and folders that get their name only when they are complete."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import BadInput
from service.inputs.files import exists


async def save_file(path: Path, chunks: AsyncIterator[bytes]) -> None:
    """Write the chunks to a temporary file beside `path`, then rename it."""
    refuse_existing(path)
    part = part_of(path)
    try:
        with part.open("wb") as out:
            async for chunk in chunks:
                out.write(chunk)
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder that becomes `path` in the end; `path` may be empty before."""
    if not (path.is_dir() and not any(path.iterdir())):
        refuse_existing(path)
    part = part_of(path)
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rmdir()
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if part.exists():
            for file in part.iterdir():
                file.unlink()
            part.rmdir()


def refuse_existing(path: Path) -> None:
    if exists(path):
        raise BadInput(f"{path}: already exists; give another name or remove it")


def check_export(path: Path, is_folder: bool) -> None:
    """Refuse a file or folder that cannot be written, before anything is computed."""
    if not path.name:
        raise BadInput(f"{path}: expected the name of a new file or folder")
    if not (is_folder and path.is_dir() and not any(path.iterdir())):
        refuse_existing(path)
    exists(part_of(path))  # its name may be too long
    parent = path.parent
    while is_folder and not exists(parent):
        parent = parent.parent  # the missing folders are made
    check_folder(parent, str(path))


def check_output(path: Path, option: str) -> None:
    """Refuse a file that cannot be written; an existing one is replaced."""
    if path.is_dir():
        raise BadInput(f"{option}: {path}: this is a folder; expected a file")
    if not exists(path):
        check_folder(path.parent, f"{option}: {path}")
    elif not os.access(path, os.W_OK):
        raise BadInput(f"{option}: {path}: no permission to write this file")


def check_folder(folder: Path, name: str) -> None:
    """Refuse the file or folder `name` if none can be made in `folder`."""
    if not exists(folder):
        raise BadInput(f"{name}: the folder {folder} does not exist; create it first")
    if not folder.is_dir():
        raise BadInput(f"{name}: {folder} is not a folder")
    if not os.access(folder, os.W_OK):
        raise BadInput(f"{name}: no permission to write into {folder}")


def part_of(path: Path) -> Path:
    """Where a file or folder is until it is complete."""
    return path.with_name(f".{path.name}.part")
