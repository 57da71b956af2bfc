"""A request for a table in one format, and the bytes that answer it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date

from service.errors import BadInput
from service.feeds.encoders import DIALECTS, FORMATS, PLAIN, Dialect, Header
from service.feeds.table import DAY_COLUMN, DELETED_COLUMN, Table
from service.feeds.table_reader import TableReader
from service.feeds.table_request import TableRequest, known_parameters, parse_request

DIALECT = "dialect"
DIALECT_TEXT = (
    "For spreadsheets: excel (semicolons and decimal commas) or excel-us (commas and"
    " decimal points)."
)


@dataclass(frozen=True)
class FileRequest:
    """A table in one format. `text` is all that the request says."""

    rows: TableRequest
    format: str
    dialect: Dialect
    text: str

    @property
    def file_name(self) -> str:
        return f"{self.rows.table.name}.{self.format}"

    @property
    def header(self) -> Header:
        columns: Header = {DAY_COLUMN: date} if self.rows.days else {}
        columns |= {column.name: column.type for column in self.rows.columns}
        return columns | ({DELETED_COLUMN: bool} if self.rows.since is not None else {})


def known_names(table: Table, format: str) -> dict[str, str]:
    """The descriptions of the parameters that a table in this format has."""
    known = {name: text for name, (_, text) in known_parameters(table).items()}
    return known | ({DIALECT: DIALECT_TEXT} if format == "csv" else {})


def file_request(table: Table, format: str, values: Mapping[str, str]) -> FileRequest:
    """The request that these parameters make; BadInput for what it cannot mean."""
    own = {name: value for name, value in values.items() if name != DIALECT}
    dialect = values.get(DIALECT)
    if dialect is not None and dialect not in DIALECTS:
        expected = " or ".join(DIALECTS)
        raise BadInput(f"dialect: expected {expected}; got {dialect[:20]!r}.")
    rows = parse_request(table, own)
    text = str(sorted(values.items()))
    return FileRequest(rows, format, DIALECTS.get(dialect or "", PLAIN), text)


async def file_parts(
    reader: TableReader, file: FileRequest
) -> AsyncGenerator[bytes, None]:
    """The bytes of the file, a block at a time."""
    encode = FORMATS[file.format].encode
    async with aclosing(reader.blocks(file.rows)) as blocks:
        async for data in encode(file.header, blocks, file.dialect):
            yield data
