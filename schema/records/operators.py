"""The operator inputs of filters: one for each scalar, enum and list."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from schema.records.generated import Fields, made
from service.compiler import operators
from service.vocabulary import enums
from service.vocabulary.properties import Property

NAMES: dict[type, str] = {
    str: "String",
    int: "Int",
    float: "Float",
    bool: "Boolean",
    date: "Date",
    datetime: "DateTime",
}
HELP = {
    "ne": "Another value; a missing one does not pass.",
    "notIn": "None of these; a missing value does not pass.",
    "eqIgnoreCase": "Equal in lower case.",
    "isNull": "Whether the value is missing.",
    "has": "This is one of the entries.",
    "hasAny": "One of these is an entry.",
    "hasAll": "Each of these is an entry.",
    "isEmpty": "Whether it has no entry.",
    "lt": "Strings compare by Unicode code point.",
}
MANY = ("in", "notIn", "inIgnoreCase", "notInIgnoreCase", "hasAny", "hasAll")
YES_OR_NO = ("isNull", "isEmpty")
# Names in the annotations of what is made here.
globals().update({cls.__name__: cls for cls in (str, int, float, bool, date, datetime)})
globals().update(
    {
        n: e
        for n, e in vars(enums).items()
        if isinstance(e, type) and issubclass(e, Enum)
    }
)


def operators_of(kind: type, listed: bool) -> tuple[str, ...]:
    if listed:
        return operators.LISTED
    if kind is str:
        return (*operators.ORDERED, *operators.TEXT, *operators.IGNORED, "isNull")
    if kind is bool:
        return ("eq", "ne", "isNull")
    return (*(operators.EQUAL if kind not in NAMES else operators.ORDERED), "isNull")


def fields_of(kind: type, listed: bool) -> Fields:
    found: dict[str, tuple[str, str | None]] = {}
    for name in operators_of(kind, listed):
        annotation = f"list[{kind.__name__}]" if name in MANY else kind.__name__
        annotation = "bool" if name in YES_OR_NO else annotation
        text = HELP.get(name) if name != "lt" or kind is str else None
        found[name] = (annotation, text)
    return found


def name_of(kind: type, listed: bool = False) -> str:
    """The name of the operator input, such as StringFilter or MemberRoleListFilter."""
    return NAMES.get(kind, kind.__name__) + ("ListFilter" if listed else "Filter")


def operator_input(kind: type, listed: bool = False) -> str:
    """The name of the operator input, made when it is first named."""
    name = name_of(kind, listed)
    if name not in globals():
        text = "All that is given must hold. A missing value passes isNull alone."
        made(__name__, name, fields_of(kind, listed), text)
    return name


def input_of(attribute: Property) -> Any:
    return globals()[operator_input(attribute.type, attribute.is_list)]
