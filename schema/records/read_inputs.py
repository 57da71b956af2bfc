"""The filter and order inputs of every record type, made from the vocabulary.

For Organisation: OrganisationFilter, OrganisationOrder, OrganisationOrderField; where
it hangs on others also OrganisationConnectionFilter and OrganisationConnectionOrder.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import Any

import strawberry

from schema.records.generated import declared, made, made_enum
from schema.records.operators import input_of, operator_input
from service.compiler.measures import measures_of, type_of
from service.vocabulary.connections import (
    CONNECTIONS,
    RECORDS,
    between_members,
    end_types,
)
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of, scalars
from service.vocabulary.ties import Tie

Fields = dict[str, tuple[str, str | None]]


@strawberry.enum(description="Which way an order runs.")
class OrderDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.enum(description="Where what is missing stands in an order.")
class NullsOrder(Enum):
    FIRST = "FIRST"
    LAST = "LAST"


@strawberry.enum(description="An aggregate of what hangs on a record.")
class Measure(Enum):
    COUNT = "COUNT"
    DISTINCT = "DISTINCT"
    SUM = "SUM"
    AVG = "AVG"
    MIN = "MIN"
    MAX = "MAX"
    MEDIAN = "MEDIAN"
    STDEV = "STDEV"


@strawberry.enum(description="The part of a date that groups are made by.")
class DateBucket(Enum):
    YEAR = "YEAR"
    QUARTER = "QUARTER"
    MONTH = "MONTH"
    DAY = "DAY"


def known(cls: type) -> str:
    """A type of another module, by a name of this one."""
    setattr(sys.modules[__name__], cls.__name__, cls)
    return cls.__name__


def ends(cls: type[Record], suffix: str) -> Fields:
    """What is asked of the ends of a tie, by the inputs of what stands there."""
    if not issubclass(cls, Tie):
        return {}
    source, target = (end.__name__ + suffix for end in end_types(cls))
    found: Fields = {"source": (source, None), "target": (target, None)}
    if between_members(cls):
        text = "The end that is not the record on which the tie hangs."
        found["other"] = (f"Member{suffix}", text)
    return found


def around(cls: type[Record], suffix: str) -> Fields:
    here = CONNECTIONS.get(cls.__name__, {})
    return {name: (a.record.__name__ + suffix, None) for name, a in here.items()}


def record_filter(name: str, cls: type[Record]) -> None:
    own = f"{name}Filter"
    fields: Fields = {
        a.name: (known(input_of(a)), None) for a in properties_of(cls).values()
    }
    fields |= {
        link.name: (f"{link.label}Filter", "There is one, and it passes.")
        for link in cls.links
    }
    fields |= ends(cls, "Filter") | around(cls, "ConnectionFilter")
    fields["and"] = (f"list[{own}]", "Each of these passes.")
    fields["or"] = (f"list[{own}]", "One of these passes; of none, nothing does.")
    fields["not"] = (own, "This does not pass; a missing value then passes.")
    made(__name__, own, fields, f"Which {name} records pass: all that is given holds.")


def order_field(name: str, cls: type[Record]) -> None:
    values = [attribute.constant for attribute in scalars(cls)]
    text = f"What {name} records may be put in order by."
    made_enum(__name__, f"{name}OrderField", values, text)


def order_inputs(name: str, cls: type[Record]) -> None:
    own = f"{name}OrderField"
    fields: Fields = {"field": (own, "A property of the record itself.")}
    fields |= ends(cls, "OrderField") | around(cls, "ConnectionOrder")
    fields["direction"] = ("OrderDirection", "ASC unless asked otherwise.")
    fields["nulls"] = ("NullsOrder", "LAST unless asked otherwise, either direction.")
    text = "One thing to sort by; after all of them comes the key."
    made(__name__, f"{name}Order", fields, text)


def group_input(name: str, cls: type[Record]) -> None:
    fields: Fields = {"field": (f"{name}OrderField", "A property of the record.")}
    fields |= ends(cls, "OrderField")
    fields["bucket"] = ("DateBucket", "Of a date or time: by what part of it.")
    made(__name__, f"{name}GroupKey", fields, "One thing that groups have in common.")


def connection_inputs(name: str, mutual: bool) -> None:
    """What may be asked of all that hangs on a record."""
    way: Fields = {"direction": ("Direction", "BOTH unless asked otherwise.")}
    which: Fields = {"among": (f"{name}Filter", "Only these are looked at.")}
    shared = (way if mutual else {}) | which
    text = {
        "some": "At least one of them passes.",
        "all": "Each of them passes; so it is where there is none.",
        "none": "None of them passes.",
        "single": "Exactly one of them passes.",
    }
    fields = shared | {n: (f"{name}Filter", t) for n, t in text.items()}
    fields["count"] = ("IntFilter", "How many there are.")
    fields["aggregate"] = (f"{name}AggregateFilter", "What their values come to.")
    about = f"The {name} records of a record: how many pass, what they come to."
    made(__name__, f"{name}ConnectionFilter", fields, about)
    fields = shared | {
        "measure": ("Measure", "COUNT unless asked otherwise."),
        "field": (f"{name}OrderField", "Of what; COUNT takes none."),
    }
    about = f"The number, or an aggregate, of the {name} records of a record."
    made(__name__, f"{name}ConnectionOrder", fields, about)


def aggregate_filter(name: str, cls: type[Record]) -> None:
    fields = {a.name: (measures_input(a), None) for a in scalars(cls)}
    text = f"What the values of {name} records come to."
    made(__name__, f"{name}AggregateFilter", fields, text)


def measures_input(attribute: Property) -> str:
    """The input for the aggregates of such an attribute, made once."""
    name: str = input_of(attribute).__name__.removesuffix("Filter") + "AggregateFilter"
    if name not in globals():
        fields: Fields = {}
        for measure in measures_of(attribute):
            kind = type_of(measure, attribute)
            fields[measure] = (known(input_of(Property("", kind))), None)
        made(__name__, name, fields, "What the values come to.")
    return name


def make() -> None:
    hanging: dict[str, bool] = {}
    for one in (a for several in CONNECTIONS.values() for a in several.values()):
        mutual = hanging.get(one.record.__name__, False) or one.mutual
        hanging[one.record.__name__] = mutual
    for name, cls in RECORDS.items():
        declared(__name__, f"{name}Filter")
        order_field(name, cls)
    for name in hanging:
        for suffix in ("AggregateFilter", "ConnectionFilter", "ConnectionOrder"):
            declared(__name__, name + suffix)
    for name, cls in RECORDS.items():
        record_filter(name, cls)
        order_inputs(name, cls)
        group_input(name, cls)
        if name in hanging:
            aggregate_filter(name, cls)
            connection_inputs(name, hanging[name])


known(Direction)
operator_input(int)
known(input_of(Property("", int)))
make()


def input_named(name: str) -> Any:
    """One of the inputs made here, such as OrganisationFilter."""
    return getattr(sys.modules[__name__], name)
