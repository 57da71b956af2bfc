"""The agenda: what the manager of a community should do this week, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service.vocabulary.names import counted
from service.web.panel import Answer, Cell, PageLink, Panel, member_link, quoted
from service.web.words import plain_words

Task = tuple[Cell, str]  # what to do, as a link to where, and why
COLUMNS = ("what to do", "why")


def agenda(report: Answer, introductions: list[Answer]) -> Panel:
    """One or two tasks from each part of the report that has any.

    The report has `day`, `gaps`, `coolingTies`, `chokePoints` and `weakNodes`.
    """
    rows = [
        *introduction_tasks(introductions, date.fromisoformat(report["day"])),
        *cooling_tasks(report["coolingTies"]),
        *need_tasks(report["chokePoints"]),
        *fragility_tasks(report["weakNodes"]["members"]),
        *data_tasks(report["gaps"]),
    ]
    sentence = "The first steps that the data suggest; the tables below have more."
    if not rows:
        sentence = "The data suggest nothing for this day."
    return Panel(
        id="agenda",
        title="This week",
        sentence=sentence,
        columns=COLUMNS,
        rows=rows,
    )


def introduction_tasks(introductions: list[Answer], day: date) -> Iterator[Task]:
    """The two that have waited longest."""
    for each in introductions[:2]:
        introducer = each["introducer"]["name"]
        why = f"{each['requester']['name']} asked to meet {each['target']['name']}"
        if each["askedOn"]:
            days = (day - date.fromisoformat(each["askedOn"])).days
            why += f" {counted(days, 'day')} ago"
        is_accepted = each["state"] == "ACCEPTED"
        action = "make the introduction" if is_accepted else "answer"
        state = "accepted, but not made" if is_accepted else "not answered"
        address = member_link(each["introducer"]).address
        yield PageLink(f"Remind {introducer} to {action}", address), f"{why}: {state}."


def cooling_tasks(ties: list[Answer]) -> Iterator[Task]:
    """The warmest of the ties that lost most: it can still be renewed."""
    for tie in sorted(ties, key=lambda tie: -tie["strengthNow"])[:1]:
        days = counted(tie["daysSinceContact"], "day")
        text = f"Ask {tie['source']['name']} to call {tie['target']['name']}"
        address = member_link(tie["source"]).address
        yield PageLink(text, address), f"Their last contact was {days} ago."


def need_tasks(answer: Answer) -> Iterator[Task]:
    """A need that nobody can help with, and the member who is alone on most paths."""
    for pair in answer["pairsWithoutPath"][:1]:
        startup, need = pair["startup"], pair["capability"]
        text = f"Find somebody who can introduce {startup['name']}"
        why = f"It needs {need['name'] or need['key']}, and no backer has a way in."
        yield PageLink(text, f"/introductions?startup={quoted(startup['key'])}"), why
    for point in answer["chokePoints"][:1]:
        text = f"Find a second way beside {point['member']['name']}"
        needs = f"{point['pairCount']:,} of {counted(answer['pairCount'], 'need')}"
        why = f"It is on every path to the partners for {needs}."
        yield PageLink(text, member_link(point["member"]).address), why


def fragility_tasks(members: list[Answer]) -> Iterator[Task]:
    for row in members[:1]:
        name, key = row["member"]["name"], row["member"]["key"]
        hit = counted(row["affectedCount"], "member")
        waiting = counted(row["customersWaiting"], "customer")
        why = f"Its weakness would cost {hit} work and make {waiting} wait."
        text = f"Agree who stands in for {name}"
        yield PageLink(text, f"/what-if?member={quoted(key)}&works=40"), why


def data_tasks(gaps: list[Answer]) -> Iterator[Task]:
    """The first gap that keeps a part from an answer."""
    for gap in [gap for gap in gaps if gap["blocks"]][:1]:
        yield plain_words(gap["remedy"]), plain_words(gap["missing"])
