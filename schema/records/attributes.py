"""Extra attributes of a record in the API: their list, and the filter of one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.records.generated import make_input
from schema.records.node import Node, compiled_as
from schema.records.operators import fields_of, operator_input
from service.compiler.attribute_lists import selected_properties
from service.compiler.attributes import TYPES
from service.compiler.schema_mapping import ExtraAttributes
from service.vocabulary.attributes import (
    MAX_ATTRIBUTES,
    AttributeValue,
    attributes_of,
    field_of,
)


@strawberry.type(
    description="An extra attribute of a record: a name of your own with one value."
)
class Attribute:
    name: str = strawberry.field(description="The name of the attribute.")
    text: str | None = strawberry.field(
        default=None, description="The value if it is a text."
    )
    number: float | None = strawberry.field(
        default=None, description="The value if it is a number."
    )
    boolean: bool | None = strawberry.field(
        default=None, description="The value if it is true or false."
    )
    date: datetime.date | None = strawberry.field(
        default=None, description="The value if it is a day."
    )


def attribute(name: str, value: AttributeValue) -> Attribute:
    fields: dict[str, Any] = {field_of(value): value}
    return Attribute(name=name, **fields)


AttributeNames = Annotated[
    list[str] | None,
    strawberry.argument(
        description=f"Only attributes with these names, at most {MAX_ATTRIBUTES}; all"
        " by default."
    ),
]


def attributes(
    root: RecordNode, names: AttributeNames = strawberry.UNSET
) -> list[Attribute]:
    selected = None if names is strawberry.UNSET else selected_properties(names)
    stored = {
        name: value
        for name, value in root.stored.items()
        if selected is None or name in selected
    }
    return [attribute(*item) for item in attributes_of(stored).items()]


@strawberry.type
class RecordNode(Node):
    """What every record has in the API; `stored` are its properties in the graph."""

    stored: strawberry.Private[Mapping[str, Any]]
    attributes: list[Attribute] = strawberry.field(
        resolver=attributes,
        description="Its extra attributes, in the order of their names.",
        metadata=compiled_as(ExtraAttributes()),
    )


def attribute_filter(module: str) -> None:
    """The filter of one attribute, in the namespace of `module`."""
    fields: dict[str, tuple[str, str | None]] = {
        "name": ("str", "The name of the attribute."),
        **fields_of(str, is_list=False),
        "isNull": ("bool", "true: there is no such attribute; false: there is one."),
    }
    for name, (_, kind) in TYPES.items():
        if name != "text":
            fields[name] = (operator_input(kind), f"Conditions on its {name}.")
    text = (
        "Conditions on an extra attribute; all of them must hold. Without `number`,"
        " `date` and `boolean` they are conditions on its text. A missing attribute, or"
        " one of another type, passes only `isNull: true`."
    )
    make_input(module, "AttributeFilter", fields, text, required=("name",))
