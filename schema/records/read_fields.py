"""Root fields that read records: by key, by global id, as connections."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, cast

import strawberry

from schema.context import Context, Info
from schema.records import reading
from schema.records.connection_fields import connection_field
from schema.records.grouping import AggregateSource
from schema.records.node import TYPES, VIEWS, compiled_as
from schema.records.views import connection_of_views
from service.compiler.global_ids import decode_global_id
from service.compiler.pages import RecordSelection
from service.compiler.schema_mapping import AllRecords, RecordByKey
from service.errors import BadInput
from service.vocabulary.connections import RECORDS
from service.vocabulary.nodes import Member, Record
from service.vocabulary.texts import excerpt
from service.vocabulary.ties import Tie

MAX_IDS = 200
Key = Annotated[str, strawberry.argument(description="The key of the record.")]


async def read_record(context: Context, cls: type[Any], key: str) -> Any:
    if issubclass(cls, Tie):
        return await reading.tie(context, cls, key)
    return await reading.node(context, cls.__name__, key)


async def read_view(context: Context, cls: type[Any], key: str) -> Any:
    """The member with the label of that role, as its view."""
    member = await reading.node(context, cls.__name__, key)
    return member and cls(member=member)


def record_by_key(cls: type[Any]) -> Any:
    """The record with that key, or null."""

    async def resolve(info: Info, key: Key) -> Any:
        return await read_record(info.context, cls, key)

    is_tie, name = issubclass(cls, Tie), cls.__name__
    mapping = RecordByKey(cls.type, tie=True) if is_tie else RecordByKey(name)
    return strawberry.field(
        resolver=resolve,
        metadata=compiled_as(mapping),
        description=f"The {name} with this key; null if there is none.",
    )


def view_by_key(cls: type[Any]) -> Any:
    """The member with that key in one of its roles, or null."""

    async def resolve(info: Info, key: Key) -> Any:
        return await read_view(info.context, cls, key)

    name = cls.__name__
    return strawberry.field(
        resolver=resolve,
        metadata=compiled_as(RecordByKey(name)),
        description=f"The {name} with this key; null if no member has it in this role.",
    )


def all_records(cls: type[Any]) -> Any:
    """All records of one kind."""

    async def read_page(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> Any:
        if issubclass(cls, Tie):
            return await reading.ties_page(info.context, cls, selection)
        return await reading.nodes_page(info.context, cls.__name__, selection)

    label = cls.type if issubclass(cls, Tie) else cls.__name__
    mapping = AllRecords(RECORDS[cls.__name__], label)
    text = f"All {cls.__name__} records, one page at a time."
    return connection_field(cls.__name__, read_page, all_of(label), mapping, text)


def all_views(cls: type[Any]) -> Any:
    """All members with that role."""
    label = cls.__name__

    async def read_page(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> Any:
        page = await reading.nodes_page(info.context, label, selection)
        return connection_of_views(cls, page)

    mapping = AllRecords(Member, label)
    text = f"All members in the role of {label}, one page at a time."
    return connection_field("Member", read_page, all_of(label), mapping, text)


def all_of(name: str) -> Any:
    """The source of the aggregate of a root connection."""

    async def source(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> AggregateSource:
        return AggregateSource(selection, name)

    return source


async def node(info: Info, id: strawberry.ID) -> Any:
    """The record or view with this global id; null if there is none.

    id: A global id that this API has returned.
    """
    name, key = decode_global_id(id)
    if name in VIEWS:
        return await read_view(info.context, VIEWS[name], key)
    cls = TYPES.get(name)
    if cls is None:
        raise BadInput(f"id: expected an id from this API, got {excerpt(id)}.")
    record = await read_record(info.context, cls, key)
    return cast(Record | None, record)


async def nodes(info: Info, ids: list[strawberry.ID]) -> list[Any]:
    """The records or views with these global ids, in their order; null for none.

    ids: Global ids that this API has returned, at most 200.
    """
    if len(ids) > MAX_IDS:
        raise BadInput(f"ids: expected at most {MAX_IDS}, got {len(ids)}.")
    return list(await asyncio.gather(*(node(info, id) for id in ids)))
