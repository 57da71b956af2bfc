"""Aggregates beside each connection: `investments` has `investmentsAggregate`.

One statement computes only what the document selects; groups take one more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.context import Info
from schema.records.aggregate_kinds import make_type, measures_type
from schema.records.connection_fields import filter_argument, selection_field
from schema.records.generated import to_plain
from schema.records.grouping import AggregateSource, Grouping, RecordGroup
from schema.records.limits import limit_of
from schema.records.node import compiled_as, register_enum
from schema.records.ranking_windows import (
    WRITTEN_SINCE,
    RankingPageInfo,
    RankingWindow,
    position_of,
    state_of,
)
from schema.records.read_inputs import input_type
from schema.records.selected_measures import (
    GroupValue,
    RecordMeasures,
    measures_in,
    measures_object,
    selected_fields,
)
from service.compiler.cursors import digest
from service.compiler.groups import key_names
from service.compiler.nulls import refuse_nulls
from service.compiler.pages import RecordSelection
from service.compiler.schema_mapping import (
    AllRecords,
    ConnectionAggregate,
    FieldMapping,
)
from service.vocabulary.connections import RECORDS, RelationDefinition
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, scalars

DEFAULT_GROUPS = 100


class GroupOrder(Enum):
    KEYS = "KEYS"
    COUNT = "COUNT"


register_enum(
    GroupOrder,
    "How groups are sorted.",
    KEYS="By their keys; missing values last.",
    COUNT="By the number of their records, the largest first.",
)


def count(root: Any) -> int:
    total: int = root.total
    return total


def group_values(root: Any) -> list[GroupValue]:
    values: list[GroupValue] = root.values
    return values


def property_field(attribute: Property) -> Any:
    def resolve(root: Any) -> Any:
        return measures_type(attribute)(measures=root.measures[attribute.name])

    text = f"Measures of `{attribute.name}`."
    return strawberry.field(resolver=resolve, description=text)


def fields_of(cls: type[Record]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(annotations, fields) that the aggregate and the group of a record type share."""
    annotations: dict[str, Any] = {"count": int}
    text = "The number of records."
    fields: dict[str, Any] = {
        "count": strawberry.field(resolver=count, description=text)
    }
    for attribute in scalars(cls):
        python = f"{attribute.name}_"
        fields[python] = property_field(attribute)
        fields[python].graphql_name = attribute.name
        annotations[python] = measures_type(attribute)
    return annotations, fields


@cache
def aggregate_type(name: str) -> type:
    """The type of the aggregates of one record type, made once."""
    group = group_type(name)
    groups = groups_type(name, group)
    annotations, fields = fields_of(RECORDS[name])
    annotations["group_by"] = groups
    fields["group_by"] = group_by_field(name, group, groups)
    return make_type(
        f"{name}Aggregate",
        annotations,
        fields,
        f"The number of {name} records, and measures of their properties.",
        RecordMeasures,
    )


def group_type(name: str) -> type:
    annotations, fields = fields_of(RECORDS[name])
    text = "The values that the records of this group have in common."
    keys = strawberry.field(resolver=group_values, description=text)
    return make_type(
        f"{name}Group",
        {"keys": list[GroupValue], **annotations},
        {"keys": keys, **fields},
        f"{name} records that have the same keys, and measures of their properties.",
        RecordMeasures,
    )


async def group_total(root: Any, info: Info) -> int:
    if not root.has_more and (root.nodes or not root.window.start):
        return int(root.window.start) + len(root.nodes)
    source: AggregateSource = root.source
    return await source.group_count(info.context, root.grouping)


def groups_type(name: str, group: type) -> Any:
    namespace = {
        "__annotations__": {
            "nodes": list[group],  # type: ignore[valid-type]
            "has_more": bool,
            "page_info": RankingPageInfo,
            "total_count": int,
            "window": strawberry.Private[RankingWindow],
            "source": strawberry.Private[AggregateSource],
            "grouping": strawberry.Private[Grouping],
        },
        "__module__": __name__,
        "nodes": strawberry.field(
            description="The groups of this page, in the order of `orderBy`."
        ),
        "has_more": strawberry.field(
            description="Whether more groups follow this page."
        ),
        "page_info": strawberry.field(
            description="The end of this page, and whether more groups follow."
        ),
        "total_count": strawberry.field(
            resolver=group_total, description="How many groups there are in all."
        ),
    }
    return strawberry.type(
        type(f"{name}Groups", (), namespace),
        name=f"{name}Groups",
        description="Groups in the order of their keys, missing last, or by count.",
    )


