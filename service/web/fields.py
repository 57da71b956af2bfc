"""The fields of a form, made from the vocabulary: labels, inputs, bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from service.vocabulary.attributes import cell_of, number_text
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of
from service.web.panel import Answer
from service.web.words import name_words

INPUTS = {int: "number", float: "number", date: "date", str: "text"}
LONG = 80  # characters of a text that gets several lines
EARLIER = "was:"  # before the name of a field: its text when the form was made
ATTRIBUTE = "x:"  # before the name of an extra attribute
NEW_NAME, NEW_VALUE = "new attribute", "new value"
BOOLEANS = {"true": "yes", "false": "no"}
LAST = ("since", "until")  # after what a record is


@dataclass
class FormField:
    """One field: what it is called, how it is filled in, and what is wrong with it."""

    name: str
    label: str
    help: str = ""
    input: str = "text"  # text, url, number, date, lines, select, boxes or record
    text: str = ""
    earlier: str | None = None  # its text when the form was made, if a record exists
    options: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)  # of the HTML element
    is_required: bool = False
    problems: list[str] = field(default_factory=list)
    candidates: list[Answer] = field(default_factory=list)  # for an ambiguous text
    kinds: tuple[str, ...] = ()  # of the record that it names

    @property
    def texts(self) -> list[str]:
        """The boxes that are ticked."""
        return [part.strip() for part in self.text.split(";") if part.strip()]

    @property
    def is_changed(self) -> bool:
        return self.text != (self.earlier or "")


def fields_of(cls: type[Record], record: Answer | None = None) -> list[FormField]:
    """A field for each property, with the values of the record if there is one."""
    properties = [p for name, p in properties_of(cls).items() if name != "key"]
    properties.sort(key=lambda each: (each.name in LAST, each.name != "name"))
    fields = [property_field(each, record) for each in properties]
    if record is not None:
        fields += [attribute_field(each) for each in record["attributes"]]
    return fields


def property_field(attribute: Property, record: Answer | None) -> FormField:
    has_default = attribute.default is not None
    text = stored_text(attribute.default if record is None else record[attribute.name])
    limits: dict[str, Any] = {"min": attribute.minimum, "max": attribute.maximum}
    limits["maxlength"] = attribute.max_length
    if attribute.type is float:
        limits["step"] = "any"
    result = FormField(
        name=attribute.name,
        label=name_words(attribute.name).capitalize(),
        help=(attribute.description or "").replace("Null:", "Blank:"),
        input=input_of(attribute, text),
        text=text,
        earlier=None if record is None else text,
        options=options_of(attribute, has_default),
        attributes={n: number_or(v) for n, v in limits.items() if v is not None},
        is_required=attribute.is_required and not has_default and not attribute.is_list,
    )
    if attribute.is_list and result.input == "text":
        result.help += " Separate several by a semicolon."
    return result


def number_or(limit: Any) -> str:
    return limit if isinstance(limit, str) else number_text(limit)


def input_of(attribute: Property, text: str) -> str:
    if issubclass(attribute.type, Enum):
        return "boxes" if attribute.is_list else "select"
    if attribute.type is bool:
        return "select"
    if attribute.type is str and not attribute.is_list:
        is_long = attribute.name == "description" or len(text) > LONG or "\n" in text
        return "lines" if is_long else "url" if attribute.text_form == "url" else "text"
    return "text" if attribute.is_list else INPUTS.get(attribute.type, "text")


def options_of(attribute: Property, has_default: bool) -> dict[str, str]:
    """The values to choose from, each with its meaning."""
    blank = {} if attribute.is_list or has_default else {"": "not known"}
    if attribute.type is bool:
        return blank | BOOLEANS
    if not issubclass(attribute.type, Enum):
        return {}
    values: Iterable[Any] = attribute.type
    return blank | {
        each.value: f"{each.value.lower().replace('_', ' ')}: {each.description}"
        for each in values
    }


def attribute_field(attribute: Answer) -> FormField:
    """The field of an extra attribute, whose value keeps its type if it looks so."""
    value = next(
        attribute[name]
        for name in ("text", "number", "boolean", "date")
        if attribute[name] is not None
    )
    if attribute["date"] is not None:
        value = date.fromisoformat(value)
    text = cell_of(value)
    return FormField(
        name=ATTRIBUTE + attribute["name"],
        label=attribute["name"],
        help="An attribute of your own: a text, a number, true, false or a day.",
        input="lines" if len(text) > LONG or "\n" in text else "text",
        text=text,
        earlier=text,
    )


def new_attribute_fields() -> list[FormField]:
    text = "A name of your own for something that no other field is for."
    return [
        FormField(NEW_NAME, "Another attribute", text),
        FormField(NEW_VALUE, "Its value", "A text, a number, true, false or a day."),
    ]


def stored_text(value: Any) -> str:
    """The text of a value in its field.

    >>> stored_text(None), stored_text(2.0), stored_text(True), stored_text(["A", "B"])
    ('', '2', 'true', 'A; B')
    """
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    return "" if value is None else str(value)
