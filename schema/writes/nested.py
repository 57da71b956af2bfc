"""Fields that write what belongs together, and a contact between two people."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.writes.fields import request, result_of
from schema.writes.inputs import INPUTS, built, field, given, listed
from schema.writes.outcomes import record_or_error
from service.vocabulary.enums import ContractRole, IntroductionState, Outcome
from service.writes import nested
from service.writes.contact import record_contact
from service.writes.erasure import erase_person

MemberOfStaff = built(
    "MemberOfStaffInput",
    {
        "person": (INPUTS["Person"], strawberry.field(description="Who works there.")),
        "title": (str | None, field()),
        "function": (str | None, field()),
        "founder": (bool | None, field()),
        "since": (date | None, field()),
        "until": (date | None, field()),
    },
)
StaffedTeam = built(
    "StaffedTeamInput",
    {
        "team": (INPUTS["Team"], strawberry.field(description="A part of it.")),
        "people": (listed(MemberOfStaff) | None, field("Who works in it.")),
    },
)
WholeOrganisation = built(
    "WholeOrganisationInput",
    {
        "organisation": (INPUTS["Organisation"], strawberry.field()),
        "teams": (listed(StaffedTeam) | None, field("Its parts.")),
        "people": (listed(MemberOfStaff) | None, field("In no team.")),
    },
)
Party = built(
    "PartyInput",
    {
        "member": (str, strawberry.field(description="Key of the member.")),
        "role": (ContractRole, strawberry.field(description="What it is in it.")),
        "share": (float | None, field()),
        "accepted_on": (date | None, field()),
        "since": (date | None, field()),
        "until": (date | None, field()),
    },
)
WholeContract = built(
    "WholeContractInput",
    {
        "contract": (INPUTS["Contract"], strawberry.field()),
        "parties": (listed(Party) | None, field()),
        "offerings": (listed(INPUTS["Offering"]) | None, field("What it covers.")),
    },
)
WholeInvestment = built(
    "WholeInvestmentInput",
    {
        "investment": (INPUTS["Investment"], strawberry.field()),
        "organisation": (INPUTS["Organisation"] | None, field("Where it goes.")),
        "investing_organisation": (INPUTS["Organisation"] | None, field()),
        "investing_person": (INPUTS["Person"] | None, field()),
    },
)
IntroductionStep = built(
    "IntroductionStateInput",
    {
        "state": (IntroductionState, strawberry.field()),
        "decided_on": (date | None, field()),
        "outcome": (Outcome | None, field()),
    },
)
WholeIntroduction = built(
    "WholeIntroductionInput",
    {
        "introduction": (INPUTS["Introduction"], strawberry.field()),
        "states": (listed(IntroductionStep) | None, field("In their order.")),
    },
)


def whole(name: str, input_type: type, kind: str, description: str) -> Any:
    """A field that upserts an input of several records, all or none."""

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        asked = given(input)
        sent = request(info, name, asked, idempotency_key)
        steps, main = parts(kind, asked)
        graph = info.context.graph
        return await record_or_error(nested.save_parts(graph, sent, steps, main))

    resolve.__annotations__ = {
        "info": Info,
        "input": input_type,
        "idempotency_key": str | None,
        "return": result_of(kind),
    }
    return strawberry.field(resolver=resolve, description=description)


def parts(kind: str, asked: Any) -> tuple[list[list[nested.Part]], tuple[str, str]]:
    if kind == "Introduction":
        return nested.introduction(asked), (kind, asked["introduction"]["key"])
    if kind == "Investment":
        found = nested.investment(asked)
        return [found], (kind, nested.key_of(found[-1]))
    read = {"Organisation": nested.organisation, "Contract": nested.contract}[kind]
    return [read(asked)], (kind, asked[kind.lower()]["key"])


WHOLES: dict[str, Any] = {
    "upsert_whole_organisation": whole(
        "upsertWholeOrganisation",
        WholeOrganisation,
        "Organisation",
        "An organisation with its teams and people, and the ties between them.",
    ),
    "upsert_whole_contract": whole(
        "upsertWholeContract",
        WholeContract,
        "Contract",
        "A contract with its parties and the offerings that it covers.",
    ),
    "upsert_whole_investment": whole(
        "upsertWholeInvestment",
        WholeInvestment,
        "Investment",
        "An investment with the two that it ties.",
    ),
    "upsert_whole_introduction": whole(
        "upsertWholeIntroduction",
        WholeIntroduction,
        "Introduction",
        "An introduction with the states that it went through, in their order.",
    ),
}


async def contact(
    info: Info,
    person: str,
    other: str,
    weight: float = 1,
    on: date | None = strawberry.UNSET,
    idempotency_key: str | None = strawberry.UNSET,
) -> Any:
    """Two people were in touch: their tie fades until that day (today), and gains
    `weight`, at most 1. One contact a day counts."""
    asked = [person, other, weight, on or None]
    sent = request(info, "recordContact", asked, idempotency_key)
    half_life = info.context.settings.half_life_days
    pair = (person, other)
    return await record_or_error(
        record_contact(info.context.graph, sent, pair, weight, on or None, half_life)
    )


contact.__annotations__["return"] = result_of("Acquaintance")
WHOLES["record_contact"] = strawberry.field(
    resolver=contact, description=contact.__doc__
)


async def erase(
    info: Info, key: str, idempotency_key: str | None = strawberry.UNSET
) -> Any:
    """Who it was is gone: properties, free text of its ties and records, its key
    everywhere, and what the log told. What was counted stays counted."""
    sent = request(info, "erasePerson", key, idempotency_key)
    return await record_or_error(erase_person(info.context.graph, sent, key))


erase.__annotations__["return"] = result_of("Person")
WHOLES["erase_person"] = strawberry.field(resolver=erase, description=erase.__doc__)