def group_by_field(name: str, group: Any, groups: Any) -> Any:
    async def resolve(
        root: Any,
        info: Info,
        keys: Any,
        having: Any = strawberry.UNSET,
        order_by: Any = strawberry.UNSET,
        first: Any = DEFAULT_GROUPS,
        after: Any = strawberry.UNSET,
    ) -> Any:
        source: AggregateSource = root.source
        cls, limit = source.selection.cls, limit_of("first", first, DEFAULT_GROUPS)
        measures = measures_in(cls, selected_fields(info, "nodes"))
        conditions = to_plain(having) or {}
        refuse_nulls("having", conditions)
        grouping = Grouping(
            to_plain(keys), measures, conditions, order_by is GroupOrder.COUNT
        )
        names = key_names(cls, grouping.keys)
        window = await group_window(
            info, limit, to_plain(after), source.owner(grouping)
        )
        grouping = replace(grouping, start=window.start, limit=limit + 1)
        rows = await source.groups(info.context, grouping)
        nodes = [
            measures_object(group, row, measures, source, names) for row in rows[:limit]
        ]
        return groups(
            nodes=nodes,
            has_more=len(rows) > limit,
            page_info=window.page_info(window.start + len(rows)),
            source=source,
            grouping=grouping,
            window=window,
        )

    def argument(kind: Any, text: str) -> Any:
        return Annotated[kind, strawberry.argument(description=text)]

    key_input: Any = list[input_type(f"{name}GroupKey")]  # type: ignore[misc]
    having_input: Any = input_type(f"{name}GroupFilter")
    resolve.__annotations__ = {
        "root": Any,
        "info": Info,
        "keys": argument(key_input, "What to group by: one to five keys."),
        "having": argument(
            having_input | None, "Which groups to return; all of them by default."
        ),
        "order_by": argument(GroupOrder | None, "How to sort; KEYS if absent."),
        "first": argument(int | None, "How many groups to return at most."),
        "after": argument(
            str | None,
            "The `endCursor` of the page before; all other arguments but `first` must"
            " be the same.",
        ),
    }
    return strawberry.field(
        resolver=resolve,
        description="Groups by one to five keys; at most 100 groups by default."
        " `after` pages to the end; each page groups all records again, so take few"
        " large ones, or a table, which has all groups at once. If something was"
        " written between two pages, `extensions.warnings` says so.",
    )


async def group_window(
    info: Info, limit: int, after: str | None, owner: str
) -> RankingWindow:
    """The window of a page of groups; a cursor of an earlier state gives a warning."""
    context = info.context
    state = digest(await context.snapshots.last_change())
    start = position_of(after, owner)
    outdated = after is not None and state_of(after) != state
    if outdated and WRITTEN_SINCE not in context.warnings:
        context.warnings.append(WRITTEN_SINCE)
    return RankingWindow(start, limit, owner, state)


EMPTY = {"count": 0, "distinct": 0, "sum": 0, "currencies": [], "withoutCurrency": 0}
SourceOf = Callable[
    [Any, Info, RecordSelection, dict[str, Any]], Awaitable[AggregateSource]
]


def aggregate_field(
    record: str, source_of: SourceOf, mapping: FieldMapping | None, **own_arguments: Any
) -> Any:
    """The field with the aggregate of the records of a connection."""

    async def read_aggregate(
        root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
    ) -> Any:
        source = await source_of(root, info, selection, arguments)
        fields = selected_fields(info)
        measures = measures_in(selection.cls, fields)
        group = RecordGroup([], 0, [EMPTY.get(measure) for _, measure in measures])
        if measures:
            groups = await source.groups(info.context, Grouping((), measures))
            group = groups[0] if groups else group
        elif any(field.name == "count" for field in fields):
            group = RecordGroup([], await source.total(info.context), [])
        return measures_object(aggregate_type(record), group, measures, source, [])

    text = f"The number of these {record} records, and measures of their properties."
    arguments = {**own_arguments, "filter": filter_argument(record)}
    field = selection_field(record, read_aggregate, arguments, text)
    if isinstance(mapping, RelationDefinition | AllRecords):
        field.metadata = compiled_as(ConnectionAggregate(mapping))
    return field


def add_aggregates(cls: type) -> type:
    """Give a type, beside each of its connections, the aggregate of that connection."""
    for name, field in list(vars(cls).items()):
        if isinstance(field, StrawberryField) and "aggregate" in field.metadata:
            record, source_of, own_arguments = field.metadata["aggregate"]
            mapping = field.metadata["mapping"]
            aggregate = aggregate_field(record, source_of, mapping, **own_arguments)
            setattr(cls, f"{name}_aggregate", aggregate)
            cls.__annotations__[f"{name}_aggregate"] = aggregate_type(record)
    return cls
