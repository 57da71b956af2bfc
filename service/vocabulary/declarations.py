"""How nodes, ties and enums declare a property or a value: its meaning and its bounds.

`service.vocabulary.properties` reads these declarations into the model of a property.
"""

from dataclasses import MISSING, field
from enum import Enum
from typing import Any, Self

REQUIRED = MISSING  # the default of a property that every record has


class DescribedEnum(Enum):
    """An enum in which each value has one sentence that says what it means."""

    _value_: str
    description: str

    def __new__(cls, value: str, description: str = "") -> Self:  # MemberKind("TEAM")
        member = object.__new__(cls)
        member._value_ = value
        member.description = description
        return member


def attribute(
    description: str,
    default: Any = None,
    *,
    unit: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    text_form: str | None = None,
) -> Any:
    """A property with its description, as GraphQL and the documentation show it.

    `text_form` names the form of a text: `country` or `url`; else any lines.
    """
    metadata = {
        "description": description,
        "unit": unit,
        "minimum": minimum,
        "maximum": maximum,
        "text_form": text_form,
    }
    return field(default=default, metadata=metadata)


def share(description: str) -> Any:
    """A fraction from 0 to 1."""
    return attribute(description, unit="share", minimum=0, maximum=1)


def amount(description: str) -> Any:
    """Money in the record's own `currency`: never added up across currencies."""
    metadata = {"description": description, "unit": "currency", "is_money": True}
    return field(default=None, metadata=metadata)


def currency() -> Any:
    return attribute("The currency of the amounts: an ISO 4217 code such as SEK.")


def values(description: str, text_form: str | None = None) -> Any:
    """A list. `text_form` names the form of each item: `month` or `weight`."""
    metadata = {"description": description, "text_form": text_form}
    return field(default_factory=list, metadata=metadata)
