"""The tables of the overview, each from the part of a report that it is about."""

from __future__ import annotations

from dataclasses import replace

from service.report.section import is_blocked, missing_data, number
from service.vocabulary.names import counted
from service.web.panel import Answer, PageLink, Panel, member_link, quoted

UNKNOWN = "Unknown: the data do not say."
BROKER_COLUMNS = ("member", "group", "pairs", "against chance")
ROWS = 5  # of lists that a document does not cut


def with_gaps(report: Answer, part: str, panel: Panel) -> Panel:
    """The panel with what the data lack for its part of the report.

    Without an answer it has no more: its zeros would mean unknown.
    """
    notes = missing_data(report, part)
    if is_blocked(report, part):
        return Panel(panel.id, panel.title, UNKNOWN, notes=notes)
    return replace(panel, notes=notes)


def brokers(report: Answer) -> Panel:
    answer = report["brokerage"]
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
        f"{answer['brokerCount']:,} of {counted(answer['nodeCount'], 'member')} connect"
        " pairs of others who have no tie with each other. “Against chance” says by"
        " how many standard deviations that is more than chance gives; below 2 it may"
        " be chance."
    )
    panel = Panel(
        id="brokers",
        title="Who brokers",
        sentence=sentence,
        columns=BROKER_COLUMNS,
        rows=rows,
    )
    return with_gaps(report, "BROKERAGE", panel)


def fragile(report: Answer) -> Panel:
    answer = report["weakNodes"]
    rows = [
        (
            member_link(row["member"]),
            number(row["totalLoss"]),
            f"{row['affectedCount']:,}",
            f"{row['customersWaiting']:,}",
            PageLink("What if?", f"/what-if?member={quoted(row['member']['key'])}"),
        )
        for row in answer["members"]
    ]
    sentence = (
        f"The weakness of {counted(answer['hurtingCount'], 'member')} would hurt"
        " others. Loss adds up the shares of work that these would lose."
    )
    columns = ("member", "loss", "members hit", "customers waiting", "try it")
    panel = Panel(
        id="fragile",
        title="Who is fragile",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )
    return with_gaps(report, "WEAK_NODES", panel)


def only_ways_in(report: Answer) -> Panel:
    answer = report["chokePoints"]
    rows = [
        (member_link(row["member"]), f"{row['pairCount']:,}", f"{row['exposure']:.0%}")
        for row in answer["chokePoints"]
    ]
    sentence = (
        f"Some of the {counted(answer['pairCount'], 'need')} of start-ups have a way to"
        f" a partner only through {counted(answer['chokePointCount'], 'member')}."
    )
    if not answer["pairCount"]:
        sentence = "No need of a start-up has a way to a partner."
    elif not rows:
        sentence = (
            "No member is the only way to a partner, for any of"
            f" {counted(answer['pairCount'], 'need')}."
        )
    columns = ("member", "needs", "share of needs")
    panel = Panel(
        id="only-ways-in",
        title="Who is the only way in",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )
    return with_gaps(report, "CHOKE_POINTS", panel)


def no_way_in(report: Answer) -> Panel:
    answer = report["chokePoints"]
    rows = [
        (member_link(pair["startup"]), pair["capability"]["name"] or "-")
        for pair in answer["pairsWithoutPath"][:ROWS]
    ]
    count = answer["pairsWithoutPathCount"]
    total = answer["pairCount"] + count  # those with a path, and those without
    sentence = (
        f"For {count:,} of {counted(total, 'need')}, nobody who backs the start-up has"
        " a path to a partner."
    )
    panel = Panel(
        id="no-way-in",
        title="Needs without a way in",
        sentence=sentence,
        columns=("start-up", "needs"),
        rows=rows,
    )
    return with_gaps(report, "CHOKE_POINTS", panel)


def cooling(report: Answer) -> Panel:
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
        " time; those that lost most come first."
    )
    columns = ("who", "knows", "last contact", "strength")
    panel = Panel(
        id="cooling",
        title="Which ties cool down",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )
    return with_gaps(report, "COOLING_TIES", panel)


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
    count = counted(answer["totalCount"], "introduction")
    sentence = f"{count} in progress; those that wait longest come first."
    if not rows:
        sentence = "No introduction is in progress."
    columns = ("who asks", "to meet", "through", "state", "asked on")
    return Panel(
        id="introductions",
        title="Introductions in progress",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )


def change(report: Answer) -> Panel:
    answer = report["change"]
    rows = [
        (text, member_link(tie["source"]), member_link(tie["target"]))
        for text, ties in (("new", "tiesCame"), ("ended", "tiesWent"))
        for tie in answer[ties][:ROWS]
    ]
    came = counted(answer["membersCameCount"], "member")
    began = counted(answer["tiesCameCount"], "tie")
    sentence = (
        f"{came} joined and {answer['membersWentCount']:,} left; {began} began and"
        f" {answer['tiesWentCount']:,} ended."
    )
    columns = ("tie", "from", "to")
    panel = Panel(
        id="change",
        title=f"What changed since {report['since']}",
        sentence=sentence,
        columns=columns,
        rows=rows,
    )
    return with_gaps(report, "CHANGE", panel)
