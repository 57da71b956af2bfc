"""Aggregates beside each connection: `investments` has `investmentsAggregate`.

Only what the document selects is computed, in one statement; groups take one more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.types.field import StrawberryField
from strawberry.types.nodes import SelectedField

from schema.context import Info
from schema.records.aggregate_kinds import kind, needed, typed
from schema.records.connection_fields import Wanted, asking, limited
from schema.records.generated import plain
from schema.records.grouping import By, Group, Source
from schema.records.node import means
from schema.records.read_inputs import input_named
from service.compiler.groups import Chosen, key_names
from service.compiler.schema_mapping import (
    AllRecords,
    ConnectionAggregate,
    FieldMapping,
)
from service.vocabulary.connections import RECORDS, Around
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of, scalars

DEFAULT_GROUPS = 100


@strawberry.enum(description="What groups are put in order by.")
class GroupOrder(Enum):
    KEYS = "KEYS"
    COUNT = "COUNT"


@strawberry.type(description="One thing that all records of a group have in common.")
class GroupValue:
    name: str = strawberry.field(
        description="What was asked for, such as country or source.country."
    )
    value: JSON | None = strawberry.field(
        description="A string, number or truth; dates are ISO texts, null is missing."
    )


@strawberry.type
class Numbers:
    """How many records there are, and what was asked of their values."""

    total: strawberry.Private[int]
    numbers: strawberry.Private[dict[str, dict[str, Any]]]
    source: strawberry.Private[Source]
    values: strawberry.Private[list[GroupValue]]


def count(root: Any) -> int:
    found: int = root.total
    return found


def own_keys(root: Any) -> list[GroupValue]:
    found: list[GroupValue] = root.values
    return found


def of(attribute: Property) -> Any:
    def resolve(root: Any) -> Any:
        return kind(attribute)(held=root.numbers[attribute.name])

    return strawberry.field(resolver=resolve)


def fields_of(cls: type[Record]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(annotations, fields) of what aggregates and groups of a record type share."""
    annotations: dict[str, Any] = {"count": int}
    fields: dict[str, Any] = {
        "count": strawberry.field(resolver=count, description="How many records.")
    }
    for attribute in scalars(cls):
        python = f"{attribute.name}_"
        fields[python] = of(attribute)
        fields[python].graphql_name = attribute.name
        annotations[python] = kind(attribute)
    return annotations, fields


AGGREGATES: dict[str, type] = {}


def aggregate_type(name: str) -> type:
    """The type of the aggregates of one record type, made once."""
    if name not in AGGREGATES:
        annotations, fields = fields_of(RECORDS[name])
        text = f"{name} records that have the same keys, and what their values come to."
        own: dict[str, Any] = {"keys": list[GroupValue]}
        keys = {"keys": strawberry.field(resolver=own_keys)}
        group = typed(f"{name}Group", own | annotations, keys | fields, text, Numbers)
        groups = groups_type(name, group)
        annotations = {**annotations, "group_by": groups}
        fields = fields_of(RECORDS[name])[1]
        fields["group_by"] = group_by(name, group, groups)
        text = f"How many {name} records there are, and what their values come to."
        found = typed(f"{name}Aggregate", annotations, fields, text, Numbers)
        AGGREGATES[name] = found
    return AGGREGATES[name]


def groups_type(name: str, group: type) -> Any:
    namespace = {
        "__annotations__": {"nodes": list[group], "has_more": bool},  # type: ignore[valid-type]
        "__module__": __name__,
    }
    return strawberry.type(
        type(f"{name}Groups", (), namespace),
        name=f"{name}Groups",
        description="Groups in the order of their keys, missing last, or by count.",
    )


