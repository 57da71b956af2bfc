"""Fields with the arguments of a connection: filter, order, day and page."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Optional

import strawberry

from schema.context import Info
from schema.records.enclosing_day import enclosing_day
from schema.records.generated import to_plain
from schema.records.node import compiled_as
from schema.records.read_inputs import input_type
from service.compiler.pages import RecordSelection
from service.compiler.schema_mapping import FieldMapping
from service.compiler.windows import PageWindow
from service.vocabulary.connections import RECORDS

PageReader = Callable[[Any, Info, RecordSelection, dict[str, Any]], Awaitable[Any]]
Argument = tuple[Any, str]  # its type and its description
WINDOW: dict[str, Argument] = {
    "first": (
        int,
        "How many records to return, from the start; 20 without `first` and `last`.",
    ),
    "after": (str, "Only records after this cursor."),
    "last": (int, "How many records to return, from the end; not with `first`."),
    "before": (str, "Only records before this cursor."),
}
AS_OF = "Only records active on this day; by default that of a field above."


def connection_field(
    record: str,
    read_page: PageReader,
    aggregate_source: Any,
    mapping: FieldMapping | None,
    description: str,
    **own_arguments: Argument,
) -> Any:
    """A field with the arguments of a connection, and its own.

    `aggregate_source` gives the records that its aggregate is computed from; `mapping`
    is for the compiler, None if the compiler does not cover the field.
    """
    order: Any = list[input_type(f"{record}Order")]  # type: ignore[misc]
    arguments: dict[str, Argument] = {
        **own_arguments,
        "filter": filter_argument(record),
        "order_by": (order, "Sort by these, the first one first; then by key."),
        **WINDOW,
    }
    field = selection_field(record, read_page, arguments, description)
    aggregate = (record, aggregate_source, own_arguments)
    field.metadata = {"aggregate": aggregate, **compiled_as(mapping)}
    return field


def filter_argument(record: str) -> Argument:
    return input_type(f"{record}Filter"), "Only records that pass this filter."


def selection_field(
    record: str, read_page: PageReader, arguments: dict[str, Argument], description: str
) -> Any:
    """A field with these arguments, each of which is optional, and `asOf`."""

    async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        values = {name: to_plain(value) for name, value in arguments.items()}
        selection = RecordSelection(
            RECORDS[record],
            values.get("filter"),
            values.get("order_by"),
            values.get("as_of") or enclosing_day(info),
            PageWindow(*(values.get(name) for name in WINDOW)),
        )
        return await read_page(root, info, selection, values)

    types: dict[str, Any] = {"root": Any, "info": Info}
    for name, (type, text) in {**arguments, "as_of": (date, AS_OF)}.items():
        types[name] = Annotated[
            Optional[type],  # noqa: UP045
            strawberry.argument(description=text),
        ]
    resolve.__annotations__ = types
    resolve.__signature__ = signature(types)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve, description=description)


def signature(types: dict[str, Any]) -> inspect.Signature:
    """root and info are required; all else is by keyword and absent by default."""
    parameters = []
    for name, type in types.items():
        required = name in ("root", "info")
        parameters.append(
            inspect.Parameter(
                name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=inspect.Parameter.empty if required else strawberry.UNSET,
                annotation=type,
            )
        )
    return inspect.Signature(parameters)
