"""The answer of a write: the record, or one of three kinds of refusal."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any, Union

import strawberry

from schema.context import Context
from schema.records.node import TYPES, build
from schema.writes import codes as codes
from service.errors import Problem, WriteConflict, WriteErrorCode, WriteRefusal
from service.vocabulary import TIES_BY_NAME, key_label
from service.vocabulary.enums import MemberRole
from service.vocabulary.texts import MOST_MESSAGE, beginning_of
from service.writes.outcome import WriteOutcome, WrittenRecord


@strawberry.type(name="Problem", description="One problem of an input.")
class InputProblem:
    path: list[str] = strawberry.field(
        description="The path of the value among the arguments of the field."
    )
    code: WriteErrorCode = strawberry.field(description="What kind of problem it is.")
    message: str = strawberry.field(description="What is wrong, and what is allowed.")


@strawberry.interface(description="Why nothing was written.")
class WriteError:
    path: list[str] = strawberry.field(description="The path of the first problem.")
    code: WriteErrorCode = strawberry.field(
        description="The code of the first problem."
    )
    message: str = strawberry.field(description="The message of the first problem.")
    problems: list[InputProblem] = strawberry.field(description="All problems.")


@strawberry.type(description="The input breaks a rule; nothing was written.")
class ValidationFailed(WriteError): ...


@strawberry.type(
    description="The input contradicts a stored record; nothing was written."
)
class Conflict(WriteError): ...


@strawberry.type(
    description="The input names a record that does not exist; nothing was written."
)
class NotFound(WriteError): ...


@strawberry.type(description="All records of the batch were written.")
class Batch:
    count: int = strawberry.field(description="How many records the input has.")
    changed: int = strawberry.field(
        description="How many records changed; the others already had the values of the"
        " input."
    )
    keys: list[str] = strawberry.field(
        description="The keys of the records, in the order of the input."
    )
    last_change: int = strawberry.field(
        description="The number of the last change in the log after this write."
    )


CONFLICTS = {
    WriteErrorCode.CONFLICT,
    WriteErrorCode.TIED,
    WriteErrorCode.KEY_REUSED,
    WriteErrorCode.STATE,
    WriteErrorCode.DUPLICATE,
}
BatchResult = Annotated[
    Union[Batch, ValidationFailed, Conflict, NotFound],  # noqa: UP007
    strawberry.union(
        "BatchResult", description="What a batch wrote, or why nothing was written."
    ),
]


async def record_or_error(context: Context, work: Awaitable[WriteOutcome]) -> Any:
    """The written record, or why nothing was written."""
    try:
        outcome = await work
        context.add_write(outcome.change_count, outcome.last, outcome.warnings)
        if not outcome.records:
            return refusal(
                [
                    Problem(
                        ("key",),
                        WriteErrorCode.NONE,
                        "The record has since been erased.",
                    )
                ]
            )
        return written_to_graphql(outcome.records[0])
    except WriteRefusal as error:
        return refusal(error.problems)
    except WriteConflict as error:
        return refusal([Problem((), WriteErrorCode.CONFLICT, str(error))])


async def batch_or_error(context: Context, work: Awaitable[WriteOutcome]) -> Any:
    try:
        outcome = await work
    except WriteRefusal as error:
        return refusal(error.problems)
    except WriteConflict as error:
        return refusal([Problem((), WriteErrorCode.CONFLICT, str(error))])
    context.add_write(outcome.change_count, outcome.last, outcome.warnings)
    return Batch(
        count=len(outcome.keys),
        changed=outcome.change_count,
        keys=outcome.keys,
        last_change=outcome.last,
    )


def refusal(problems: list[Problem]) -> WriteError:
    """The error that describes the problems; invalid input takes precedence."""
    codes = [problem.code for problem in problems]
    cls: type[WriteError] = ValidationFailed
    if all(code == WriteErrorCode.NONE for code in codes):
        cls = NotFound
    elif all(code in CONFLICTS | {WriteErrorCode.NONE} for code in codes):
        cls = Conflict
    input_problems = [
        InputProblem(
            path=list(each.path),
            code=each.code,
            message=beginning_of(each.message, MOST_MESSAGE),
        )
        for each in problems
    ]
    first = input_problems[0]
    return cls(
        path=first.path, code=first.code, message=first.message, problems=input_problems
    )


def written_to_graphql(outcome: WrittenRecord) -> Any:
    """The object of the API for a written record."""
    properties = {**outcome.image, "key": outcome.key}
    extra: dict[str, Any] = {}
    if "roles" in properties:
        extra["roles"] = [MemberRole(role) for role in properties.pop("roles")]
    if outcome.ends:
        cls = TIES_BY_NAME[outcome.kind]
        source, target = key_label(cls.sources[0]), key_label(cls.targets[0])
        extra["source_end"] = (source, outcome.ends[0])
        extra["target_end"] = (target, outcome.ends[1])
    return build(TYPES[outcome.kind], properties, **extra)
