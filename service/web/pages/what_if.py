"""What if: a member works less for some days; who is hit, and which customers wait."""

from __future__ import annotations

from collections import defaultdict

from starlette.responses import Response

from service.report.amounts import money_text, sums_text
from service.report.section import number
from service.vocabulary.names import counted
from service.web.impacts import IMPACT_COLUMNS, days_text, impact_rows, path_text
from service.web.member_choice import member_choice
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit

MODELS = {
    "DEPENDENCY": "Dependency: each follows its weakest provider",
    "INOPERABILITY": "Inoperability: losses add up along all paths",
    "FAILURE": "Failure: the chance that each stops",
}
FIRST = 200
MOST_DAYS = 3_650
SLIDER_DAYS = 180


async def what_if(visit: Visit) -> Response:
    """Choose a member, how weak and how long; one model, or all three side by side."""
    choice = await member_choice(visit, "member")
    works = visit.number("works", 0, 100) or 0.0
    days = visit.number("days", 0, MOST_DAYS)
    if visit.parameter("recovers"):
        days = None
    model = visit.choice("model", MODELS)
    values: Answer = {"choice": choice, "works": works, "days": days, "model": model}
    values |= {"models": MODELS, "most_days": max(days or 0, SLIDER_DAYS)}
    if choice.key is None:
        return page(visit, "what_if.html", "What if?", [], **values)
    variables = {
        "key": choice.key,
        "operability": works / 100,
        "outageDays": days,
        "day": visit.day,
        "first": FIRST,
        **{name.lower(): model in (None, name) for name in MODELS},
    }
    answer = await visit.ask("what_if", **variables)
    impacts = {name: answer[name] for name in MODELS if name in answer}
    if model is None:
        panels = [
            models_panel(visit, impacts, variables),
            compared_panel(impacts, variables),
        ]
    else:
        panels = [hit_panel(MODELS[model], impacts[model], variables)]
    panels += [
        customers_panel(impacts, variables),
        contracts_panel(impacts, variables),
    ]
    what = "stops" if not works else f"works at {works:g} %"
    title = f"What if {answer['member']['name']} {what}?"
    return page(visit, "what_if.html", title, panels, **values)


def models_panel(visit: Visit, impacts: Answer, variables: Answer) -> Panel:
    """One row for each model: how many are hit, how much, who waits, for how much."""
    rows: list[tuple[Cell, ...]] = []
    for name, answer in impacts.items():
        waiting = answer["customersWaiting"]
        days = [w["waitDays"] for w in waiting if w["waitDays"] is not None]
        rows.append(
            (
                PageLink(MODELS[name], visit.address_with(model=name)),
                f"{answer['affectedCount']:,}",
                number(answer["totalLoss"]),
                f"{len(waiting):,}",
                days_text(max(days, default=None)),
                sums_text(values_of(contracts_of(waiting))),
            )
        )
    sentence = "A model leads to its deciding paths."
    columns = ["model", "members hit", "loss", "customers wait", "longest"]
    columns.append("contract value at risk")
    notes = list(dict.fromkeys(w for a in impacts.values() for w in notes_of(a)))
    return Panel(
        id="models",
        title="Three models side by side",
        sentence=sentence,
        columns=columns,
        rows=rows,
        notes=notes,
        document="what_if",
        variables=variables,
    )


def notes_of(answer: Answer) -> list[str]:
    reason = [answer["nullReason"]] if answer["nullReason"] else []
    return [*reason, *answer["about"]["warnings"]]


def compared_panel(impacts: Answer, variables: Answer) -> Panel:
    """Each other member that any model hits, with its loss in each."""
    losses: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for name, answer in impacts.items():
        for impact in answer["impacts"]:
            if impact["loss"] and impact["order"]:
                losses[impact["member"]["key"]][name] = impact

    def turn(key: str) -> tuple[int, float, str]:
        hits = losses[key].values()
        return min(h["order"] for h in hits), -max(h["loss"] for h in hits), key

    rows: list[tuple[Cell, ...]] = [
        (
            member_link(next(iter(by_model.values()))["member"]),
            *(loss_text(by_model.get(name)) for name in impacts),
            *first_hit(by_model),
        )
        for by_model in (losses[key] for key in sorted(losses, key=turn))
    ]
    cut = max(answer["impactCount"] for answer in impacts.values())
    sentence = (
        f"{counted(len(rows), 'other member')}, by the step in which the loss reaches"
        " them; then the largest loss of any model first."
    )
    if cut > FIRST:
        sentence += f" Of each model the first {FIRST} are here."
    columns = ("member", *(name.lower() for name in impacts), "step", "because")
    return Panel(
        id="hit",
        title="Who is hit, and in what order",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="what_if",
        variables=variables,
    )


