"""Undoing what a form has written, and saying what was undone."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl, unquote

from starlette.responses import Response

from service.change_log.undo import parse_selection
from service.errors import BadInput, WriteConflict
from service.vocabulary import MEMBERS, TIES_BY_NAME
from service.vocabulary.names import counted
from service.web.choices import records
from service.web.forms import Form
from service.web.panel import Answer
from service.web.visit import AnswerRefusal, Visit
from service.web.words import OPERATIONS, sentence_noun

MOST_DETAILS = 5


async def undo(visit: Visit, form: Form) -> Response:
    """Undo the changes of a notice; the page that showed it says what was undone."""
    changes = form.texts("changes")
    next = form.text("next")
    if await is_addition_of(visit, next, changes):
        next = "/"
    answer = await visit.write("undo", changes=changes)
    if answer.problems:
        text = " ".join(problem["message"] for problem in answer.problems)
        is_conflict = answer.result["__typename"] == "Conflict"
        raise WriteConflict(text) if is_conflict else BadInput(text)
    return visit.redirect(next, answer, what="undone")


async def is_addition_of(visit: Visit, address: str, changes: list[str]) -> bool:
    """Whether the first of these changes added what a page is about."""
    ranges, _ = parse_selection(changes[:1])
    if not ranges:
        return False
    try:
        answer = await visit.ask("changes", after=ranges[0][0] - 1, first=1)
    except AnswerRefusal:  # the log has no such change
        return False
    path, _, query = address.partition("?")
    own = {unquote(path.rpartition("/")[2]), *dict(parse_qsl(query)).values()}
    return any(
        change["operation"] == "CREATE" and not change["ends"] and change["key"] in own
        for change in answer["changes"]["nodes"]
    )


async def notice_details(visit: Visit) -> list[str]:
    """What the changes of a notice did to which records."""
    numbers = visit.notice.numbers if visit.notice else []
    count = sum(map(len, numbers))
    changes: list[Answer] = []
    for each in numbers:
        first = min(len(each), MOST_DETAILS - len(changes))
        if first < 1:
            break
        try:
            answer = await visit.ask("changes", after=each.start - 1, first=first)
        except AnswerRefusal:  # the log has deleted them meanwhile
            return []
        changes += answer["changes"]["nodes"]
    details = await asyncio.gather(*(sentence_of(visit, each) for each in changes))
    if more := count - len(changes):
        details.append(f"and {counted(more, 'more change')}")
    return details


async def sentence_of(visit: Visit, change: Answer) -> str:
    """What was done to which record, such as "need of Acme to Sales added"."""
    record = change["after"] or change["before"] or {}
    name = record.get("name") or record.get("title")
    if ends := ends_of(change, record):
        names = [await name_of(visit, kinds, key) for key, kinds in ends]
        name = f"of {' to '.join(names)}"
    noun = sentence_noun(change["kind"])
    return f"{noun} {name or change['key']} {OPERATIONS[change['operation']]}"


def ends_of(change: Answer, record: Answer) -> list[tuple[str, tuple[str, ...]]]:
    """The keys of the two records that a record is between, with their kinds."""
    if change["kind"] == "Introduction":
        keys = [record[end] for end in ("requester", "target") if record.get(end)]
        return [(key, tuple(MEMBERS)) for key in keys]
    if not change["ends"]:
        return []
    tie = TIES_BY_NAME[change["kind"]]
    return list(zip(change["ends"], (tie.sources, tie.targets), strict=True))


async def name_of(visit: Visit, kinds: tuple[str, ...], key: str) -> str:
    """What people call a record; its key if it is no more."""
    nodes = await records(visit, kinds, {"key": {"eq": key}})
    node = nodes[0] if nodes else {}
    return node.get("name") or node.get("title") or key
