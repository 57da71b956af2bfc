"""Values as they come from Neo4j, by position, take the shape of the response.

All values of one place in the selection are filled in at once, so that a page of ten
thousand records costs a few passes over lists and not a call for each field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from service.compiler.schema_mapping import NotCompilable, Page


class Shape(Protocol):
    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]: ...


@dataclass(frozen=True)
class Leaf:
    """A value that must be converted; null where it is null, unless `convert` says."""

    convert: Callable[[Any], Any]

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        return [self.convert(value) for value in values]


@dataclass(frozen=True)
class Present:
    """A value that is ready as it comes, but for null."""

    name: str

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        if None in values:
            raise NotCompilable(f"{self.name} is missing")
        return values


@dataclass(frozen=True)
class Fields:
    """A record: lists of values in the order of the response's `names`."""

    names: tuple[str, ...]
    steps: tuple[tuple[int, Shape], ...]  # positions that are not ready as they come

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        for place, shape in self.steps:
            column = [row[place] for row in values]
            filled = shape.fill(column, pages)
            if filled is not column:
                for row, value in zip(values, filled, strict=True):
                    row[place] = value
        return named(self.names, values)


def named(names: tuple[str, ...], rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Rows as maps. Most records have few fields: written out, it takes a third."""
    match names:
        case (a,):
            return [{a: x} for (x,) in rows]
        case (a, b):
            return [{a: x, b: y} for x, y in rows]
        case (a, b, c):
            return [{a: x, b: y, c: z} for x, y, z in rows]
    # Of one length by construction; asking whether they are costs a third more.
    return [dict(zip(names, row, strict=False)) for row in rows]


@dataclass(frozen=True)
class Sole:
    """A record of one field, which comes without a list around it."""

    name: str
    shape: Shape

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        name = self.name
        return [{name: value} for value in self.shape.fill(values, pages)]


@dataclass(frozen=True)
class Kinds:
    """A record of one of several types: its type's number, then the record."""

    shapes: tuple[Shape, ...]

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        filled: list[Any] = [None] * len(values)
        for kind, shape in enumerate(self.shapes):
            places = [i for i, (found, _) in enumerate(values) if found == kind]
            column = shape.fill([values[i][1] for i in places], pages)
            for i, value in zip(places, column, strict=True):
                filled[i] = value
        return filled


@dataclass(frozen=True)
class Maybe:
    """A record or null; where the schema has no null, the executor says what is
    wrong."""

    shape: Shape
    required: bool = False

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        there = [value for value in values if value is not None]
        if self.required and len(there) < len(values):
            raise NotCompilable("a record lacks an end")
        filled = iter(self.shape.fill(there, pages))
        return [None if value is None else next(filled) for value in values]


@dataclass(frozen=True)
class Cursors:
    """Places in the order of a page, as its cursors."""

    page: int

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        page = pages[self.page]
        return [cursor(page, place) for place in values]


@dataclass(frozen=True)
class Connection:
    """A page: [rows, total], each row its `parts` and maybe its place at the end."""

    page: int  # which of the pages it is
    parts: tuple[Shape, ...]
    outs: tuple[tuple[str, str, Any], ...]  # name, what of, which part or fields

    def fill(self, values: list[Any], pages: Sequence[Page]) -> list[Any]:
        page = pages[self.page]
        kept = [rows for rows, _ in values]
        columns = [self.column(kept, i, pages) for i in range(len(self.parts))]
        return [
            {
                name: self.out(what, which, i, rows, values[i], columns, page)
                for name, what, which in self.outs
            }
            for i, rows in enumerate(kept)
        ]

    def column(
        self, kept: list[list[Any]], part: int, pages: Sequence[Page]
    ) -> list[list[Any]]:
        """One part of all rows of all parents, filled at once and dealt out again."""
        page = pages[self.page]
        turn = -1 if page.backward else 1
        cut = [rows[: page.size][::turn] for rows in kept]
        flat = [row[part] for rows in cut for row in rows]
        filled = self.parts[part].fill(flat, pages)
        ends = [0]
        for rows in cut:
            ends.append(ends[-1] + len(rows))
        return [filled[a:b] for a, b in pairwise(ends)]

    def out(
        self,
        what: str,
        which: Any,
        parent: int,
        rows: list[Any],
        value: list[Any],
        columns: list[list[list[Any]]],
        page: Page,
    ) -> Any:
        if what == "part":
            return columns[which][parent]
        if what == "total":
            return value[1]
        if what == "constant":
            return which
        return {name: self.info(field, rows, page) for name, field in which}

    def info(self, field: str, rows: list[Any], page: Page) -> Any:
        more = len(rows) > page.size
        match field:
            case "hasNextPage":
                return page.bounded if page.backward else more
            case "hasPreviousPage":
                return more if page.backward else page.bounded
            case "startCursor" | "endCursor" if rows:
                last = (field == "endCursor") != page.backward
                row = rows[: page.size][-1 if last else 0]
                return cursor(page, row[-1])
            case "startCursor" | "endCursor":
                return None
        return field  # the name of the type


def cursor(page: Page, place: list[Any]) -> str:
    return page.cursor([native(value) for value in place])


def native(value: Any) -> Any:
    """Neo4j's dates as Python's."""
    convert = getattr(value, "to_native", None)
    return convert() if convert else value
