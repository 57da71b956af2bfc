"""The figures of the report for funders, each with its records."""

from __future__ import annotations

from collections import Counter

from service.report.funder_jobs import jobs_section
from service.report.funder_money import (
    contract_section,
    money_section,
    no_startups,
)
from service.report.funders import FunderFacts
from service.report.section import (
    Answer,
    MemberName,
    ReportSection,
    is_blocked,
    missing_data,
    number,
    percentage,
    unknown,
)
from service.vocabulary.names import counted

FORMULA = (
    "Alive: no last day, or a later one. Jobs: of each start-up the largest of the"
    " people who work for it or its teams, the headcount of its teams, and an extra"
    " attribute that names a number of employees (as stored now). Contracts: those that"
    " a start-up supplies and that began in the period, each once. Money:"
    " rounds of the period, each once, by its total where it is stored. Unknown amounts"
    " are counted, not added. Network: as networkChange."
)
NETWORK = (
    ("members with ties", "nodeCount"),
    ("ties (arcs)", "arcCount"),
    ("density: tied pairs of all pairs", "stability"),
)


def funder_sections(facts: FunderFacts) -> list[ReportSection]:
    """Start-ups alive, jobs, contracts, money, introductions, the network."""
    parts = [alive_section(facts), jobs_section(facts), contract_section(facts)]
    parts += [money_section(facts), introduction_section(facts), network_change(facts)]
    return parts


def funder_report(facts: FunderFacts) -> Answer:
    """The head of the report, and the facts behind it."""
    period = facts.period
    return {
        "community": facts.community,
        "day": f"{period.first_day} to {period.last_day}",
        "startups": facts.startups,
        "introductions": facts.introductions,
        "network": facts.network,
        "about": {"formula": FORMULA},
    }


def alive_section(facts: FunderFacts) -> ReportSection:
    title, last = "Start-ups alive", facts.period.last_day
    if not facts.startups:
        return no_startups(title)
    living = {startup["key"] for startup in facts.living}
    sentence = (
        f"{len(living):,} of {counted(len(facts.startups), 'start-up')} of the cohort"
        f" exist on {last}: they have no last day, or a later one."
    )
    undated = sum(startup["since"] is None for startup in facts.startups)
    notes = cut_notes(facts)
    if undated:
        notes.append(
            f"{counted(undated, 'start-up')} without a first day (since) count as"
            " having begun."
        )
    rows = [
        [
            MemberName.of(startup),
            "yes" if startup["key"] in living else "no",
            startup["since"] or "unknown",
            startup["until"] or "open",
        ]
        for startup in facts.startups
    ]
    columns = ["start-up", "exists", "since", "until"]
    return ReportSection(title, sentence, columns, rows, notes=notes)


def cut_notes(facts: FunderFacts) -> list[str]:
    if facts.startup_count <= len(facts.startups):
        return []
    return [f"Only {len(facts.startups):,} of {facts.startup_count:,} are counted."]


def introduction_section(facts: FunderFacts) -> ReportSection:
    """Introductions that were asked for or decided on in the period."""
    title, period = "Introductions", facts.period
    if not facts.startups:
        return no_startups(title)
    recent = [
        each
        for each in facts.introductions
        if period.has(each["askedOn"]) or period.has(each["decidedOn"])
    ]
    made = [each for each in recent if each["state"] == "MADE"]
    outcomes = Counter(each["outcome"] or "unknown" for each in made)
    sentence = (
        f"{counted(len(made), 'introduction')} made of"
        f" {len(recent):,} asked for or decided on in the period"
    )
    if made:
        parts = [f"{outcomes[name]:,} {name.lower()}" for name in sorted(outcomes)]
        led = sum(each["contract"] is not None for each in made)
        sentence += f"; their outcome: {', '.join(parts)}; {led:,} led to a contract"
    notes = []
    undated = [
        each
        for each in facts.introductions
        if each["askedOn"] is None and each["decidedOn"] is None
    ]
    if undated:
        notes.append(
            f"{counted(len(undated), 'introduction')} without a day: whether they were"
            " in the period is unknown."
        )
    if not facts.introductions:
        sentence = "Unknown: no introduction that a start-up asked for is stored"
        notes.append("Record them on the page of introductions, or load them.")
    rows = [
        [
            MemberName.of(each["requester"]),
            MemberName.of(each["target"]),
            MemberName.of(each["introducer"]) if each["introducer"] else "-",
            (each["state"] or "unknown").lower(),
            (each["outcome"] or "unknown").lower(),
            each["decidedOn"] or each["askedOn"] or "unknown",
        ]
        for each in recent
    ]
    columns = ["who asked", "to meet", "through", "state", "outcome", "day"]
    return ReportSection(title, f"{sentence}.", columns, rows, notes=notes)


def network_change(facts: FunderFacts) -> ReportSection:
    """The indicators of the first and the last day, side by side."""
    title, report, period = "The network before and after", facts.network, facts.period
    if is_blocked(report, "CHANGE"):
        return ReportSection(title, unknown(report, "CHANGE"))
    change = report["change"]
    before, after = (change[name]["structure"] for name in ("before", "after"))
    rows = [[text, number(before[name]), number(after[name])] for text, name in NETWORK]
    text, name = "reach: pairs with a path", "reachablePairShare"
    reach = [percentage(each["agility"][name]) for each in (before, after)]
    rows.append([text, *reach])
    came = counted(change["membersCameCount"], "member")
    began = counted(change["tiesCameCount"], "tie")
    sentence = (
        f"{came} joined and {change['membersWentCount']:,} left; {began} began and"
        f" {change['tiesWentCount']:,} ended."
    )
    notes = [*missing_data(report, "CHANGE"), *change["about"]["warnings"]]
    columns = ["figure", period.first_day.isoformat(), period.last_day.isoformat()]
    return ReportSection(title, sentence, columns, rows, notes=notes)
