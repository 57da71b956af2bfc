"""The board of introductions: asked for, moved from state to state, won or lost."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.responses import Response

from schema.context import today
from service.errors import BadInput
from service.vocabulary import NODES
from service.vocabulary.enums import IntroductionPurpose, IntroductionState, Outcome
from service.vocabulary.properties import MAX_INDEXED
from service.web.choices import records
from service.web.community import member_filter
from service.web.field_values import add_problems, changed_values, fill
from service.web.fields import FormField, fields_of
from service.web.forms import Form
from service.web.panel import Answer, Panel, member_link
from service.web.record_forms import NewRecord, form_page
from service.web.visit import Visit
from service.writes.rules import NEXT_STATES

FIRST = 20  # cards of one state
ENDS = ("requester", "introducer", "target")
ASK_FIELDS = ("purpose", "need", "reason", "askedOn")
# The day on which the introducer decided is that of the move to one of these.
DECISIONS = (IntroductionState.ACCEPTED.value, IntroductionState.DECLINED.value)
OUTCOMES = (Outcome.WON.value, Outcome.LOST.value)
COLUMNS = ("state", "for", "through", "with", "need", "asked", "decided", "outcome")
KEY = "key"
WITHOUT_STATE = "no state yet"


async def board(visit: Visit) -> dict[str, Answer]:
    """The introductions of the community by state, each with the moves it may make.

    Those without a state, as of an import, come first, if there are any.
    """
    conditions = member_filter(visit.parameter("community"), None)
    answer = await visit.ask("board", member=conditions, first=FIRST)
    for column in answer.values():
        for each in column["nodes"]:
            each["moves"] = moves_of(each)
    without = answer.pop("withoutState")
    return {WITHOUT_STATE: without, **answer} if without["nodes"] else answer


def board_panel(visit: Visit, columns: dict[str, Answer]) -> Panel:
    """The same introductions as a table."""
    rows = [
        (
            (each["state"] or "-").lower(),
            *(member_link(each[end]) for end in ENDS),
            *(each[name] or "-" for name in ("need", "askedOn", "decidedOn")),
            (each["outcome"] or "-").lower(),
        )
        for column in columns.values()
        for each in column["nodes"]
    ]
    conditions = member_filter(visit.parameter("community"), None)
    variables = {"member": conditions, "first": FIRST}
    return Panel(
        id="board",
        title="Introductions by state",
        sentence="",
        columns=COLUMNS,
        rows=rows,
        document="board",
        variables=variables,
    )


def moves_of(introduction: Answer) -> dict[str, str]:
    """The texts of the buttons of an introduction, by the state or outcome they set.

    >>> moves_of({"state": "ASKED", "outcome": "OPEN"})
    {'ACCEPTED': 'Accepted', 'DECLINED': 'Declined', 'EXPIRED': 'Expired'}
    >>> moves_of({"state": "MADE", "outcome": None}), moves_of(
    ...     {"state": "MADE", "outcome": "WON"})
    ({'WON': 'Won', 'LOST': 'Lost'}, {})
    >>> list(moves_of({"state": None, "outcome": None}))
    ['ASKED', 'EXPIRED', 'MADE']
    """
    state, outcome = introduction["state"], introduction["outcome"]
    names = [each.value for each in NEXT_STATES.get(state, ())]
    if state is None:  # the day of a decision of long ago is not that of the move
        names = [
            each.value for each in IntroductionState if each.value not in DECISIONS
        ]
    if state == IntroductionState.MADE.value and outcome not in OUTCOMES:
        names += OUTCOMES
    return {name: name.title() for name in names}


async def move(visit: Visit, form: Form) -> Response:
    """Move an introduction to its next state, or say what came of it."""
    fill([FormField(KEY, ""), FormField("to", "")], form)
    target = form.text("to")
    values: dict[str, Any] = {"key": form.text(KEY)}
    if target in OUTCOMES:
        values["outcome"] = target
    elif target in IntroductionState.__members__:
        values["state"] = target
        if target in DECISIONS:
            values["decidedOn"] = f"{today()}"
    else:
        known = ", ".join([*IntroductionState.__members__, *OUTCOMES])
        raise BadInput(f"to: expected one of {known}; got {target[:50]!r}.")
    answer = await visit.write("update Introduction", input=values)
    if answer.problems:
        raise BadInput(" ".join(each["message"] for each in answer.problems))
    return visit.redirect(visit.address("/introductions"), answer)


async def ask_form(visit: Visit) -> Response:
    """The form that records that an introduction was asked for."""
    visit.require_write()
    return await show_request(visit, new_request(visit))


async def ask(visit: Visit, form: Form) -> Response:
    new = new_request(visit)
    fill(new.fields, form)
    values = changed_values(new.cls, new.fields)
    if new.is_refused:
        return await show_request(visit, new)
    ends = ends_of(visit)
    values |= {"state": IntroductionState.ASKED.value, "outcome": Outcome.OPEN.value}
    day = values.get("askedOn") or f"{today()}"
    values |= {"key": key_of_request(ends, day), "askedOn": day, **ends}
    answer = await visit.write("create Introduction", input=values)
    for problem in answer.problems:
        if problem["code"] == "CONFLICT" and problem["path"][-1] == KEY:
            problem["message"] = "This introduction was asked for on that day already."
    new.problems += add_problems(new.fields, answer.problems, values)
    if answer.problems:
        return await show_request(visit, new)
    return visit.redirect(visit.address("/introductions"), answer)


def new_request(visit: Visit) -> NewRecord:
    cls = NODES["Introduction"]
    fields = {each.name: each for each in fields_of(cls)}
    fields["purpose"].text = IntroductionPurpose.INTRODUCTION.value
    fields["need"].text = visit.parameter("need") or ""
    fields["askedOn"].text = f"{today()}"
    return NewRecord("Introduction", cls, [fields[name] for name in ASK_FIELDS])


async def show_request(visit: Visit, new: NewRecord) -> Response:
    """The form, with the names of the three members that the address names."""
    ends = ends_of(visit)
    members = {
        each["key"]: each
        for each in await records(
            visit, ("Organisation", "Team", "Person"), {"key": {"in": [*ends.values()]}}
        )
    }
    if missing := set(ends.values()) - members.keys():
        raise BadInput(f"No member has the key {min(missing)[:100]!r}.")
    return form_page(
        visit,
        "ask.html",
        f"Ask {members[ends['introducer']]['name']} for an introduction",
        form=new,
        ends={end: members[key] for end, key in ends.items()},
        address=visit.address("/ask", **ends, need=visit.parameter("need")),
        back=visit.address("/introductions", startup=ends["requester"]),
        is_refused=new.is_refused,
    )


def ends_of(visit: Visit) -> dict[str, str]:
    ends = {end: visit.parameter(end) or "" for end in ENDS}
    if missing := [end for end, key in ends.items() if not key]:
        raise BadInput(
            f"The address of this form lacks: {', '.join(missing)}. Press “Ask” at a"
            " path on the page Introductions."
        )
    return ends


def key_of_request(ends: dict[str, str], day: str) -> str:
    """A key by which the same request of one day is the same record.

    >>> key_of_request({"requester": "a", "introducer": "b", "target": "c"}, "DAY")
    'a-to-c-through-b-DAY'
    """
    key = f"{ends['requester']}-to-{ends['target']}-through-{ends['introducer']}-{day}"
    if len(key) <= MAX_INDEXED:
        return key
    return hashlib.sha256(key.encode()).hexdigest()