def loss_text(impact: Answer | None) -> str:
    return "-" if impact is None else f"{impact['loss']:.0%}"


def first_hit(by_model: dict[str, Answer]) -> tuple[str, str]:
    """The step and the deciding path, in the first model that hits the member."""
    impact = next(iter(by_model.values()))
    return f"{impact['order']}", path_text(impact)


def hit_panel(title: str, answer: Answer, variables: Answer) -> Panel:
    rows, count = impact_rows(answer), answer["affectedCount"]
    sentence = (
        f"{counted(count, 'member')} are hit; the loss is"
        f" {number(answer['totalLoss'])} in all."
    )
    if answer["impactCount"] > FIRST:
        sentence += f" The first {FIRST} of {answer['impactCount']:,} are here."
    notes = notes_of(answer)
    return Panel(
        id="hit",
        title=title,
        sentence=sentence,
        columns=IMPACT_COLUMNS,
        rows=rows,
        notes=notes,
        document="what_if",
        variables=variables,
    )


def customers_panel(impacts: Answer, variables: Answer) -> Panel:
    """Each customer that waits: how many days in each model, and because of whom."""
    waits: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for name, answer in impacts.items():
        for wait in answer["customersWaiting"]:
            waits[wait["customer"]["key"]][name] = wait
    rows: list[tuple[Cell, ...]] = []
    for key in sorted(waits, key=lambda key: (-longest(waits[key]), key)):
        wait = next(iter(waits[key].values()))
        rows.append(
            (
                member_link(wait["customer"]),
                *(
                    days_text(waits[key][name]["waitDays"])
                    if name in waits[key]
                    else "does not wait"
                    for name in impacts
                ),
                ", ".join(c["title"] or c["key"] for c in wait["contracts"]) or "-",
                ", ".join(money_text(**each) for each in wait["valueAtRisk"]) or "-",
                path_text(wait),
            )
        )
    sentence = (
        f"{counted(len(rows), 'customer')} {'waits' if len(rows) == 1 else 'wait'}."
    )
    unknown = [w for each in waits.values() for w in each.values() if w["nullReason"]]
    notes = list(dict.fromkeys(wait["nullReason"] for wait in unknown))
    columns = ("customer", *(f"waits ({name.lower()})" for name in impacts))
    columns += ("contracts", "value at risk", "because")
    return Panel(
        id="customers",
        title="Which customers wait",
        sentence=sentence,
        columns=columns,
        rows=rows,
        notes=notes,
        document="what_if",
        variables=variables,
    )


def longest(by_model: dict[str, Answer]) -> float:
    return max((wait["waitDays"] or 0 for wait in by_model.values()), default=0)


def contracts_of(waiting: list[Answer]) -> dict[str, Answer]:
    """Each contract once, though several customers may share it."""
    return {each["key"]: each for wait in waiting for each in wait["contracts"]}


def values_of(contracts: dict[str, Answer]) -> list[tuple[float | None, str | None]]:
    return [(each["value"], each["currency"]) for each in contracts.values()]


def contracts_panel(impacts: Answer, variables: Answer) -> Panel:
    waiting = [w for each in impacts.values() for w in each["customersWaiting"]]
    contracts = contracts_of(waiting)
    customers: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for wait in waiting:
        for contract in wait["contracts"]:
            customers[contract["key"]][wait["customer"]["key"]] = wait["customer"]
    rows: list[tuple[Cell, ...]] = [
        (
            contract["title"] or key,
            ", ".join(each["name"] for each in customers[key].values()),
            money_text(contract["value"], contract["currency"]),
            "a year" if contract["valuePeriod"] == "YEAR" else "in all",
        )
        for key, contract in sorted(contracts.items())
    ]
    sentence = f"{counted(len(rows), 'contract')} with customers who wait"
    if rows:
        sentence += f", worth {sums_text(values_of(contracts))}"
    columns = ("contract", "customers", "value", "for")
    return Panel(
        id="contracts",
        title="Contracts at risk",
        sentence=f"{sentence}.",
        columns=columns,
        rows=rows,
        document="what_if",
        variables=variables,
    )
