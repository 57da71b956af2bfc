"""Fields that read records: by key, by global id, as connections."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import strawberry

from schema.context import Context, Info
from schema.records import reading
from schema.records.connection_fields import Wanted, listing
from schema.records.grouping import Source
from schema.records.node import TYPES, VIEWS, means, parsed_id
from schema.records.views import viewed
from service.compiler.opaque_text import shown
from service.compiler.schema_mapping import AllRecords, RecordByKey
from service.errors import BadInput
from service.vocabulary.connections import RECORDS
from service.vocabulary.nodes import Member, Record
from service.vocabulary.ties import Tie

MOST_IDS = 200


async def read(context: Context, cls: type[Any], key: str) -> Any:
    if issubclass(cls, Tie):
        return await reading.tie(context, cls, key)
    return await reading.node(context, cls.__name__, key)


async def read_view(context: Context, cls: type[Any], key: str) -> Any:
    """The member with the label of that role, as its view."""
    member = await reading.node(context, cls.__name__, key)
    return member and cls(member=member)


def one(cls: type[Any]) -> Any:
    """The record with that key, or null."""

    async def resolve(info: Info, key: str) -> Any:
        return await read(info.context, cls, key)

    found = (
        RecordByKey(cls.type, tie=True)
        if issubclass(cls, Tie)
        else RecordByKey(cls.__name__)
    )
    return strawberry.field(resolver=resolve, metadata=means(found))


def view_of(cls: type[Any]) -> Any:
    async def resolve(info: Info, key: str) -> Any:
        return await read_view(info.context, cls, key)

    return strawberry.field(resolver=resolve, metadata=means(RecordByKey(cls.__name__)))


def page(cls: type[Any]) -> Any:
    """All records of one kind."""

    async def read(root: Any, info: Info, wanted: Wanted, given: dict[str, Any]) -> Any:
        if issubclass(cls, Tie):
            return await reading.ties_page(info.context, cls, wanted)
        return await reading.nodes_page(info.context, cls.__name__, wanted)

    name = cls.type if issubclass(cls, Tie) else cls.__name__
    every = AllRecords(RECORDS[cls.__name__], name)
    return listing(cls.__name__, read, of_all(name), every)


def views_of(cls: type[Any]) -> Any:
    """All members with that role."""

    async def read(root: Any, info: Info, wanted: Wanted, given: dict[str, Any]) -> Any:
        return viewed(cls, await reading.nodes_page(info.context, cls.__name__, wanted))

    every = AllRecords(Member, cls.__name__)
    return listing("Member", read, of_all(cls.__name__), every)


def of_all(name: str) -> Any:
    """What the aggregate of a root connection is of."""

    async def sourced(
        root: Any, info: Info, wanted: Wanted, given: dict[str, Any]
    ) -> Source:
        return Source(wanted, name)

    return sourced


async def node(info: Info, id: strawberry.ID) -> Any:
    """Whatever has this global id, or null.

    id: A global id that this API has returned.
    """
    name, key = parsed_id(id)
    if name in VIEWS:
        return await read_view(info.context, VIEWS[name], key)
    cls = TYPES.get(name)
    if cls is None:
        raise BadInput(f"id: expected an id that this API gave, got {shown(id)}.")
    found = await read(info.context, cls, key)
    return cast(Record | None, found)


async def nodes(info: Info, ids: list[strawberry.ID]) -> list[Any]:
    """Whatever has these global ids, in their order; null where nothing has.

    ids: Global ids that this API has returned, at most 200.
    """
    if len(ids) > MOST_IDS:
        raise BadInput(f"ids: expected at most {MOST_IDS}, got {len(ids)}.")
    return list(await asyncio.gather(*(node(info, id) for id in ids)))
