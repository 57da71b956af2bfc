"""Opens files as readers need them: what is packed by gzip or zip is unpacked.

A file in a zip has a path below that of the zip, such as `orders.zip/2026/orders.csv`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO

from service.errors import BadInput
from service.inputs.content import HEAD, Content, content_of
from service.inputs.files import folder_files, open_input, size_limit
from service.inputs.unpacking import UnpackedStream, unpacked
from service.inputs.zip_files import open_zip_file, zip_files

CHUNK = 1 << 20


def open_data(path: Path) -> BinaryIO:
    """The unpacked bytes of the file at `path`, from their beginning."""
    if archive := archive_around(path):
        if not is_zip(archive):
            raise BadInput(f"{path}: {archive} is neither a folder nor a zip")
        return open_zip_file(archive, path)
    file = open_input(path)
    content = content_of(file.read(HEAD))
    file.seek(0)
    if content is Content.GZIP:
        return unpacked(path, file, lambda: GzipFile(fileobj=file))
    if content in (Content.ZIP, Content.ARCHIVE):
        file.close()
        if content is Content.ZIP:
            return open_zip_file(path, only_file(path))
        raise BadInput(f"{path}: this kind of archive is not read; unpack it first")
    return file


def read_data(path: Path, max_bytes: int) -> bytes:
    """All unpacked bytes of a file, which are not more than `max_bytes`."""
    with open_data(path) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise BadInput(f"{path}: {size_limit(max_bytes)}")
    return data


def chunks_of(path: Path) -> Iterator[bytes]:
    """The unpacked bytes, a megabyte at a time."""
    with open_data(path) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def content_at(path: Path) -> Content | None:
    """What the file at `path` holds, once it is unpacked."""
    with open_data(path) as file:
        return content_of(file.read(HEAD))


@contextmanager
def file_on_disk(path: Path) -> Iterator[Path]:
    """The path of the unpacked file: a temporary one if the file is packed."""
    with open_data(path) as data:
        if not isinstance(getattr(data, "raw", None), UnpackedStream):
            yield path
            return
        with tempfile.NamedTemporaryFile(prefix="valuenet-") as copy:
            while chunk := data.read(CHUNK):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)


def data_files(path: Path) -> list[Path]:
    """The files to read at `path`: those of a zip, else the file itself."""
    return list(zip_files(path)) if is_zip(path) else [path]


def is_collection(path: Path) -> bool:
    """Whether `path` is a folder, or a zip."""
    return path.is_dir() or is_zip(path)


def collection_files(path: Path, suffix: str) -> list[Path]:
    """What a folder or a zip holds under names with this suffix, in their order."""
    if path.is_dir():
        return folder_files(path, suffix)
    return sorted(file for file in zip_files(path) if file.suffix == suffix)


def is_zip(path: Path) -> bool:
    """Whether `path` is a zip, and not a workbook, which is one inside."""
    if not path.is_file():
        return False
    with open_input(path) as file:
        return content_of(file.read(HEAD)) is Content.ZIP


def archive_around(path: Path) -> Path | None:
    """The file that a path leads through."""
    if os.path.lexists(path):
        return None
    return next((parent for parent in path.parents if parent.is_file()), None)


def only_file(archive: Path) -> Path:
    files = list(zip_files(archive))
    if len(files) > 1:
        names = ", ".join(str(file.relative_to(archive)) for file in files[:3])
        text = f"holds {len(files):,} files ({names}{', …' if files[3:] else ''})"
        raise BadInput(f"{archive}: {text}; name one, such as {files[0]}")
    return files[0]
