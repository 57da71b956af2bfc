"""What if: a member works less for some days; who is hit, and which customers wait."""

from __future__ import annotations

from starlette.responses import Response

from service.errors import BadInput
from service.report.section import number
from service.vocabulary.names import counted
from service.web.impacts import IMPACT_COLUMNS, days_text, impact_rows, path_text
from service.web.panel import Answer, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit

MODELS = {
    "dependency": "Dependency: each follows its weakest provider",
    "inoperability": "Inoperability: losses add up along all paths",
    "failure": "Failure: the chance that each stops",
}


async def what_if(visit: Visit) -> Response:
    key = visit.parameter("member")
    works, days = numbered(visit, "works", 0, 100), numbered(visit, "days", 0, 3650)
    values = {"key": key, "works": works or 0, "days": days}
    if key is None:
        return page(visit, "what_if.html", "What if?", [], seed=None, **values)
    variables = {
        "key": key,
        "operability": (works or 0) / 100,
        "outageDays": days,
        "day": visit.day,
    }
    answer = await visit.ask("what_if", **variables)
    panels = [
        panel
        for name, title in MODELS.items()
        for panel in (
            hit_panel(name, title, answer[name], variables),
            *waiting_panels(name, answer[name], variables),
        )
    ]
    seed = answer["dependency"]["seed"]
    title = f"What if {seed['name']} {'works less' if works else 'stops'}?"
    return page(visit, "what_if.html", title, panels, seed=seed, **values)


def numbered(visit: Visit, name: str, least: float, most: float) -> float | None:
    """The number of a slider; one that is none, or out of range, is an error."""
    text = visit.parameter(name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        raise BadInput(f"{name}: expected {least:g} to {most:g}; got {text[:20]!r}")
    return value


def hit_panel(id: str, title: str, answer: Answer, variables: Answer) -> Panel:
    rows = impact_rows(answer)
    hit = counted(answer["affectedCount"], "member")
    sentence = f"It hits {hit}; the loss is {number(answer['totalLoss'])} in all."
    if answer["nullReason"]:
        sentence += f" {answer['nullReason']}"
    notes = answer["about"]["warnings"]
    return Panel(id, title, sentence, IMPACT_COLUMNS, rows, notes, "what_if", variables)


def waiting_panels(name: str, answer: Answer, variables: Answer) -> list[Panel]:
    rows = [
        (
            member_link(wait["customer"]),
            days_text(wait["waitDays"]),
            ", ".join(c["title"] or c["key"] for c in wait["contracts"]) or "-",
            ", ".join(map(money, wait["valueAtRisk"])) or "-",
            path_text(wait),
        )
        for wait in answer["customersWaiting"]
    ]
    if not rows:
        return []
    sentence = f"It makes {counted(len(rows), 'customer')} wait."
    columns = ("customer", "waits", "contracts", "value at risk", "because")
    id, title = f"{name}-customers", f"{name.capitalize()}: customers who wait"
    return [Panel(id, title, sentence, columns, rows, (), "what_if", variables)]


def money(amount: Answer) -> str:
    return f"{number(amount['amount'])} {amount['currency'] or '(no currency)'}"
