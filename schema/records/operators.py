"""The operator inputs of filters: one for each scalar, enum and list."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from schema.records.generated import Fields, make_input
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
DESCRIPTIONS = {
    "eq": "Equal to this value.",
    "ne": "Another value; a missing value does not pass.",
    "in": "Equal to one of these values.",
    "notIn": "Equal to none of these values; a missing value does not pass.",
    "lt": "Less than this value.",
    "lte": "At most this value.",
    "gt": "Greater than this value.",
    "gte": "At least this value.",
    "startsWith": "Starts with this text.",
    "endsWith": "Ends with this text.",
    "contains": "Contains this text.",
    "eqIgnoreCase": "Equal to this text, both in lower case.",
    "neIgnoreCase": "Another text in lower case; a missing value does not pass.",
    "inIgnoreCase": "Equal to one of these texts, all in lower case.",
    "notInIgnoreCase": "Equal to none of these texts, all in lower case; a missing"
    " value does not pass.",
    "startsWithIgnoreCase": "Starts with this text, both in lower case.",
    "endsWithIgnoreCase": "Ends with this text, both in lower case.",
    "containsIgnoreCase": "Contains this text, both in lower case.",
    "isNull": "true: the value is missing; false: there is a value.",
    "has": "The list contains this entry.",
    "hasAny": "The list contains at least one of these entries.",
    "hasAll": "The list contains all of these entries.",
    "isEmpty": "true: the list is empty; false: it has an entry.",
}
# Strings compare by Unicode code point.
TEXT_DESCRIPTIONS = {
    "lt": "Before this text, by Unicode code point.",
    "lte": "Equal to this text or before it, by Unicode code point.",
    "gt": "After this text, by Unicode code point.",
    "gte": "Equal to this text or after it, by Unicode code point.",
}
LIST_VALUED = ("in", "notIn", "inIgnoreCase", "notInIgnoreCase", "hasAny", "hasAll")
BOOLEAN_VALUED = ("isNull", "isEmpty")
# Names in the annotations of what is made here.
globals().update({cls.__name__: cls for cls in (str, int, float, bool, date, datetime)})
globals().update(
    {
        n: e
        for n, e in vars(enums).items()
        if isinstance(e, type) and issubclass(e, Enum)
    }
)


def operators_of(kind: type, is_list: bool) -> tuple[str, ...]:
    if is_list:
        return operators.LIST
    if kind is str:
        text = (*operators.TEXT, *operators.CASE_INSENSITIVE)
        return (*operators.ORDERING, *text, "isNull")
    if kind is bool:
        return ("eq", "ne", "isNull")
    return (*(operators.ORDERING if kind in NAMES else operators.EQUALITY), "isNull")


def fields_of(kind: type, is_list: bool) -> Fields:
    texts = DESCRIPTIONS | (TEXT_DESCRIPTIONS if kind is str else {})
    fields: dict[str, tuple[str, str | None]] = {}
    for name in operators_of(kind, is_list):
        is_plural = name in LIST_VALUED
        annotation = f"list[{kind.__name__}]" if is_plural else kind.__name__
        annotation = "bool" if name in BOOLEAN_VALUED else annotation
        fields[name] = (annotation, texts[name])
    return fields


def name_of(kind: type, is_list: bool = False) -> str:
    """The name of the operator input, such as StringFilter or MemberRoleListFilter."""
    return NAMES.get(kind, kind.__name__) + ("ListFilter" if is_list else "Filter")


def operator_input(kind: type, is_list: bool = False) -> str:
    """The name of the operator input, which is made when it is first named."""
    name = name_of(kind, is_list)
    if name not in globals():
        text = (
            "Conditions on a value; all of them must hold. A missing value passes"
            " only `isNull: true`."
        )
        if is_list:
            text = "Conditions on a list; all of them must hold."
        make_input(__name__, name, fields_of(kind, is_list), text)
    return name


def input_of(attribute: Property) -> Any:
    return globals()[operator_input(attribute.type, attribute.is_list)]
