"""The measures that a document selects of an aggregate, and the object with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.types.nodes import SelectedField

from schema.context import Info
from schema.records.aggregate_kinds import needed_measures
from schema.records.grouping import AggregateSource, RecordGroup
from service.compiler.groups import AttributeMeasure
from service.vocabulary.nodes import Record
from service.vocabulary.properties import properties_of


@strawberry.type(description="One value that all records of a group have in common.")
class GroupValue:
    name: str = strawberry.field(
        description="The name of the key, such as country or source.country."
    )
    value: JSON | None = strawberry.field(
        description="A string, number or boolean; a date is ISO text, null is missing."
    )


@strawberry.type
class RecordMeasures:
    """The number of records, and the selected measures of their properties."""

    total: strawberry.Private[int]
    measures: strawberry.Private[dict[str, dict[str, Any]]]
    source: strawberry.Private[AggregateSource]
    values: strawberry.Private[list[GroupValue]]


def selected_fields(info: Info, *path: str) -> list[SelectedField]:
    """The fields that are selected below this one, fragments written out."""
    fields = without_fragments(info.selected_fields)
    for name in ("", *path):
        parents = [field for field in fields if not name or field.name == name]
        fields = [f for each in parents for f in without_fragments(each.selections)]
    return fields


def without_fragments(selections: Any) -> list[SelectedField]:
    fields: list[SelectedField] = []
    for selection in selections:
        if isinstance(selection, SelectedField):
            fields.append(selection)
        else:
            fields += without_fragments(selection.selections)
    return fields


def measures_in(
    cls: type[Record], selected: list[SelectedField]
) -> tuple[AttributeMeasure, ...]:
    """The measures that a selection needs."""
    measures: dict[AttributeMeasure, None] = {}
    for field in selected:
        attribute = properties_of(cls).get(field.name)
        if attribute is not None:
            names = [inner.name for inner in without_fragments(field.selections)]
            needed = needed_measures(attribute, names)
            measures |= dict.fromkeys((field.name, name) for name in needed)
    return tuple(measures)


def measures_object(
    cls: Any,
    group: RecordGroup,
    measures: tuple[AttributeMeasure, ...],
    source: AggregateSource,
    names: list[str],
) -> Any:
    """An aggregate or a group, as the type `cls` of the API.

    Behind the measures that it shows, a group has those of `having`.
    """
    by_property: dict[str, dict[str, Any]] = {}
    for (attribute, measure), value in zip(measures, group.numbers, strict=False):
        by_property.setdefault(attribute, {})[measure] = value
    for attribute in properties_of(source.selection.cls):
        by_property.setdefault(attribute, {})
    values = [
        GroupValue(name=name, value=JSON(to_json(value)))
        for name, value in zip(names, group.keys, strict=True)
    ]
    return cls(total=group.total, measures=by_property, source=source, values=values)


def to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
