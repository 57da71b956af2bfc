"""The history of a record as a table: who changed which values, and when."""

from __future__ import annotations

from typing import Any

import orjson

from service.report.section import number
from service.vocabulary.attributes import PREFIX
from service.web.member_panels import listed_sentence
from service.web.panel import Answer, Panel
from service.web.words import ATTRIBUTE_NAMES, name_words, value_words


def history_panel(changes: list[Answer], variables: Answer) -> Panel:
    rows = [
        (
            change["at"][:16].replace("T", " "),
            change["by"],
            change["operation"].lower(),
            difference(change["before"] or {}, change["after"] or {}),
        )
        for change in reversed(changes[-20:])
    ]
    sentence = listed_sentence(len(rows), len(changes))
    return Panel(
        id="history",
        title="History",
        sentence=sentence,
        columns=("when", "by", "what", "values"),
        rows=rows,
        document="history",
        variables=variables,
    )


def property_words(name: str) -> str:
    """What a property is called; an extra attribute by its own name.

    >>> property_words("bufferDays"), property_words("x:Antal anställda")
    ('buffer days', 'Antal anställda')
    """
    if name.startswith(PREFIX):
        own = name.removeprefix(PREFIX)
        return ATTRIBUTE_NAMES.get(own, own)
    return name_words(name)


def difference(before: Answer, after: Answer) -> str:
    """What one change of a record did, in words."""
    names = sorted(n for n in before.keys() | after if before.get(n) != after.get(n))
    parts = [
        f"{property_words(name)}: {short(before[name])} → {short(after.get(name))}"
        if name in before
        else f"{property_words(name)}: {short(after[name])}"
        for name in names
    ]
    return "; ".join(parts[:8]) + ("; …" if len(parts) > 8 else "")


def short(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(short, value)) or "nothing"
    if isinstance(value, float):
        return number(value)
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    text = value_words(text)
    return text if len(text) <= 60 else f"{text[:60]}…"
