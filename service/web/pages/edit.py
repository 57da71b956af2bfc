"""Editing, ending and removing a record, by a form made from the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from schema.context import today
from service.errors import BadInput, RecordNotFound
from service.vocabulary import NODES, RECORD_TYPES, TIES_BY_NAME
from service.vocabulary.names import noun_of
from service.vocabulary.texts import MOST_MESSAGE, beginning_of
from service.web.field_values import add_problems, changed_values, fill
from service.web.fields import FormField, fields_of, new_attribute_fields
from service.web.forms import Form
from service.web.panel import Answer
from service.web.record_forms import address_for, form_page, page_of
from service.web.visit import Visit
from service.web.words import sentence_noun

ENDS = {"Introduction": ("requester", "target")}  # of records without a name


@dataclass
class RecordForm:
    """The form of one stored record, as it is shown or was sent."""

    kind: str
    key: str
    record: Answer
    fields: list[FormField] = field(default_factory=list)
    until: FormField | None = None
    problems: list[str] = field(default_factory=list)  # of no field

    @property
    def is_refused(self) -> bool:
        every = [*self.fields, *([self.until] if self.until else [])]
        return bool(self.problems or any(each.problems for each in every))

    @property
    def title(self) -> str:
        """What it is, and between whom.

        >>> ends = {"source": {"name": "A"}, "target": {"name": None, "key": "b"}}
        >>> RecordForm("Need", "k", ends).title
        'Edit need: A to b'
        """
        if names := ENDS.get(self.kind) or (
            ("source", "target") if self.kind in TIES_BY_NAME else ()
        ):
            ends = (self.record[end] for end in names)
            name = " to ".join(end["name"] or end["key"] for end in ends)
        else:
            name = self.record.get("name") or self.key
        return f"Edit {sentence_noun(self.kind)}: {name}"


async def edit_form(visit: Visit) -> Response:
    visit.require_write()
    return show(visit, await stored_form(visit))


async def edit(visit: Visit, form: Form) -> Response:
    """Write what the form changed."""
    record_form = await stored_form(visit)
    stored = {each.name: each.text for each in record_form.fields}
    fill(record_form.fields, form)
    add_conflicts(record_form.fields, stored)
    kind, cls = record_form.kind, RECORD_TYPES[record_form.kind]
    values = changed_values(cls, record_form.fields)
    if record_form.is_refused:
        return show(visit, record_form)
    answer = await visit.write(
        f"update {kind}", input={"key": record_form.key, **values}
    )
    record_form.problems += add_problems(record_form.fields, answer.problems, values)
    if answer.problems:
        return show(visit, record_form)
    return visit.redirect(page_of(visit, kind, record_form.key), answer)


def add_conflicts(fields: list[FormField], stored: dict[str, str]) -> None:
    """Do not overwrite what somebody else has changed while the form was open."""
    for each in fields:
        text = stored[each.name]
        if each.is_changed and text not in (each.earlier or "", each.text):
            start = beginning_of(text, MOST_MESSAGE)
            now = f"it is now “{start}”" if text else "it is now blank"
            problem = f"Somebody has changed this meanwhile: {now}. Save to replace it."
            each.problems.append(problem)
            each.earlier = text


async def end(visit: Visit, form: Form) -> Response:
    """End the record: from a day on, it is no longer active."""
    record_form = await stored_form(visit)
    until = end_field(record_form.record)
    fill([until], form)
    record_form.until = until
    variables: dict[str, Any] = {"key": record_form.key, "until": until.text or None}
    changed_values(RECORD_TYPES[record_form.kind], [until])
    if until.problems:
        return show(visit, record_form)
    answer = await visit.write(f"end {record_form.kind}", **variables)
    record_form.problems += add_problems([until], answer.problems, {})
    if answer.problems:
        return show(visit, record_form)
    back = page_of(visit, record_form.kind, record_form.key)
    return visit.redirect(back, answer)


async def remove(visit: Visit, form: Form) -> Response:
    """Delete the record, and its ties if it has any."""
    record_form = await stored_form(visit)
    fill([], form)
    answer = await visit.write(f"delete {record_form.kind}", key=record_form.key)
    record_form.problems += add_problems([], answer.problems, {})
    if answer.problems:
        return show(visit, record_form)
    return visit.redirect(page_of(visit, record_form.kind, None), answer)


async def stored_form(visit: Visit) -> RecordForm:
    """The form of the record that the address names."""
    kind, key = visit.parameter("kind") or "", visit.parameter("key") or ""
    if kind not in RECORD_TYPES:
        raise BadInput(
            "The address of this form names no kind of record. Press “Edit” beside a"
            " record on the page of a member."
        )
    record = (await visit.ask(f"read {kind}", key=key))["record"]
    if record is None:
        raise RecordNotFound(f"No {noun_of(kind)} has the key {key[:100]!r}.")
    fields = [*fields_of(RECORD_TYPES[kind], record), *new_attribute_fields()]
    return RecordForm(kind, key, record, fields, end_field(record))


def end_field(record: Answer) -> FormField:
    text = "The first day on which it is no longer active."
    return FormField("until", "Last day", text, "date", record["until"] or f"{today()}")


def show(visit: Visit, record_form: RecordForm) -> Response:
    return form_page(
        visit,
        "edit.html",
        record_form.title,
        form=record_form,
        noun=sentence_noun(record_form.kind),
        has_ties=record_form.kind in NODES,
        back=page_of(visit, record_form.kind, record_form.key),
        address=address_for(visit),
        is_refused=record_form.is_refused,
    )
