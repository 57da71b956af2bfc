"""Adding a member, or a tie of a member, by a form made from the vocabulary."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from service.errors import BadInput, RecordNotFound
from service.formats.names import key_from_name
from service.vocabulary import MEMBERS, TIES, TIES_BY_NAME
from service.vocabulary.names import alternatives
from service.vocabulary.properties import MAX_INDEXED
from service.vocabulary.ties import Tie
from service.web.choices import NEW, choose, records, similar
from service.web.field_values import add_problems, changed_values, fill
from service.web.fields import FormField, fields_of, new_attribute_fields
from service.web.forms import Form
from service.web.panel import Answer
from service.web.record_forms import NewRecord, address_for, form_page, page_of
from service.web.rendering import html, page
from service.web.visit import Visit, WriteAnswer
from service.web.words import article_noun, sentence_noun

KEY_HELP = "A stable id of your own; made from the name if it is blank."
NO_MEMBER = (
    "This form is about a member, and its address names none. Open the page of a member"
    " and press “Add a tie” there, or press “Add a member” on the page Members."
)
EXISTS = "There is such a tie already: edit it, or give this one another first day."


async def add_form(visit: Visit) -> Response:
    """The form of the kind in the address, or the kinds to choose from."""
    visit.require_write()
    if visit.parameter("kind") is None:
        return await show_kinds(visit)
    return show(visit, await new_record(visit))


async def add(visit: Visit, form: Form) -> Response:
    """Write a new record."""
    new = await new_record(visit)
    fill(new.fields, form)
    values = changed_values(new.cls, new.fields)
    if new.member is None:
        return await add_member(visit, new, values)
    return await add_tie(visit, new, new.member, values)


async def add_member(visit: Visit, new: NewRecord, values: dict[str, Any]) -> Response:
    key = new.fields[0].text or key_from_name(values.get("name") or "")
    if not key:
        new.fields[1].problems.append("Type a name.")
    if new.is_refused:
        return show(visit, new)
    answer = await visit.write(f"create {new.kind}", input={"key": key, **values})
    new.problems += add_problems(new.fields, answer.problems, values)
    if answer.problems:
        return show(visit, new)
    return visit.redirect(page_of(visit, new.kind, key), answer)


async def add_tie(
    visit: Visit, new: NewRecord, member: Answer, values: dict[str, Any]
) -> Response:
    other, direction = new.fields[0], new.field("direction")
    is_out = direction.text == "out" if direction else starts_at(new.cls, member)
    ends = new.cls.targets if is_out else new.cls.sources  # type: ignore[attr-defined]
    other.kinds = ends
    key = await choose(visit, other)
    if key is None or new.is_refused:
        return show(visit, new)
    written: list[WriteAnswer] = []
    if key.startswith(NEW):
        name = key.removeprefix(NEW)
        key = key_from_name(name)
        input_values = {"key": key, "name": name}
        answer = await visit.write(f"create {ends[0]}", input=input_values)
        other.problems += [each["message"] for each in answer.problems]
        written.append(answer)
    pair = (member["key"], key) if is_out else (key, member["key"])
    if not other.problems:
        tie = {"source": pair[0], "target": pair[1], **values}
        answer = await visit.write(f"create {new.kind}", input=tie)
        new.problems += add_problems(new.fields, at_fields(answer.problems), values)
        written.append(answer)
    if new.is_refused:
        return show(visit, new)
    return visit.redirect(page_of(visit, new.kind, member["key"]), *written)


def at_fields(problems: list[Answer]) -> list[Answer]:
    """The problems of a new tie, those of its ends at the field of the other end."""
    result = []
    for problem in problems:
        path, message = problem["path"], problem["message"]
        if path[-1] in ("source", "target"):
            path = ["other"]
        elif path[-1] == "key" and problem["code"] == "CONFLICT":
            message = EXISTS
        result.append({**problem, "path": path, "message": message})
    return result


async def new_record(visit: Visit) -> NewRecord:
    """The empty form of the kind that the address names."""
    kind = visit.parameter("kind") or ""
    if cls := MEMBERS.get(kind):
        key = FormField("key", "Key", KEY_HELP, attributes={"maxlength": MAX_INDEXED})
        fields = [key, *fields_of(cls), *new_attribute_fields()]
        return NewRecord(kind, cls, fields)
    member = await member_of(visit)
    kinds = kinds_of_ties(member)
    if kind not in kinds:
        known = ", ".join([*MEMBERS, *kinds])
        raise BadInput(f"kind: expected one of {known}.")
    tie = TIES_BY_NAME[kind]
    fields = [*end_fields(tie, member), *fields_of(tie), *new_attribute_fields()]
    return NewRecord(kind, tie, fields, member)


async def member_of(visit: Visit) -> Answer:
    """The member at which a tie begins or ends."""
    key = visit.parameter("member") or ""
    if not key:
        raise BadInput(NO_MEMBER)
    nodes = await records(visit, tuple(MEMBERS), {"key": {"eq": key}})
    if not nodes:
        raise RecordNotFound(f"No member has the key {key[:100]!r}.")
    return nodes[0]


def end_fields(tie: type[Tie], member: Answer) -> list[FormField]:
    """Who is at the other end, and in which direction where both are possible."""
    outward = tie.targets if starts_at(tie, member) else ()
    inward = tie.sources if ends_at(tie, member) else ()
    kinds = tuple(dict.fromkeys((*outward, *inward)))
    text = f"The key or the name of {alternatives(kinds)}."
    other = FormField("other", "With", text, "record", kinds=kinds, is_required=True)
    is_ordered = tie.stored_ends("b", "a") == ("b", "a")
    if not (outward and inward and is_ordered):
        return [other]
    name = member["name"]
    options = {"out": f"from {name} to the other", "in": f"from the other to {name}"}
    about = tie.kind.description
    return [
        other,
        FormField("direction", "Direction", about, "select", "out", options=options),
    ]


def starts_at(tie: Any, member: Answer) -> bool:
    return member["__typename"] in tie.sources


def ends_at(tie: Any, member: Answer) -> bool:
    return member["__typename"] in tie.targets


def kinds_of_ties(member: Answer) -> dict[str, str]:
    """The kinds of tie that a member may have, each with what it means."""
    return {
        tie.__name__: tie.kind.description
        for tie in TIES.values()
        if starts_at(tie, member) or ends_at(tie, member)
    }


async def show_kinds(visit: Visit) -> Response:
    if visit.parameter("member") is None:
        kinds = dict.fromkeys(MEMBERS, "")
        title, key = "Add a member", None
    else:
        member = await member_of(visit)
        kinds = kinds_of_ties(member)
        title, key = f"Add a tie of {member['name']}", member["key"]
    links = [
        (sentence_noun(kind), about, visit.address("/add", kind=kind, member=key))
        for kind, about in kinds.items()
    ]
    return page(visit, "add_kinds.html", title, links=links)


def show(visit: Visit, new: NewRecord) -> Response:
    title = f"Add {article_noun(new.kind)}"
    if new.member:
        title += f" of {new.member['name']}"
    back = page_of(visit, new.kind, None)
    values = {"form": new, "back": back, "address": address_for(visit)}
    return form_page(visit, "add.html", title, new.is_refused, **values)


async def choices(visit: Visit) -> Response:
    """The records whose words begin so, as options of the list of a text field."""
    kinds = tuple((visit.parameter("kinds") or "").split(","))
    text = visit.parameter("other") or visit.parameter("target") or ""
    ends = {end for tie in TIES.values() for end in (*tie.sources, *tie.targets)}
    if not set(kinds) <= ends:
        raise BadInput("kinds: expected record types such as Person,Organisation.")
    return html("choices.html", options=await similar(visit, kinds, text))
