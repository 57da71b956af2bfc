"""Fields that write records of one kind, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Union

import strawberry

from schema.context import Info
from schema.records import (
    capability,
    community,
    contract,
    feedback,
    initiative,
    introduction,
    member,
    offering,
    referral,
    service_case,
    ties,
)
from schema.records.node import TYPES
from schema.writes.inputs import INPUTS, given, listed
from schema.writes.outcomes import (
    BatchResult,
    Conflict,
    NotFound,
    ValidationFailed,
    batch_or_error,
    record_or_error,
)
from service.vocabulary import snake
from service.vocabulary.names import plural, plural_field
from service.writes import operations, saves
from service.writes.checks import Mode
from service.writes.idempotency import Request

# The modules whose types TYPES knows by name once they are there.
RECORDS = [capability, community, contract, feedback, initiative, introduction]
RECORDS += [member, offering, referral, service_case, ties]
VERBS = {
    Mode.CREATE: ("create", "A new record; a key that is taken is a Conflict."),
    Mode.UPDATE: ("update", "Changes what is given; null clears."),
    Mode.UPSERT: ("upsert", "Created, or changed where its key is there."),
}


def result_of(kind: str) -> Any:
    """The record, or why nothing was written."""
    union = strawberry.union(f"{kind}Result")
    return Annotated[
        Union[TYPES[kind], ValidationFailed, Conflict, NotFound],  # noqa: UP007
        union,
    ]


def request(info: Info, field: str, asked: Any, key: str | None) -> Request:
    return Request(field, asked, info.context.caller, key or None)


def resolver(work: Callable[..., Any], description: str, **types: Any) -> Any:
    """A field whose arguments have types that are known only now."""
    work.__annotations__ = {"info": Info, **types, "idempotency_key": str | None}
    work.__annotations__["return"] = types.pop("answer")
    del work.__annotations__["answer"]
    return strawberry.field(resolver=work, description=description)


def writes_of(kind: str) -> dict[str, Any]:
    """All writes of one kind, by the Python name of the field."""
    name, result = snake(kind[0].lower() + kind[1:]), result_of(kind)
    found = {f"{VERBS[mode][0]}_{name}": saving(kind, mode, result) for mode in VERBS}
    found[f"upsert_{snake(plural_field(kind))}"] = many(kind)
    found[f"end_{name}"] = ending(kind, result)
    found[f"delete_{name}"] = deleting(kind, result)
    return found


def saving(kind: str, mode: Mode, result: Any) -> Any:
    verb, description = VERBS[mode]

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        asked = given(input)
        sent = request(info, f"{verb}{kind}", asked, idempotency_key)
        graph = info.context.graph
        return await record_or_error(saves.save(graph, sent, kind, [asked], mode))

    return resolver(resolve, description, input=INPUTS[kind], answer=result)


def many(kind: str) -> Any:
    """As it is told to Strawberry; schema/writes/batches.py does the same faster."""

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        asked = given(input)
        sent = request(info, f"upsert{plural(kind)}", asked, idempotency_key)
        graph = info.context.graph
        return await batch_or_error(saves.save(graph, sent, kind, asked, Mode.UPSERT))

    text = "Up to 10,000 at once: all of them are written, or none."
    types = {"input": listed(INPUTS[kind]), "answer": BatchResult}
    return resolver(resolve, text, **types)


def ending(kind: str, result: Any) -> Any:
    async def resolve(
        info: Info,
        key: str,
        until: date | None = strawberry.UNSET,
        idempotency_key: Any = strawberry.UNSET,
    ) -> Any:
        day = until or None
        sent = request(info, f"end{kind}", [key, day], idempotency_key)
        graph = info.context.graph
        return await record_or_error(operations.end(graph, sent, kind, [key], day))

    text = "From `until` (today) on it is no longer active."
    return resolver(resolve, text, key=str, until=date | None, answer=result)


def deleting(kind: str, result: Any) -> Any:
    async def resolve(
        info: Info, key: str, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        sent = request(info, f"delete{kind}", key, idempotency_key)
        graph = info.context.graph
        return await record_or_error(operations.delete(graph, sent, kind, [key]))

    text = "Gone, with its ties; the answer is what it was."
    return resolver(resolve, text, key=str, answer=result)
