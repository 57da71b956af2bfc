"""Contracts won and money raised by a cohort, each contract and each round once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from service.report.amounts import Amount, money_text, sums_text
from service.report.funders import FunderFacts
from service.report.section import Answer, MemberName, ReportSection
from service.vocabulary.names import counted

ADD_STARTUPS = (
    "Add the role STARTUP to the members that are start-ups, and MEMBERSHIP ties to the"
    " cohort."
)
INVESTMENT_COLUMNS = ["start-up", "round", "on", "investors", "amount"]


def no_startups(title: str) -> ReportSection:
    text = f"Unknown: no start-up of this cohort is stored. {ADD_STARTUPS}"
    return ReportSection(title, text)


def has_more(connection: Answer | None) -> bool:
    if connection is None:
        return False
    return int(connection["totalCount"]) > len(connection["nodes"])


def contract_section(facts: FunderFacts) -> ReportSection:
    """Contracts that a start-up supplies and that began in the period, each once."""
    title = "Contracts won"
    if not facts.startups:
        return no_startups(title)
    suppliers: defaultdict[str, list[str]] = defaultdict(list)
    contracts: dict[str, Answer] = {}
    undated: set[str] = set()
    for startup in facts.startups:
        for party in startup["contracts"]["nodes"]:
            contract = party["target"]
            if contract["status"] == "DRAFT":
                continue
            if contract["since"] is None:
                undated.add(contract["key"])
            elif facts.period.has(contract["since"]):
                contracts[contract["key"]] = contract
                suppliers[contract["key"]].append(startup["name"] or startup["key"])
    values = [(each["value"], each["currency"]) for each in contracts.values()]
    sentence = (
        f"{counted(len(contracts), 'contract')} that start-ups of the cohort supply"
        " began in the period"
    )
    if contracts:
        sentence += f", worth {sums_text(values)}"
    notes = []
    if undated:
        notes.append(
            f"{counted(len(undated), 'contract')} without a first day (since): whether"
            " they began in the period is unknown."
        )
    if not contracts and not any(s["contracts"]["nodes"] for s in facts.startups):
        sentence = "Unknown: no contract that a start-up supplies is stored"
        notes.append("Add CONTRACT ties with the role SUPPLIER.")
    notes += cut_lists(facts, "contracts")
    rows = [
        [
            contract["title"] or key,
            ", ".join(dict.fromkeys(suppliers[key])),
            contract["since"],
            money_text(contract["value"], contract["currency"]),
        ]
        for key, contract in sorted(contracts.items())
    ]
    columns = ["contract", "start-up", "since", "value"]
    return ReportSection(title, f"{sentence}.", columns, rows, notes=notes)


def cut_lists(facts: FunderFacts, name: str) -> list[str]:
    cut = [
        startup["name"] or startup["key"]
        for startup in facts.startups
        if has_more(startup[name])
    ]
    return [f"Only the first {name} are counted for {', '.join(cut)}."] if cut else []


@dataclass(frozen=True)
class RoundResult:
    """A round of investment in a start-up: who took part, and its known amounts."""

    startup: str
    name: str
    day: str | None
    investors: list[str]
    amounts: list[Amount]  # the total alone where it is stored


def rounds_of(startup: Answer) -> list[RoundResult]:
    """Each round once: its stored total, or else the amounts of its investors."""
    groups: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for tie in startup["investments"]["nodes"]:
        # Without a name, investments of one day are of one round.
        groups[tie["round"] or "", day_of(tie) or ""].append(tie)
    return [
        RoundResult(
            MemberName.of(startup),
            name or "-",
            day or None,
            [tie["source"]["name"] or tie["source"]["key"] for tie in ties],
            round_amounts(ties),
        )
        for (name, day), ties in sorted(groups.items())
    ]


def day_of(tie: Answer) -> str | None:
    day: str | None = tie["on"] or tie["since"]
    return day


def round_amounts(ties: list[Answer]) -> list[Amount]:
    """
    >>> tie = {"amount": None, "currency": None, "attributes": []}
    >>> total = [{"name": "roundTotal", "number": 9.0, "text": None}]
    >>> round_amounts([{**tie, "attributes": total}] * 2)
    [(9.0, None)]
    >>> round_amounts([tie, {**tie, "amount": 2.0, "currency": "SEK"}])
    [(None, None), (2.0, 'SEK')]
    """
    for tie in ties:
        extra = {each["name"]: each for each in tie["attributes"]}
        if "roundTotal" in extra and extra["roundTotal"]["number"] is not None:
            currency = extra.get("roundCurrency", {}).get("text") or tie["currency"]
            return [(extra["roundTotal"]["number"], currency)]
    return [(tie["amount"], tie["currency"]) for tie in ties]


def money_section(facts: FunderFacts) -> ReportSection:
    title = "Money raised"
    if not facts.startups:
        return no_startups(title)
    every = [each for startup in facts.startups for each in rounds_of(startup)]
    rounds = [each for each in every if facts.period.has(each.day)]
    undated = sum(each.day is None for each in every)
    sentence = f"{counted(len(rounds), 'round')} of investment in the period"
    if rounds:
        amounts = [amount for each in rounds for amount in each.amounts]
        sentence += f": {sums_text(amounts)}"
    notes = []
    if undated:
        notes.append(
            f"{counted(undated, 'round')} without a day: whether it was in the period"
            " is unknown."
        )
    if not every:
        sentence = "Unknown: no investment in a start-up of the cohort is stored"
        notes.append("Add INVESTMENT ties with on, amount and currency.")
    notes += cut_lists(facts, "investments")
    rows = [
        [
            each.startup,
            each.name,
            each.day or "unknown",
            ", ".join(each.investors),
            sums_text(each.amounts),
        ]
        for each in rounds
    ]
    return ReportSection(title, f"{sentence}.", INVESTMENT_COLUMNS, rows, notes=notes)
