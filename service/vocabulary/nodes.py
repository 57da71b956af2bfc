"""The nodes: one dataclass per label; its fields are the stored properties.

Fields are snake_case here and in files, camelCase in the graph and in GraphQL.
No `from __future__ import annotations`: the importer and Strawberry read the types.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from service.vocabulary.declarations import (
    REQUIRED,
    amount,
    attribute,
    currency,
    share,
    values,
)
from service.vocabulary.enums import (
    CommunityKind,
    CommunityPurpose,
    ContractStatus,
    FeedbackKind,
    FeedbackState,
    Horizon,
    InitiatedBy,
    InitiativeStatus,
    IntroductionPurpose,
    Introductions,
    IntroductionState,
    MemberRole,
    Outcome,
    Segment,
    ServiceChannel,
    TeamKind,
    ValuePeriod,
)


@dataclass(frozen=True)
class Link:
    """One end of a record node: `name` is the column of files and the field."""

    name: str
    type: str
    outgoing: bool
    label: str
    noun: str  # what is there, as a noun phrase
    required: bool = False


@dataclass(kw_only=True, eq=False)
class Record:
    """What every node and tie has."""

    sort: ClassVar[str] = "key"  # the property of the default order, then key
    sort_type: ClassVar[type] = str
    filtered: ClassVar[tuple[str, ...]] = ()  # what filters often name: it has indexes
    links: ClassVar[tuple[Link, ...]] = ()
    key: str = attribute("Your own stable id of the record.", REQUIRED)
    since: date | None = attribute(
        "The first day on which the record is active. Null: it has always been active."
    )
    until: date | None = attribute(
        "The first day on which the record is no longer active. Null: no end is known."
    )


@dataclass(kw_only=True, eq=False)
class Member(Record):
    sort: ClassVar[str] = "name"
    filtered: ClassVar[tuple[str, ...]] = ("country", "region", "sector")
    name: str = attribute("The name of the member.", REQUIRED)
    roles: list[MemberRole] = values(
        "The roles that the member plays, such as STARTUP."
    )
    sector: str | None = attribute("The industry or field, such as Steel.")
    region: str | None = attribute("The region or city where the member is based.")
    country: str | None = attribute(
        "The country where the member is based: its ISO 3166 code, such as SE. Known"
        " names and codes become that code when they are written; other texts stay.",
        text_form="country",
    )
    function: str | None = attribute(
        "What the member does in business terms, such as Production or Sales."
    )
    description: str | None = attribute("A short description of the member.")
    url: str | None = attribute(
        "The address of the member's website, such as https://example.com.",
        text_form="url",
    )
    status: str | None = attribute("The state of the member, such as Active.")
    recovery_days: float | None = attribute(
        "How many days the member needs to recover from a failure.",
        unit="days",
        minimum=0,
    )


@dataclass(kw_only=True, eq=False)
class Organisation(Member):
    founded_on: date | None = attribute("The day on which it was founded.")
    attribute_weights: list[str] = values(
        "The strengths of its product, each as attribute=weight, such as capacity=0.5.",
        "weight",
    )
    gross_margin: float | None = attribute(
        "Its gross margin as a share of revenue; at most 1.", unit="share", maximum=1
    )


@dataclass(kw_only=True, eq=False)
class Team(Member):
    team_kind: TeamKind | None = attribute("What the team does.")
    headcount: int | None = attribute(
        "How many people work in the team.", unit="people", minimum=0
    )


@dataclass(kw_only=True, eq=False)
class Person(Member):
    introductions: Introductions = attribute(
        "Whether this person may be asked to introduce others.", Introductions.OPEN
    )
    favours_open: int = attribute(
        "How many favours this person has received and not yet returned.", 0, minimum=0
    )


@dataclass(kw_only=True, eq=False)
class Named(Record):
    sort: ClassVar[str] = "name"
    name: str | None = attribute("The name of the record.")


@dataclass(kw_only=True, eq=False)
class Contract(Named):
    sort: ClassVar[str] = "title"
    title: str | None = attribute("The title of the contract.")
    value: float | None = amount("The value of the contract, per `valuePeriod`.")
    currency: str | None = currency()
    value_period: ValuePeriod | None = attribute(
        "Whether `value` is per year or for the whole contract."
    )
    status: ContractStatus | None = attribute("The state of the contract.")
    segment: Segment | None = attribute(
        "Whether the customer is a business or private."
    )
    terms: str | None = attribute("The terms of the contract, as text.")


@dataclass(kw_only=True, eq=False)
class Offering(Named):
    description: str | None = attribute("What is offered.")


@dataclass(kw_only=True, eq=False)
class Capability(Named):
    description: str | None = attribute("What a member with this capability can do.")


@dataclass(kw_only=True, eq=False)
class Community(Named):
    kind: CommunityKind | None = attribute("What kind of community it is.")
    purpose: CommunityPurpose | None = attribute("Why its members meet.")
    region: str | None = attribute("The region or city where it meets.")
    attribute_weights: list[str] = values(
        "How much each attribute of a product matters to its members, each as"
        " attribute=weight, such as capacity=0.5.",
        "weight",
    )
    gross_margin: float | None = attribute(
        "The usual gross margin of its members as a share of revenue; at most 1.",
        unit="share",
        maximum=1,
    )


@dataclass(kw_only=True, eq=False)
class Referral(Named):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link(
            "referrer",
            "MADE",
            False,
            "Member",
            "member who made the referral",
            required=True,
        ),
        Link(
            "customer", "OF", True, "Member", "customer who was referred", required=True
        ),
        Link(
            "provider",
            "TO",
            True,
            "Member",
            "provider to whom the customer was referred",
            required=True,
        ),
        Link("contract", "LED_TO", True, "Contract", "contract that resulted from it"),
    )
    on: date | None = attribute("The day of the referral.")
    discount: float | None = share(
        "The customer's discount as a share of the price, from 0 to 1."
    )
    discount_on: str | None = attribute("What the discount applies to.")
    outcome: Outcome | None = attribute("Whether the referral won the customer.")
    revenue: float | None = amount("The provider's revenue from the referral.")
    currency: str | None = currency()
    marketing_saved: float | None = amount(
        "The marketing cost that the referral saved the provider."
    )
    hours_saved: float | None = attribute(
        "The working hours that the referral saved the provider.", unit="hours"
    )


@dataclass(kw_only=True, eq=False)
class Introduction(Named):
    sort: ClassVar[str] = "asked_on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link(
            "requester",
            "ASKED_FOR",
            False,
            "Member",
            "member who asks for the introduction",
            required=True,
        ),
        Link(
            "introducer",
            "THROUGH",
            True,
            "Member",
            "member who is asked to introduce",
            required=True,
        ),
        Link(
            "target",
            "WITH",
            True,
            "Member",
            "member whom the requester wants to meet",
            required=True,
        ),
        Link("contract", "LED_TO", True, "Contract", "contract that resulted from it"),
    )
    purpose: IntroductionPurpose | None = attribute("What the requester asks for.")
    need: str | None = attribute("What the requester needs from the target.")
    reason: str | None = attribute("Why the target may be interested.")
    state: IntroductionState | None = attribute("The state of the introduction.")
    asked_on: date | None = attribute("The day of the request.")
    decided_on: date | None = attribute("The day on which the introducer decided.")
    outcome: Outcome | None = attribute("The outcome of the introduction.")


@dataclass(kw_only=True, eq=False)
class Feedback(Named):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link(
            "giver",
            "GAVE",
            False,
            "Member",
            "member who gave the feedback",
            required=True,
        ),
        Link(
            "provider", "ABOUT", True, "Member", "provider that the feedback is about"
        ),
        Link(
            "case",
            "ABOUT",
            True,
            "ServiceCase",
            "service case that the feedback is about",
        ),
        Link(
            "initiative",
            "LED_TO",
            True,
            "Initiative",
            "initiative that resulted from it",
        ),
    )
    kind: FeedbackKind | None = attribute("Which survey the score belongs to.")
    question: int | None = attribute(
        "The number of the question, 1 to 3; for SATISFACTION only.",
        minimum=1,
        maximum=3,
    )
    score: float | None = attribute(
        "The score on the scale of its kind: CSAT 1 to 5, NPS 0 to 10, CES 1 to 7"
        " (7 is easy), SATISFACTION 1 to 10."
    )
    on: date | None = attribute("The day of the feedback.")
    comment: str | None = attribute("The giver's own words.")
    state: FeedbackState | None = attribute("What has been done about the feedback.")


@dataclass(kw_only=True, eq=False)
class ServiceCase(Named):
    sort: ClassVar[str] = "opened_at"
    sort_type: ClassVar[type] = datetime
    links: ClassVar[tuple[Link, ...]] = (
        Link(
            "customer",
            "FOR",
            True,
            "Member",
            "customer of the service case",
            required=True,
        ),
        Link(
            "provider",
            "AT",
            True,
            "Member",
            "provider that handles the service case",
            required=True,
        ),
        Link(
            "initiative",
            "LED_TO",
            True,
            "Initiative",
            "initiative that resulted from it",
        ),
    )
    opened_at: datetime | None = attribute("When the case was opened.")
    first_response_at: datetime | None = attribute(
        "When the customer got the first response."
    )
    resolved_at: datetime | None = attribute("When the case was resolved.")
    channel: ServiceChannel | None = attribute("How the customer got in touch.")
    reason: str | None = attribute("Why the case was opened.")
    contacts: int | None = attribute(
        "How many contacts it took to resolve the case.", minimum=0
    )
    handovers: int | None = attribute(
        "How many times the case was handed to somebody else.", minimum=0
    )
    escalated: bool | None = attribute("Whether the case was escalated.")
    compensation: float | None = amount("What the provider paid in compensation.")
    currency: str | None = currency()
    initiated_by: InitiatedBy | None = attribute("Who opened the case.")


@dataclass(kw_only=True, eq=False)
class Initiative(Named):
    links: ClassVar[tuple[Link, ...]] = (
        Link(
            "organisation",
            "RUNS",
            False,
            "Member",
            "organisation that runs the initiative",
        ),
    )
    horizon: Horizon | None = attribute(
        "How far the initiative goes beyond the present business."
    )
    budget: float | None = amount("The budget of the initiative.")
    currency: str | None = currency()
    people: float | None = attribute(
        "How many people work on it, in full-time equivalents.",
        unit="people",
        minimum=0,
    )
    status: InitiativeStatus | None = attribute("The state of the initiative.")
    lesson: str | None = attribute("What was learned from the initiative.")


MEMBERS: dict[str, type[Member]] = {
    "Organisation": Organisation,
    "Team": Team,
    "Person": Person,
}
NODES: dict[str, type[Record]] = {
    **MEMBERS,
    "Contract": Contract,
    "Offering": Offering,
    "Capability": Capability,
    "Community": Community,
    "Referral": Referral,
    "Introduction": Introduction,
    "Feedback": Feedback,
    "ServiceCase": ServiceCase,
    "Initiative": Initiative,
}
# Labels of which each record has exactly one, with an index of its keys.
KEYED = ("Member", *(label for label in NODES if label not in MEMBERS))
ROLE_LABELS: dict[MemberRole, str] = {
    role: role.value.title().replace("_", "") for role in MemberRole
}


def key_label(label: str) -> str:
    """The label whose index has the key: members of any kind and role share one.

    >>> key_label("Team"), key_label("Investor"), key_label("Contract")
    ('Member', 'Member', 'Contract')
    """
    return label if label in KEYED else "Member"
