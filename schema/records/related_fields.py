"""Fields that list what hangs on a record: ties and record nodes, paged, batched."""

from __future__ import annotations

from typing import Any

from schema.context import Info
from schema.records import reading
from schema.records.connection_fields import Wanted, listing
from schema.records.grouping import Source
from schema.records.related_records import Hanging
from service.vocabulary.connections import (
    RECORDS,
    Around,
    records_around,
    ties_around,
)
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Record
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
    known: Any = RECORDS[cls.__name__]
    shape = ties_around(known, anchor, out_only=out_only, into_only=into_only)
    return listed(cls, shape)


def records_of(cls: type[Record], anchor: str = "Member") -> Any:
    """A connection of record nodes that link to a record with the label `anchor`.

    OUT: the anchor made it; IN: it is about the anchor.
    """
    return listed(cls, records_around(RECORDS[cls.__name__], anchor))


def listed(cls: type[Record], shape: Around) -> Any:
    """The field itself, with a direction where more than one is possible."""

    def hanging(root: Any, given: dict[str, Any]) -> Hanging:
        return Hanging(shape, shape.way(given.get("direction")), root.key, cls)

    async def read(root: Any, info: Info, wanted: Wanted, given: dict[str, Any]) -> Any:
        return await reading.around(info.context, hanging(root, given), wanted)

    async def sourced(
        root: Any, info: Info, wanted: Wanted, given: dict[str, Any]
    ) -> Source:
        return Source(wanted, hanging=hanging(root, given))

    more = {"direction": Direction} if shape.mutual else {}
    return listing(cls.__name__, read, sourced, shape, **more)
