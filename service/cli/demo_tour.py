"""The demo's tour: questions, each with its answer and the GraphQL that gave it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seeds import question
from service.errors import ValuenetError

Ask = Callable[[str], Awaitable[dict[str, Any]]]
Answer = dict[str, Any]

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
ROLES_SHORT = ("coord.", "consult.", "repres.", "gatek.", "liaison")
WIDE = 115  # columns of a terminal that have room for the roles' full names
NONE = "-"  # the formula leaves the value undefined


async def answers(ask: Ask, console: Console) -> None:
    """Ask the questions of the tour and print each with its answer."""
    documents = [question(name) for name, _, _ in TOUR]
    # All at once: a server that has just started plans them on every processor.
    bodies = await asyncio.gather(*map(ask, documents))
    for (name, title, show), document, body in zip(
        TOUR, documents, bodies, strict=True
    ):
        if errors := body.get("errors"):
            raise ValuenetError(f"the demo's {name}: {errors[0]['message']}")
        console.print(Text(f"\n{title}\n", style="bold"))
        for part in [*show(body["data"], console.width), *notes(body["data"])]:
            console.print(part)
        fenced = Text(f"```graphql\n{document.rstrip()}\n```", style="dim")
        console.print(fenced, soft_wrap=True)


def table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in columns:
        right = name in numbers
        justify: Literal["left", "right"] = "right" if right else "left"
        made.add_column(name, justify=justify, no_wrap=right, overflow="fold")
    return made


def notes(data: Answer) -> Iterator[str]:
    for value in data.values():
        for warning in value.get("about", {}).get("warnings", []):
            yield f"Note: {warning}\n"


def brokers(data: Answer, width: int) -> Iterator[str | Table]:
    found = data["brokerage"]
    yield (
        f"{found['nodeCount']:,} members, {found['arcCount']:,} arcs. A count is of"
        " pairs that the broker joins and that have no tie of their own, by who is in"
        " whose group; z is how many standard deviations the total is above chance."
    )
    wide = width >= WIDE
    numbers = (*(ROLES if wide else ROLES_SHORT), "total", "z")
    names = ("broker", "group") if wide else ("broker, group",)
    shown = table(*names, *numbers, numbers=numbers)
    for broker in found["brokers"]:
        observed, z = broker["scores"]["observed"], broker["scores"]["z"]["total"]
        counts = [number(observed[role]) for role in (*ROLES, "total")]
        cells = broker["member"]["name"], broker["group"] or NONE
        shown.add_row(*(cells if wide else (", ".join(cells),)), *counts, number(z, 1))
    yield shown


def weak_team(data: Answer, width: int) -> Iterator[str | Table]:
    found = data["weakNodeImpact"]
    numbers = ("works at", "loss", "days lost")
    hit = table("who is hit", *numbers, "because of", numbers=numbers)
    for impact in found["impacts"]:
        works, loss = percent(impact["operability"], 1), percent(impact["loss"], 1)
        path = route(impact["decidingPath"])
        hit.add_row(
            impact["member"]["name"], works, loss, number(impact["waitDays"]), path
        )
    yield hit
    right = ("waits, days", "at risk")
    waiting = table("customer", *right, "contracts", "because of", numbers=right)
    for wait in found["customersWaiting"]:
        contracts = "; ".join(contract["title"] for contract in wait["contracts"])
        money = ", ".join(sum_of(value) for value in wait["valueAtRisk"]) or NONE
        name, days = wait["customer"]["name"], number(wait["waitDays"])
        path = route(wait["decidingPath"])
        waiting.add_row(name, days, money, contracts or NONE, path)
    yield waiting
    another, substitute = data["another"], data["substitute"]
    keys = {wait["customer"]["key"] for wait in found["customersWaiting"]}
    if another["key"] not in keys:
        other = substitute["name"]
        yield f"{another['name']} does not wait: {other} supplies it too.\n"


def partner_paths(data: Answer, width: int) -> Iterator[str | Table | Text]:
    for stage in data["partnerPaths"]["stages"]:
        need = stage["capability"]["name"]
        if not stage["paths"]:
            yield f"{need}: nobody can introduce a partner.\n"
            continue
        best = stage["paths"][0]
        yield Text.assemble((need, "bold"), f": {best['backer']['name']} opens the way")
        yield steps(best)
        weakest = best["weakestStep"]
        yield (
            f"Weakest step: {weakest['from']['name']} → {weakest['to']['name']}"
            f" ({percent(weakest['success'])}). This path: {percent(best['success'])};"
            f" all routes together: {percent(stage['combinedSuccess'])};"
            f" independent routes: {stage['independentRoutes']}.\n"
        )


def steps(path: Answer) -> Table:
    shown = table("from", "to", "chance", "why", numbers=("chance",))
    for step in path["steps"]:
        why = " ".join(tie["text"] for tie in step["ties"])
        asks = " (wants to be asked first)" if step["needsConsent"] else ""
        ends = step["from"]["name"], step["to"]["name"]
        shown.add_row(*ends, percent(step["success"]), why + asks)
    return shown


def route(members: list[Answer]) -> str:
    return " → ".join(member["name"] for member in members)


def number(value: float | None, digits: int = 0) -> str:
    """
    >>> number(1234.0), number(12.25, 1), number(None)
    ('1,234', '12.2', '-')
    """
    return NONE if value is None else f"{value:,.{digits}f}"


def percent(value: float | None, digits: int = 0) -> str:
    """
    >>> percent(0.676, 1)
    '67.6 %'
    """
    return NONE if value is None else f"{value * 100:.{digits}f} %"


def sum_of(money: Answer) -> str:
    return f"{money['amount']:,.0f} {money['currency'] or ''}".strip()


TOUR: tuple[tuple[str, str, Callable[[Answer, int], Iterator[Any]]], ...] = (
    (
        "brokers_of_the_demo",
        "1. Who brokers between the regions of the demo ecosystem?",
        brokers,
    ),
    (
        "brokers_of_yc",
        "   And between the sectors among Y Combinator's co-investors?",
        brokers,
    ),
    (
        "weak_team",
        "2. The R&D team of a pump maker works at 40 % for 30 days: who waits?",
        weak_team,
    ),
    (
        "partner_paths",
        "3. Who can introduce the start-up Fuktlys to the partners that it needs?",
        partner_paths,
    ),
)
