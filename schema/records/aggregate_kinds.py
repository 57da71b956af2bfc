"""What the values of one property come to: a type for each kind of property."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from service.compiler.groups import CURRENCIES
from service.compiler.measures import COUNTED, measures_of, type_of
from service.vocabulary.properties import Property

HELP = {
    "count": "How many records have a value.",
    "distinct": "How many different values there are.",
    "sum": "Of nothing: 0.",
    "median": "Of an even number: half-way between the two in the middle.",
    "stdev": "Of a sample (n - 1): null for fewer than two values.",
}
UNDEFINED = "Why a value above is null, if one is."


@strawberry.type
class Held:
    """The measures of one property that were asked for."""

    held: strawberry.Private[dict[str, Any]]

    @property
    def reason(self) -> str | None:
        found = sorted(self.held.get(CURRENCIES) or [])
        if len(found) > 1:
            return f"The amounts are in {', '.join(found)}: group by CURRENCY."
        if self.held["count"] == 0:
            return "No record has a value."
        if self.held["count"] == 1 and "stdev" in self.held:
            return "The standard deviation of one value is undefined."
        return None


def measure_field(name: str) -> Any:
    def resolve(root: Any) -> Any:
        return root.held[name]

    return strawberry.field(resolver=resolve, description=HELP.get(name))


def reason(root: Any) -> str | None:
    found: str | None = root.reason
    return found


def currency(root: Any) -> str | None:
    found = root.held[CURRENCIES]
    return found[0] if len(found) == 1 else None


NAMES: dict[type, str] = {
    int: "Int",
    float: "Float",
    str: "String",
    date: "Date",
    datetime: "DateTime",
}


def kind(attribute: Property) -> type:
    """The type that tells what such a property comes to, made once."""
    name = "Money" if attribute.is_money else NAMES.get(attribute.type, "Value")
    if name not in KINDS:
        KINDS[name] = made(f"{name}Aggregate", attribute)
    return KINDS[name]


def made(name: str, attribute: Property) -> type:
    fields: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    for measure in measures_of(attribute):
        fields[measure] = measure_field(measure)
        given = type_of(measure, attribute)
        # A sum of whole numbers may be more than GraphQL's Int holds.
        given = float if measure == "sum" else given
        annotations[measure] = given if measure in COUNTED else given | None
    fields["null_reason"] = strawberry.field(resolver=reason, description=UNDEFINED)
    annotations["null_reason"] = str | None
    if attribute.is_money:
        text = "The one that all amounts are in; null if there are several, or none."
        fields["currency"] = strawberry.field(resolver=currency, description=text)
        annotations["currency"] = str | None
    return typed(name, annotations, fields, "What the values of a property come to.")


def typed(
    name: str,
    annotations: dict[str, Any],
    fields: dict[str, Any],
    text: str,
    base: type = Held,
) -> type:
    """A type of the API, made of these fields."""
    namespace = {"__annotations__": annotations, "__module__": __name__, **fields}
    found: type = strawberry.type(
        type(name, (base,), namespace), name=name, description=text
    )
    return found


KINDS: dict[str, type] = {}
# What must be known to tell the rest.
NEEDED = {"nullReason": ("count", CURRENCIES), "currency": (CURRENCIES,)}


def needed(attribute: Property, selected: list[str]) -> list[str]:
    """The measures that answer a selection of an aggregate's fields."""
    found = dict.fromkeys(n for n in selected if n in measures_of(attribute))
    for name in selected:
        found |= dict.fromkeys(NEEDED.get(name, ()))
    if not attribute.is_money:
        found.pop(CURRENCIES, None)
    return list(found)
