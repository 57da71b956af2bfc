"""Unpacks data as a stream, within bounds; an archive in an archive is refused."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable
from gzip import GzipFile
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import BadZipFile

from service.errors import BadInput
from service.inputs.content import HEAD, Content, content_of

BUFFER = 1 << 20
MAX_RATIO = 200  # unpacked bytes for each packed byte
SMALL = 64_000_000  # unpacked bytes up to which the ratio does not matter
PACKED = (Content.GZIP, Content.ZIP, Content.ARCHIVE)
DAMAGED = "its compressed data is damaged; copy or download it again"
# What unpacking raises for damaged data.
UNPACK_ERRORS: tuple[type[Exception], ...] = (OSError, EOFError, ValueError)
UNPACK_ERRORS += (RuntimeError, OverflowError, BadZipFile, zlib.error)


def unpacked(
    path: Path, file: BinaryIO, unpack: Callable[[], IO[bytes] | GzipFile]
) -> BinaryIO:
    """The data that is packed in `file`, unless it is packed once more."""
    try:
        stream = UnpackedStream(path, file, unpack())
    except UNPACK_ERRORS as error:
        file.close()
        raise BadInput(f"{path}: {DAMAGED}") from error
    data = io.BufferedReader(stream, BUFFER)
    try:
        content = content_of(data.peek(HEAD))
    except BadInput:
        data.close()
        raise
    if content in PACKED:
        data.close()
        raise BadInput(f"{path}: holds another archive; unpack it first")
    return data


class UnpackedStream(io.RawIOBase):
    """Bytes as they are unpacked; damaged data and endless data are errors."""

    def __init__(
        self, path: Path, file: BinaryIO, stream: IO[bytes] | GzipFile
    ) -> None:
        self._path = path
        self._file = file
        self._stream = stream
        self._limit = unpacked_limit(file)
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except UNPACK_ERRORS as error:
            raise BadInput(f"{self._path}: {DAMAGED}") from error
        self._size += len(data)
        if self._size > self._limit:
            raise BadInput(f"{self._path}: {too_large(self._limit)}")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._file.close()
        super().close()


def unpacked_limit(file: BinaryIO) -> int:
    return max(SMALL, MAX_RATIO * os.fstat(file.fileno()).st_size)


def too_large(limit: int) -> str:
    return f"unpacks to more than {limit / 1e6:,.0f} MB; is it the right file?"
