"""Choosing a record in a form by its key or its name, without any script.

A text that names several records, or none, becomes a list to choose from.
"""

from __future__ import annotations

from typing import Any

from service.vocabulary import MEMBER_KINDS, key_label, snake
from service.vocabulary.names import noun_of
from service.web.fields import FormField
from service.web.panel import Answer
from service.web.visit import Visit

MOST_CANDIDATES = 10
MOST_SEARCHED = 200  # characters
NEW = "new:"  # before the name of a record that is to be added


async def choose(visit: Visit, field: FormField) -> str | None:
    """The key of the record that a field names; None: its problem says why not.

    `new:NAME` stays as it is, where records of the kind have nothing but a name.
    """
    text = field.text
    if not text:
        field.problems.append("Type a key or a name.")
        return None
    if text.startswith(NEW) and may_be_new(field.kinds):
        return text
    keys = await records(visit, field.kinds, {"key": {"eq": text}})
    named = keys or await records(visit, field.kinds, name_filter(field.kinds, text))
    if len(named) == 1:
        key: str = named[0]["key"]
        return key
    what = " or ".join(map(noun_of, field.kinds))
    if named:
        field.problems.append(f"Several records have this name; choose the {what}.")
        field.candidates = [candidate(each) for each in named]
        return None
    field.candidates = await similar(visit, field.kinds, text)
    advice = "choose one of these" if field.candidates else "search for it first"
    if may_be_new(field.kinds):
        new = {"key": NEW + text, "name": f"Add “{text}”", "details": ""}
        field.candidates.append(new)
        advice = "add it, or choose another"
    field.problems.append(f"No {what} has this key or name; {advice}.")
    return None


def may_be_new(kinds: tuple[str, ...]) -> bool:
    return kinds in (("Capability",), ("Community",), ("Offering",))


def name_filter(kinds: tuple[str, ...], text: str) -> Answer:
    same = {"eqIgnoreCase": text}
    names: list[Answer] = [{"name": same}]
    if kinds == ("Contract",):
        names.append({"title": same})
    return {"or": names}


async def records(
    visit: Visit, kinds: tuple[str, ...], condition: Answer
) -> list[Answer]:
    """The records of these kinds that meet a condition."""
    conditions = dict(condition)
    if (label := key_label(kinds[0])) == "Member":
        conditions["kind"] = {"in": [MEMBER_KINDS[kind].value for kind in kinds]}
    variables: dict[str, Any] = {"filter": conditions, "first": MOST_CANDIDATES}
    answer = await visit.ask(f"choose {label}", **variables)
    nodes: list[Answer] = answer["records"]["nodes"]
    return nodes


async def similar(visit: Visit, kinds: tuple[str, ...], text: str) -> list[Answer]:
    """The records of these kinds that have the words of a text."""
    if not text or len(text) > MOST_SEARCHED:
        return []
    search_kinds = [snake(kind).strip("_").upper() for kind in kinds]
    variables = {"text": text, "kinds": search_kinds, "first": MOST_CANDIDATES}
    answer = await visit.ask("choices", **variables)
    return [candidate(node) for node in answer["search"]["nodes"] if "key" in node]


def candidate(node: Answer) -> Answer:
    """A record to choose: its key, its name, and what tells it from its namesakes."""
    key = node["key"]
    name = node.get("memberName") or node.get("name") or node.get("title") or key
    parts = [node.get(each) for each in ("sector", "region", "country")]
    details = ", ".join(part for part in (*parts, f"key {key}") if part)
    return {"key": key, "name": name, "details": details}
