"""What the report says: each part a title, a sentence, a table, perhaps a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from service.report.pictures import bars, network

Found = dict[str, Any]


@dataclass(frozen=True)
class Section:
    title: str
    sentence: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    picture: str | None = None
    notes: list[str] = field(default_factory=list)


def sections(report: Found) -> list[Section]:
    made = [picture, brokers, fragile, cooling, only_ways, partners, change]
    return [make(report) for make in made]


def number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}".rstrip("0").rstrip(".")


def share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def picture(report: Found) -> Section:
    found = report["map"]
    sentence = (
        f"{found['nodeCount']} members exchange something; a dashed line is intangible"
        " alone, a point is larger the more others it is tied to."
    )
    drawn = network(found, "The exchanges of the community") if found["nodes"] else None
    notes = found["about"]["warnings"]
    return Section("The network", sentence, picture=drawn, notes=notes)


def brokers(report: Found) -> Section:
    found = report["brokerage"]
    rows = [row for row in found["brokers"] if row["scores"]["observed"]["total"]]
    totals = [(b["member"]["name"], b["scores"]["observed"]["total"]) for b in rows]
    return Section(
        "Who brokers",
        f"{found['nodeCount']} members, {found['arcCount']} arcs; pairs that a member"
        " joins and that have no tie of their own.",
        ["broker", "group", "pairs", "z", "such as"],
        [
            [
                row["member"]["name"],
                row["group"] or "-",
                number(row["scores"]["observed"]["total"]),
                number(row["scores"]["z"]["total"]),
                "; ".join(named(row["evidence"])),
            ]
            for row in rows
        ],
        bars(totals, "Pairs joined, by broker") if totals else None,
        found["about"]["warnings"],
    )


def fragile(report: Found) -> Section:
    found = report["weakNodes"]
    rows = [row for row in found["members"] if row["totalLoss"]]
    losses = [(row["member"]["name"], row["totalLoss"]) for row in rows]
    return Section(
        "Who is fragile",
        f"{found['hurtingCount']} members would hurt others if they worked at 40 %.",
        ["member", "loss of the others", "hit", "customers waiting"],
        [
            [
                row["member"]["name"],
                number(row["totalLoss"], 3),
                str(row["affectedCount"]),
                str(row["customersWaiting"]),
            ]
            for row in rows
        ],
        bars(losses, "Loss of the others, by weak member") if losses else None,
        found["about"]["warnings"],
    )


def cooling(report: Found) -> Section:
    return Section(
        "Which ties cool down",
        f"{report['coolingTieCount']} acquaintances have not been renewed within one"
        " half-life.",
        ["one", "other", "days since contact", "strength then", "now"],
        [
            [
                row["source"]["name"],
                row["target"]["name"],
                str(row["daysSinceContact"]),
                share(row["strengthThen"]),
                share(row["strengthNow"]),
            ]
            for row in report["coolingTies"]
        ],
    )


def only_ways(report: Found) -> Section:
    found = report["chokePoints"]
    lost = found["pairsWithoutPath"]
    unmet = [f"{p['startup']['name']}: {p['capability']['name']}" for p in lost]
    count = found["pairsWithoutPathCount"]
    notes = [f"Nobody leads to: {'; '.join(unmet)} ({count} in all)."] if unmet else []
    return Section(
        "Who is the only way in",
        f"{found['pairCount']} needs of start-ups can be met over somebody.",
        ["member", "share of these needs", "needs", "sole partner"],
        [
            [
                row["member"]["name"],
                share(row["exposure"]),
                str(row["pairCount"]),
                "yes" if row["solePartner"] else "no",
            ]
            for row in found["chokePoints"]
        ],
        notes=[*notes, *found["about"]["warnings"]],
    )


def partners(report: Found) -> Section:
    rows = []
    for found in report["partners"]:
        for stage in found["stages"]:
            best = next(iter(stage["paths"]), None)
            route = [step["to"]["name"] for step in best["steps"]] if best else []
            rows.append(
                [
                    found["startup"]["name"],
                    stage["capability"]["name"],
                    " → ".join(route) or stage["nullReason"],
                    share(best["success"]) if best else "-",
                ]
            )
    return Section(
        "Who lacks which partner, and who can introduce them",
        f"{report['startupCount']} start-ups; the best path for each need.",
        ["start-up", "needs", "over", "chance"],
        rows,
    )


def named(ties: list[Found]) -> list[str]:
    return [f"{tie['source']['name']} to {tie['target']['name']}" for tie in ties]


def change(report: Found) -> Section:
    found = report["change"]
    before, after = (found[when]["structure"] for when in ("before", "after"))
    far = number(found["distance"])
    names = {"nodeCount": "members", "arcCount": "arcs", "stability": "density"}
    names |= {"reciprocity": "reciprocity"}
    rows = [
        [name, number(before[key], 4), number(after[key], 4)]
        for key, name in names.items()
    ]
    came = [
        f"{t['source']['name']} to {t['target']['name']}" for t in found["tiesCame"]
    ]
    went = [
        f"{t['source']['name']} to {t['target']['name']}" for t in found["tiesWent"]
    ]
    notes = [f"Came: {'; '.join(came)}."] if came else []
    notes += [f"Went: {'; '.join(went)}."] if went else []
    return Section(
        f"What changed since {report['since']}",
        f"{found['tiesCameCount']} ties came, {found['tiesWentCount']} went,"
        f" {found['tiesStayedCount']} stayed; {found['membersCameCount']} members came"
        f" and {found['membersWentCount']} went. Distance of the two (0 the same, 1 all"
        f" new): {far}.",
        ["", str(report["since"]), str(report["day"])],
        rows,
        notes=[*notes, *found["about"]["warnings"]],
    )
