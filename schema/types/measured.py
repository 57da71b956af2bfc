"""A figure with how many it was made of, which ones, and why there may be none."""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import Any

import strawberry

from schema.context import Context, Info
from schema.records import reading
from schema.records.limits import limit_of
from schema.records.node import Node
from service.analyses.figure import Figure, Piece


async def nodes_of(context: Context, pieces: list[Piece]) -> list[Any]:
    """The records that a figure was made of, read in batches."""
    reads = (reading.node(context, label, key) for label, key in pieces)
    found = await asyncio.gather(*reads)
    return [node for node in found if node is not None]


async def evidence(root: Measured, info: Info, first: int | None = 5) -> list[Any]:
    limit = limit_of("first", first, 5)
    return await nodes_of(info.context, list(root.found.evidence[:limit]))


@strawberry.type(description="A figure, from how many, and of which records.")
class Measured:
    found: strawberry.Private[Figure]
    value: float | None
    n: int = strawberry.field(description="How many it was made of.")
    null_reason: str | None
    evidence: list[Node] = strawberry.field(
        resolver=evidence, description="The records that it was made of, by key."
    )

    @classmethod
    def of(cls, found: Figure) -> Measured:
        return cls(found=found, value=found.value, n=found.n, null_reason=found.reason)


def measured(path: str, description: str) -> Any:
    """The figure at `path` of `root.found`."""
    get = attrgetter(path)

    def resolve(root: Any) -> Measured:
        return Measured.of(get(root.found))

    return strawberry.field(resolver=resolve, description=description)


def plain(path: str, description: str | None = None) -> Any:
    """What stands at `path` of `root.found`, as it is."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return get(root.found)

    return strawberry.field(resolver=resolve, description=description)


def part(cls: Any, path: str, description: str | None = None) -> Any:
    """What stands at `path` of `root.found`, as the `found` of a type of its own."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return cls(found=get(root.found))

    return strawberry.field(resolver=resolve, description=description)


def each(cls: Any, path: str, description: str | None = None) -> Any:
    """The first so many of what stands at `path` of `root.found`, each by itself."""
    get = attrgetter(path)

    def resolve(root: Any, first: int | None = 20) -> Any:
        limit = limit_of("first", first, 20)
        return [cls(found=one) for one in get(root.found)[:limit]]

    return strawberry.field(resolver=resolve, description=description)


def every(cls: Any, path: str, description: str | None = None) -> Any:
    """All of the few that stand at `path` of `root.found`, each by itself."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return [cls(found=one) for one in get(root.found)]

    return strawberry.field(resolver=resolve, description=description)


def member_at(path: str, description: str | None = None) -> Any:
    """The member whose key stands at `path` of `root.found`; null where none does."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        key = get(root.found)
        return None if key is None else await reading.member_of(info.context, key)

    return strawberry.field(resolver=resolve, description=description)


def members_at(path: str, description: str | None = None) -> Any:
    """The members whose keys stand at `path` of `root.found`."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        return await reading.members_of(info.context, list(get(root.found)))

    return strawberry.field(resolver=resolve, description=description)


def node_at(label: str, path: str, description: str | None = None) -> Any:
    """The record whose key stands at `path` of `root.found`; null where none does."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        key = get(root.found)
        if key is None:
            return None
        return await reading.existing_node(info.context, label, key)

    return strawberry.field(resolver=resolve, description=description)


def nodes_at(label: str, path: str, description: str | None = None) -> Any:
    """The records whose keys stand at `path` of `root.found`."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        return await nodes_of(info.context, [(label, key) for key in get(root.found)])

    return strawberry.field(resolver=resolve, description=description)
