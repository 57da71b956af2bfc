"""Q7: is the exchange of tangible and intangible value healthy, does everyone gain?"""

from __future__ import annotations

from typing import Any

import numpy as np
import strawberry

from schema.context import Info
from schema.questions.value_network.exchange_analysis import (
    ExchangePair,
    Found,
    ValueParticipant,
    ValueRole,
    exchange_pairs,
    participant,
    role,
)
from schema.questions.value_network.reports import ValueReports
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import member_of, members_of
from schema.types.about import About, about
from schema.types.field_from import field_from
from schema.types.network_input import NetworkInput, echo
from schema.types.value_indicators import ValueIndicators, indicators
from service.algorithms.csr import Int64s
from service.algorithms.exchange_balance import INTANGIBLE, OVERLOAD
from service.analyses.value_network import ValueView, value_network
from service.networks.network import index_of
from service.vocabulary.enums import GroupKey

FORMULA = (
    "Exchange analysis counts exchanges by their ends; overloaded: load above the mean"
    " by more than 2 standard deviations; work-around: a pair with intangible exchanges"
    " alone; dead end: receives and gives nothing; source: gives and receives nothing."
    " Value flow: walks whose exchanges have ever later places (sequence). Impact: gain"
    " = value - receiverCost; value creation: surplus = value - cost; perceived value:"
    " gap = receiverValue - senderValue. netValue = sum of receiverValue over a party's"
    " inputs - sum of senderValue over its outputs. Capacity = exchanges / parties;"
    " agility = mean shortest distance over the reachable ordered pairs; stability ="
    " tied pairs / all pairs; structuralDependency = sum(max d - d_i) / ((R-1)(R-2))."
    " Rows that need event dates or assets (time per hop, stalls, asset impact) are"
    " left out."
)
SOURCE = (
    "Allee 2008, J. Intellectual Capital 9(1):5-24, doi 10.1108/14691930810845777;"
    " Freeman 1979; Latora & Marchiori 2001. The formulas of gain, surplus, overload"
    " and netValue are decided here."
)
strawberry.enum(
    ValueView, description="Who takes part, or which roles (senderRole, receiverRole)."
)


async def whole(
    root: ValueNetwork, view: ValueView | None = ValueView.PARTICIPANT
) -> ValueIndicators:
    """The indicators of the whole network.

    view: Whether they count participants or roles.
    """
    return await indicators(root.found.network, view or ValueView.PARTICIPANT)


async def participants(
    root: ValueNetwork, first: int | None = 20
) -> list[ValueParticipant]:
    limit = limit_of("first", first, 20)
    order = await root.found.network.once(lambda: root.found.participants.order)
    order = order if root.place is None else [root.place]
    order = [] if root.absent else order
    return [participant(root.found, i) for i in order[:limit]]


async def roles(root: ValueNetwork, first: int | None = 20) -> list[ValueRole]:
    limit = limit_of("first", first, 20)
    view = await root.found.network.once(lambda: root.found.network.roles)
    return [role(view, i) for i in view.order[:limit]]


async def shown_members(root: ValueNetwork, info: Info, kept: Any) -> list[Any]:
    names = root.found.participants.names
    return await members_of(info.context, [names[i] for i in kept.tolist()])


async def dead_ends(
    root: ValueNetwork, info: Info, first: int | None = 20
) -> list[MemberRef]:
    return await shown_members(
        root, info, ends(root, 1)[: limit_of("first", first, 20)]
    )


async def sources(
    root: ValueNetwork, info: Info, first: int | None = 20
) -> list[MemberRef]:
    return await shown_members(
        root, info, ends(root, -1)[: limit_of("first", first, 20)]
    )


def ends(root: ValueNetwork, sign: int) -> Int64s:
    """Members that only receive (1) or only give (-1)."""
    found = root.found.participants.balance
    way = np.sign(found.received.sum(axis=1)) - np.sign(found.given.sum(axis=1))
    return np.flatnonzero(way == sign)


async def work_arounds(
    root: ValueNetwork, info: Info, first: int | None = 20
) -> list[ExchangePair]:
    kept = root.found.participants.pairs.work_around
    return await exchange_pairs(root.found, info, kept, first)


