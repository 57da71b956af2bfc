"""Departures: a person leaves, perhaps to another firm; what may the firm lose?"""

from __future__ import annotations

from starlette.responses import Response

from service.report.amounts import money_text, sums_text
from service.report.section import number
from service.vocabulary.names import counted
from service.web.member_choice import member_choice
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit

FIRST = 200
CUSTOMER_COLUMNS = ["customer", "points", "with the person", "with the firm"]
CUSTOMER_COLUMNS += ["last contact", "who else knows it", "follows the firm"]
CUSTOMER_COLUMNS += ["what to do"]


async def departures(visit: Visit) -> Response:
    """Choose a person, and where to; without a choice, how to make it."""
    person = await member_choice(visit, "person", ["PERSON"])
    to = await member_choice(visit, "to", ["ORGANISATION", "TEAM"])
    values = {"person": person, "to": to}
    if person.key is None or (to.text and to.key is None):
        return page(visit, "departures.html", "Departures", [], answer=None, **values)
    variables = {"person": person.key, "to": to.key, "day": visit.day, "first": FIRST}
    answer = (await visit.ask("departure", **variables))["departureImpact"]
    panels = [
        customers_panel(answer, variables),
        contracts_panel(answer, variables),
        evidence_panel(answer, variables),
        routes_panel(visit, answer, variables),
        referrals_panel(answer, variables),
        unnamed_panel(answer, variables),
    ]
    title = f"If {answer['person']['name']} leaves"
    return page(visit, "departures.html", title, panels, answer=answer, **values)


def customers_panel(answer: Answer, variables: Answer) -> Panel:
    rows = [customer_cells(each) for each in answer["customers"]]
    count, sole = (
        answer["customerCount"],
        sum(c["soleContact"] for c in answer["customers"]),
    )
    sentence = (
        f"{counted(count, 'customer')} may follow; for {sole:,} of them this person is"
        " the only contact. More points: closer to the person than to the firm; they"
        " are no probability."
    )
    if count > len(rows):
        sentence += f" The first {len(rows):,} are here."
    reasons = [c["points"]["nullReason"] for c in answer["customers"]]
    notes = [*answer["about"]["warnings"], *dict.fromkeys(filter(None, reasons))]
    if answer["nullReason"]:
        sentence = f"Unknown: {answer['nullReason']} Add EMPLOYMENT ties."
    return Panel(
        id="customers",
        title="Which customers may follow",
        sentence=sentence,
        columns=CUSTOMER_COLUMNS,
        rows=rows,
        notes=notes,
        document="departure",
        variables=variables,
    )


def customer_cells(each: Answer) -> tuple[Cell, ...]:
    team = ", ".join(member["name"] for member in each["team"])
    remedy = each["remedy"]
    text = remedy["text"]
    if remedy["colleague"] and remedy["success"] is not None:
        text += f" {remedy['colleague']['name']}: chance {remedy['success']:.0%}."
    return (
        member_link(each["customer"]),
        number(each["points"]["total"]),
        each["withPersonSince"] or "unknown",
        each["withFirmSince"] or "unknown",
        each["lastContact"] or "unknown",
        team or "nobody",
        "yes" if each["directChannel"] else "no",
        text,
    )


def contracts_panel(answer: Answer, variables: Answer) -> Panel:
    contracts = {c["key"]: c for each in answer["customers"] for c in each["contracts"]}
    rows: list[tuple[Cell, ...]] = [
        (
            contract["title"] or contract["key"],
            member_link(each["customer"]),
            money_text(contract["value"], contract["currency"]),
            contract["since"] or "unknown",
            contract["until"] or "open",
        )
        for each in answer["customers"]
        for contract in each["contracts"]
    ]
    sentence = f"{counted(len(contracts), 'active contract')} with these customers"
    if contracts:
        values = [(c["value"], c["currency"]) for c in contracts.values()]
        sentence += f", worth {sums_text(values)}"
    columns = ("contract", "customer", "value", "since", "until")
    return Panel(
        id="contracts",
        title="Contracts at risk",
        sentence=f"{sentence}.",
        columns=columns,
        rows=rows,
        document="departure",
        variables=variables,
    )


def evidence_panel(answer: Answer, variables: Answer) -> Panel:
    rows: list[tuple[Cell, ...]] = [
        (
            member_link(each["customer"]),
            kind,
            f"{tie['source']['name']} - {tie['target']['name']}",
            tie["since"] or "unknown",
        )
        for each in answer["customers"]
        for kind, ties in (("account", "accounts"), ("acquaintance", "acquaintances"))
        for tie in each[ties]
    ]
    sentence = f"{counted(len(rows), 'tie')} of this person to these customers."
    columns = ("customer", "tie", "between", "since")
    return Panel(
        id="ties",
        title="The contacts that go along",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="departure",
        variables=variables,
    )


def routes_panel(visit: Visit, answer: Answer, variables: Answer) -> Panel:
    rows: list[tuple[Cell, ...]] = [
        (
            member_link(route["startup"]),
            route["capability"]["name"] or route["capability"]["key"],
            PageLink(
                "Other ways in",
                visit.address("/introductions", startup=route["startup"]["key"]),
            ),
        )
        for route in answer["lostRoutes"]
    ]
    needs = counted(answer["lostRouteCount"], "need")
    pairs = counted(answer["separatedPairs"], "pair")
    sentence = (
        f"{needs} of start-ups have no introduction path left without this person, and"
        f" {pairs} of other members lose their connection."
    )
    columns = ("start-up", "need", "next step")
    return Panel(
        id="routes",
        title="Introductions that are lost",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="departure",
        variables=variables,
    )


def referrals_panel(answer: Answer, variables: Answer) -> Panel:
    rows = [
        (
            member_link(each["customer"]) if each["customer"] else "-",
            member_link(each["provider"]) if each["provider"] else "-",
            each["on"] or "unknown",
            (each["outcome"] or "unknown").lower(),
        )
        for each in answer["silentReferrals"]
    ]
    sentence = f"This person made {counted(len(rows), 'referral')}; no more will come."
    columns = ("customer", "to", "on", "outcome")
    return Panel(
        id="referrals",
        title="Referrals that fall silent",
        sentence=sentence,
        columns=columns,
        rows=rows,
        document="departure",
        variables=variables,
    )


def unnamed_panel(answer: Answer, variables: Answer) -> Panel:
    rows = [(member_link(each),) for each in answer["customersNotAtRisk"]]
    sentence = (
        f"{counted(len(rows), 'customer')} of the firm that no person there manages or"
        " knows, as far as stored: nobody takes them along, and nobody keeps them."
    )
    return Panel(
        id="without-contact",
        title="Customers without a contact",
        sentence=sentence,
        columns=("customer",),
        rows=rows,
        document="departure",
        variables=variables,
    )
