"""`valueNetwork`: is the exchange of value healthy, and does everyone gain?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.value_network.exchange_analysis import (
    ExchangePair,
    ValueParticipant,
    ValueRole,
    exchange_pairs,
    participant,
    role,
)
from schema.questions.value_network.reports import ValueReports
from schema.records.lazy import MemberRef
from schema.records.node import register_enum
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.field_from import field_from
from schema.types.network_input import NetworkInput
from schema.types.ranking import member_items, ranking, with_page_infos
from schema.types.value_indicators import ValueIndicators, indicators
from service.algorithms.exchange_balance import OVERLOAD
from service.analyses.value_network import ValueView, value_network_analysis
from service.analyses.value_network.reports import ValueNetworkReports
from service.networks.network import index_of
from service.vocabulary.enums import GroupKey

FORMULA = (
    "Exchange analysis counts exchanges by their ends; overloaded: load above the mean"
    " by more than 2 standard deviations; work-around: a pair with intangible exchanges"
    " only; dead end: receives but gives nothing; source: gives but receives nothing."
    " Value flow: chains on which each exchange has a later position (sequence) than"
    " the one before. Impact: gain = value - receiverCost; value creation: surplus ="
    " value - cost; perceived value: gap = receiverValue - senderValue. netValue = sum"
    " of receiverValue over a party's inputs - sum of senderValue over its outputs, 0"
    " within 1e-12 of zero. By role, only exchanges with both roles count."
    " Capacity = exchanges / parties; agility = mean shortest distance over the"
    " reachable ordered pairs; stability = tied pairs / all pairs;"
    " structuralDependency = sum(max d - d_i) / ((R-1)(R-2)). Rows that need event"
    " dates or assets (time per hop, stalls, asset impact) are left out."
)
SOURCE = (
    "Allee 2008, J. Intellectual Capital 9(1):5-24, doi 10.1108/14691930810845777;"
    " Freeman 1979; Latora & Marchiori 2001. The formulas of gain, surplus, overload"
    " and netValue are our own."
)
register_enum(
    ValueView,
    "Whether the exchanges of each member or of each role are counted together.",
    PARTICIPANT="Each member by itself.",
    ROLE="Each role (senderRole, receiverRole), for all members that play it; only"
    " exchanges with both roles count.",
)


async def network_value_indicators(
    root: ValueNetwork, view: ValueView | None = ValueView.PARTICIPANT
) -> ValueIndicators:
    """The indicators of the whole network.

    view: Whether they count participants or roles.
    """
    return await indicators(root.reports.network, view or ValueView.PARTICIPANT)


async def participant_order(root: ValueNetwork, most: int) -> Sequence[int]:
    network, own = root.reports.network, root.reports.member
    if root.reports.is_absent:
        return []
    if own is not None:
        return [own]
    return await network.once(lambda: network.participants.order)


def participants(
    root: ValueNetwork, info: Info, rows: Sequence[int]
) -> list[ValueParticipant]:
    return [participant(root.reports, index) for index in rows]


async def role_order(root: ValueNetwork, most: int) -> Sequence[int]:
    network = root.reports.network
    return await network.once(lambda: network.roles.order)


def roles(root: ValueNetwork, info: Info, rows: Sequence[int]) -> list[ValueRole]:
    return [role(root.reports.network.roles, index) for index in rows]


async def pairs_of(
    root: ValueNetwork, info: Info, rows: list[int]
) -> list[ExchangePair]:
    return await exchange_pairs(info, root.reports.network.participants, rows)


@strawberry.type(description="Tangible and intangible exchange, in five reports.")
@with_page_infos
class ValueNetwork(ValueReports):
    indicators: ValueIndicators = field_from(network_value_indicators)
    participant_count: int = strawberry.field(description="Members that exchange.")
    participants: list[ValueParticipant] = ranking(
        participant_order,
        participants,
        "The members, by load descending, then key.",
        first=20,
    )
    role_count: int = strawberry.field(
        description="Roles that exchange; an exchange counts only with both roles."
    )
    roles: list[ValueRole] = ranking(
        role_order, roles, "The roles, by load descending, then name.", first=20
    )
    gaining_count: int = strawberry.field(
        description="Members with a netValue above 0."
    )
    losing_count: int = strawberry.field(description="Members with a netValue below 0.")
    even_count: int = strawberry.field(description="Members with a netValue of 0.")
    unvalued_count: int = strawberry.field(
        description="Members without a netValue: nobody states a value for what they"
        " exchange."
    )
    overloaded_count: int = strawberry.field(description="Members that are overloaded.")
    dead_end_count: int = strawberry.field(
        description="Members that receive something but give nothing."
    )
    dead_ends: list[MemberRef] = ranking(
        lambda root, most: root.reports.dead_ends(),
        member_items,
        "Members that receive something but give nothing, by key.",
        first=20,
    )
    source_count: int = strawberry.field(
        description="Members that give something but receive nothing."
    )
    sources: list[MemberRef] = ranking(
        lambda root, most: root.reports.sources(),
        member_items,
        "Members that give something but receive nothing, by key.",
        first=20,
    )
    work_around_count: int = strawberry.field(
        description="Pairs with intangible exchanges only."
    )
    work_arounds: list[ExchangePair] = ranking(
        lambda root, most: root.reports.network.participants.pairs.work_arounds,
        pairs_of,
        "Pairs with intangible exchanges only: by their number descending, then both"
        " keys.",
        first=20,
    )
    reciprocal_pair_count: int = strawberry.field(
        description="Pairs with exchanges both ways."
    )
    reciprocal_pairs: list[ExchangePair] = ranking(
        lambda root, most: root.reports.network.participants.pairs.reciprocals,
        pairs_of,
        "Pairs with exchanges both ways: by their number descending, then both keys.",
        first=20,
    )
    negative_count: int = strawberry.field(
        description="Exchanges in which the receiver perceives a negative value."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def value_network_of(
    info: Info, network: NetworkInput, member: str | None = strawberry.UNSET
) -> ValueNetwork:
    """Is the exchange of tangible and intangible value healthy, does everyone gain?

    member: Key of a member; the reports on exchanges then list only its own exchanges.
    """
    context = info.context
    selection, key = network.selection(context.settings), member or None
    if key is not None:
        await member_of(context, key)
    question = begin(selection, member=key, overload_deviations=OVERLOAD)
    network_analysis = await value_network_analysis(context.networks, selection)
    sides = None
    if selection.organisation is not None:
        members = await context.networks.network(selection)
        sides = await context.networks.groups(members, GroupKey.SIDE)
    exchanges = network_analysis.exchanges
    own = None if key is None else index_of(exchanges.members, key)
    is_absent = key is not None and own is None
    reports = ValueNetworkReports(network_analysis, sides, own, is_absent)
    counts: dict[str, Any] = await network_analysis.once(reports.counts)
    warnings = [f"{key!r} is not in this network."] if is_absent else []
    warnings += await network_analysis.once(reports.warnings)
    return ValueNetwork(
        reports=reports,
        null_reason=None if len(exchanges.keys) else "No exchanges.",
        about=question.about(FORMULA, SOURCE, warnings, exchanges.read_at),
        **counts,
    )
