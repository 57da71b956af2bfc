"""Fields that write related records together, record a contact or erase a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.writes.fields import described, request, result_of
from schema.writes.inputs import (
    ATTRIBUTES,
    INPUTS,
    AttributeInput,
    field,
    list_of,
    make_input_type,
    required,
    values_of_input,
)
from schema.writes.outcomes import record_or_error
from service.vocabulary.enums import ContractRole, IntroductionState, Outcome
from service.writes import nested
from service.writes.contact import record_contact
from service.writes.erasure import erase_person

MemberOfStaff = make_input_type(
    "MemberOfStaffInput",
    {
        "person": (INPUTS["Person"], required("The person who works there.")),
        "title": (str | None, field("The person's job title.")),
        "function": (str | None, field("The function in which the person works.")),
        "founder": (bool | None, field("Whether the person is a founder.")),
        "since": (date | None, field("The first day on which it is active.")),
        "until": (date | None, field("The first day on which it is no longer active.")),
        "attributes": (list_of(AttributeInput) | None, field(ATTRIBUTES)),
    },
    "A person with the employment there.",
)
StaffedTeam = make_input_type(
    "StaffedTeamInput",
    {
        "team": (INPUTS["Team"], required("The team itself.")),
        "people": (
            list_of(MemberOfStaff) | None,
            field("The people who work in the team."),
        ),
    },
    "A team with the people who work in it.",
)
WholeOrganisation = make_input_type(
    "WholeOrganisationInput",
    {
        "organisation": (INPUTS["Organisation"], required("The organisation itself.")),
        "teams": (
            list_of(StaffedTeam) | None,
            field("Its teams, each with its people."),
        ),
        "people": (
            list_of(MemberOfStaff) | None,
            field("The people who are in no team."),
        ),
    },
    "An organisation with its teams and people.",
)
Party = make_input_type(
    "PartyInput",
    {
        "member": (str, required("The key of the member.")),
        "role": (ContractRole, required("The role of the member.")),
        "share": (float | None, field("The party's share of the contract.")),
        "accepted_on": (date | None, field("The day on which the party accepted it.")),
        "since": (date | None, field("The first day on which it is active.")),
        "until": (date | None, field("The first day on which it is no longer active.")),
        "attributes": (list_of(AttributeInput) | None, field(ATTRIBUTES)),
    },
    "A member with its role in the contract.",
)
WholeContract = make_input_type(
    "WholeContractInput",
    {
        "contract": (INPUTS["Contract"], required("The contract itself.")),
        "parties": (list_of(Party) | None, field("The parties to the contract.")),
        "offerings": (
            list_of(INPUTS["Offering"]) | None,
            field("The offerings that the contract covers."),
        ),
    },
    "A contract with its parties and offerings.",
)
WholeInvestment = make_input_type(
    "WholeInvestmentInput",
    {
        "investment": (INPUTS["Investment"], required("The investment itself.")),
        "organisation": (
            INPUTS["Organisation"] | None,
            field("The organisation that receives the money."),
        ),
        "investing_organisation": (
            INPUTS["Organisation"] | None,
            field("The investor, if it is an organisation."),
        ),
        "investing_person": (
            INPUTS["Person"] | None,
            field("The investor, if it is a person."),
        ),
    },
    "An investment with its investor and its organisation.",
)
IntroductionStep = make_input_type(
    "IntroductionStateInput",
    {
        "state": (IntroductionState, required("The state that it reached.")),
        "decided_on": (date | None, field("The day on which the introducer decided.")),
        "outcome": (Outcome | None, field("The outcome of the introduction.")),
    },
    "A state through which an introduction has gone.",
)
WholeIntroduction = make_input_type(
    "WholeIntroductionInput",
    {
        "introduction": (INPUTS["Introduction"], required("The introduction itself.")),
        "states": (
            list_of(IntroductionStep) | None,
            field("The states that it went through, in their order."),
        ),
    },
    "An introduction with the states that it went through.",
)


def nested_write(name: str, input_type: type, kind: str, description: str) -> Any:
    """A field that upserts an input of several records, all or none."""

    async def resolve(
        info: Info, input: Any, idempotency_key: Any = strawberry.UNSET
    ) -> Any:
        values = values_of_input(input)
        write_request = request(info, name, values, idempotency_key)
        steps, main = parts(kind, values)
        graph = info.context.graph
        return await record_or_error(
            info.context, nested.save_parts(graph, write_request, steps, main)
        )

    resolve.__annotations__ = {
        "info": Info,
        **described({"input": input_type, "idempotency_key": str | None}),
        "return": result_of(kind),
    }
    return strawberry.field(resolver=resolve, description=description)


def parts(kind: str, values: Any) -> tuple[list[list[nested.Part]], tuple[str, str]]:
    if kind == "Introduction":
        return nested.introduction(values), (kind, values["introduction"]["key"])
    if kind == "Investment":
        parts = nested.investment(values)
        return [parts], (kind, nested.key_of(parts[-1]))
    parts_of = {"Organisation": nested.organisation, "Contract": nested.contract}[kind]
    return [parts_of(values)], (kind, values[kind.lower()]["key"])


WHOLES: dict[str, Any] = {
    "upsert_whole_organisation": nested_write(
        "upsertWholeOrganisation",
        WholeOrganisation,
        "Organisation",
        "Create or change an organisation with its teams and people, and the ties"
        " between them.",
    ),
    "upsert_whole_contract": nested_write(
        "upsertWholeContract",
        WholeContract,
        "Contract",
        "Create or change a contract with its parties and the offerings that it"
        " covers.",
    ),
    "upsert_whole_investment": nested_write(
        "upsertWholeInvestment",
        WholeInvestment,
        "Investment",
        "Create or change an investment with its investor and its organisation.",
    ),
    "upsert_whole_introduction": nested_write(
        "upsertWholeIntroduction",
        WholeIntroduction,
        "Introduction",
        "Create or change an introduction with the states that it went through, in"
        " their order.",
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
    """Record a contact between two people: the score of their tie fades until that day
    (today by default) and then grows by `weight`. Only one contact per day counts."""
    values = [person, other, weight, on or None]
    write_request = request(info, "recordContact", values, idempotency_key)
    half_life = info.context.settings.half_life_days
    pair = (person, other)
    return await record_or_error(
        info.context,
        record_contact(
            info.context.graph, write_request, pair, weight, on or None, half_life
        ),
    )


CONTACT = {
    "person": "The key of one of the two people.",
    "other": "The key of the other person.",
    "weight": "How much the contact adds to the score, at most 1; 1 by default.",
    "on": "The day of the contact; today (UTC) by default.",
}
contact.__annotations__ = {
    **described({"idempotency_key": str | None}),
    **described(
        {"person": str, "other": str, "weight": float, "on": date | None}, CONTACT
    ),
    "info": Info,
    "return": result_of("Acquaintance"),
}
WHOLES["record_contact"] = strawberry.field(
    resolver=contact, description=contact.__doc__
)


async def erase(
    info: Info, key: str, idempotency_key: str | None = strawberry.UNSET
) -> Any:
    """Remove what identifies a person: its properties and key, the free text of its
    ties and records, and its changes in the log. Counts and amounts stay."""
    write_request = request(info, "erasePerson", key, idempotency_key)
    return await record_or_error(
        info.context, erase_person(info.context.graph, write_request, key)
    )


erase.__annotations__ = {
    **described({"key": str, "idempotency_key": str | None}),
    "info": Info,
    "return": result_of("Person"),
}
WHOLES["erase_person"] = strawberry.field(resolver=erase, description=erase.__doc__)
