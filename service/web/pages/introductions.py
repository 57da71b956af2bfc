"""Introductions: who can introduce a start-up to its partners, and what came of it."""

from __future__ import annotations

from starlette.responses import Response

from service.vocabulary import MEMBERS
from service.vocabulary.names import counted
from service.web.choices import choose
from service.web.community import member_filter, require_community
from service.web.fields import FormField
from service.web.pages.board import board, board_panel
from service.web.panel import PageLink, Panel, quoted
from service.web.rendering import page
from service.web.visit import Visit

FIRST = 200


async def introductions(visit: Visit) -> Response:
    """Choose a start-up; the paths to who can help, or to one member."""
    startup = visit.parameter("startup")
    if startup is None:
        return await startup_list(visit)
    need, target = visit.parameter("need"), target_field(visit)
    member = await choose(visit, target) if target.text else None
    variables = {
        "startup": startup,
        "needs": [need] if need else None,
        "member": member,
        "day": visit.day,
    }
    answer = (await visit.ask("partner_paths", **variables))["partnerPaths"]
    values = {"paths": answer, "document": "partner_paths", "variables": variables}
    title = f"Introductions for {answer['startup']['name']}"
    return page(visit, "paths.html", title, **values, target=target)


def target_field(visit: Visit) -> FormField:
    text = "The key or the name of any member; blank: whoever has what it needs."
    text_of_target = visit.parameter("target") or ""
    kinds = tuple(MEMBERS)
    return FormField("target", "Target", text, "record", text_of_target, kinds=kinds)


async def startup_list(visit: Visit) -> Response:
    await require_community(visit)
    conditions = member_filter(visit.parameter("community"), "STARTUP")
    variables = {"filter": conditions, "first": FIRST, "day": visit.day}
    answer = (await visit.ask("startups", **variables))["members"]
    startups = sorted(answer["nodes"], key=lambda node: not node["needs"]["totalCount"])
    rows = [
        (
            PageLink(node["name"], f"/introductions?startup={quoted(node['key'])}"),
            ", ".join(need["target"]["name"] for need in node["needs"]["nodes"]) or "-",
            f"{node['needs']['totalCount']:,}",
        )
        for node in startups
    ]
    sentence = f"{counted(answer['totalCount'], 'start-up')}; choose one."
    columns = ("start-up", "needs", "number of needs")
    panel = Panel(
        id="startups",
        title="Start-ups",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="startups",
        variables=variables,
    )
    states = await board(visit)
    panels = [panel, board_panel(visit, states)]
    values = {"startups": startups, "states": states}
    return page(visit, "introductions.html", "Introductions", panels, **values)
