"""The GraphQL types of the measures of one property: one for each kind of property."""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite
from typing import Any

import strawberry

from service.compiler.groups import CURRENCIES, WITHOUT_CURRENCY
from service.compiler.measures import COUNTS, measures_of, type_of
from service.vocabulary.properties import Property

DESCRIPTIONS = {
    "count": "The number of records with a value.",
    "distinct": "The number of different values.",
    "sum": "The sum of the known values, of which `count` says how many there are; null"
    " if no record has a value, 0 if there is no record.",
    "avg": "The average of the values.",
    "min": "The smallest value.",
    "max": "The largest value.",
    "median": "The median; of an even number, half-way between the middle two.",
    "stdev": "The sample standard deviation (n - 1); null for fewer than two values.",
}

UNDEFINED_NEVER = (*COUNTS, CURRENCIES, WITHOUT_CURRENCY)
LARGEST = "a result is beyond the largest number, 1.8e308"


@strawberry.type
class PropertyMeasures:
    """The selected measures of one property."""

    measures: strawberry.Private[dict[str, Any]]

    @property
    def null_explanation(self) -> str | None:
        currencies = sorted(self.measures.get(CURRENCIES) or [])
        if len(currencies) > 1:
            return f"The amounts are in {', '.join(currencies)}: group by CURRENCY."
        values = {n: v for n, v in self.measures.items() if n not in UNDEFINED_NEVER}
        if self.measures["count"] == 0:
            is_null = not values or None in values.values()
            return "No record has a value." if is_null else None
        if overflows := [name for name, value in values.items() if overflow(value)]:
            return f"The values are too large for {' and '.join(overflows)}: {LARGEST}."
        if self.measures["count"] == 1 and "stdev" in self.measures:
            return "The standard deviation of one value is undefined."
        return None


def overflow(value: Any) -> bool:
    """Whether a measure is beyond the largest number, or undefined because of it."""
    return isinstance(value, float) and not isfinite(value)


def measure_field(name: str) -> Any:
    def resolve(root: Any) -> Any:
        value = root.measures[name]
        return None if overflow(value) else value

    return strawberry.field(resolver=resolve, description=DESCRIPTIONS[name])


def null_reason(root: Any) -> str | None:
    explanation: str | None = root.null_explanation
    return explanation


def without_currency(root: Any) -> int:
    count: int = root.measures[WITHOUT_CURRENCY]
    return count


def currency(root: Any) -> str | None:
    currencies = root.measures[CURRENCIES]
    return currencies[0] if len(currencies) == 1 else None


NAMES: dict[type, str] = {
    int: "Int",
    float: "Float",
    str: "String",
    date: "Date",
    datetime: "DateTime",
}


def measures_type(attribute: Property) -> type:
    """The type of the measures of such a property, made once."""
    name = "Money" if attribute.is_money else NAMES.get(attribute.type, "Value")
    if name not in MEASURES_TYPES:
        MEASURES_TYPES[name] = make_measures_type(f"{name}Aggregate", attribute)
    return MEASURES_TYPES[name]


def make_measures_type(name: str, attribute: Property) -> type:
    fields: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    for measure in measures_of(attribute):
        fields[measure] = measure_field(measure)
        kind = type_of(measure, attribute)
        # A sum of whole numbers may be more than GraphQL's Int can hold.
        kind = float if measure == "sum" else kind
        annotations[measure] = kind if measure in COUNTS else kind | None
    text = "Why a measure of this object is null; null if no measure is."
    fields["null_reason"] = strawberry.field(resolver=null_reason, description=text)
    annotations["null_reason"] = str | None
    if attribute.is_money:
        text = (
            "The currency of the amounts that state one; null if they state several, or"
            " none. `withoutCurrency` says how many state none."
        )
        fields["currency"] = strawberry.field(resolver=currency, description=text)
        annotations["currency"] = str | None
        text = (
            "How many of the amounts have no currency. The measures include them, as if"
            " they were in `currency`; group by CURRENCY to have them apart."
        )
        fields["without_currency"] = strawberry.field(
            resolver=without_currency, description=text
        )
        annotations["without_currency"] = int
    return make_type(name, annotations, fields, "Measures of one property.")


def make_type(
    name: str,
    annotations: dict[str, Any],
    fields: dict[str, Any],
    text: str,
    base: type = PropertyMeasures,
) -> type:
    """A type of the API, made of these fields."""
    namespace = {"__annotations__": annotations, "__module__": __name__, **fields}
    made: type = strawberry.type(
        type(name, (base,), namespace), name=name, description=text
    )
    return made


MEASURES_TYPES: dict[str, type] = {}
# The measures that a field is computed from.
NEEDS = {
    "nullReason": ("count", CURRENCIES),
    "currency": (CURRENCIES,),
    "withoutCurrency": (WITHOUT_CURRENCY,),
}


def needed_measures(attribute: Property, selected: list[str]) -> list[str]:
    """The measures that answer a selection of an aggregate's fields."""
    names = dict.fromkeys(n for n in selected if n in measures_of(attribute))
    for name in selected:
        names |= dict.fromkeys(NEEDS.get(name, ()))
    if not attribute.is_money:
        names.pop(CURRENCIES, None)
    return list(names)
