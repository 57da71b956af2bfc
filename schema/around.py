"""Fields that list what hangs on a record: ties and record nodes, paged, batched."""

from __future__ import annotations

from typing import Any

import strawberry

from schema import reading
from schema.connection import window_of
from schema.context import Info
from schema.node import means
from schema.reading import Around
from service.compiler.meaning import Around as Near
from service.vocabulary import MEMBERS, NODES
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Link, Record
from service.vocabulary.ties import Tie


def ties_of(
    cls: type[Tie],
    anchor: str = "Member",
    *,
    out_only: bool = False,
    into_only: bool = False,
) -> Any:
    """A connection of the ties of one kind at a record with the label `anchor`.

    A member has a tie at its end when members stand there; where only one end can
    be such a record the field needs no direction.
    """
    label = {anchor} if anchor != "Member" else MEMBERS.keys()
    shape = Around(
        anchor,
        out=(cls.type,) if label & set(cls.sources) and not into_only else (),
        into=(cls.type,) if label & set(cls.targets) and not out_only else (),
    )
    return listed(cls, shape)


def records_of(cls: type[Record], anchor: str = "Member") -> Any:
    """A connection of record nodes that link to a record with the label `anchor`.

    OUT: the anchor made it; IN: it is about the anchor.
    """
    found: list[Link] = [link for link in cls.links if link.label == anchor]
    shape = Around(
        anchor,
        out=tuple(link.type for link in found if not link.outgoing),
        into=tuple(link.type for link in found if link.outgoing),
        node=next(n for n in NODES if n == cls.__name__),
    )
    return listed(cls, shape)


def listed(cls: type[Record], shape: Around) -> Any:
    """The field itself, with a direction where more than one is possible."""
    if shape.out and shape.into:

        async def either(
            root: Any,
            info: Info,
            direction: Direction | None = Direction.BOTH,
            first: int | None = strawberry.UNSET,
            after: str | None = strawberry.UNSET,
            last: int | None = strawberry.UNSET,
            before: str | None = strawberry.UNSET,
        ) -> Any:
            window = window_of(first, after, last, before)
            return await reading.around(
                info.context, cls, root.key, shape, direction or Direction.BOTH, window
            )

        return strawberry.field(resolver=either, metadata=means(Near(cls, shape)))

    async def only(
        root: Any,
        info: Info,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
        last: int | None = strawberry.UNSET,
        before: str | None = strawberry.UNSET,
    ) -> Any:
        direction = Direction.OUT if shape.out else Direction.IN
        window = window_of(first, after, last, before)
        return await reading.around(
            info.context, cls, root.key, shape, direction or Direction.BOTH, window
        )

    return strawberry.field(resolver=only, metadata=means(Near(cls, shape)))