def group_by(name: str, group: Any, groups: Any) -> Any:
    async def resolve(
        root: Any,
        info: Info,
        keys: Any,
        order_by: Any = strawberry.UNSET,
        first: Any = strawberry.UNSET,
    ) -> Any:
        source: Source = root.source
        limit = limited("first", plain(first), DEFAULT_GROUPS)
        chosen = chosen_of(source.wanted.cls, inside(info, "nodes"))
        by = By(plain(keys), chosen, order_by is GroupOrder.COUNT, limit + 1)
        names = key_names(source.wanted.cls, by.keys)
        found = await source.groups(info.context, by)
        made = [numbers(group, one, chosen, source, names) for one in found[:limit]]
        return groups(nodes=made, has_more=len(found) > limit)

    resolve.__annotations__ = {
        "root": Any,
        "info": Info,
        "keys": list[input_named(f"{name}GroupKey")],  # type: ignore[misc]
        "order_by": GroupOrder | None,
        "first": int | None,
    }
    return strawberry.field(
        resolver=resolve,
        description="Groups by one to five keys; 100 of them unless asked otherwise.",
    )


def inside(info: Info, *path: str) -> list[SelectedField]:
    """The fields that are selected below this one, fragments written out."""
    found = flat(info.selected_fields)
    for name in ("", *path):
        inner = [one for one in found if not name or one.name == name]
        found = [field for one in inner for field in flat(one.selections)]
    return found


def flat(selections: Any) -> list[SelectedField]:
    found: list[SelectedField] = []
    for one in selections:
        if isinstance(one, SelectedField):
            found.append(one)
        else:
            found += flat(one.selections)
    return found


def chosen_of(cls: type[Record], selected: list[SelectedField]) -> tuple[Chosen, ...]:
    found: dict[Chosen, None] = {}
    for one in selected:
        attribute = properties_of(cls).get(one.name)
        if attribute is not None:
            names = [field.name for field in flat(one.selections)]
            found |= dict.fromkeys((one.name, n) for n in needed(attribute, names))
    return tuple(found)


def numbers(
    cls: Any,
    group: Group,
    chosen: tuple[Chosen, ...],
    source: Source,
    names: list[str],
) -> Any:
    held: dict[str, dict[str, Any]] = {}
    for (attribute, measure), value in zip(chosen, group.numbers, strict=True):
        held.setdefault(attribute, {})[measure] = value
    for attribute in properties_of(source.wanted.cls):
        held.setdefault(attribute, {})
    values = [
        GroupValue(name=name, value=JSON(shown(value)))
        for name, value in zip(names, group.keys, strict=True)
    ]
    return cls(total=group.total, numbers=held, source=source, values=values)


def shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


EMPTY = {"count": 0, "distinct": 0, "sum": 0, "currencies": []}
Sourced = Callable[[Any, Info, Wanted, dict[str, Any]], Awaitable[Source]]


def aggregate(
    record: str, sourced: Sourced, meaning: FieldMapping | None, **more: Any
) -> Any:
    """The field that tells what the records of a connection come to."""

    async def read(root: Any, info: Info, wanted: Wanted, given: dict[str, Any]) -> Any:
        source = await sourced(root, info, wanted, given)
        selected = inside(info)
        chosen = chosen_of(wanted.cls, selected)
        group = Group([], 0, [EMPTY.get(measure) for _, measure in chosen])
        if chosen:
            found = await source.groups(info.context, By((), chosen))
            group = found[0] if found else group
        elif any(one.name == "count" for one in selected):
            group = Group([], await source.total(info.context), [])
        return numbers(aggregate_type(record), group, chosen, source, [])

    field = asking(record, read, {**more, "filter": input_named(f"{record}Filter")})
    if isinstance(meaning, Around | AllRecords):
        field.metadata = means(ConnectionAggregate(meaning))
    return field


def aggregated(cls: type) -> type:
    """Give a type, beside each of its connections, the aggregate of that connection."""
    for name, field in list(vars(cls).items()):
        if isinstance(field, StrawberryField) and "aggregate" in field.metadata:
            record, sourced, more = field.metadata["aggregate"]
            told = field.metadata["means"]
            setattr(cls, f"{name}_aggregate", aggregate(record, sourced, told, **more))
            cls.__annotations__[f"{name}_aggregate"] = aggregate_type(record)
    return cls
