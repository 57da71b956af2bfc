"""One member: what it is, its ties, its position, who depends on it, its history."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from service.errors import RecordNotFound
from service.web.history_panel import history_panel
from service.web.member_panels import (
    broker_panel,
    dependents_panel,
    introductions_panel,
    tie_panels,
)
from service.web.panel import Answer
from service.web.rendering import page
from service.web.visit import Visit
from service.web.words import ATTRIBUTE_NAMES, name_words, text_of

FACTS = ["sector", "region", "country", "function", "description", "url", "status"]
FACTS += ["since", "until", "recoveryDays"]


async def member(visit: Visit) -> Response:
    key = visit.request.path_params["key"]
    variables = {"key": key, "day": visit.day}
    answer = (await visit.ask("member", **variables))["member"]
    if answer is None:
        raise RecordNotFound(f"No member has the key {key[:100]!r}.")
    history = {"kind": answer["__typename"], "key": key}
    has_sector_only = answer["sector"] and not answer["region"]
    roles_of = {**variables, "groupBy": "SECTOR" if has_sector_only else "REGION"}
    introductions, roles, hit, changes = await asyncio.gather(
        visit.ask("member_introductions", key=key),
        visit.ask("broker_roles", **roles_of),
        visit.ask("dependents", **variables),
        visit.ask("history", **history),
    )
    panels = [
        *tie_panels(visit, answer, variables),
        *introductions_panel(introductions["introductions"], {"key": key}),
        broker_panel(roles["brokerage"], roles_of),
        dependents_panel(hit["weakNodeImpact"], answer, variables),
        history_panel(changes["history"], history),
    ]
    facts = {
        name_words(name): text_of(answer[name])
        for name in FACTS
        if answer[name] is not None
    }
    facts |= {
        ATTRIBUTE_NAMES.get(each["name"], each["name"]): attribute_text(each)
        for each in answer["attributes"]
    }
    values = {"member": answer, "facts": facts}
    return page(visit, "member.html", answer["name"], panels, **values)


def attribute_text(attribute: Answer) -> str:
    values = (attribute[name] for name in ("text", "number", "boolean", "date"))
    return next((text_of(value) for value in values if value is not None), "-")
