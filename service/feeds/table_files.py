"""Files of all tables: their formats, and how each is replaced as a whole."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from service.database.home import sync_to_disk
from service.errors import BadInput
from service.formats.writers.output_files import check_export

SQLITE, PARQUET = "sqlite", "parquet"
TABLE_FORMATS = (SQLITE, PARQUET)
MAGIC = b"SQLite format 3\0"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of renameat2(2)


def check_table_export(path: Path, format: str, overwrite: bool) -> None:
    """Refuse a path that cannot be written, before anything is computed."""
    if format == PARQUET and find_spec("arro3") is None:
        raise BadInput(
            "--format parquet needs the package arro3-io (34 MB). Install it with"
            " `uv sync --extra parquet`, or with `pip install 'valuenet[parquet]'`."
        )
    check_export(path, format == PARQUET, overwrite)
    if format == SQLITE and path.is_file():
        check_database(path)


def check_database(path: Path) -> None:
    """Refuse a file that is no SQLite database, or that another program changes."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) not in (MAGIC, b""):
            raise BadInput(f"{path}: is no SQLite database; give another name")
    for suffix in ("-journal", "-wal"):
        if Path(f"{path}{suffix}").exists():
            raise BadInput(
                f"{path}: another program writes to it ({path.name}{suffix} exists);"
                " close that program first"
            )


@contextmanager
def complete_output(path: Path) -> Iterator[Path]:
    """A new file or folder that becomes `path` in the end, on the disk and in one step.

    It is made in a folder beside `path`. Who has the old file open can read it on.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with working_folder(path) as folder:
            new = folder / path.name
            yield new
            for file in [*new.iterdir(), new] if new.is_dir() else [new]:
                sync_to_disk(file)
            put_in_place(new, path)
            sync_to_disk(path.parent)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error


@contextmanager
def working_folder(path: Path) -> Iterator[Path]:
    """An empty folder beside `path`. Those of exports that were killed are removed."""
    for folder in path.parent.glob(f".{escape(path.name)}.*.part"):
        remove_unless_locked(folder)
    folder = Path(mkdtemp(".part", f".{path.name}.", path.parent))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(handle)


def remove_unless_locked(folder: Path) -> None:
    """Remove the working folder of an export that does not run any more."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


def put_in_place(new: Path, path: Path) -> None:
    """`new` becomes `path`; an old folder goes where the new one was, if it can."""
    if not path.is_dir():
        new.replace(path)
    elif not exchange(new, path):
        path.rename(new.with_name("old"))
        new.rename(path)


def exchange(first: Path, second: Path) -> bool:
    """Exchange the names of two folders in one step; false where no system call can."""
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is None:
        return False
    paths = os.fsencode(first), os.fsencode(second)
    return bool(call(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)
