"""Exchange analysis: who gives and receives what, in balance or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import strawberry
from numpy.typing import NDArray

from schema.context import Info
from schema.questions.value_network.exchange_rows import Place, exchange_at
from schema.records import ties
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import member_of, members_of
from schema.types.money import MoneyBalance, money_balances
from schema.types.value_indicators import known
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE, UNTOLD
from service.analyses.value_network import ValueNetwork, View
from service.networks.members import Groups
from service.vocabulary.enums import Side


@strawberry.enum(description="Received minus given perceived value: over, under, at 0.")
class ValueVerdict(Enum):
    GAINS = "GAINS"
    LOSES = "LOSES"
    EVEN = "EVEN"


@dataclass(frozen=True)
class Found:
    """A value network, and the side of each member where an organisation is given."""

    network: ValueNetwork
    sides: Groups | None

    @property
    def participants(self) -> View:
        return self.network.participants


def party_money(root: ValueParty) -> list[MoneyBalance]:
    received = np.flatnonzero(root.view.target == root.place)
    given = np.flatnonzero(root.view.source == root.place)
    return money_balances(root.view.exchanges, received, given)


@strawberry.type(description="What one party gives and receives.")
class ValueParty:
    view: strawberry.Private[View]
    place: strawberry.Private[int]
    tangible_in: int
    tangible_out: int
    intangible_in: int
    intangible_out: int
    untold_in: int
    untold_out: int
    load: int = strawberry.field(description="All exchanges, in and out.")
    overloaded: bool = strawberry.field(
        description="Its load is above the mean by more than 2 standard deviations."
    )
    received_value: float | None = strawberry.field(
        description="Sum of what it finds its inputs worth; null if it told none."
    )
    given_value: float | None = strawberry.field(
        description="Sum of what it finds its outputs worth; null if it told none."
    )
    net_value: float | None = strawberry.field(
        description="receivedValue - givenValue; one that is untold counts 0."
    )
    verdict: ValueVerdict | None
    brand: float | None = strawberry.field(
        description="Mean of what receivers find its outputs worth, -2..2."
    )
    null_reason: str | None

    money: list[MoneyBalance] = strawberry.field(
        resolver=party_money, description="Exchanges of form MONEY, by currency."
    )


async def participant_member(root: ValueParticipant, info: Info) -> Any:
    return await member_of(info.context, root.view.names[root.place])


@strawberry.type(description="A member, as a party to exchanges.")
class ValueParticipant(ValueParty):
    member: MemberRef = strawberry.field(resolver=participant_member)
    side: Side | None = strawberry.field(
        description="INTERNAL or EXTERNAL where network.organisation is given."
    )


@strawberry.type(description="A role, as a party to exchanges, whoever plays it.")
class ValueRole(ValueParty):
    role: str
    player_count: int = strawberry.field(description="Members that play it.")


def verdict(net: float | None) -> ValueVerdict | None:
    if net is None:
        return None
    if abs(net) < 1e-9:
        return ValueVerdict.EVEN
    return ValueVerdict.GAINS if net > 0 else ValueVerdict.LOSES


def party(view: View, place: int) -> dict[str, Any]:
    """What a participant and a role have in common."""
    found = view.balance
    received, given = found.received[place].tolist(), found.given[place].tolist()
    net, brand = known(found.net_value[place]), known(found.brand[place])
    named = {"tangible": TANGIBLE, "intangible": INTANGIBLE, "untold": UNTOLD}
    counts = {f"{name}_in": received[kind] for name, kind in named.items()}
    counts |= {f"{name}_out": given[kind] for name, kind in named.items()}
    return counts | {
        "view": view,
        "place": place,
        "load": int(found.load[place]),
        "overloaded": bool(found.overloaded[place]),
        "received_value": known(found.received_value[place]),
        "given_value": known(found.given_value[place]),
        "net_value": net,
        "verdict": verdict(net),
        "brand": brand,
        "null_reason": None if net is not None else "It told no value of any exchange.",
    }


def participant(found: Found, place: int) -> ValueParticipant:
    side = found.sides.names[place] if found.sides else None
    return ValueParticipant(
        **party(found.participants, place), side=Side(side) if side else None
    )


def role(view: View, place: int) -> ValueRole:
    exchanges = view.exchanges
    senders = exchanges.source[view.source == place]
    receivers = exchanges.target[view.target == place]
    return ValueRole(
        **party(view, place),
        role=view.names[place],
        player_count=len(np.union1d(senders, receivers)),
    )


async def pair_exchanges(
    root: ExchangePair, info: Info, first: int | None = 20
) -> list[Any]:
    view = root.view
    places = view.pairs.exchanges(root.place)
    keys = sorted(view.exchanges.keys[i] for i in places)
    at = {view.exchanges.keys[i]: i for i in places}
    shown = keys[: limit_of("first", first, 20)]
    return [await exchange_at(info, Place(view.exchanges, at[key])) for key in shown]


@strawberry.type(description="Two members, and what runs between them.")
class ExchangePair:
    view: strawberry.Private[View]
    place: strawberry.Private[int]
    source: MemberRef
    target: MemberRef
    exchange_count: int
    tangible_for_intangible: bool = strawberry.field(
        description="Something tangible runs one way, something intangible the other."
    )
    exchanges: list[ties.Exchange] = strawberry.field(
        resolver=pair_exchanges, description="By key."
    )


async def exchange_pairs(
    found: Found, info: Info, kept: NDArray[np.bool_], first: int | None
) -> list[ExchangePair]:
    view, limit = found.participants, limit_of("first", first, 20)
    places = view.pairs.ranked(kept)[:limit].tolist()
    ends = [view.names[end] for place in places for end in view.pairs.ends(place)]
    members = await members_of(info.context, ends)
    return [
        ExchangePair(
            view=view,
            place=place,
            source=members[2 * i],
            target=members[2 * i + 1],
            exchange_count=int(view.pairs.count[place]),
            tangible_for_intangible=bool(view.pairs.unlike[place]),
        )
        for i, place in enumerate(places)
    ]
