"""Sections on the network: its picture, brokers, weak members, changes."""

from __future__ import annotations

from service.report.pictures import bar_chart, network_picture
from service.report.section import (
    Answer,
    MemberName,
    ReportSection,
    is_blocked,
    listed,
    missing_data,
    number,
    sentences,
    tie_names,
    unanswered,
    unknown,
)
from service.vocabulary.names import counted

OWN_TIES = ["EXCHANGE"]


def network_section(report: Answer) -> ReportSection:
    title, answer = "The network", report["map"]
    if is_blocked(report, "MAP"):
        return unanswered(report, "MAP", title)
    nodes, links = len(answer["nodes"]), len(answer["links"])
    drawn = (
        f"The picture has {nodes:,} of {counted(answer['nodeCount'], 'member')} and"
        f" {links:,} of {counted(answer['linkCount'], 'arc')} between them. An arc runs"
        " from one member to another; a mutual tie is two arcs. A larger point has ties"
        f" to more members, the colours are by {group_name(answer)}, and names are"
        " written where they have room."
    )
    picture = network_picture(answer, "The network of the community")
    notes = [*missing_data(report, "MAP"), *answer["about"]["warnings"]]
    return ReportSection(
        title, sentences(tied_members(report), drawn), picture=picture, notes=notes
    )


def tied_members(report: Answer) -> str:
    """How many members have a tie of the network, among how many."""
    answer, size = report["map"], counted(report["memberCount"], "member")
    network, count = answer["about"]["parameters"]["network"], answer["nodeCount"]
    members = counted(count, "member")
    if network.get("surroundings"):
        return (
            f"{members} in and around the community have ties with each other; the"
            f" community has {size}."
        )
    if network["ties"] != OWN_TIES:
        return f"{members} have ties with each other; the community has {size}."
    return f"{members} exchange something with each other; the community has {size}."


def broker_section(report: Answer) -> ReportSection:
    title, answer = "Who brokers between others", report["brokerage"]
    if is_blocked(report, "BROKERAGE"):
        return unanswered(report, "BROKERAGE", title)
    rows = [row for row in answer["brokers"] if row["scores"]["observed"]["total"]]
    totals = [(b["member"]["name"], b["scores"]["observed"]["total"]) for b in rows]
    group = group_name(answer)
    among = (
        f"Among {counted(answer['nodeCount'], 'member')} with"
        f" {counted(answer['arcCount'], 'arc')}"
    )
    sentence = (
        f"{among}: the pairs of members that a broker connects and that have no tie of"
        " their own. “Against chance” says by how many standard deviations that is"
        " above (or below) chance."
    )
    if not rows:
        sentence = (
            f"{among}, nobody is a broker: no member connects two others that have no"
            " tie of their own."
        )
    return ReportSection(
        title,
        sentences(sentence, listed(len(rows), answer["brokerCount"], "broker")),
        ["broker", group, "pairs", "against chance", "for example"],
        [
            [
                MemberName.of(row["member"]),
                row["group"] or "-",
                number(row["scores"]["observed"]["total"]),
                number(row["scores"]["z"]["total"]),
                examples(row),
            ]
            for row in rows
        ],
        bar_chart(totals, "brokers", "Pairs connected, by broker") if totals else None,
        [*missing_data(report, "BROKERAGE"), *answer["about"]["warnings"]],
    )


def group_name(answer: Answer) -> str:
    name: str = answer["about"]["parameters"]["groupBy"]
    return name.lower()


def examples(broker: Answer) -> str:
    """The first pairs of a broker, and how many more it has."""
    names = tie_names(broker["evidence"])
    more = broker["evidenceCount"] - len(names)
    return "; ".join([*names, *([f"{more:,} more"] if more else [])])


def weak_member_section(report: Answer) -> ReportSection:
    title, answer = "Whose weakness would hurt others", report["weakNodes"]
    if is_blocked(report, "WEAK_NODES"):
        return unanswered(report, "WEAK_NODES", title)
    count = answer["hurtingCount"]
    # Those who hurt others come first, by a loss or because a customer waits.
    rows = answer["members"][:count]
    losses = [(m["member"]["name"], m["totalLoss"]) for m in rows if m["totalLoss"]]
    verb = "it" if count == 1 else "they"
    sentence = (
        f"{counted(count, 'member')} would hurt others if {verb} worked at 40 %, as"
        " far as dependencies and contracts are stored. The loss of others is the sum"
        " over all other members; 1 is one member that stops. Customers wait because"
        " of a dependency or a contract."
    )
    return ReportSection(
        title,
        sentences(sentence, listed(len(rows), count, "such member")),
        ["member", "loss of others", "members affected", "customers waiting"],
        [
            [
                MemberName.of(row["member"]),
                number(row["totalLoss"], 3),
                str(row["affectedCount"]),
                str(row["customersWaiting"]),
            ]
            for row in rows
        ],
        bar_chart(losses, "losses", "Loss of others, by member") if losses else None,
        [*missing_data(report, "WEAK_NODES"), *answer["about"]["warnings"]],
    )


def change_section(report: Answer) -> ReportSection:
    answer, part = report["change"], "CHANGE"
    before, after = (answer[when]["structure"] for when in ("before", "after"))
    names = {"nodeCount": "members with ties", "arcCount": "arcs"}
    names |= {"stability": "density (tied pairs / all pairs)"}
    names |= {"reciprocity": "reciprocity (pairs tied both ways / tied pairs)"}
    rows = [
        [name, number(before[key], 4), number(after[key], 4)]
        for key, name in names.items()
    ]
    notes = [
        text
        for text in (
            tie_note("New ties", answer["tiesCame"], answer["tiesCameCount"]),
            tie_note("Ended ties", answer["tiesWent"], answer["tiesWentCount"]),
        )
        if text
    ]
    notes += answer["about"]["warnings"]
    gaps = missing_data(report, part)
    blocked = is_blocked(report, part)
    return ReportSection(
        f"What changed since {report['since']}",
        unknown(report, part) if blocked else change_sentence(answer),
        ["figure", str(report["since"]), str(report["day"])],
        rows,
        notes=notes if blocked else [*gaps, *notes],
    )


def tie_note(title: str, ties: list[Answer], count: int) -> str:
    if not ties:
        return ""
    part = f" ({len(ties):,} of {count:,})" if len(ties) < count else ""
    return f"{title}{part}: {'; '.join(tie_names(ties))}."


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
