"""Undoing what a form has written, and saying what was undone."""

from __future__ import annotations

from starlette.responses import Response

from service.errors import BadInput, WriteConflict
from service.vocabulary.names import counted, noun_of
from service.web.forms import Form
from service.web.panel import Answer
from service.web.visit import AnswerRefusal, Visit

MOST_DETAILS = 5
OPERATIONS = {
    "CREATE": "added",
    "UPDATE": "changed",
    "END": "ended",
    "DELETE": "removed",
    "ERASE": "erased",
}


async def undo(visit: Visit, form: Form) -> Response:
    """Undo the changes of a notice; the page that showed it says what was undone."""
    answer = await visit.write("undo", changes=form.texts("changes"))
    if answer.problems:
        text = " ".join(problem["message"] for problem in answer.problems)
        is_conflict = answer.result["__typename"] == "Conflict"
        raise WriteConflict(text) if is_conflict else BadInput(text)
    return visit.redirect(form.text("next"), answer, what="undone")


async def notice_details(visit: Visit) -> list[str]:
    """What the changes of a notice did to which records."""
    numbers = visit.notice.numbers if visit.notice else []
    count = sum(map(len, numbers))
    details: list[str] = []
    for each in numbers:
        first = min(len(each), MOST_DETAILS - len(details))
        if first < 1:
            break
        try:
            answer = await visit.ask("changes", after=each.start - 1, first=first)
        except AnswerRefusal:  # the log has deleted them meanwhile
            return []
        details += map(sentence_of, answer["changes"]["nodes"])
    if more := count - len(details):
        details.append(f"and {counted(more, 'more change')}")
    return details


def sentence_of(change: Answer) -> str:
    """
    >>> sentence_of({"operation": "UPDATE", "kind": "Team", "key": "sales"})
    'team sales changed'
    """
    noun = noun_of(change["kind"]).lower().replace("_", " ")
    return f"{noun} {change['key']} {OPERATIONS[change['operation']]}"
