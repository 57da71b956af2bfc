"""Exchange analysis: who gives and receives what, in balance or not."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.value_network.exchange_rows import exchange_at
from schema.records import ties
from schema.records.lazy import MemberRef
from schema.records.node import register_enum
from schema.records.reading import member_of, members_of
from schema.types import descriptions
from schema.types.money import MoneyBalance
from schema.types.numbers import defined
from schema.types.ranking import ranking, with_page_infos
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE, UNSTATED
from service.analyses.value_network import ExchangeView
from service.analyses.value_network.reports import ValueNetworkReports
from service.vocabulary.enums import Side


class ValueVerdict(Enum):
    GAINS = "GAINS"
    LOSES = "LOSES"
    EVEN = "EVEN"


register_enum(
    ValueVerdict,
    "Whether a party gains: receivedValue compared with givenValue.",
    GAINS="It received more than it gave.",
    LOSES="It gave more than it received.",
    EVEN="It received as much as it gave.",
)


def party_money(root: ValueParty) -> list[MoneyBalance]:
    return MoneyBalance.of(*root.view.money(root.index))


def unknown_money_count(root: ValueParty) -> int:
    flows = root.view.money(root.index)
    return sum(sum(flow.unknown.values()) for flow in flows)


@strawberry.type(description="What one party gives and receives.")
class ValueParty:
    view: strawberry.Private[ExchangeView]
    index: strawberry.Private[int]
    tangible_in: int = strawberry.field(description="Tangible exchanges received.")
    tangible_out: int = strawberry.field(description="Tangible exchanges given.")
    intangible_in: int = strawberry.field(description="Intangible exchanges received.")
    intangible_out: int = strawberry.field(description="Intangible exchanges given.")
    untold_in: int = strawberry.field(description="Received exchanges without a kind.")
    untold_out: int = strawberry.field(description="Given exchanges without a kind.")
    load: int = strawberry.field(description="All exchanges, received and given.")
    overloaded: bool = strawberry.field(
        description="Whether its load is above the mean by more than 2 standard"
        " deviations."
    )
    received_value: float | None = strawberry.field(
        description="Sum of the values that it perceives in its inputs; null if no"
        " value is stated."
    )
    given_value: float | None = strawberry.field(
        description="Sum of the values that it perceives in its outputs; null if no"
        " value is stated."
    )
    received_value_count: int = strawberry.field(
        description="How many of its inputs it states a value for."
    )
    given_value_count: int = strawberry.field(
        description="How many of its outputs it states a value for."
    )
    net_value: float | None = strawberry.field(
        description="receivedValue - givenValue, as far as they are known: a null"
        " counts as 0, and the two counts say how much is known. A difference"
        " within 1e-12 of zero is 0."
    )
    verdict: ValueVerdict | None = strawberry.field(
        description="Whether it gains; null if `netValue` is null."
    )
    brand: float | None = strawberry.field(
        description="Mean of the values that receivers perceive in its outputs, -2..2."
    )
    brand_count: int = strawberry.field(
        description="How many of its outputs the receivers state a value for."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    money: list[MoneyBalance] = strawberry.field(
        resolver=party_money, description="Exchanges of form MONEY, by currency."
    )
    unknown_money_count: int = strawberry.field(
        resolver=unknown_money_count,
        description="Exchanges of form MONEY without a value; no sum contains them.",
    )


async def participant_member(root: ValueParticipant, info: Info) -> Any:
    return await member_of(info.context, root.view.names[root.index])


@strawberry.type(description="A member, as a party to exchanges.")
class ValueParticipant(ValueParty):
    member: MemberRef = strawberry.field(
        resolver=participant_member, description=descriptions.MEMBER
    )
    side: Side | None = strawberry.field(
        description="INTERNAL or EXTERNAL if network.organisation is set, else null."
    )


@strawberry.type(
    description="A role, as a party to exchanges, for all members that play it."
)
class ValueRole(ValueParty):
    role: str = strawberry.field(description="The name of the role.")
    player_count: int = strawberry.field(description="Members that play it.")


def verdict(net: float | None) -> ValueVerdict | None:
    if net is None:
        return None
    if net == 0:
        return ValueVerdict.EVEN
    return ValueVerdict.GAINS if net > 0 else ValueVerdict.LOSES


def party(view: ExchangeView, index: int) -> dict[str, Any]:
    """The fields that a participant and a role have in common."""
    balance = view.balance
    inputs, outputs = balance.received[index].tolist(), balance.given[index].tolist()
    net, brand = defined(balance.net_value[index]), defined(balance.brand[index])
    stated = {
        "received": int(balance.received_value_count[index]),
        "given": int(balance.given_value_count[index]),
        "brand": int(balance.brand_count[index]),
    }
    kinds = {"tangible": TANGIBLE, "intangible": INTANGIBLE, "untold": UNSTATED}
    counts = {f"{name}_in": inputs[kind] for name, kind in kinds.items()}
    counts |= {f"{name}_out": outputs[kind] for name, kind in kinds.items()}
    return counts | {
        "view": view,
        "index": index,
        "load": int(balance.load[index]),
        "overloaded": bool(balance.is_overloaded[index]),
        "received_value": defined(balance.received_value[index]),
        "given_value": defined(balance.given_value[index]),
        "received_value_count": stated["received"],
        "given_value_count": stated["given"],
        "net_value": net,
        "verdict": verdict(net),
        "brand": brand,
        "brand_count": stated["brand"],
        "null_reason": party_null_reason(stated, sum(inputs), sum(outputs)),
    }


def party_null_reason(stated: dict[str, int], inputs: int, outputs: int) -> str | None:
    """Which values nobody states, of how many inputs and outputs."""
    reasons = [] if inputs else ["It receives nothing."]
    if inputs and not stated["received"]:
        reasons.append(f"Inputs with a receiverValue: 0 of {inputs}.")
    if not outputs:
        return " ".join([*reasons, "It gives nothing."])
    if not stated["given"]:
        reasons.append(f"Outputs with a senderValue: 0 of {outputs}.")
    if not stated["brand"]:
        reasons.append(f"Outputs with a receiverValue: 0 of {outputs}.")
    return " ".join(reasons) or None


def participant(reports: ValueNetworkReports, index: int) -> ValueParticipant:
    side = reports.sides.names[index] if reports.sides else None
    return ValueParticipant(
        **party(reports.network.participants, index), side=Side(side) if side else None
    )


def role(view: ExchangeView, index: int) -> ValueRole:
    return ValueRole(
        **party(view, index),
        role=view.names[index],
        player_count=view.player_count(index),
    )


def exchange_rows(root: ExchangePair, most: int) -> list[int]:
    keys = root.view.exchanges.keys
    return sorted(root.view.pairs.exchanges(root.index), key=keys.__getitem__)


async def pair_exchanges(root: ExchangePair, info: Info, rows: list[int]) -> list[Any]:
    return [await exchange_at(info, root.view.exchanges, index) for index in rows]


@strawberry.type(description="Two members, and the exchanges between them.")
@with_page_infos
class ExchangePair:
    view: strawberry.Private[ExchangeView]
    index: strawberry.Private[int]
    source: MemberRef = strawberry.field(description=descriptions.PAIR_SOURCE)
    target: MemberRef = strawberry.field(description=descriptions.PAIR_TARGET)
    exchange_count: int = strawberry.field(description="Exchanges between the two.")
    tangible_for_intangible: bool = strawberry.field(
        description="Whether tangible things go one way and intangible things the other"
        " way."
    )
    exchanges: list[ties.Exchange] = ranking(
        exchange_rows, pair_exchanges, "Those exchanges, by key.", first=20
    )


async def exchange_pairs(
    info: Info, view: ExchangeView, pairs: list[int]
) -> list[ExchangePair]:
    ends = [view.names[end] for pair in pairs for end in view.pairs.ends(pair)]
    members = await members_of(info.context, ends)
    return [
        ExchangePair(
            view=view,
            index=pair,
            source=members[2 * i],
            target=members[2 * i + 1],
            exchange_count=int(view.pairs.count[pair]),
            tangible_for_intangible=bool(view.pairs.unlike[pair]),
        )
        for i, pair in enumerate(pairs)
    ]
