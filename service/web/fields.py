"""The fields of a form, made from the vocabulary: labels, inputs, bounds, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from service.errors import BadInput
from service.formats.cells import parser_of
from service.vocabulary.attributes import (
    cell_of,
    field_of,
    number_text,
    value_of_cell,
)
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of
from service.vocabulary.texts import InvalidValue
from service.vocabulary.validation import check_of
from service.web.forms import CSRF_FIELD, Form
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
    made = FormField(
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
    if attribute.is_list and made.input == "text":
        made.help += " Separate several by a semicolon."
    return made


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


def fill(fields: list[FormField], form: Form) -> None:
    """Put what a person sent into the fields; BadInput for a field that is not here."""
    names = {each.name for each in fields}
    known = {CSRF_FIELD, *names, *(EARLIER + name for name in names)}
    for name in form.fields:
        if name not in known:
            raise BadInput(f"The form has an unknown field {name[:50]!r}.")
    for each in fields:
        texts = [text.replace("\r\n", "\n") for text in form.texts(each.name)]
        chosen = texts if each.input == "boxes" else texts[-1:]
        each.text = "; ".join(chosen)
        if EARLIER + each.name in form.fields:
            each.earlier = form.text(EARLIER + each.name).replace("\r\n", "\n")


def changed_values(cls: type[Record], fields: list[FormField]) -> dict[str, Any]:
    """The input of a mutation: what differs from what the form began with.

    A text that cannot be a value becomes a problem of its field.
    """
    properties = properties_of(cls)
    values: dict[str, Any] = {}
    for each in fields:
        if each.name in properties and each.is_changed:
            try:
                values[each.name] = value_of_text(properties[each.name], each.text)
            except InvalidValue as error:
                each.problems.append(str(error))
    if attributes := attribute_inputs(fields):
        values["attributes"] = attributes
    return values


def value_of_text(attribute: Property, text: str) -> Any:
    """
    >>> value_of_text(Property("on", date), "2026-11-01"), value_of_text(
    ...     Property("strength", float, minimum=0, maximum=1), "0.5")
    ('2026-11-01', 0.5)
    """
    if not text:
        return [] if attribute.is_list else None
    parse = parser_of(attribute)
    value = check_of(attribute)(parse(text) if parse else text)
    return value.isoformat() if isinstance(value, date | datetime) else value


def attribute_inputs(fields: list[FormField]) -> list[Answer]:
    """The extra attributes to set, and those to remove because they are blank."""
    texts = {
        each.name.removeprefix(ATTRIBUTE): each.text
        for each in fields
        if each.name.startswith(ATTRIBUTE) and each.is_changed
    }
    by_name = {each.name: each for each in fields}
    if NEW_NAME in by_name and by_name[NEW_NAME].text:
        texts[by_name[NEW_NAME].text] = by_name[NEW_VALUE].text
    return [attribute_input(name, text) for name, text in texts.items()]


def attribute_input(name: str, text: str) -> Answer:
    """
    >>> attribute_input("tier", "2"), attribute_input("tier", "")
    ({'name': 'tier', 'number': 2.0}, {'name': 'tier'})
    """
    if not text:
        return {"name": name}
    value = value_of_cell(text)
    return {"name": name, field_of(value): date_text(value)}


def date_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def add_problems(
    fields: list[FormField], problems: list[Answer], sent: Mapping[str, Any]
) -> list[str]:
    """Put each problem beside its field; those of no field are returned."""
    by_name = {each.name: each for each in fields}
    others: list[str] = []
    for problem in problems:
        target = by_name.get(field_name(problem["path"], sent))
        if target is None and NEW_NAME in by_name and "attributes" in problem["path"]:
            target = by_name[NEW_NAME]
        texts = others if target is None else target.problems
        texts.append(problem["message"])
    return others


def field_name(path: list[str], sent: Mapping[str, Any]) -> str:
    """The field that the path of a problem means.

    >>> field_name(["input", "name"], {}), field_name(["until"], {})
    ('name', 'until')
    >>> field_name(["input", "attributes", "0"], {"attributes": [{"name": "tier"}]})
    'x:tier'
    """
    match path:
        case ["input", "attributes", index, *_] if index.isdigit():
            return f"{ATTRIBUTE}{sent['attributes'][int(index)]['name']}"
        case ["input", name, *_] | [name]:
            return name
    return ""
