"""What a person put into the fields of a form: the input of a mutation, problems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from service.errors import BadInput
from service.formats.cells import parser_of
from service.vocabulary.attributes import field_of, value_of_cell
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of
from service.vocabulary.texts import InvalidValue
from service.vocabulary.validation import check_of
from service.web.fields import ATTRIBUTE, EARLIER, NEW_NAME, NEW_VALUE, FormField
from service.web.forms import CSRF_FIELD, Form
from service.web.panel import Answer


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
