"""Sections on the network: its picture, brokers, weak members, changes."""

from __future__ import annotations

from service.report.pictures import bar_chart, network_picture
from service.report.section import Answer, ReportSection, counted, number, tie_names


def network_section(report: Answer) -> ReportSection:
    answer = report["map"]
    verb = "exchanges" if answer["nodeCount"] == 1 else "exchange"
    sentence = (
        f"{counted(answer['nodeCount'], 'member')} {verb} something. A dashed line is"
        " an intangible exchange only; a larger point has ties to more members."
    )
    picture = None
    if answer["nodes"]:
        picture = network_picture(answer, "The exchanges of the community")
    notes = answer["about"]["warnings"]
    return ReportSection("The network", sentence, picture=picture, notes=notes)


def broker_section(report: Answer) -> ReportSection:
    answer = report["brokerage"]
    rows = [row for row in answer["brokers"] if row["scores"]["observed"]["total"]]
    totals = [(b["member"]["name"], b["scores"]["observed"]["total"]) for b in rows]
    return ReportSection(
        "Who brokers between others",
        f"Among {counted(answer['nodeCount'], 'member')} with"
        f" {counted(answer['arcCount'], 'arc')}: the pairs of members that a broker"
        " connects and that have no tie of their own.",
        ["broker", "group", "pairs", "z", "for example"],
        [
            [
                row["member"]["name"],
                row["group"] or "-",
                number(row["scores"]["observed"]["total"]),
                number(row["scores"]["z"]["total"]),
                "; ".join(tie_names(row["evidence"])),
            ]
            for row in rows
        ],
        bar_chart(totals, "Pairs connected, by broker") if totals else None,
        answer["about"]["warnings"],
    )


def weak_member_section(report: Answer) -> ReportSection:
    answer = report["weakNodes"]
    rows = [row for row in answer["members"] if row["totalLoss"]]
    losses = [(row["member"]["name"], row["totalLoss"]) for row in rows]
    pronoun = "it" if answer["hurtingCount"] == 1 else "they"
    return ReportSection(
        "Whose weakness would hurt others",
        f"{counted(answer['hurtingCount'], 'member')} would hurt others if"
        f" {pronoun} worked at 40 %.",
        ["member", "loss of others", "members affected", "customers waiting"],
        [
            [
                row["member"]["name"],
                number(row["totalLoss"], 3),
                str(row["affectedCount"]),
                str(row["customersWaiting"]),
            ]
            for row in rows
        ],
        bar_chart(losses, "Loss of others, by weak member") if losses else None,
        answer["about"]["warnings"],
    )


def change_section(report: Answer) -> ReportSection:
    answer = report["change"]
    before, after = (answer[when]["structure"] for when in ("before", "after"))
    names = {"nodeCount": "members", "arcCount": "arcs", "stability": "density"}
    names |= {"reciprocity": "reciprocity"}
    rows = [
        [name, number(before[key], 4), number(after[key], 4)]
        for key, name in names.items()
    ]
    new, ended = tie_names(answer["tiesCame"]), tie_names(answer["tiesWent"])
    notes = [f"New ties: {'; '.join(new)}."] if new else []
    notes += [f"Ended ties: {'; '.join(ended)}."] if ended else []
    return ReportSection(
        f"What changed since {report['since']}",
        change_sentence(answer),
        ["", str(report["since"]), str(report["day"])],
        rows,
        notes=[*notes, *answer["about"]["warnings"]],
    )


def change_sentence(answer: Answer) -> str:
    return (
        f"{counted(answer['tiesCameCount'], 'new tie')},"
        f" {counted(answer['tiesWentCount'], 'ended tie')},"
        f" {counted(answer['tiesStayedCount'], 'unchanged tie')};"
        f" {counted(answer['membersCameCount'], 'member')} joined and"
        f" {counted(answer['membersWentCount'], 'member')} left. Distance between the"
        f" two networks (0: the same, 1: nothing in common):"
        f" {number(answer['distance'])}."
    )
