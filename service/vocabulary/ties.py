"""The ties: one dataclass per kind, with its relationship type and its two ends.

No `from __future__ import annotations`: the importer and Strawberry read the types.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from service.vocabulary.declarations import (
    amount,
    attribute,
    currency,
    share,
    values,
)
from service.vocabulary.enums import (
    AcquaintanceContext,
    AdviceKind,
    AffiliationKind,
    ContractRole,
    ExchangeArea,
    ExchangeForm,
    ExchangeKind,
    TieKind,
)
from service.vocabulary.nodes import Record

ANY = ("Organisation", "Team", "Person")


@dataclass(kw_only=True, eq=False)
class Tie(Record):
    """A tie is stored from source to target.

    `distinct` names the property that tells two ties of one pair apart in their keys.
    """

    kind: ClassVar[TieKind]
    type: ClassVar[str]
    sources: ClassVar[tuple[str, ...]] = ANY
    targets: ClassVar[tuple[str, ...]] = ANY
    distinct: ClassVar[str | None] = None

    @classmethod
    def stored_ends(cls, source: str, target: str) -> tuple[str, str]:
        """The keys of its ends as they are stored, the source first."""
        return source, target


@dataclass(kw_only=True, eq=False)
class Exchange(Tie):
    kind = TieKind.EXCHANGE
    type = "PROVIDES"
    distinct = "deliverable"
    deliverable: str | None = attribute("What the giver hands over, by name.")
    exchange_kind: ExchangeKind | None = attribute(
        "Whether the deliverable is tangible or intangible."
    )
    form: ExchangeForm | None = attribute("What form the deliverable has.")
    area: ExchangeArea | None = attribute("The area of life that the exchange serves.")
    sender_role: str | None = attribute("The role in which the giver acts.")
    receiver_role: str | None = attribute("The role in which the receiver acts.")
    value: float | None = amount("The value of the exchange in money.")
    currency: str | None = currency()
    cost: float | None = amount("What the deliverable costs the giver.")
    receiver_cost: float | None = amount(
        "What it costs the receiver to take and use the deliverable."
    )
    ordered: float | None = attribute("The quantity agreed.", minimum=0)
    provided: float | None = attribute("The quantity handed over up to now.", minimum=0)
    sender_value: float | None = attribute(
        "The value that the giver perceives, from -2 (harm) to 2 (high).",
        minimum=-2,
        maximum=2,
    )
    receiver_value: float | None = attribute(
        "The value that the receiver perceives, from -2 (harm) to 2 (high).",
        minimum=-2,
        maximum=2,
    )
    channel: str | None = attribute("The channel of the exchange, such as Web.")
    sequence: int | None = attribute("The position of the exchange in the flow.")


@dataclass(kw_only=True, eq=False)
class Dependency(Tie):
    kind = TieKind.DEPENDENCY
    type = "DEPENDS_ON"
    strength: float = attribute(
        "How strongly the dependent follows the provider, from 0 to 1.",
        1.0,
        minimum=0,
        maximum=1,
    )
    criticality: float = attribute(
        "How well the dependent still works, in percent, when the provider does not"
        " work at all: 100 is harmless, 0 is fatal.",
        100.0,
        unit="percent",
        minimum=0,
        maximum=100,
    )
    buffer_days: float = attribute(
        "How many days of failure the dependent's stock covers.",
        0.0,
        unit="days",
        minimum=0,
    )
    substitute_group: str | None = attribute(
        "The name of a group of providers that can replace each other."
    )


@dataclass(kw_only=True, eq=False)
class Investment(Tie):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    kind = TieKind.INVESTMENT
    type = "INVESTED_IN"
    targets = ("Organisation",)
    distinct = "round"
    round: str | None = attribute("The funding round, such as Seed.")
    amount: float | None = amount("The amount invested.")
    currency: str | None = currency()
    on: date | None = attribute("The day of the investment.")
    board_seat: bool | None = attribute("Whether the investor got a seat on the board.")


@dataclass(kw_only=True, eq=False)
class Acquaintance(Tie):
    """One tie per unordered pair, stored from the smaller key to the larger."""

    kind = TieKind.ACQUAINTANCE
    type = "KNOWS"
    sources = ("Person",)
    targets = ("Person",)

    @classmethod
    def stored_ends(cls, source: str, target: str) -> tuple[str, str]:
        return min(source, target), max(source, target)

    score: float | None = attribute(
        "The strength of the tie on the day `scoreAt`; it halves with every half-life"
        " without a contact.",
        minimum=0,
    )
    score_at: date | None = attribute("The day for which `score` was stated.")
    declared_strength: float | None = share(
        "The strength of the tie as one of the two sees it, from 0 to 1."
    )
    contact_months: list[str] = values(
        "The months with at least one contact, each as YYYY-MM.", "month"
    )
    context: AcquaintanceContext | None = attribute("How the two know each other.")


@dataclass(kw_only=True, eq=False)
class Employment(Tie):
    kind = TieKind.EMPLOYMENT
    type = "WORKS_FOR"
    sources = ("Person",)
    targets = ("Organisation", "Team")
    title: str | None = attribute("The person's job title.")
    function: str | None = attribute("The function in which the person works.")
    founder: bool | None = attribute("Whether the person is a founder.")


@dataclass(kw_only=True, eq=False)
class Affiliation(Tie):
    kind = TieKind.AFFILIATION
    type = "PART_OF"
    sources = ("Team", "Organisation")
    targets = ("Organisation",)
    affiliation_kind: AffiliationKind | None = attribute(
        "In what way it is a part of the organisation."
    )


@dataclass(kw_only=True, eq=False)
class AccountManagement(Tie):
    kind = TieKind.ACCOUNT_MANAGEMENT
    type = "MANAGES_ACCOUNT"
    sources = ("Person",)


@dataclass(kw_only=True, eq=False)
class Following(Tie):
    kind = TieKind.FOLLOWING
    type = "FOLLOWS"
    targets = ("Organisation",)
    channel: str | None = attribute("Where the member follows, such as Newsletter.")


@dataclass(kw_only=True, eq=False)
class Advice(Tie):
    kind = TieKind.ADVICE
    type = "ADVISES"
    sources = ("Person", "Organisation")
    targets = ("Organisation", "Person")
    advice_kind: AdviceKind | None = attribute("In what capacity the adviser advises.")


@dataclass(kw_only=True, eq=False)
class Competition(Tie):
    kind = TieKind.COMPETITION
    type = "COMPETES_WITH"


@dataclass(kw_only=True, eq=False)
class Membership(Tie):
    kind = TieKind.MEMBERSHIP
    type = "MEMBER_OF"
    targets = ("Community",)
    discount: float | None = share(
        "A standing discount for customers of fellow members, as a share from 0 to 1."
    )
    discount_on: str | None = attribute("What the discount applies to.")


@dataclass(kw_only=True, eq=False)
class Organising(Tie):
    kind = TieKind.ORGANISING
    type = "ORGANISES"
    sources = ("Organisation",)
    targets = ("Community",)
    discount: float | None = share(
        "A standing discount for customers of members, as a share from 0 to 1."
    )
    discount_on: str | None = attribute("What the discount applies to.")


@dataclass(kw_only=True, eq=False)
class ContractParty(Tie):
    kind = TieKind.CONTRACT
    type = "PARTY_TO"
    targets = ("Contract",)
    distinct = "role"
    role: ContractRole | None = attribute("The party's role in the contract.")
    share: float | None = attribute("The party's share of the contract.")
    accepted_on: date | None = attribute("The day on which the party accepted it.")


@dataclass(kw_only=True, eq=False)
class CapabilityHolding(Tie):
    kind = TieKind.CAPABILITY
    type = "HAS_CAPABILITY"
    targets = ("Capability",)


@dataclass(kw_only=True, eq=False)
class Need(Tie):
    kind = TieKind.NEED
    type = "NEEDS"
    targets = ("Capability",)
    distinct = "stage"
    stage: int | None = attribute(
        "The position of the need when the needs of a member are listed; it has no"
        " effect on results."
    )


@dataclass(kw_only=True, eq=False)
class Offer(Tie):
    kind = TieKind.OFFER
    type = "OFFERS"
    sources = ("Organisation", "Team")
    targets = ("Offering",)


@dataclass(kw_only=True, eq=False)
class Coverage(Tie):
    kind = TieKind.COVERAGE
    type = "COVERS"
    sources = ("Contract",)
    targets = ("Offering",)


@dataclass(kw_only=True, eq=False)
class Work(Tie):
    kind = TieKind.WORK
    type = "WORKS_ON"
    targets = ("Initiative",)
    time_share: float | None = share(
        "The share of working time spent on the initiative, from 0 to 1."
    )


TIES: dict[TieKind, type[Tie]] = {
    tie.kind: tie
    for tie in (
        Exchange,
        Dependency,
        Investment,
        Acquaintance,
        Employment,
        Affiliation,
        AccountManagement,
        Following,
        Advice,
        Competition,
        Membership,
        Organising,
        ContractParty,
        CapabilityHolding,
        Need,
        Offer,
        Coverage,
        Work,
    )
}
TIES_BY_NAME: dict[str, type[Tie]] = {cls.__name__: cls for cls in TIES.values()}
TIES_BY_TYPE: dict[str, type[Tie]] = {cls.type: cls for cls in TIES.values()}
