"""Fields that list related records: ties and record nodes, in pages and batches."""

from __future__ import annotations

from typing import Any

from schema.context import Info
from schema.records import reading
from schema.records.connection_fields import connection_field
from schema.records.grouping import AggregateSource
from schema.records.related_records import RelatedRecords
from service.compiler.pages import RecordSelection
from service.vocabulary.connections import (
    RECORDS,
    RelationDefinition,
    record_relation,
    tie_relation,
)
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Record
from service.vocabulary.ties import Tie

DIRECTION = (
    Direction,
    "OUT: only ties that start at this record; IN: only ties that end at it; BOTH if"
    " absent.",
)


def ties_of(
    cls: type[Tie],
    anchor: str = "Member",
    *,
    out_only: bool = False,
    into_only: bool = False,
) -> Any:
    """A connection of the ties of one kind at a record with the label `anchor`.

    At an end where only members are allowed, a member can have the tie. The field has a
    direction only if the anchor can be at both ends.
    """
    known: Any = RECORDS[cls.__name__]
    relation = tie_relation(known, anchor, out_only=out_only, into_only=into_only)
    return related_field(cls, relation)


def records_of(cls: type[Record], anchor: str = "Member") -> Any:
    """A connection of record nodes that link to a record with the label `anchor`.

    OUT: the anchor made it; IN: it is about the anchor.
    """
    return related_field(cls, record_relation(RECORDS[cls.__name__], anchor))


def related_field(cls: type[Record], relation: RelationDefinition) -> Any:
    """The field itself, with a direction where more than one is possible."""

    def related_records(root: Any, arguments: dict[str, Any]) -> RelatedRecords:
        direction = relation.direction_of(arguments.get("direction"))
        return RelatedRecords(relation, direction, root.key, cls)

    async def read_page(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> Any:
        records = related_records(root, arguments)
        return await reading.related_page(info.context, records, selection)

    async def source(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> AggregateSource:
        return AggregateSource(selection, related=related_records(root, arguments))

    name = cls.__name__
    return connection_field(
        name,
        read_page,
        source,
        relation,
        f"The related {name} records, one page at a time.",
        **({"direction": DIRECTION} if relation.is_mutual else {}),
    )
