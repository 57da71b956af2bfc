"""Sections on introductions: cooling ties, choke points, partners of start-ups."""

from __future__ import annotations

from service.report.section import Answer, ReportSection, counted, percentage


def cooling_section(report: Answer) -> ReportSection:
    count = report["coolingTieCount"]
    verb = "has" if count == 1 else "have"
    return ReportSection(
        "Which acquaintances are fading",
        f"{counted(count, 'acquaintance')} {verb} not been renewed within one"
        " half-life.",
        ["person", "other person", "days since contact", "strength then", "now"],
        [
            [
                row["source"]["name"],
                row["target"]["name"],
                str(row["daysSinceContact"]),
                percentage(row["strengthThen"]),
                percentage(row["strengthNow"]),
            ]
            for row in report["coolingTies"]
        ],
    )


def choke_point_section(report: Answer) -> ReportSection:
    answer = report["chokePoints"]
    unmet = [
        f"{pair['startup']['name']}: {pair['capability']['name']}"
        for pair in answer["pairsWithoutPath"]
    ]
    count = answer["pairsWithoutPathCount"]
    notes = []
    if unmet:
        text = counted(count, "need has no path", "needs have no path")
        notes.append(f"{text} to a partner: {'; '.join(unmet)}.")
    verb = "has" if answer["pairCount"] == 1 else "have"
    return ReportSection(
        "Who is the only way to a partner",
        f"{counted(answer['pairCount'], 'need')} of start-ups {verb} a path to a"
        " partner.",
        ["member", "share of these needs", "needs", "only partner"],
        [
            [
                row["member"]["name"],
                percentage(row["exposure"]),
                str(row["pairCount"]),
                "yes" if row["solePartner"] else "no",
            ]
            for row in answer["chokePoints"]
        ],
        notes=[*notes, *answer["about"]["warnings"]],
    )


def partner_section(report: Answer) -> ReportSection:
    rows = [
        partner_row(answer["startup"]["name"], stage)
        for answer in report["partners"]
        for stage in answer["stages"]
    ]
    return ReportSection(
        "Which partners start-ups need, and who can introduce them",
        f"{counted(report['startupCount'], 'start-up')}; the best path for each need.",
        ["start-up", "needs", "path", "chance"],
        rows,
    )


def partner_row(startup: str, stage: Answer) -> list[str]:
    """One need of a start-up with its best path, or why it has none."""
    best = next(iter(stage["paths"]), None)
    route = " → ".join(step["to"]["name"] for step in best["steps"]) if best else ""
    return [
        startup,
        stage["capability"]["name"],
        route or stage["nullReason"],
        percentage(best["success"]) if best else "-",
    ]
