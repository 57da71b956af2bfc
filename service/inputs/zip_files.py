"""The files of a zip, each with a path below that of the zip; none is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from service.errors import BadInput
from service.inputs.files import open_input
from service.inputs.unpacking import (
    BUFFER,
    DAMAGED,
    UNPACK_ERRORS,
    too_large,
    unpacked,
    unpacked_limit,
)

MAX_FILES = 1_000
DIRECTORY_ENTRY = b"PK\1\2"
METHODS = (ZIP_STORED, ZIP_DEFLATED)
ENCRYPTED = 0x1


def zip_files(archive: Path) -> dict[Path, ZipInfo]:
    """The entries by path; files that only systems need are left out."""
    with open_zip(archive) as zip_file:
        files: dict[Path, ZipInfo] = {}
        for entry in zip_file.infolist():
            name = entry.filename.replace("\\", "/").replace(":", "_")
            parts = [p for p in name.split("/") if p not in ("", ".", "..")]
            is_data = not any(p.startswith((".", "__MACOSX")) for p in parts)
            if parts and is_data and not entry.is_dir():
                files.setdefault(archive.joinpath(*parts), entry)
    if not files:
        raise BadInput(f"{archive}: there is no file in this archive")
    return files


@contextmanager
def open_zip(archive: Path) -> Iterator[ZipFile]:
    """A zip with a small directory, which does not unpack to too much."""
    with open_input(archive) as file:
        check_number_of_files(archive, file)
        try:
            with ZipFile(file) as zip_file:
                size = sum(entry.file_size for entry in zip_file.infolist())
                if size > unpacked_limit(file):
                    raise BadInput(f"{archive}: {too_large(unpacked_limit(file))}")
                yield zip_file
        except UNPACK_ERRORS as error:
            raise BadInput(f"{archive}: {DAMAGED}") from error


def check_number_of_files(archive: Path, file: BinaryIO) -> None:
    """`zipfile` reads the whole directory of an archive into memory."""
    count, end = 0, b""
    while chunk := file.read(BUFFER):
        count += (end + chunk).count(DIRECTORY_ENTRY)
        if count > MAX_FILES:
            text = f"more than {MAX_FILES:,} files are in this archive"
            raise BadInput(f"{archive}: {text}; unpack it and name a file")
        end = chunk[-3:]
    file.seek(0)


def open_zip_file(archive: Path, path: Path) -> BinaryIO:
    """The data of one file of a zip."""
    entry = zip_files(archive).get(path)
    if entry is None:
        raise BadInput(f"{path}: there is no such file in {archive}")
    if entry.flag_bits & ENCRYPTED:
        raise BadInput(f"{path}: it is protected by a password; unpack it first")
    if entry.compress_type not in METHODS:
        raise BadInput(f"{path}: its compression is not supported; unpack it first")
    file = open_input(archive)
    return unpacked(path, file, lambda: ZipFile(file).open(entry))
