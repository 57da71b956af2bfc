"""One member: what it is, its ties, its position, who depends on it, its history."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from starlette.responses import Response

from service.errors import RecordNotFound
from service.report.section import number
from service.vocabulary.attributes import PREFIX
from service.vocabulary.connections import CONNECTIONS
from service.vocabulary.names import counted
from service.web.impacts import IMPACT_COLUMNS, impact_rows
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.rendering import page
from service.web.visit import Visit
from service.web.words import name_words, sentence_noun, value_words

FACTS = ["sector", "region", "country", "function", "description", "url", "status"]
FACTS += ["since", "until", "recoveryDays"]
# The connections between members, with what they are called and their own properties.
TIES = {
    "exchanges": ("Exchanges", ("deliverable", "value", "currency")),
    "dependencies": ("Dependencies", ("strength", "criticality", "bufferDays")),
    "investments": ("Investments", ("round", "amount", "currency")),
    "acquaintances": ("Acquaintances", ("score", "scoreAt", "context")),
    "employments": ("Employments", ("title",)),
    "affiliations": ("Affiliations", ("affiliationKind",)),
    "advice": ("Advice", ("adviceKind",)),
    "accountManagements": ("Managed accounts", ()),
    "followings": ("Followings", ("channel",)),
    "competitions": ("Competitors", ()),
}
OTHERS = {
    "contracts": ("Contracts", "title", ("role",)),
    "memberships": ("Communities", "name", ()),
    "capabilities": ("Capabilities", "name", ()),
    "needs": ("Needs", "name", ("stage",)),
    "offers": ("Offers", "name", ()),
    "organisings": ("Organises", "name", ()),
    "work": ("Works on", "name", ("timeShare",)),
}
ATTRIBUTE_NAMES = {"importedFrom": "imported from"}
ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")


async def member(visit: Visit) -> Response:
    key = visit.request.path_params["key"]
    variables = {"key": key, "day": visit.day}
    answer = (await visit.ask("member", **variables))["member"]
    if answer is None:
        raise RecordNotFound(f"No member has the key {key[:100]!r}.")
    history = {"kind": answer["__typename"], "key": key}
    roles, hit, changes = await asyncio.gather(
        visit.ask("broker_roles", **variables),
        visit.ask("dependents", **variables),
        visit.ask("history", **history),
    )
    panels = [
        *tie_panels(visit, answer, variables),
        broker_panel(roles["brokerage"], variables),
        dependents_panel(hit["weakNodeImpact"], answer, variables),
        history_panel(changes["history"], history),
    ]
    facts = {
        name_words(name): text_of(answer[name])
        for name in FACTS
        if answer[name] is not None
    }
    facts |= {
        ATTRIBUTE_NAMES.get(each["name"], each["name"]): attribute_text(each)
        for each in answer["attributes"]
    }
    values = {"member": answer, "facts": facts}
    return page(visit, "member.html", answer["name"], panels, **values)


def text_of(value: Any) -> str:
    if isinstance(value, float):
        return number(value)
    return "-" if value is None else value_words(str(value))


def attribute_text(attribute: Answer) -> str:
    values = (attribute[name] for name in ("text", "number", "boolean", "date"))
    return next((text_of(value) for value in values if value is not None), "-")


def tie_panels(visit: Visit, answer: Answer, variables: Answer) -> list[Panel]:
    """A panel for each kind of tie that the member has."""
    panels = []
    for name, (title, properties) in TIES.items():
        rows: list[tuple[Cell, ...]] = [
            (
                *other_end(tie, answer["key"]),
                *(text_of(tie[each]) for each in properties),
                *period(tie),
            )
            for tie in answer[name]["nodes"]
        ]
        columns = (
            "direction",
            "member",
            *map(name_words, properties),
            "since",
            "until",
        )
        panels.append((name, title, columns, rows))
    for name, (title, label, properties) in OTHERS.items():
        rows = [
            (
                text_of(tie["target"][label] or tie["target"]["key"]),
                *(text_of(tie[each]) for each in properties),
                *period(tie),
            )
            for tie in answer[name]["nodes"]
        ]
        columns = ("name", *map(name_words, properties), "since", "until")
        panels.append((name, title, columns, rows))
    return [
        Panel(
            id=name,
            title=title,
            sentence=listed_sentence(len(rows), answer[name]["totalCount"]),
            columns=columns,
            rows=rows,
            document="member",
            variables=variables,
            actions=edit_links(visit, answer, name),
        )
        for name, title, columns, rows in panels
        if rows
    ]


def edit_links(visit: Visit, answer: Answer, name: str) -> list[PageLink]:
    """Where each tie of a panel is edited, for a visitor who may write."""
    kind = CONNECTIONS["Member"][name].record.__name__
    return [
        PageLink(
            f"{sentence_noun(kind)} {tie['key']}",
            visit.address("/edit", kind=kind, key=tie["key"], member=answer["key"]),
        )
        for tie in answer[name]["nodes"]
        if visit.may_write
    ]


def other_end(tie: Answer, key: str) -> tuple[str, Cell]:
    """The direction of a tie as seen from the member, and who is at its other end."""
    is_out = tie["source"]["key"] == key
    return (
        ("to", member_link(tie["target"]))
        if is_out
        else ("from", member_link(tie["source"]))
    )


def listed_sentence(length: int, count: int) -> str:
    if length < count:
        return f"{length:,} of {count:,} are listed."
    return f"{counted(count, 'record')}."


def period(tie: Answer) -> tuple[str, str]:
    return tie["since"] or "-", tie["until"] or "-"


def broker_panel(answer: Answer, variables: Answer) -> Panel:
    rows = []
    for broker in answer["brokers"]:
        observed, z = broker["scores"]["observed"], broker["scores"]["z"]
        rows = [(role, number(observed[role])) for role in (*ROLES, "total")]
        rows.append(("total, against chance", number(z["total"])))
    sentence = (
        "Pairs of others that exchange only through this member, by region. “Against"
        " chance” is in standard deviations: below 2 it may be chance."
    )
    if not rows:
        sentence = "This member exchanges nothing with others on this day."
    notes = answer["about"]["warnings"] if rows else ()
    return Panel(
        id="broker",
        title="As a broker",
        sentence=sentence,
        columns=("role", "pairs"),
        rows=rows,
        notes=notes,
        document="broker_roles",
        variables=variables,
    )


def dependents_panel(answer: Answer, member: Answer, variables: Answer) -> Panel:
    rows = impact_rows(answer)
    waiting = counted(len(answer["customersWaiting"]), "customer")
    hit = counted(answer["affectedCount"], "member")
    sentence = f"If it stops, it costs {hit} work and makes {waiting} wait."
    if not rows and answer["nullReason"]:
        sentence = answer["nullReason"]
    key, name = repr(member["key"]), member["name"]
    notes = [note.replace(key, name) for note in answer["about"]["warnings"]]
    return Panel(
        id="dependents",
        title="Who depends on it",
        sentence=sentence,
        columns=IMPACT_COLUMNS,
        rows=rows,
        notes=notes,
        document="dependents",
        variables=variables,
    )


def history_panel(changes: list[Answer], variables: Answer) -> Panel:
    rows = [
        (
            change["at"][:16].replace("T", " "),
            change["by"],
            change["operation"].lower(),
            difference(change["before"] or {}, change["after"] or {}),
        )
        for change in reversed(changes[-20:])
    ]
    sentence = listed_sentence(len(rows), len(changes))
    return Panel(
        id="history",
        title="History",
        sentence=sentence,
        columns=("when", "by", "what", "values"),
        rows=rows,
        document="history",
        variables=variables,
    )


def property_words(name: str) -> str:
    """What a property is called; an extra attribute by its own name.

    >>> property_words("bufferDays"), property_words("x:Antal anställda")
    ('buffer days', 'Antal anställda')
    """
    if name.startswith(PREFIX):
        own = name.removeprefix(PREFIX)
        return ATTRIBUTE_NAMES.get(own, own)
    return name_words(name)


def difference(before: Answer, after: Answer) -> str:
    """What one change of a record did, in words."""
    names = sorted(n for n in before.keys() | after if before.get(n) != after.get(n))
    parts = [
        f"{property_words(name)}: {short(before[name])} → {short(after.get(name))}"
        if name in before
        else f"{property_words(name)}: {short(after[name])}"
        for name in names
    ]
    return "; ".join(parts[:8]) + ("; …" if len(parts) > 8 else "")


def short(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(short, value)) or "nothing"
    if isinstance(value, float):
        return number(value)
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    text = value_words(text)
    return text if len(text) <= 60 else f"{text[:60]}…"
