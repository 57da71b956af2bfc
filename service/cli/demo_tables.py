"""How the demo prints its answers: one function for each kind of question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from rich import box
from rich.table import Table
from rich.text import Text

Answer = dict[str, Any]

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
ROLES_SHORT = ("coord.", "consult.", "repres.", "gatek.", "liaison")
WIDE = 115  # a terminal with this many columns has room for the full names of roles
UNDEFINED = "-"  # the formula gives no value


def answer_table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in columns:
        right = name in numbers
        justify: Literal["left", "right"] = "right" if right else "left"
        table.add_column(name, justify=justify, no_wrap=right, overflow="fold")
    return table


def brokers(data: Answer, width: int) -> Iterator[str | Table]:
    brokerage = data["brokerage"]
    yield (
        f"{brokerage['nodeCount']:,} members, {brokerage['arcCount']:,} arcs. Each"
        " number counts the pairs of members that a broker connects and that have no"
        " direct tie, by role: which of the three belong to the same group. z is the"
        " number of standard deviations of the total above chance. The table has"
        f" {len(brokerage['brokers']):,} of {brokerage['brokerCount']:,} brokers."
    )
    wide = width >= WIDE
    numbers = (*(ROLES if wide else ROLES_SHORT), "total", "z")
    names = ("broker", "group") if wide else ("broker, group",)
    table = answer_table(*names, *numbers, numbers=numbers)
    for broker in brokerage["brokers"]:
        observed, z = broker["scores"]["observed"], broker["scores"]["z"]["total"]
        counts = [number(observed[role]) for role in (*ROLES, "total")]
        cells = broker["member"]["name"], broker["group"] or UNDEFINED
        table.add_row(*(cells if wide else (", ".join(cells),)), *counts, number(z, 1))
    yield table


def weak_team(data: Answer, width: int) -> Iterator[str | Table]:
    impact = data["weakNodeImpact"]
    yield impact_table(impact["impacts"])
    if impact["impactCount"] > len(impact["impacts"]):
        yield f"{len(impact['impacts']):,} of {impact['impactCount']:,} members.\n"
    yield waiting_table(impact["customersWaiting"])
    another, substitute = data["another"], data["substitute"]
    keys = {wait["customer"]["key"] for wait in impact["customersWaiting"]}
    if another["key"] not in keys:
        other = substitute["name"]
        yield f"{another['name']} does not wait: {other} supplies it too.\n"


def impact_table(impacts: list[Answer]) -> Table:
    numbers = ("works at", "loss", "days lost")
    table = answer_table("affected member", *numbers, "because of", numbers=numbers)
    for impact in impacts:
        works, loss = percent(impact["operability"], 1), percent(impact["loss"], 1)
        days, path = number(impact["waitDays"]), route(impact["decidingPath"])
        table.add_row(impact["member"]["name"], works, loss, days, path)
    return table


def waiting_table(waits: list[Answer]) -> Table:
    numbers = ("waits, days", "at risk")
    columns = ("customer", *numbers, "contracts", "because of")
    table = answer_table(*columns, numbers=numbers)
    for wait in waits:
        contracts = "; ".join(contract["title"] for contract in wait["contracts"])
        money = ", ".join(amount(value) for value in wait["valueAtRisk"]) or UNDEFINED
        name, days = wait["customer"]["name"], number(wait["waitDays"])
        path = route(wait["decidingPath"])
        table.add_row(name, days, money, contracts or UNDEFINED, path)
    return table


def partner_paths(data: Answer, width: int) -> Iterator[str | Table | Text]:
    for stage in data["partnerPaths"]["stages"]:
        need = stage["capability"]["name"]
        if not stage["paths"]:
            yield f"{need}: no path to a partner. {stage['nullReason']}\n"
            continue
        best = stage["paths"][0]
        yield Text.assemble((need, "bold"), f": {best['backer']['name']} opens the way")
        yield steps_table(best)
        weakest = best["weakestStep"]
        yield (
            f"Weakest step: {weakest['from']['name']} → {weakest['to']['name']}"
            f" ({percent(weakest['success'])}). Chance of this path:"
            f" {percent(best['success'])}; of all paths together:"
            f" {percent(stage['combinedSuccess'])}. Independent routes:"
            f" {stage['independentRoutes']}. This is the best path"
            f" {'of several' if stage['morePaths'] else 'and the only one'}.\n"
        )


def steps_table(path: Answer) -> Table:
    table = answer_table("from", "to", "chance", "why", numbers=("chance",))
    for step in path["steps"]:
        why = " ".join(tie["text"] for tie in step["ties"])
        consent = " (ask for consent first)" if step["needsConsent"] else ""
        ends = step["from"]["name"], step["to"]["name"]
        table.add_row(*ends, percent(step["success"]), why + consent)
    return table


def route(members: list[Answer]) -> str:
    return " → ".join(member["name"] for member in members)


def number(value: float | None, digits: int = 0) -> str:
    """
    >>> number(1234.0), number(12.25, 1), number(None)
    ('1,234', '12.2', '-')
    """
    return UNDEFINED if value is None else f"{value:,.{digits}f}"


def percent(value: float | None, digits: int = 0) -> str:
    """
    >>> percent(0.676, 1)
    '67.6 %'
    """
    return UNDEFINED if value is None else f"{value * 100:.{digits}f} %"


def amount(money: Answer) -> str:
    return f"{money['amount']:,.0f} {money['currency'] or ''}".strip()
