"""The filter and order inputs of every record type, made from the vocabulary.

For Organisation: OrganisationFilter, OrganisationOrder, OrganisationOrderField; for
the type of a related record also its ConnectionFilter and ConnectionOrder.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import Enum
from typing import Any

from schema.records.attributes import attribute_filter
from schema.records.generated import declare_type, make_enum, make_input
from schema.records.node import register_enum
from schema.records.operators import input_of, operator_input
from service.compiler.measures import measures_of, type_of
from service.vocabulary.connections import (
    CONNECTIONS,
    RECORDS,
    end_types,
    is_between_members,
)
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of, scalars
from service.vocabulary.ties import Tie

Fields = dict[str, tuple[str, str | None]]


class OrderDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


class NullsOrder(Enum):
    FIRST = "FIRST"
    LAST = "LAST"


class Measure(Enum):
    COUNT = "COUNT"
    DISTINCT = "DISTINCT"
    SUM = "SUM"
    AVG = "AVG"
    MIN = "MIN"
    MAX = "MAX"
    MEDIAN = "MEDIAN"
    STDEV = "STDEV"


class DateBucket(Enum):
    YEAR = "YEAR"
    QUARTER = "QUARTER"
    MONTH = "MONTH"
    DAY = "DAY"


register_enum(
    OrderDirection,
    "The direction of an order.",
    ASC="Ascending: the smallest value first.",
    DESC="Descending: the largest value first.",
)
register_enum(
    NullsOrder,
    "The place of records without the value in an order.",
    FIRST="Before all others.",
    LAST="After all others.",
)
MEASURES = {
    "COUNT": "The number of related records.",
    "DISTINCT": "The number of different values.",
    "SUM": "The sum of the values.",
    "AVG": "The average of the values.",
    "MIN": "The smallest value.",
    "MAX": "The largest value.",
    "MEDIAN": "The median of the values.",
    "STDEV": "The sample standard deviation of the values.",
}
register_enum(Measure, "A measure of related records.", **MEASURES)
register_enum(
    DateBucket,
    "The part of a date by which records are grouped.",
    YEAR="By year, such as 2024.",
    QUARTER="By quarter, such as 2024-Q3.",
    MONTH="By month, such as 2024-07.",
    DAY="By day, such as 2024-07-31.",
)


def use_type(cls: type) -> str:
    """The name of a type of another module, which annotations of this one may use."""
    setattr(sys.modules[__name__], cls.__name__, cls)
    return cls.__name__


def end_fields(cls: type[Record], suffix: str, text: str) -> Fields:
    """The ends of a tie, with the inputs of the record types there."""
    if not issubclass(cls, Tie):
        return {}
    source, target = (end.__name__ + suffix for end in end_types(cls))
    fields: Fields = {
        "source": (source, f"{text} the record at the source of the tie."),
        "target": (target, f"{text} the record at the target of the tie."),
    }
    if is_between_members(cls):
        other = f"{text} the other end of the tie, seen from this record."
        fields["other"] = (f"Member{suffix}", other)
    return fields


def related_fields(cls: type[Record], suffix: str, text: str) -> Fields:
    """The connections of a record, with the inputs of their record types."""
    connections = CONNECTIONS.get(cls.__name__, {})
    return {
        name: (
            relation.record.__name__ + suffix,
            f"{text} the related {relation.record.__name__} records.",
        )
        for name, relation in connections.items()
    }


def record_filter(name: str, cls: type[Record]) -> None:
    own = f"{name}Filter"
    fields: Fields = {
        a.name: (use_type(input_of(a)), f"Conditions on `{a.name}`.")
        for a in properties_of(cls).values()
    }
    fields |= {
        link.name: (
            f"{link.label}Filter",
            f"Conditions on the {link.name}; a record without one does not pass.",
        )
        for link in cls.links
    }
    fields["attributes"] = (
        "list[AttributeFilter]",
        "Conditions on extra attributes; all of them must hold.",
    )
    fields |= end_fields(cls, "Filter", "Conditions on")
    fields |= related_fields(cls, "ConnectionFilter", "Conditions on")
    fields["and"] = (f"list[{own}]", "All of these filters pass.")
    fields["or"] = (
        f"list[{own}]",
        "At least one of these filters passes; with an empty list no record does.",
    )
    fields["not"] = (own, "This filter does not pass; a missing value then passes.")
    text = f"Which {name} records to return: those that meet all conditions."
    make_input(__name__, own, fields, text)


def order_field(name: str, cls: type[Record]) -> None:
    values = {a.constant: f"By `{a.name}`." for a in scalars(cls)}
    text = f"The properties by which {name} records can be sorted."
    make_enum(__name__, f"{name}OrderField", values, text)


def order_inputs(name: str, cls: type[Record]) -> None:
    own = f"{name}OrderField"
    fields: Fields = {
        "field": (own, "A property of the record itself."),
        "attribute": (
            "str",
            "The name of an extra attribute: numbers, dates, texts, false and true.",
        ),
    }
    fields |= end_fields(cls, "OrderField", "A property of")
    fields |= related_fields(cls, "ConnectionOrder", "The count or a measure of")
    fields["direction"] = ("OrderDirection", "ASC if absent.")
    fields["nulls"] = ("NullsOrder", "LAST if absent, in either direction.")
    text = "One criterion to sort by; the key is always the last criterion."
    make_input(__name__, f"{name}Order", fields, text)


def group_input(name: str, cls: type[Record]) -> None:
    fields: Fields = {
        "field": (f"{name}OrderField", "A property of the record."),
        "attribute": ("str", "The name of an extra attribute of the record."),
    }
    fields |= end_fields(cls, "OrderField", "A property of")
    fields["bucket"] = ("DateBucket", "For a date or time: the part to group by.")
    text = "One value that the records of a group have in common."
    make_input(__name__, f"{name}GroupKey", fields, text)


def connection_inputs(name: str, mutual: bool) -> None:
    """What a filter and an order can say of related records."""
    direction: Fields = {
        "direction": (
            "Direction",
            "Only related records in this direction; BOTH if absent.",
        )
    }
    among: Fields = {
        "among": (
            f"{name}Filter",
            "Consider only related records that pass this filter.",
        )
    }
    shared = (direction if mutual else {}) | among
    texts = {
        "some": "At least one related record passes.",
        "all": "Every related record passes; true if there are no related records.",
        "none": "No related record passes.",
        "single": "Exactly one related record passes.",
    }
    fields = shared | {n: (f"{name}Filter", text) for n, text in texts.items()}
    fields["count"] = ("IntFilter", "Conditions on the number of related records.")
    fields["aggregate"] = (
        f"{name}AggregateFilter",
        "Conditions on measures of the related records' values.",
    )
    text = f"Conditions on the {name} records of a record; all of them must hold."
    make_input(__name__, f"{name}ConnectionFilter", fields, text)
    fields = shared | {
        "measure": ("Measure", "What to sort by; COUNT if absent."),
        "field": (f"{name}OrderField", "The property to measure; none with COUNT."),
    }
    text = f"Sort by the number or by a measure of the {name} records of a record."
    make_input(__name__, f"{name}ConnectionOrder", fields, text)


def aggregate_filter(name: str, cls: type[Record]) -> None:
    fields: Fields = {
        a.name: (measures_input(a), f"Conditions on measures of `{a.name}`.")
        for a in scalars(cls)
    }
    text = f"Conditions on measures of {name} records; all of them must hold."
    make_input(__name__, f"{name}AggregateFilter", fields, text)


def group_filter(name: str, cls: type[Record]) -> None:
    own = f"{name}GroupFilter"
    fields: Fields = {"count": ("IntFilter", "Conditions on the number of records.")}
    fields |= {
        a.name: (measures_input(a), f"Conditions on measures of `{a.name}`.")
        for a in scalars(cls)
    }
    fields["and"] = (f"list[{own}]", "All of these filters pass.")
    fields["or"] = (
        f"list[{own}]",
        "At least one of these filters passes; with an empty list no group does.",
    )
    fields["not"] = (own, "This filter does not pass; a null measure then passes.")
    text = (
        f"Conditions on groups of {name} records; all of them must hold. A measure that"
        " is null, such as a sum of unknown amounts, passes only `isNull: true`."
    )
    make_input(__name__, own, fields, text)


def measures_input(attribute: Property) -> str:
    """The input for the measures of such a property, made once."""
    name: str = input_of(attribute).__name__.removesuffix("Filter") + "AggregateFilter"
    if name not in globals():
        fields: Fields = {}
        for measure in measures_of(attribute):
            kind = type_of(measure, attribute)
            text = MEASURES[measure.upper()] if measure != "count" else None
            fields[measure] = (
                use_type(input_of(Property("", kind))),
                text or "The number of records with a value.",
            )
        text = "Conditions on measures of a property; all of them must hold."
        make_input(__name__, name, fields, text)
    return name


def make_inputs() -> None:
    mutual: dict[str, bool] = {}  # by the name of the related record type
    for relation in (a for each in CONNECTIONS.values() for a in each.values()):
        name = relation.record.__name__
        mutual[name] = mutual.get(name, False) or relation.is_mutual
    for name, cls in RECORDS.items():
        declare_type(__name__, f"{name}Filter")
        declare_type(__name__, f"{name}GroupFilter")
        order_field(name, cls)
    for name in mutual:
        for suffix in ("AggregateFilter", "ConnectionFilter", "ConnectionOrder"):
            declare_type(__name__, name + suffix)
    for name, cls in RECORDS.items():
        record_filter(name, cls)
        order_inputs(name, cls)
        group_input(name, cls)
        group_filter(name, cls)
        if name in mutual:
            aggregate_filter(name, cls)
            connection_inputs(name, mutual[name])


use_type(Direction)
operator_input(int)
use_type(input_of(Property("", int)))
for kind in (float, date, bool):
    use_type(input_of(Property("", kind)))
attribute_filter(__name__)
make_inputs()


def input_type(name: str) -> Any:
    """One of the inputs made here, such as OrganisationFilter."""
    return getattr(sys.modules[__name__], name)
