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
from schema.writes.inputs import INPUTS, list_of, values_of_input
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
from service.writes import end_and_delete, saves
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest

# The modules whose types TYPES knows by name once they are there.
RECORDS = [capability, community, contract, feedback, initiative, introduction]
RECORDS += [member, offering, referral, service_case, ties]
VERBS = {
    Mode.CREATE: (
        "create",
        "Create a record. If a record with this key exists, the result is a Conflict.",
    ),
    Mode.UPDATE: (
        "update",
        "Change the given properties of a record; null clears one.",
    ),
    Mode.UPSERT: ("upsert", "Create a record, or change it if its key exists."),
}


def result_of(kind: str) -> Any:
    """The record, or why nothing was written."""
    union = strawberry.union(
        f"{kind}Result",
        description=f"The {kind} record after the write, or the reason why nothing was"
        f" written.",
    )
    return Annotated[
        Union[TYPES[kind], ValidationFailed, Conflict, NotFound],  # noqa: UP007
        union,
    ]


ARGUMENTS = {
    "input": "What to write.",
    "key": "The key of the record.",
    "until": "The first day on which it is no longer active; today (UTC) by default.",
    "idempotency_key": "Your own id of this request: sent again with the same key and"
    " input, it is not written twice and gets the first answer again.",
}


def described(
    types: dict[str, Any], texts: dict[str, str] = ARGUMENTS
) -> dict[str, Any]:
    """The types of arguments, each with its description."""
    return {
        name: Annotated[kind, strawberry.argument(description=texts[name])]
        if name in texts
        else kind
        for name, kind in types.items()
    }


def request(info: Info, field: str, values: Any, key: str | None) -> WriteRequest:
    return WriteRequest(field, values, info.context.caller, key or None)


def resolver(work: Callable[..., Any], description: str, **types: Any) -> Any:
    """A field whose argument types are made from the vocabulary."""
    types = {**types, "idempotency_key": str | None}
    work.__annotations__ = {"info": Info, **described(types)}
    work.__annotations__["return"] = work.__annotations__.pop("answer")
    return strawberry.field(resolver=work, description=description)


def writes_of(kind: str) -> dict[str, Any]:
    """All writes of one kind, by the Python name of the field."""
    name, result = snake(kind[0].lower() + kind[1:]), result_of(kind)
    fields_by_name = {
        f"{VERBS[mode][0]}_{name}": saving(kind, mode, result) for mode in VERBS
    }
    fields_by_name[f"upsert_{snake(plural_field(kind))}"] = many(kind)
    fields_by_name[f"end_{name}"] = ending(kind, result)
    fields_by_name[f"delete_{name}"] = deleting(kind, result)
    return fields_by_name


def saving(kind: str, mode: Mode, result: Any) -> Any:
    verb, description = VERBS[mode]

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        values = values_of_input(input)
        write_request = request(info, f"{verb}{kind}", values, idempotency_key)
        graph = info.context.graph
        return await record_or_error(
            info.context, saves.save(graph, write_request, kind, [values], mode)
        )

    return resolver(resolve, description, input=INPUTS[kind], answer=result)


def many(kind: str) -> Any:
    """The batch field; schema/writes/batch_resolvers.py gives it a faster resolver."""

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        values = values_of_input(input)
        write_request = request(info, f"upsert{plural(kind)}", values, idempotency_key)
        graph = info.context.graph
        return await batch_or_error(
            info.context, saves.save(graph, write_request, kind, values, Mode.UPSERT)
        )

    text = "Create or change up to 10,000 records, all of them or none."
    types = {"input": list_of(INPUTS[kind]), "answer": BatchResult}
    return resolver(resolve, text, **types)


def ending(kind: str, result: Any) -> Any:
    async def resolve(
        info: Info,
        key: str,
        until: date | None = strawberry.UNSET,
        idempotency_key: Any = strawberry.UNSET,
    ) -> Any:
        day = until or None
        write_request = request(info, f"end{kind}", [key, day], idempotency_key)
        graph = info.context.graph
        return await record_or_error(
            info.context, end_and_delete.end(graph, write_request, kind, [key], day)
        )

    text = "End a record: from `until` on, it is no longer active."
    return resolver(resolve, text, key=str, until=date | None, answer=result)


def deleting(kind: str, result: Any) -> Any:
    async def resolve(
        info: Info, key: str, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        write_request = request(info, f"delete{kind}", key, idempotency_key)
        graph = info.context.graph
        return await record_or_error(
            info.context, end_and_delete.delete(graph, write_request, kind, [key])
        )

    text = "Delete a record and its ties; the answer is the record as it was."
    return resolver(resolve, text, key=str, answer=result)
