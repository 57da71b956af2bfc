"""Report: the digest on a community, and the report for funders, both for print."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from starlette.responses import Response

from schema.context import today
from service.report.funder_sections import funder_sections
from service.report.funders import YEAR, funder_facts
from service.report.section import MemberName, ReportSection
from service.report.sections import sections
from service.vocabulary.days import add_days
from service.web.community import community_choice
from service.web.panel import Answer, Cell, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit

FIRST = 10
# The document that each section of the funders' report is made from.
FUNDER_DOCUMENTS = ["funder_startups"] * 4 + ["funder_introductions", "funder_network"]
FUNDER_IDS = ["alive", "jobs", "contracts", "money", "introductions", "network"]


async def report(visit: Visit) -> Response:
    """The digest: brokers, weak members, fading ties, ways in, what changed."""
    choice = await community_choice(visit)
    values = {"choice": choice, "pictures": {}}
    if choice.chosen is None:
        return page(visit, "report.html", "Report", [], **values)
    variables = {
        "community": choice.chosen,
        "since": visit.day_of("from"),
        "asOf": visit.day,
        "first": FIRST,
    }
    answer = (await visit.ask("ecosystem", **variables))["ecosystemReport"]
    # Laying out the picture takes a while.
    parts = await asyncio.to_thread(sections, answer)
    ids = [f"part-{number}" for number in range(1, len(parts) + 1)]
    panels = report_panels(parts, ids, ["ecosystem"] * len(parts), variables)
    pictures = {
        id: part.picture for id, part in zip(ids, parts, strict=True) if part.picture
    }
    values |= {"pictures": pictures, "since": answer["since"]}
    title = f"{choice.name}, {answer['day']}"
    return page(visit, "report.html", title, panels, **values)


async def funders(visit: Visit) -> Response:
    """What a cohort did between two days, each figure with its records."""
    choice = await community_choice(visit)
    last = date.fromisoformat(visit.day_of("to") or visit.day or f"{today()}")
    year_ago = str(add_days(last, -YEAR.days))
    first = date.fromisoformat(visit.day_of("from") or year_ago)
    values = {"choice": choice, "first_day": first, "last_day": last}
    title = "Report for funders"
    if choice.chosen is None:
        return page(visit, "funders.html", title, [], **values)

    async def ask(name: str, variables: Answer) -> Answer:
        return await visit.ask(name, **variables)

    facts = await funder_facts(ask, choice.chosen, first, last)
    parts = funder_sections(facts)
    panels = [
        panel
        for part, id, document in zip(parts, FUNDER_IDS, FUNDER_DOCUMENTS, strict=True)
        for panel in report_panels([part], [id], [document], facts.variables[document])
    ]
    title = f"{choice.name}, {first} to {last}"
    return page(visit, "funders.html", title, panels, **values)


def report_panels(
    parts: Sequence[ReportSection],
    ids: Sequence[str],
    documents: Sequence[str],
    variables: Answer,
) -> list[Panel]:
    """The sections of a report as tables of a page."""
    return [
        Panel(
            id=id,
            title=part.title,
            sentence=part.sentence,
            columns=part.columns,
            rows=[list(map(linked_cell, row)) for row in part.rows],
            notes=part.notes,
            document=document,
            variables=variables,
        )
        for part, id, document in zip(parts, ids, documents, strict=True)
    ]


def linked_cell(cell: str) -> Cell:
    """The name of a member leads to its page."""
    if isinstance(cell, MemberName):
        return member_link({"key": cell.key, "name": str(cell)})
    return cell
