"""What the nodes are: one dataclass a label, its fields the stored properties.

Fields are snake_case here and in files, camelCase in the graph and in GraphQL.
No `from __future__ import annotations`: the importer and Strawberry read the types.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

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


def told(description: str, default: Any = None, **bounds: float) -> Any:
    """A property with the sentence that GraphQL shows and the bounds it keeps."""
    metadata = {"description": description, **bounds}
    return field(default=default, metadata=metadata)


def weighed(description: str) -> Any:
    """A list of attributes, each with its weight: `capacity=0.5`."""
    text = f"{description}, each as attribute=weight."
    return field(default_factory=list, metadata={"description": text, "item": "weight"})


def money(description: str | None = None) -> Any:
    """An amount in the record's own `currency`: never added up across currencies."""
    metadata = {"description": description, "money": True}
    return field(default=None, metadata=metadata)


@dataclass(frozen=True)
class Link:
    """One end of a record node: `name` is the column of files and the field."""

    name: str
    type: str
    outgoing: bool
    label: str
    required: bool = False


@dataclass(kw_only=True, eq=False)
class Record:
    """What every node and tie has."""

    sort: ClassVar[str] = "key"  # the property of the default order, then key
    sort_type: ClassVar[type] = str
    filtered: ClassVar[tuple[str, ...]] = ()  # what filters often name: it has indexes
    links: ClassVar[tuple[Link, ...]] = ()
    key: str = field(metadata={"description": "The caller's own stable id."})
    since: date | None = told("First day on which it is active; null = always was.")
    until: date | None = told("First day on which it no longer is; null = open.")


@dataclass(kw_only=True, eq=False)
class Member(Record):
    sort: ClassVar[str] = "name"
    filtered: ClassVar[tuple[str, ...]] = ("country", "region", "sector")
    name: str
    roles: list[MemberRole] = field(default_factory=list)
    sector: str | None = None
    region: str | None = None
    country: str | None = None
    function: str | None = None
    description: str | None = None
    url: str | None = None
    status: str | None = None
    recovery_days: float | None = told("Days until a failure is mended.", minimum=0)


@dataclass(kw_only=True, eq=False)
class Organisation(Member):
    founded_on: date | None = None
    attribute_weights: list[str] = weighed("What its product is strong in")
    gross_margin: float | None = told("Share of revenue, up to 1.", maximum=1)


@dataclass(kw_only=True, eq=False)
class Team(Member):
    team_kind: TeamKind | None = None
    headcount: int | None = told("People in the team.", minimum=0)


@dataclass(kw_only=True, eq=False)
class Person(Member):
    introductions: Introductions = told(
        "Whether this person may be asked to introduce others.", Introductions.OPEN
    )
    favours_open: int = told("Favours asked and not yet returned.", 0, minimum=0)


@dataclass(kw_only=True, eq=False)
class Named(Record):
    sort: ClassVar[str] = "name"
    name: str | None = None


@dataclass(kw_only=True, eq=False)
class Contract(Named):
    sort: ClassVar[str] = "title"
    title: str | None = None
    value: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    value_period: ValuePeriod | None = None
    status: ContractStatus | None = None
    segment: Segment | None = None
    terms: str | None = None


@dataclass(kw_only=True, eq=False)
class Offering(Named):
    description: str | None = None


@dataclass(kw_only=True, eq=False)
class Capability(Named):
    description: str | None = None


@dataclass(kw_only=True, eq=False)
class Community(Named):
    kind: CommunityKind | None = None
    purpose: CommunityPurpose | None = None
    region: str | None = None
    attribute_weights: list[str] = weighed("How it ranks what a product is bought for")
    gross_margin: float | None = told(
        "What is usual here, share of revenue, up to 1.", maximum=1
    )


@dataclass(kw_only=True, eq=False)
class Referral(Named):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link("referrer", "MADE", False, "Member", required=True),
        Link("customer", "OF", True, "Member", required=True),
        Link("provider", "TO", True, "Member", required=True),
        Link("contract", "LED_TO", True, "Contract"),
    )
    on: date | None = told("The day of the referral.")
    discount: float | None = told("Share of the price, 0..1.", minimum=0, maximum=1)
    discount_on: str | None = told("What the discount is given on.")
    outcome: Outcome | None = None
    revenue: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    marketing_saved: float | None = money("Marketing cost that the provider saved.")
    hours_saved: float | None = told("Hours that the provider saved.")


@dataclass(kw_only=True, eq=False)
class Introduction(Named):
    sort: ClassVar[str] = "asked_on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link("requester", "ASKED_FOR", False, "Member", required=True),
        Link("introducer", "THROUGH", True, "Member", required=True),
        Link("target", "WITH", True, "Member", required=True),
        Link("contract", "LED_TO", True, "Contract"),
    )
    purpose: IntroductionPurpose | None = None
    need: str | None = None
    reason: str | None = None
    state: IntroductionState | None = None
    asked_on: date | None = None
    decided_on: date | None = None
    outcome: Outcome | None = None


@dataclass(kw_only=True, eq=False)
class Feedback(Named):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    links: ClassVar[tuple[Link, ...]] = (
        Link("giver", "GAVE", False, "Member", required=True),
        Link("provider", "ABOUT", True, "Member"),
        Link("case", "ABOUT", True, "ServiceCase"),
        Link("initiative", "LED_TO", True, "Initiative"),
    )
    kind: FeedbackKind | None = None
    question: int | None = told(
        "Which of the three, for SATISFACTION.", minimum=1, maximum=3
    )
    score: float | None = told("On the scale of its kind.")
    on: date | None = None
    comment: str | None = None
    state: FeedbackState | None = None


@dataclass(kw_only=True, eq=False)
class ServiceCase(Named):
    sort: ClassVar[str] = "opened_at"
    sort_type: ClassVar[type] = datetime
    links: ClassVar[tuple[Link, ...]] = (
        Link("customer", "FOR", True, "Member", required=True),
        Link("provider", "AT", True, "Member", required=True),
        Link("initiative", "LED_TO", True, "Initiative"),
    )
    opened_at: datetime | None = None
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    channel: ServiceChannel | None = None
    reason: str | None = None
    contacts: int | None = told("Contacts until it was resolved.", minimum=0)
    handovers: int | None = told("Times that it changed hands.", minimum=0)
    escalated: bool | None = None
    compensation: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    initiated_by: InitiatedBy | None = None


@dataclass(kw_only=True, eq=False)
class Initiative(Named):
    links: ClassVar[tuple[Link, ...]] = (Link("organisation", "RUNS", False, "Member"),)
    horizon: Horizon | None = None
    budget: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    people: float | None = told("People at work on it.", minimum=0)
    status: InitiativeStatus | None = None
    lesson: str | None = None


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
