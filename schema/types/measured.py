"""A figure with the records behind it, and the reason if it is null."""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import Any

import strawberry

from schema.context import Context, Info
from schema.records import reading
from schema.records.node import TYPES, Node
from schema.types.numbers import OVERFLOW, defined
from schema.types.ranking import ranking, with_page_infos
from service.analyses.figure import Figure, Piece
from service.vocabulary import TIES_BY_NAME


async def nodes_of(context: Context, pieces: list[Piece]) -> list[Any]:
    """The records that a figure was made of, read in batches."""
    nodes = await asyncio.gather(*(record_of(context, *piece) for piece in pieces))
    return [node for node in nodes if node is not None]


async def record_of(context: Context, name: str, key: str) -> Any:
    """The node or tie with that key; `name` is a label, or the name of a tie."""
    if name in TIES_BY_NAME:
        return await reading.tie(context, TYPES[name], key)
    return await reading.node(context, name, key)


def evidence_rows(root: Measured, most: int) -> list[Piece]:
    return sorted(set(root.result.evidence), key=lambda piece: (piece[1], piece[0]))


async def evidence(root: Measured, info: Info, rows: list[Piece]) -> list[Any]:
    return await nodes_of(info.context, rows)


@strawberry.type(description="A figure, with the records from which it was computed.")
@with_page_infos
class Measured:
    result: strawberry.Private[Figure]
    value: float | None = strawberry.field(
        description="The figure; null if it is undefined."
    )
    n: int = strawberry.field(
        description="The number of records from which it was computed."
    )
    null_reason: str | None = strawberry.field(
        description="Why `value` is null; null if it is not."
    )
    evidence_count: int = strawberry.field(
        description="The number of records in `evidence`."
    )
    evidence: list[Node] = ranking(
        evidence_rows,
        evidence,
        "All records from which it was computed, each once, by key: of a share those of"
        " the whole, not those of the part.",
        first=5,
    )

    @classmethod
    def of(cls, figure: Figure) -> Measured:
        value = None if figure.value is None else defined(figure.value)
        reason = OVERFLOW if value is None and not figure.reason else figure.reason
        return cls(
            result=figure,
            value=value,
            n=figure.n,
            evidence_count=len(set(figure.evidence)),
            null_reason=reason,
        )


def measured(path: str, description: str) -> Any:
    """The figure at `path` of `root.result`."""
    get = attrgetter(path)

    def resolve(root: Any) -> Measured:
        return Measured.of(get(root.result))

    return strawberry.field(resolver=resolve, description=description)


def plain(path: str, description: str | None = None) -> Any:
    """The value at `path` of `root.result`."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return get(root.result)

    return strawberry.field(resolver=resolve, description=description)


def length(path: str, description: str) -> Any:
    """The number of items at `path` of `root.result`: a list shows only the first."""
    get = attrgetter(path)

    def resolve(root: Any) -> int:
        return len(get(root.result))

    return strawberry.field(resolver=resolve, description=description)


def part(cls: Any, path: str, description: str | None = None) -> Any:
    """The part at `path` of `root.result`, as the `result` of a type of its own."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return cls(result=get(root.result))

    return strawberry.field(resolver=resolve, description=description)


def each(cls: Any, path: str, description: str) -> Any:
    """The items at `path` of `root.result`, each as a type of its own: a ranking."""
    get = attrgetter(path)

    def items(root: Any, info: Info, rows: list[Any]) -> Any:
        return [cls(result=item) for item in rows]

    return ranking(lambda root, most: get(root.result), items, description, first=20)


def every(cls: Any, path: str, description: str | None = None) -> Any:
    """All items at `path` of `root.result`, each as a type of its own."""
    get = attrgetter(path)

    def resolve(root: Any) -> Any:
        return [cls(result=item) for item in get(root.result)]

    return strawberry.field(resolver=resolve, description=description)


def member_at(path: str, description: str | None = None) -> Any:
    """The member whose key is at `path` of `root.result`; null without a key."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        key = get(root.result)
        return None if key is None else await reading.member_of(info.context, key)

    return strawberry.field(resolver=resolve, description=description)


def members_at(path: str, description: str | None = None) -> Any:
    """The members whose keys are at `path` of `root.result`."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        return await reading.members_of(info.context, list(get(root.result)))

    return strawberry.field(resolver=resolve, description=description)


def node_at(label: str, path: str, description: str | None = None) -> Any:
    """The record whose key is at `path` of `root.result`; null without a key."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        key = get(root.result)
        if key is None:
            return None
        return await reading.existing_node(info.context, label, key)

    return strawberry.field(resolver=resolve, description=description)


def nodes_at(label: str, path: str, description: str | None = None) -> Any:
    """The records whose keys are at `path` of `root.result`."""
    get = attrgetter(path)

    async def resolve(root: Any, info: Info) -> Any:
        return await nodes_of(info.context, [(label, key) for key in get(root.result)])

    return strawberry.field(resolver=resolve, description=description)
