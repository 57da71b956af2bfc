"""Sections on introductions: cooling ties, choke points, partners of start-ups."""

from __future__ import annotations

from service.report.section import (
    Answer,
    MemberName,
    ReportSection,
    is_blocked,
    listed,
    missing_data,
    percentage,
    sentences,
    unanswered,
)
from service.vocabulary.names import counted


def cooling_section(report: Answer) -> ReportSection:
    title, count = "Which acquaintances are fading", report["coolingTieCount"]
    if is_blocked(report, "COOLING_TIES"):
        return unanswered(report, "COOLING_TIES", title)
    verb = "has" if count == 1 else "have"
    dated = report["acquaintanceCount"] - report["undatedAcquaintanceCount"]
    days = report["about"]["parameters"]["halfLifeDays"]
    sentence = (
        f"{counted(count, 'acquaintance')} {verb} not been renewed within one half-life"
        f" ({days:g} days), of {dated:,} with a date of contact. Strength is the chance"
        " that one of the two introduces the other."
    )
    rows = report["coolingTies"]
    return ReportSection(
        title,
        sentences(sentence, listed(len(rows), count, "fading acquaintance")),
        ["person", "other person", "days since contact", "strength then", "now"],
        [
            [
                MemberName.of(row["source"]),
                MemberName.of(row["target"]),
                f"{row['daysSinceContact']:,}",
                percentage(row["strengthThen"]),
                percentage(row["strengthNow"]),
            ]
            for row in rows
        ],
        notes=missing_data(report, "COOLING_TIES"),
    )


def choke_point_section(report: Answer) -> ReportSection:
    title, answer = "Who is the only way to a partner", report["chokePoints"]
    if is_blocked(report, "CHOKE_POINTS"):
        return unanswered(report, "CHOKE_POINTS", title)
    count, rows = answer["pairCount"], answer["chokePoints"]
    without = answer["pairsWithoutPathCount"]
    verb = "has" if count == 1 else "have"
    sentence = (
        f"{counted(count, 'need')} of start-ups {verb} a path to a partner, of"
        f" {count + without:,}. A member that every path for a need passes is the only"
        " way."
    )
    return ReportSection(
        title,
        sentences(
            sentence, listed(len(rows), answer["chokePointCount"], "such member")
        ),
        ["member", "share of these needs", "needs", "only partner"],
        [
            [
                MemberName.of(row["member"]),
                percentage(row["exposure"]),
                str(row["pairCount"]),
                "yes" if row["solePartner"] else "no",
            ]
            for row in rows
        ],
        notes=[
            *unmet_needs(answer["pairsWithoutPath"], without),
            *missing_data(report, "CHOKE_POINTS"),
            *answer["about"]["warnings"],
        ],
    )


def unmet_needs(pairs: list[Answer], count: int) -> list[str]:
    if not pairs:
        return []
    names = [
        f"{pair['startup']['name']}: {pair['capability']['name']}" for pair in pairs
    ]
    part = f" (the first {len(pairs):,})" if len(pairs) < count else ""
    text = counted(count, "need has no path", "needs have no path")
    return [f"{text} to a partner{part}: {'; '.join(names)}."]


def partner_section(report: Answer) -> ReportSection:
    title = "Which partners start-ups need, and who can introduce them"
    if is_blocked(report, "PARTNERS"):
        return unanswered(report, "PARTNERS", title)
    answers, count = report["partners"], report["startupCount"]
    size = f"{len(answers):,} of " if len(answers) < count else ""
    needing = report["needingStartupCount"]
    verb = "has" if needing == 1 else "have"
    sentence = (
        f"{size}{counted(count, 'start-up')}, those with needs first: {needing:,}"
        f" {verb} stored needs. The table has the best path for each need; chance is"
        " how likely all introductions on it succeed."
    )
    rows = [row for answer in answers for row in partner_rows(answer)]
    warnings = [text for answer in answers for text in answer["about"]["warnings"]]
    return ReportSection(
        title,
        sentence,
        ["start-up", "needs", "path", "chance"],
        rows,
        notes=[*missing_data(report, "PARTNERS"), *dict.fromkeys(warnings)],
    )


def partner_rows(answer: Answer) -> list[list[str]]:
    name = MemberName.of(answer["startup"])
    rows = [partner_row(name, stage) for stage in answer["stages"]]
    return rows or [[name, "no need is stored", "-", "-"]]


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
