"""Inputs of writes, made from the vocabulary: one for each kind of record.

An absent value stays as it is; null clears it. One input serves creating and changing,
so only the key of a node is always required.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from types import GenericAlias, UnionType
from typing import Any, get_args, get_type_hints

import strawberry

from service.vocabulary import NODES, TIES
from service.vocabulary.attributes import MAX_NAME, MAX_TEXT
from service.vocabulary.nodes import Record
from service.vocabulary.ties import Tie

KEYS = {
    True: "Your own stable id of the tie; made from its two ends if absent.",
    False: "Your own stable id of the record.",
}


def input_of(name: str, cls: type[Record]) -> type:
    """The input type of one kind."""
    tie = issubclass(cls, Tie)
    hints = get_type_hints(cls)
    fields_by_name: dict[str, tuple[Any, Any]] = {}
    if tie:
        fields_by_name["source"] = (
            str | None,
            field("The key of the record at which the tie starts."),
        )
        fields_by_name["target"] = (
            str | None,
            field("The key of the record at which the tie ends."),
        )
    for definition in fields(cls):
        if definition.name != "key":
            text = definition.metadata.get("description")
            fields_by_name[definition.name] = (
                optional(hints[definition.name]),
                field(text),
            )
    fields_by_name["attributes"] = (list_of(AttributeInput) | None, field(ATTRIBUTES))
    for link in cls.links:
        fields_by_name[link.name] = (str | None, field(f"The key of the {link.noun}."))
    key = field(KEYS[tie]) if tie else strawberry.field(description=KEYS[tie])
    text = (
        f"The values of a {name} record to write. A field that is left out keeps its"
        f" value; null clears it."
    )
    return make_input_type(
        f"{name}Input",
        {"key": (str | None if tie else str, key), **fields_by_name},
        text,
    )


def make_input_type(
    name: str, fields_by_name: dict[str, tuple[Any, Any]], description: str
) -> type:
    annotations = {n: hint for n, (hint, _) in fields_by_name.items()}
    values = {n: value for n, (_, value) in fields_by_name.items()}
    cls = type(name, (), {"__annotations__": annotations, **values})
    return strawberry.input(cls, description=description)


def field(description: str | None = None) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=description)


def required(description: str) -> Any:
    return strawberry.field(description=description)


def list_of(item: type) -> Any:
    return GenericAlias(list, (item,))


def optional(hint: Any) -> Any:
    base = hint
    if isinstance(hint, UnionType):
        base = next(arg for arg in get_args(hint) if arg is not type(None))
    return base | None


def values_of_input(value: Any) -> Any:
    """The values that an input has, by column."""
    if isinstance(value, list):
        return [values_of_input(item) for item in value]
    if not hasattr(type(value), "__strawberry_definition__") or isinstance(value, Enum):
        return value
    pairs = vars(value).items()
    return {n: values_of_input(v) for n, v in pairs if v is not strawberry.UNSET}


ATTRIBUTES = "Extra attributes to set or remove; those that are not listed stay."
AttributeInput = make_input_type(
    "AttributeInput",
    {
        "name": (
            str,
            required(f"The name of the attribute, at most {MAX_NAME} characters."),
        ),
        "text": (str | None, field(f"A text of at most {MAX_TEXT:,} characters.")),
        "number": (float | None, field("A number.")),
        "boolean": (bool | None, field("True or false.")),
        "date": (date | None, field("A day.")),
    },
    "An extra attribute with exactly one value; null removes the attribute.",
)
INPUTS: dict[str, type] = {
    name: input_of(name, cls)
    for name, cls in {**NODES, **{c.__name__: c for c in TIES.values()}}.items()
}
