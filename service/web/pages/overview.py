"""Overview: who brokers, who is fragile, which ties cool down, what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from starlette.responses import Response

from service.report.section import is_blocked, missing_data, number
from service.vocabulary.names import counted
from service.web.panel import Answer, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit

FIRST = 5  # rows of a panel
UNKNOWN = "Unknown: the data do not say."


async def overview(visit: Visit) -> Response:
    """The panels of the chosen community, or how to begin in an empty database."""
    answer = await visit.ask("communities")
    communities = answer["communities"]["nodes"]
    if not answer["members"]["totalCount"]:
        return page(visit, "begin.html", "Welcome")
    chosen = visit.parameter("community")
    if chosen is None and communities:
        chosen = max(communities, key=size_of)["key"]
    panels = await panels_of(visit, chosen) if chosen else []
    values = {"communities": communities, "community": chosen}
    return page(visit, "overview.html", "Overview", panels, **values)


def size_of(community: Answer) -> tuple[bool, int]:
    """By what the first community is chosen: a data set comes after all others."""
    is_named = community["kind"] != "DATASET"
    return is_named, community["membershipsAggregate"]["count"]


async def panels_of(visit: Visit, community: str) -> list[Panel]:
    variables = {"community": community, "day": visit.day, "first": FIRST}

    async def part(name: str, *builds: Callable[[Answer], Panel]) -> list[Panel]:
        answer = (await visit.ask(name, **variables))["ecosystemReport"]
        panels = (build(answer) for build in builds)
        return [replace(p, document=name, variables=variables) for p in panels]

    async def running() -> list[Panel]:
        own = {"first": FIRST}
        answer = await visit.ask("introductions", **own)
        panel = introductions(answer["introductions"])
        return [replace(panel, document="introductions", variables=own)]

    parts = await asyncio.gather(
        part("brokers", brokers),
        part("fragile", fragile),
        part("only_ways_in", only_ways_in, no_way_in),
        part("cooling", cooling),
        running(),
        part("change", change),
    )
    return [panel for panels in parts for panel in panels]


def brokers(report: Answer) -> Panel:
    answer = report["brokerage"]
    id, title, columns = "brokers", "Who brokers", ("member", "group", "pairs", "z")
    if is_blocked(report, "BROKERAGE"):
        return Panel(id, title, UNKNOWN, notes=missing_data(report, "BROKERAGE"))
    rows = [
        (
            member_link(row["member"]),
            row["group"] or "-",
            number(row["scores"]["observed"]["total"]),
            number(row["scores"]["z"]["total"]),
        )
        for row in answer["brokers"]
        if row["scores"]["observed"]["total"]
    ]
    sentence = (
        f"{counted(answer['brokerCount'], 'member')} of {answer['nodeCount']:,} connect"
        " others who have no tie of their own; z compares with chance."
    )
    return Panel(id, title, sentence, columns, rows, missing_data(report, "BROKERAGE"))


def fragile(report: Answer) -> Panel:
    answer = report["weakNodes"]
    id, title = "fragile", "Who is fragile"
    if is_blocked(report, "WEAK_NODES"):
        return Panel(id, title, UNKNOWN, notes=missing_data(report, "WEAK_NODES"))
    rows = [
        (
            member_link(row["member"]),
            number(row["totalLoss"]),
            f"{row['affectedCount']:,}",
            f"{row['customersWaiting']:,}",
            PageLink("What if?", f"/what-if?member={row['member']['key']}"),
        )
        for row in answer["members"]
    ]
    sentence = (
        f"{counted(answer['hurtingCount'], 'member')} would hurt others by stopping."
        " Loss adds up the shares of work that the others would lose."
    )
    columns = ("member", "loss", "members hit", "customers waiting", "")
    return Panel(id, title, sentence, columns, rows, missing_data(report, "WEAK_NODES"))


def only_ways_in(report: Answer) -> Panel:
    answer = report["chokePoints"]
    id, title = "only-ways-in", "Who is the only way in"
    if is_blocked(report, "CHOKE_POINTS"):
        return Panel(id, title, UNKNOWN, notes=missing_data(report, "CHOKE_POINTS"))
    rows = [
        (member_link(row["member"]), f"{row['pairCount']:,}", f"{row['exposure']:.0%}")
        for row in answer["chokePoints"]
    ]
    sentence = (
        f"{counted(answer['chokePointCount'], 'member')} are the only way from a"
        f" start-up to a partner that it needs, among {answer['pairCount']:,} needs."
    )
    columns = ("member", "needs", "share of needs")
    return Panel(
        id, title, sentence, columns, rows, missing_data(report, "CHOKE_POINTS")
    )


def no_way_in(report: Answer) -> Panel:
    answer = report["chokePoints"]
    id, title = "no-way-in", "Needs without a way in"
    if is_blocked(report, "CHOKE_POINTS"):
        return Panel(id, title, UNKNOWN, notes=missing_data(report, "CHOKE_POINTS"))
    rows = [
        (member_link(pair["startup"]), pair["capability"]["name"] or "-")
        for pair in answer["pairsWithoutPath"][:FIRST]
    ]
    count, total = answer["pairsWithoutPathCount"], answer["pairCount"]
    sentence = (
        f"Nobody who backs the start-up can introduce it for {count:,} of {total:,}"
        " needs."
    )
    return Panel(id, title, sentence, ("start-up", "needs"), rows)


def cooling(report: Answer) -> Panel:
    id, title = "cooling", "Which ties cool down"
    notes = missing_data(report, "COOLING_TIES")
    if undated := report["undatedAcquaintanceCount"]:
        notes.append(f"{counted(undated, 'acquaintance')} have no date of contact.")
    if is_blocked(report, "COOLING_TIES"):
        return Panel(id, title, UNKNOWN, notes=notes)
    rows = [
        (
            member_link(tie["source"]),
            member_link(tie["target"]),
            f"{tie['daysSinceContact']:,} days",
            f"{number(tie['strengthThen'])} to {number(tie['strengthNow'])}",
        )
        for tie in report["coolingTies"]
    ]
    sentence = (
        f"{report['coolingTieCount']:,} of"
        f" {counted(report['acquaintanceCount'], 'acquaintance')} were not renewed in"
        " time. Call the first of them."
    )
    columns = ("who", "knows", "last contact", "strength")
    return Panel(id, title, sentence, columns, rows, notes)


def introductions(answer: Answer) -> Panel:
    rows = [
        (
            member_link(each["requester"]),
            member_link(each["target"]),
            member_link(each["introducer"]),
            each["state"].capitalize(),
            each["askedOn"] or "unknown",
        )
        for each in answer["nodes"]
    ]
    sentence = f"{counted(answer['totalCount'], 'introduction')} in progress."
    columns = ("who asks", "to meet", "through", "state", "asked on")
    return Panel("introductions", "Introductions", sentence, columns, rows)


def change(report: Answer) -> Panel:
    answer, id = report["change"], "change"
    title = f"What changed since {report['since']}"
    if is_blocked(report, "CHANGE"):
        return Panel(id, title, UNKNOWN, notes=missing_data(report, "CHANGE"))
    rows = [
        (text, member_link(tie["source"]), member_link(tie["target"]))
        for text, ties in (("new", "tiesCame"), ("ended", "tiesWent"))
        for tie in answer[ties][:FIRST]
    ]
    came = counted(answer["membersCameCount"], "member")
    began = counted(answer["tiesCameCount"], "tie")
    sentence = (
        f"{came} joined and {answer['membersWentCount']:,} left; {began} began and"
        f" {answer['tiesWentCount']:,} ended."
    )
    columns = ("tie", "from", "to")
    return Panel(id, title, sentence, columns, rows, missing_data(report, "CHANGE"))
