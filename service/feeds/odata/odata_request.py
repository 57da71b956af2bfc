"""What a request wants of a set: columns, filter, order, and which page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from service.errors import BadInput
from service.feeds.odata.expressions import (
    ColumnName,
    Comparison,
    Literal,
    Node,
    UnsupportedOData,
    parse_filter,
)
from service.feeds.odata.sets import EntitySet
from service.feeds.table import Column
from service.feeds.table_request import TableRequest, natural_number, parse_request

PAGE = 5_000  # rows
OPTIONS = (
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$skip",
    "$count",
    "$format",
    "$skiptoken",
)
# Options of OData that are not supported; any other that begins with $ is a mistake.
OTHER_OPTIONS = re.compile(
    r"\$(apply|compute|deltatoken|expand|id|index|levels|schemaversion|search)"
)
# Annotations are minimal, which is also right where a client wants none.
FORMAT = re.compile(r"json|application/json(;(?!odata\.metadata=full)[^;]+)*")


@dataclass(frozen=True)
class PageToken:
    """Where a page begins: after a position, with so many rows to go."""

    after: str | int | None = None
    skip: int = 0
    left: int | None = None

    def text(self) -> str:
        data = orjson.dumps([self.after, self.skip, self.left])
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    @classmethod
    def of(cls, text: str, position: type) -> PageToken:
        """The token of a link of ours; BadInput for any other text."""
        try:
            data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            after, skip, left = orjson.loads(data)
        except (ValueError, TypeError):
            pass
        else:
            is_position = after is None or type(after) is position
            if is_position and is_count(skip) and (left is None or is_count(left)):
                return cls(after, skip, left)
        raise BadInput("$skiptoken: expected the value of an @odata.nextLink.")


def is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


@dataclass(frozen=True)
class ODataRequest:
    """One page of a set."""

    set: EntitySet
    rows: TableRequest  # the table with the values of its parameters
    select: tuple[Column, ...]
    order: tuple[tuple[Column, bool], ...]  # with true: descending
    token: PageToken
    size: int = PAGE
    filter: Node | None = None
    counts: bool = False
    is_selection: bool = field(default=False)  # whether $select names the columns


def parse_options(
    entity_set: EntitySet, values: Mapping[str, str], size: int
) -> ODataRequest:
    """The request that these query options make; others are refused."""
    options = {name: text for name, text in values.items() if name.startswith("$")}
    for name in options:
        if name not in OPTIONS:
            known = ", ".join(OPTIONS[:-1])
            refusal = UnsupportedOData if OTHER_OPTIONS.fullmatch(name) else BadInput
            raise refusal(f"{name[:40]}: not supported. Supported: {known}.")
    if not FORMAT.fullmatch(options.get("$format", "json")):
        raise BadInput("$format: expected json, or application/json.")
    own = {name: text for name, text in values.items() if name not in options}
    names = {p.name for p in entity_set.table.parameters}
    if unknown := own.keys() - names:
        known = ", ".join(sorted(names)) or "none"
        name = min(unknown)[:40]
        raise BadInput(f"{name}: unknown parameter. Known parameters: {known}.")
    if any(".." in text for text in own.values()):
        raise BadInput("asOf: a set is about one day; a series is at /tables/.")
    token = PageToken(None, number(options, "$skip") or 0, number(options, "$top"))
    if "$skiptoken" in options:
        position = int if entity_set.table.connection is None else str
        token = PageToken.of(options["$skiptoken"], position)
    text = options.get("$filter", "").strip()
    select = options.get("$select", "*").strip()
    return ODataRequest(
        entity_set,
        parse_request(entity_set.table, own),
        selected_columns(entity_set, select),
        tuple(orders(entity_set, options.get("$orderby", ""))),
        token,
        size,
        parse_filter(text) if text else None,
        boolean(options, "$count"),
        select != "*",
    )


def parse_entity(
    entity_set: EntitySet, key: str, values: Mapping[str, str]
) -> ODataRequest:
    """The request for one row, by its key as addresses have it: 'a' or key='a'."""
    for name in values:
        if name.startswith("$") and name not in ("$select", "$format"):
            raise BadInput(f"{name[:40]}: one row has $select and $format alone.")
    text = key.strip().removeprefix(f"{entity_set.key}=")
    request = parse_options(
        entity_set, {**values, "$filter": f"{entity_set.key} eq {text}"}, 1
    )
    match request.filter:
        case Comparison("eq", ColumnName(), Literal(value)) if value is not None:
            return request
    raise BadInput(f"{key[:60]}: expected one value of the key, {entity_set.key}.")


def number(options: Mapping[str, str], name: str) -> int | None:
    text = options.get(name)
    return None if text is None else natural_number(name, text)


def boolean(options: Mapping[str, str], name: str) -> bool:
    text = options.get(name, "false")
    if text not in ("true", "false"):
        raise BadInput(f"{name}: expected true or false; got {text[:20]!r}.")
    return text == "true"


def selected_columns(entity_set: EntitySet, text: str) -> tuple[Column, ...]:
    if text == "*":
        return tuple(entity_set.columns.values())
    names = [name.strip() for name in text.split(",")]
    return tuple(
        column_of(entity_set, name, "$select") for name in dict.fromkeys(names)
    )


def orders(entity_set: EntitySet, text: str) -> list[tuple[Column, bool]]:
    result = []
    for part in text.split(",") if text.strip() else ():
        name, _, direction = part.strip().partition(" ")
        if direction.strip() not in ("", "asc", "desc"):
            raise BadInput(f"$orderby: expected asc or desc; got {direction[:20]!r}.")
        column = column_of(entity_set, name, "$orderby")
        result.append((column, direction.strip() == "desc"))
    return result


def column_of(entity_set: EntitySet, name: str, option: str) -> Column:
    columns: dict[str, Any] = entity_set.columns
    if name not in columns:
        known = ", ".join(columns)
        raise BadInput(f"{option}: no column {name[:60]!r}. Columns: {known}.")
    column: Column = columns[name]
    return column
