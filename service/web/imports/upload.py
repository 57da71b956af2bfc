"""The files of a request, written to the folder of an import as they arrive."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from service.errors import BadInput
from service.web.forms import CSRF_FIELD
from service.web.imports.folder import ImportFolder, safe_name

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_FILES = 100
MAX_PARTS = MAX_FILES + 10  # a form has few fields that are no files
MAX_FIELD = 1_000  # bytes of such a field
DISPOSITION = b"content-disposition"


async def receive_files(
    request: Request,
    body: AsyncIterable[bytes],
    folder: ImportFolder,
    max_bytes: int,
    check_csrf_token: Callable[[str], None],
) -> None:
    """Store the files of a form; its CSRF token comes before the first of them."""
    upload = Upload(folder, max_bytes, check_csrf_token)
    try:
        parser = MultipartParser(boundary_of(request), upload.callbacks())
        async for chunk in body:
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise BadInput("The upload arrived damaged; send it again.") from error
    finally:
        upload.close()
    if not upload.names:
        raise BadInput("Choose a file first.")
    folder.write("upload", {**folder.document("upload"), "names": upload.names})


def boundary_of(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise BadInput("Send the files as multipart/form-data.")
    return boundary


@dataclass
class Upload:
    """Takes what the parser finds: fields in memory, files on the disk."""

    folder: ImportFolder
    max_bytes: int
    check_csrf_token: Callable[[str], None]
    names: list[str] = field(default_factory=list)
    byte_count: int = 0
    part_count: int = 0
    has_csrf_token: bool = False
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _header: list[bytes] = field(default_factory=lambda: [b"", b""])
    _field: str = ""
    _text: bytearray = field(default_factory=bytearray)
    _file: IO[bytes] | None = None

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self.begin_part,
            "on_header_field": lambda data, start, end: self.add_header(
                0, data[start:end]
            ),
            "on_header_value": lambda data, start, end: self.add_header(
                1, data[start:end]
            ),
            "on_header_end": self.end_header,
            "on_headers_finished": self.open_part,
            "on_part_data": lambda data, start, end: self.add_data(data[start:end]),
            "on_part_end": self.end_part,
        }

    def begin_part(self) -> None:
        self.part_count += 1
        if self.part_count > MAX_PARTS:  # each takes the time of many bytes
            raise BadInput(f"The form has more than {MAX_PARTS} parts.")
        self._headers, self._header, self._field = {}, [b"", b""], ""
        self._text.clear()

    def add_header(self, part: int, data: bytes) -> None:
        self._header[part] += data

    def end_header(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value
        self._header = [b"", b""]

    def open_part(self) -> None:
        _, options = parse_options_header(self._headers.get(DISPOSITION, b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            return
        if not self.has_csrf_token:
            self.check_csrf_token("")  # no file is stored before
        if name := options[b"filename"].decode("utf-8", "replace"):
            self.open_file(name)

    def open_file(self, name: str) -> None:
        if len(self.names) == MAX_FILES:
            raise BadInput(f"Choose at most {MAX_FILES} files, or one zip of them.")
        name = safe_name(name)
        if name.casefold() in {other.casefold() for other in self.names}:
            raise BadInput(f"Two files have the name {name}; rename one of them.")
        self.names.append(name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(self.folder.files / name, flags, 0o600)
        self._file = os.fdopen(descriptor, "wb")

    def add_data(self, data: bytes) -> None:
        self.byte_count += len(data)
        if self.byte_count > self.max_bytes:
            raise BadInput(
                f"The files are larger than {self.max_bytes / 1e6:,.0f} MB. Load them"
                " with `valuenet load`, or raise VALUENET_IMPORT_MEGABYTES."
            )
        if self._file is not None:
            self._file.write(data)
        elif len(self._text) + len(data) > MAX_FIELD:
            raise BadInput("A field of the form is too long.")
        else:
            self._text += data

    def end_part(self) -> None:
        if self._field == CSRF_FIELD and self._file is None:
            self.check_csrf_token(self._text.decode("utf-8", "replace"))
            self.has_csrf_token = True
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
