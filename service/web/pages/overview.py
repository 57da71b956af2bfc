"""Overview: what to do this week, and the tables that say why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from starlette.responses import Response

from service.web import overview_panels as panels_of
from service.web.agenda import agenda
from service.web.community import community_choice, member_filter
from service.web.panel import Answer, Panel
from service.web.rendering import page
from service.web.visit import Visit

FIRST = 5  # rows of a panel
# The tables of each document about the community's report.
TABLES: dict[str, tuple[Callable[[Answer], Panel], ...]] = {
    "cooling": (panels_of.cooling,),
    "only_ways_in": (panels_of.no_way_in, panels_of.only_ways_in),
    "fragile": (panels_of.fragile,),
    "brokers": (panels_of.brokers,),
    "change": (panels_of.change,),
}


async def overview(visit: Visit) -> Response:
    """The panels of the chosen community, or how to begin in an empty database."""
    choice = await community_choice(visit)
    if choice.is_empty:
        return page(visit, "begin.html", "Welcome")
    panels = await report_panels(visit, choice.chosen) if choice.chosen else []
    values = {"communities": choice.communities, "community": choice.chosen}
    return page(visit, "overview.html", "Overview", panels, **values)


async def report_panels(visit: Visit, community: str) -> list[Panel]:
    """The agenda first, then the tables that it is made from."""
    variables = {"community": community, "day": visit.day, "first": FIRST}
    mine = {"member": member_filter(community, None), "first": FIRST}
    running, *answers = await asyncio.gather(
        visit.ask("introductions", **mine),
        *(visit.ask(name, **variables) for name in TABLES),
    )
    reports = {
        name: answer["ecosystemReport"]
        for name, answer in zip(TABLES, answers, strict=True)
    }
    introductions = panels_of.introductions(running["introductions"])
    whole = {key: part for report in reports.values() for key, part in report.items()}
    return [
        agenda(whole, running["introductions"]["nodes"]),
        replace(introductions, document="introductions", variables=mine),
        *(
            replace(build(reports[name]), document=name, variables=variables)
            for name, builds in TABLES.items()
            for build in builds
        ),
    ]
