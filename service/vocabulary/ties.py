"""What the ties are: one dataclass a kind, with its type and its two ends.

No `from __future__ import annotations`: the importer and Strawberry read the types.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

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
from service.vocabulary.nodes import Record, money, told

ANY = ("Organisation", "Team", "Person")


@dataclass(kw_only=True, eq=False)
class Tie(Record):
    """Stored from source to target; `distinct` tells two of a pair apart by key."""

    kind: ClassVar[TieKind]
    type: ClassVar[str]
    sources: ClassVar[tuple[str, ...]] = ANY
    targets: ClassVar[tuple[str, ...]] = ANY
    distinct: ClassVar[str | None] = None

    @classmethod
    def stored(cls, source: str, target: str) -> tuple[str, str]:
        """The keys of its ends as they are stored, the source first."""
        return source, target


@dataclass(kw_only=True, eq=False)
class Exchange(Tie):
    kind = TieKind.EXCHANGE
    type = "PROVIDES"
    distinct = "deliverable"
    deliverable: str | None = told("The named thing handed over.")
    exchange_kind: ExchangeKind | None = None
    form: ExchangeForm | None = None
    area: ExchangeArea | None = None
    sender_role: str | None = None
    receiver_role: str | None = None
    value: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    cost: float | None = money("What making it costs the sender.")
    receiver_cost: float | None = money("What taking it costs the receiver.")
    ordered: float | None = told("Quantity agreed.", minimum=0)
    provided: float | None = told("Quantity handed over so far.", minimum=0)
    sender_value: float | None = told(
        "Perceived by the sender, -2..2.", minimum=-2, maximum=2
    )
    receiver_value: float | None = told(
        "Perceived by the receiver, -2..2.", minimum=-2, maximum=2
    )
    channel: str | None = None
    sequence: int | None = told("Its place in the order of the flow.")


@dataclass(kw_only=True, eq=False)
class Dependency(Tie):
    kind = TieKind.DEPENDENCY
    type = "DEPENDS_ON"
    strength: float = told(
        "How much of the dependent follows the provider, 0..1.",
        1.0,
        minimum=0,
        maximum=1,
    )
    criticality: float = told(
        "What is left to the dependent when the provider is at 0: 100 harmless,"
        " 0 fatal.",
        100.0,
        minimum=0,
        maximum=100,
    )
    buffer_days: float = told("Days bridged by stock.", 0.0, minimum=0)
    substitute_group: str | None = told("Providers of one group replace each other.")


@dataclass(kw_only=True, eq=False)
class Investment(Tie):
    sort: ClassVar[str] = "on"
    sort_type: ClassVar[type] = date
    kind = TieKind.INVESTMENT
    type = "INVESTED_IN"
    targets = ("Organisation",)
    distinct = "round"
    round: str | None = None
    amount: float | None = money()
    currency: str | None = told("ISO 4217 code.")
    on: date | None = told("The day of the investment.")
    board_seat: bool | None = None


@dataclass(kw_only=True, eq=False)
class Acquaintance(Tie):
    """One tie an unordered pair, stored from the smaller key to the larger."""

    kind = TieKind.ACQUAINTANCE
    type = "KNOWS"
    sources = ("Person",)
    targets = ("Person",)

    @classmethod
    def stored(cls, source: str, target: str) -> tuple[str, str]:
        return min(source, target), max(source, target)

    score: float | None = told("Strength at scoreAt; halves each half-life.", minimum=0)
    score_at: date | None = None
    declared_strength: float | None = told("0..1.", minimum=0, maximum=1)
    contact_months: list[str] = field(
        default_factory=list,
        metadata={"description": "Months with a contact, YYYY-MM."},
    )
    context: AcquaintanceContext | None = None


@dataclass(kw_only=True, eq=False)
class Employment(Tie):
    kind = TieKind.EMPLOYMENT
    type = "WORKS_FOR"
    sources = ("Person",)
    targets = ("Organisation", "Team")
    title: str | None = None
    function: str | None = None
    founder: bool | None = None


@dataclass(kw_only=True, eq=False)
class Affiliation(Tie):
    kind = TieKind.AFFILIATION
    type = "PART_OF"
    sources = ("Team", "Organisation")
    targets = ("Organisation",)
    affiliation_kind: AffiliationKind | None = None


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
    channel: str | None = None


@dataclass(kw_only=True, eq=False)
class Advice(Tie):
    kind = TieKind.ADVICE
    type = "ADVISES"
    sources = ("Person", "Organisation")
    targets = ("Organisation", "Person")
    advice_kind: AdviceKind | None = None


@dataclass(kw_only=True, eq=False)
class Competition(Tie):
    kind = TieKind.COMPETITION
    type = "COMPETES_WITH"


@dataclass(kw_only=True, eq=False)
class Membership(Tie):
    kind = TieKind.MEMBERSHIP
    type = "MEMBER_OF"
    targets = ("Community",)
    discount: float | None = told(
        "A standing offer to customers of fellow members, 0..1.", minimum=0, maximum=1
    )
    discount_on: str | None = None


@dataclass(kw_only=True, eq=False)
class Organising(Tie):
    kind = TieKind.ORGANISING
    type = "ORGANISES"
    sources = ("Organisation",)
    targets = ("Community",)
    discount: float | None = told(
        "A standing offer to customers of members, 0..1.", minimum=0, maximum=1
    )
    discount_on: str | None = None


@dataclass(kw_only=True, eq=False)
class ContractParty(Tie):
    kind = TieKind.CONTRACT
    type = "PARTY_TO"
    targets = ("Contract",)
    distinct = "role"
    role: ContractRole | None = None
    share: float | None = None
    accepted_on: date | None = None


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
    stage: int | None = told("An order of telling, not a chain.")


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
    time_share: float | None = told(
        "Share of working time, 0..1.", minimum=0, maximum=1
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
