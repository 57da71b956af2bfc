"""Decoders turn the values that Neo4j returns, by position, into the response.

All values of one place in the selection are decoded at once, so that a page of ten
thousand records costs a few passes over lists and not a call for each field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from service.compiler.schema_mapping import NotCompilable
from service.compiler.windows import Page


class Decoder(Protocol):
    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]: ...


@dataclass(frozen=True)
class ScalarDecoder:
    """Converts each value, null included."""

    convert: Callable[[Any], Any]

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        return [self.convert(value) for value in values]


@dataclass(frozen=True)
class RequiredDecoder:
    """Leaves each value as it is; none of them may be null."""

    name: str

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        if None in values:
            raise NotCompilable(f"{self.name} is missing")
        return values


@dataclass(frozen=True)
class ObjectDecoder:
    """An object: a list of values in the order of the response's `names`."""

    names: tuple[str, ...]
    columns: tuple[tuple[int, Decoder], ...]  # the positions that need a decoder

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        for index, decoder in self.columns:
            column = [row[index] for row in values]
            decoded = decoder.decode(column, pages)
            if decoded is not column:
                for row, value in zip(values, decoded, strict=True):
                    row[index] = value
        return objects_of(self.names, values)


def objects_of(names: tuple[str, ...], rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Rows as maps. Most records have few fields: written out, it takes a third."""
    match names:
        case (a,):
            return [{a: x} for (x,) in rows]
        case (a, b):
            return [{a: x, b: y} for x, y in rows]
        case (a, b, c):
            return [{a: x, b: y, c: z} for x, y, z in rows]
    # The lengths are equal by construction; a check of them costs a third more.
    return [dict(zip(names, row, strict=False)) for row in rows]


@dataclass(frozen=True)
class SingleFieldDecoder:
    """An object of one field, which comes without a list around it."""

    name: str
    decoder: Decoder

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        name = self.name
        return [{name: value} for value in self.decoder.decode(values, pages)]


@dataclass(frozen=True)
class UnionDecoder:
    """An object of one of several types: the number of its type, then the object."""

    decoders: tuple[Decoder, ...]

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        decoded: list[Any] = [None] * len(values)
        for number, decoder in enumerate(self.decoders):
            indices = [i for i, (kind, _) in enumerate(values) if kind == number]
            column = decoder.decode([values[i][1] for i in indices], pages)
            for i, value in zip(indices, column, strict=True):
                decoded[i] = value
        return decoded


@dataclass(frozen=True)
class NullableDecoder:
    """An object or null; where the schema has no null, the executor reports it."""

    decoder: Decoder
    required: bool = False

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        present = [value for value in values if value is not None]
        if self.required and len(present) < len(values):
            raise NotCompilable("a record lacks an end")
        decoded = iter(self.decoder.decode(present, pages))
        return [None if value is None else next(decoded) for value in values]


@dataclass(frozen=True)
class CursorDecoder:
    """Turns positions in the order of a page into its cursors."""

    page: int

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        page = pages[self.page]
        return [cursor_of(page, position) for position in values]


@dataclass(frozen=True)
class ConnectionDecoder:
    """A page: [rows, total]; a row has its `parts`, and its position if needed."""

    page: int  # the index of its page
    parts: tuple[Decoder, ...]
    fields: tuple[tuple[str, str, Any], ...]  # name, source, the part or its fields

    def decode(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        page = pages[self.page]
        fetched = [rows for rows, _ in values]
        columns = [self.column(fetched, i, pages) for i in range(len(self.parts))]
        return [
            {
                name: self.field(source, detail, i, values[i], columns, page)
                for name, source, detail in self.fields
            }
            for i in range(len(values))
        ]

    def column(
        self, fetched: list[list[Any]], part: int, pages: Sequence[Page]
    ) -> list[list[Any]]:
        """One part of all rows of all parents: decoded at once, then split again."""
        page = pages[self.page]
        page_rows = [page.shown_rows(rows) for rows in fetched]
        flat = [row[part] for rows in page_rows for row in rows]
        decoded = self.parts[part].decode(flat, pages)
        ends = [0]
        for rows in page_rows:
            ends.append(ends[-1] + len(rows))
        return [decoded[a:b] for a, b in pairwise(ends)]

    def field(
        self,
        source: str,
        detail: Any,
        parent: int,
        value: list[Any],
        columns: list[list[list[Any]]],
        page: Page,
    ) -> Any:
        if source == "part":
            return columns[detail][parent]
        rows, total = value
        if source == "total":
            return total
        if source == "constant":
            return detail
        return {name: page_info_field(field, rows, page) for name, field in detail}


def page_info_field(field: str, rows: list[Any], page: Page) -> Any:
    match field:
        case "hasNextPage":
            return page.has_next(rows)
        case "hasPreviousPage":
            return page.has_previous(rows)
        case "startCursor" | "endCursor":
            row = page.edge_row(rows, last=field == "endCursor")
            return None if row is None else cursor_of(page, row[-1])
    return field  # the name of the type


def cursor_of(page: Page, position: list[Any]) -> str:
    return page.cursor([to_python(value) for value in position])


def to_python(value: Any) -> Any:
    """Neo4j's dates and times as Python's; other values unchanged."""
    convert = getattr(value, "to_native", None)
    return convert() if convert else value
