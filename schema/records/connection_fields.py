"""What the arguments of a connection ask for: filter, order, day and window."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

import strawberry

from schema.context import Info
from schema.records.generated import plain
from schema.records.node import means
from schema.records.read_inputs import input_named
from service.compiler.schema_mapping import FieldMapping
from service.errors import BadInput
from service.vocabulary.connections import RECORDS
from service.vocabulary.nodes import Record

DEFAULT_PAGE = 20


def limited(name: str, value: int | None, default: int, most: int = 1_000) -> int:
    """A `first` argument within its bounds; null is its default."""
    if value is None:
        return default
    if not 1 <= value <= most:
        raise BadInput(f"{name}: expected 1 to {most}, got {value}.")
    return value


@dataclass(frozen=True)
class Window:
    """The paging arguments of a field, as the client gave them."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def size(self, max_page: int) -> int:
        if self.first is not None and self.last is not None:
            raise BadInput("first and last: give one of them, not both.")
        size = self.last if self.backward else self.first
        if size is not None and not 1 <= size <= max_page:
            name = "last" if self.backward else "first"
            raise BadInput(f"{name}: expected 1 to {max_page}, got {size}.")
        return size or DEFAULT_PAGE

    @property
    def backward(self) -> bool:
        return self.last is not None

    @property
    def bounded(self) -> bool:
        """Whether an edge lies before the page: its cursor was given."""
        return (self.before if self.backward else self.after) is not None


@dataclass(frozen=True)
class Wanted:
    """Which records of a connection, in which order, as of when, which of them."""

    cls: type[Record]  # of the vocabulary
    filter: Mapping[str, Any] | None = None
    order: list[Mapping[str, Any]] | None = None
    day: date | None = None
    window: Window = Window()

    @property
    def everything(self) -> bool:
        return not self.filter and self.day is None


Read = Callable[[Any, Info, Wanted, dict[str, Any]], Awaitable[Any]]


def listing(
    record: str, read: Read, sourced: Any, meaning: FieldMapping | None, **more: Any
) -> Any:
    """A field with the arguments of a connection; `more` are arguments of its own.

    `sourced` tells what its aggregate is of, `meaning` the compiler what it lists,
    where that can.
    """
    order: Any = list[input_named(f"{record}Order")]  # type: ignore[misc]
    window = {"first": int, "after": str, "last": int, "before": str}
    asked = {"filter": input_named(f"{record}Filter"), "order_by": order, **window}
    field = asking(record, read, {**more, **asked})
    field.metadata = {"aggregate": (record, sourced, more), **means(meaning)}
    return field


def asking(record: str, read: Read, arguments: dict[str, Any]) -> Any:
    """A field with these arguments, each of which may be left out, and `asOf`."""

    async def resolve(root: Any, info: Info, **given: Any) -> Any:
        held = {name: plain(value) for name, value in given.items()}
        wanted = Wanted(
            RECORDS[record],
            held.get("filter"),
            held.get("order_by"),
            held.get("as_of"),
            Window(*(held.get(name) for name in ("first", "after", "last", "before"))),
        )
        return await read(root, info, wanted, held)

    kinds: dict[str, Any] = {"root": Any, "info": Info}
    kinds |= {name: Optional[kind] for name, kind in arguments.items()}  # noqa: UP045
    kinds["as_of"] = Optional[date]  # noqa: UP045
    resolve.__annotations__ = kinds
    resolve.__signature__ = signature(kinds)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve)


def signature(kinds: dict[str, Any]) -> inspect.Signature:
    """root and info as they are, all else by keyword and absent by default."""
    found = []
    for name, kind in kinds.items():
        given = name not in ("root", "info")
        found.append(
            inspect.Parameter(
                name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=strawberry.UNSET if given else inspect.Parameter.empty,
                annotation=kind,
            )
        )
    return inspect.Signature(found)
