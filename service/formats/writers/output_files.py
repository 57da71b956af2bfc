"""Files and folders that get their name only when they are complete."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import BadInput
from service.formats.connections import CONNECTIONS, FILES
from service.inputs.files import exists

EXPORTED_NAMES = {*FILES, *CONNECTIONS}
EXPORTED_SUFFIXES = {".csv", ".jsonl", ".arrow"}
PARQUET_LIST = "_tables.parquet"  # of a folder of Parquet files that is an export


async def save_file(
    path: Path, chunks: AsyncIterator[bytes], overwrite: bool = False
) -> None:
    """Write the chunks to a temporary file beside `path`, then rename it."""
    check_target(path, False, overwrite)
    part = part_of(path)
    try:
        with part.open("wb") as out:
            async for chunk in chunks:
                out.write(chunk)
        part.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """A temporary folder that becomes `path` in the end; `path` may be empty before."""
    check_target(path, True, overwrite)
    part, old = part_of(path), path.with_name(f".{path.name}.old")
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rename(old)
        part.rename(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if old.exists() and not path.exists():
            old.rename(path)
        for folder in (part, old):
            remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder of files, if there is one."""
    if folder.exists():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def check_target(path: Path, is_folder: bool, overwrite: bool) -> None:
    """Refuse a path that exists, unless it is empty or an export to be replaced."""
    if not exists(path):
        return
    if is_folder and path.is_dir() and not any(path.iterdir()):
        return
    if not overwrite:
        advice = "give another name, or --overwrite to replace it"
        raise BadInput(f"{path}: already exists; {advice}")
    if path.is_dir() != is_folder:
        kinds = ("a folder", "a file") if is_folder else ("a file", "a folder")
        text = f"the export is {kinds[0]}, and this is {kinds[1]}; give another name"
        raise BadInput(f"{path}: {text}")
    if is_folder and (other := other_file(path)):
        text = f"holds {other.name}, which is no file of an export; remove it"
        raise BadInput(f"{path}: {text}, or give another name")


def other_file(folder: Path) -> Path | None:
    """A file of the folder that no export has written."""
    has_parquet = (folder / PARQUET_LIST).is_file()
    for file in sorted(folder.iterdir()):
        is_export = file.stem in EXPORTED_NAMES and file.suffix in EXPORTED_SUFFIXES
        is_export |= has_parquet and file.suffix == ".parquet"
        if not is_export or not file.is_file():
            return file
    return None


def check_export(path: Path, is_folder: bool, overwrite: bool = False) -> None:
    """Refuse a file or folder that cannot be written, before anything is computed."""
    if not path.name:
        raise BadInput(f"{path}: expected the name of a new file or folder")
    check_target(path, is_folder, overwrite)
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