async def reciprocal_pairs(
    root: ValueNetwork, info: Info, first: int | None = 20
) -> list[ExchangePair]:
    kept = root.found.participants.pairs.reciprocal
    return await exchange_pairs(root.found, info, kept, first)


@strawberry.type(description="Tangible and intangible exchange, in five reports.")
class ValueNetwork(ValueReports):
    indicators: ValueIndicators = field_from(whole)
    participant_count: int
    participants: list[ValueParticipant] = strawberry.field(
        resolver=participants, description="By load descending, then key."
    )
    role_count: int
    roles: list[ValueRole] = strawberry.field(
        resolver=roles, description="By load descending, then name."
    )
    gaining_count: int
    losing_count: int
    even_count: int
    overloaded_count: int
    dead_end_count: int
    dead_ends: list[MemberRef] = strawberry.field(
        resolver=dead_ends, description="Members that receive and give nothing, by key."
    )
    source_count: int
    sources: list[MemberRef] = strawberry.field(
        resolver=sources, description="Members that give and receive nothing, by key."
    )
    work_around_count: int
    work_arounds: list[ExchangePair] = strawberry.field(
        resolver=work_arounds,
        description="Pairs with intangible exchanges alone: by their number descending,"
        " then both keys.",
    )
    reciprocal_pair_count: int
    reciprocal_pairs: list[ExchangePair] = strawberry.field(
        resolver=reciprocal_pairs,
        description="By number of exchanges descending, then both keys.",
    )
    negative_count: int
    null_reason: str | None
    about: About


async def value_network_of(
    info: Info, network: NetworkInput, member: str | None = strawberry.UNSET
) -> ValueNetwork:
    """Is the exchange of tangible and intangible value healthy, does everyone gain?

    member: Key of a member: the reports on exchanges are about its own.
    """
    context = info.context
    selection, key = network.selection(context.settings), member or None
    if key is not None:
        await member_of(context, key)
    found = await value_network(context.networks, selection)
    sides = None
    if selection.organisation is not None:
        known = await context.networks.network(selection)
        sides = await context.networks.groups(known, GroupKey.SIDE)
    own = None if key is None else index_of(found.exchanges.members, key)
    absent = key is not None and own is None
    parameters: dict[str, Any] = {"network": echo(selection), "member": key}
    parameters |= {"overloadDeviations": OVERLOAD}
    whole = Found(found, sides)
    counts: dict[str, Any] = await found.once(lambda: counted(whole))
    warnings = [f"{key!r} is not in this network."] if absent else []
    warnings += await found.once(lambda: warned(whole))
    return ValueNetwork(
        found=whole,
        place=own,
        absent=absent,
        null_reason=None if len(found.exchanges.keys) else "No exchanges.",
        about=about(
            FORMULA, SOURCE, parameters, selection.day, found.read_at, warnings
        ),
        **counts,
    )


def counted(found: Found) -> dict[str, Any]:
    network, view = found.network, found.participants
    balance, pairs = view.balance, view.pairs
    net = balance.net_value
    into, out = balance.received.sum(axis=1), balance.given.sum(axis=1)
    flags = {
        "gaining_count": net > 1e-9,
        "losing_count": net < -1e-9,
        "even_count": abs(net) <= 1e-9,
        "overloaded_count": balance.overloaded,
        "dead_end_count": (into > 0) & (out == 0),
        "source_count": (out > 0) & (into == 0),
        "work_around_count": pairs.work_around,
        "reciprocal_pair_count": pairs.reciprocal,
        "negative_count": network.exchanges.receiver_value < 0,
    }
    counts = {name: int(np.count_nonzero(flag)) for name, flag in flags.items()}
    counts |= {"participant_count": len(view.names)}
    return counts | {"role_count": len(network.roles.names)}


def warned(found: Found) -> list[str]:
    """What is blank, or only sampled."""
    exchanges, warnings = found.network.exchanges, []
    no_role = int((~found.network.roles.told).sum())
    if no_role:
        warnings.append(f"{no_role} exchanges without both roles are in no role view.")
    untold = int((exchanges.kind > INTANGIBLE).sum())
    if untold:
        warnings.append(f"{untold} exchanges are neither tangible nor intangible.")
    blank = int(np.isnan(found.network.gap).sum())
    if blank:
        warnings.append(f"{blank} exchanges lack senderValue or receiverValue.")
    return warnings
