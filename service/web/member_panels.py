"""The tables of a member: its ties, its introductions, its position, who needs it."""

from __future__ import annotations

from service.report.section import number
from service.vocabulary.connections import CONNECTIONS
from service.vocabulary.names import counted
from service.web.impacts import IMPACT_COLUMNS, impact_rows
from service.web.panel import Answer, Cell, PageLink, Panel, member_link
from service.web.visit import Visit
from service.web.words import name_words, sentence_noun, text_of

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
ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
INTRODUCTIONS = ("who asks", "to meet", "through", "state", "asked on", "outcome")


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


def introductions_panel(answer: Answer, variables: Answer) -> list[Panel]:
    """The introductions that the member asked for, made or was asked to meet for."""
    rows: list[list[Cell]] = [
        [
            *(member_link(each[end]) for end in ("requester", "target", "introducer")),
            *(text_of(each[name]) for name in ("state", "askedOn", "outcome")),
        ]
        for each in answer["nodes"]
    ]
    panel = Panel(
        id="introductions",
        title="Introductions",
        sentence=listed_sentence(len(rows), answer["totalCount"]),
        columns=INTRODUCTIONS,
        rows=rows,
        document="member_introductions",
        variables=variables,
    )
    return [panel] if rows else []


def broker_panel(answer: Answer, variables: Answer) -> Panel:
    rows = []
    for broker in answer["brokers"]:
        observed, z = broker["scores"]["observed"], broker["scores"]["z"]
        rows = [(role, number(observed[role])) for role in (*ROLES, "total")]
        rows.append(("total, against chance", number(z["total"])))
    sentence = (
        "Pairs of others that exchange only through this member, by"
        f" {variables['groupBy'].lower()}. “Against chance” is in standard deviations:"
        " below 2 it may be chance."
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
