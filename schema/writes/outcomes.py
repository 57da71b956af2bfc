"""What a write answers: the record, or one of three ways to be refused."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any, Union

import strawberry

from schema.records.node import TYPES, build
from service.errors import Problem, WriteConflict, WriteRefusal
from service.vocabulary import TIES_BY_NAME, key_label
from service.vocabulary.enums import MemberRole
from service.writes.outcome import Outcome, Recorded


@strawberry.type(name="Problem", description="One thing that is wrong with an input.")
class ProblemShown:
    path: list[str] = strawberry.field(description="Where in the arguments.")
    code: str
    message: str


@strawberry.interface(description="Why nothing was written.")
class WriteError:
    path: list[str] = strawberry.field(description="Of the first problem.")
    code: str
    message: str
    problems: list[ProblemShown] = strawberry.field(description="All of them.")


@strawberry.type(description="The input breaks a rule; nothing was written.")
class ValidationFailed(WriteError): ...


@strawberry.type(
    description="What is there already stands against it; nothing was written."
)
class Conflict(WriteError): ...


@strawberry.type(description="It names what is not there; nothing was written.")
class NotFound(WriteError): ...


@strawberry.type(description="Many records were written, all of them.")
class Batch:
    count: int = strawberry.field(description="Records given.")
    changed: int = strawberry.field(
        description="Changes in the log: a record that was as given has none."
    )
    keys: list[str] = strawberry.field(description="Of the records, in their order.")
    last_change: int = strawberry.field(
        description="Number of the log's last change then."
    )


CONFLICTS = {"CONFLICT", "TIED", "KEY_REUSED", "STATE", "DUPLICATE"}
BatchResult = Annotated[
    Union[Batch, ValidationFailed, Conflict, NotFound],  # noqa: UP007
    strawberry.union("BatchResult"),
]


async def record_or_error(work: Awaitable[Outcome]) -> Any:
    """The one record that a write left, or why nothing was written."""
    try:
        found = await work
        if not found.records:
            return refusal([Problem(("key",), "NONE", "It was erased since.")])
        return shown(found.records[0])
    except WriteRefusal as error:
        return refusal(error.problems)
    except WriteConflict as error:
        return refusal([Problem((), "CONFLICT", str(error))])


async def batch_or_error(work: Awaitable[Outcome]) -> Any:
    try:
        found = await work
    except WriteRefusal as error:
        return refusal(error.problems)
    except WriteConflict as error:
        return refusal([Problem((), "CONFLICT", str(error))])
    return Batch(
        count=len(found.keys),
        changed=found.change_count,
        keys=found.keys,
        last_change=found.last,
    )


def refusal(problems: list[Problem]) -> WriteError:
    """What the caller can mend by its input alone comes first."""
    codes = [problem.code for problem in problems]
    cls: type[WriteError] = ValidationFailed
    if all(code == "NONE" for code in codes):
        cls = NotFound
    elif all(code in CONFLICTS | {"NONE"} for code in codes):
        cls = Conflict
    listed = [
        ProblemShown(path=list(p.path), code=p.code, message=p.message)
        for p in problems
    ]
    first = listed[0]
    return cls(path=first.path, code=first.code, message=first.message, problems=listed)


def shown(found: Recorded) -> Any:
    """An object of the API from what a write left."""
    properties = {**found.image, "key": found.key}
    extra: dict[str, Any] = {}
    if "roles" in properties:
        extra["roles"] = [MemberRole(role) for role in properties.pop("roles")]
    if found.ends:
        cls = TIES_BY_NAME[found.kind]
        source, target = key_label(cls.sources[0]), key_label(cls.targets[0])
        extra["source_end"] = (source, found.ends[0])
        extra["target_end"] = (target, found.ends[1])
    return build(TYPES[found.kind], properties, **extra)
