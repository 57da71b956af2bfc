"""Undoing changes of the log, by their numbers or the request that they belong to."""

from __future__ import annotations

from typing import Annotated, Any, Union

import strawberry

from schema.context import Info
from schema.writes.fields import described
from schema.writes.outcomes import Conflict, NotFound, ValidationFailed, refusal
from service.change_log import undo as log_undo
from service.errors import (
    BadInput,
    Problem,
    RecordNotFound,
    WriteConflict,
    WriteErrorCode,
    WriteRefusal,
)


@strawberry.type(description="The changes were undone, by new changes in the log.")
class UndoneChanges:
    count: int = strawberry.field(description="How many changes were undone.")
    changed: int = strawberry.field(
        description="How many records changed; several changes of one record count"
        " once."
    )
    last_change: int = strawberry.field(
        description="The number of the last change in the log after this write."
    )


UndoResult = Annotated[
    Union[UndoneChanges, ValidationFailed, Conflict, NotFound],  # noqa: UP007
    strawberry.union(
        "UndoResult", description="What was undone, or why nothing was written."
    ),
]


async def undo(info: Info, changes: list[str]) -> Any:
    """Undo changes: new changes restore the records as they were before. If later
    changes depend on them, the result is a Conflict."""
    try:
        log_undo.check_selection(changes)
        outcome = await log_undo.undo(info.context.graph, changes, info.context.caller)
    except WriteRefusal as error:
        return refusal(error.problems)
    except (BadInput, WriteConflict) as error:
        return refusal([Problem(("changes",), code_of(error), str(error))])
    info.context.add_write(outcome.change_count, outcome.last, [])
    return UndoneChanges(
        count=outcome.count, changed=outcome.change_count, last_change=outcome.last
    )


def code_of(error: BadInput | WriteConflict) -> WriteErrorCode:
    if isinstance(error, RecordNotFound):
        return WriteErrorCode.NONE
    is_conflict = isinstance(error, WriteConflict)
    return WriteErrorCode.CONFLICT if is_conflict else WriteErrorCode.INVALID


CHANGES = "Numbers of changes (12), ranges of them (12-40), or the `run` of changes."
undo.__annotations__ = {
    **described({"changes": list[str]}, {"changes": CHANGES}),
    "info": Info,
    "return": UndoResult,
}
