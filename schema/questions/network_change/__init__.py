"""`networkChange`: what changed between two days?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import strawberry

from schema.context import Info
from schema.questions.network_change.evidence import ChangedTie, changed_ties
from schema.records.lazy import MemberRef
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.network_input import NetworkInput
from schema.types.ranking import member_items, ranking, with_page_infos
from schema.types.value_indicators import (
    NetworkIndicators,
    ValueIndicators,
    indicators,
    network_indicators,
)
from service.analyses.network_change import (
    NetworkChangeAnalysis,
    changes_exchanges,
    network_change_analysis,
    network_structure,
    role_distance,
)
from service.analyses.value_network import ValueView, value_network_analysis
from service.errors import BadInput
from service.networks.network import Network
from service.networks.selection import Selection

FORMULA = (
    "distance = 1 - Jaccard of the ordered pairs that are tied on each day;"
    " roleDistance = the same for the ordered pairs of roles (senderRole, receiverRole)"
    " that exchange. Members with an arc count, or all members with isolates."
    " Indicators as in valueNetwork, on each day."
)
SOURCE = (
    "Reconfiguration: Normann & Ramirez 1993, HBR 71(4):65-77; Jaccard 1912; the use as"
    " a distance is our own decision."
)


@strawberry.type(description="The indicators of a network on one day.")
class NetworkState:
    day: date = strawberry.field(description="The day.")
    structure: NetworkIndicators = strawberry.field(
        description="How the network is built on that day."
    )
    value: ValueIndicators | None = strawberry.field(
        description="The value indicators, if ties is [EXCHANGE] without a weight."
    )


async def ties_came(root: NetworkChange, info: Info, arcs: Any) -> list[ChangedTie]:
    pairs = root.result.pairs(arcs)
    return await changed_ties(info, root.selection, pairs, root.days[1])


async def ties_went(root: NetworkChange, info: Info, arcs: Any) -> list[ChangedTie]:
    pairs = root.result.pairs(arcs)
    return await changed_ties(info, root.selection, pairs, root.days[0])


@strawberry.type(description="One network on two days.")
@with_page_infos
class NetworkChange:
    result: strawberry.Private[NetworkChangeAnalysis]
    selection: strawberry.Private[Selection]
    days: strawberry.Private[tuple[date, date]]
    members_came_count: int = strawberry.field(description="Members that joined.")
    members_went_count: int = strawberry.field(description="Members that left.")
    ties_came_count: int = strawberry.field(
        description="The number of arcs that exist only on the day `to`."
    )
    ties_went_count: int = strawberry.field(
        description="The number of arcs that exist only on the day `from`."
    )
    ties_stayed_count: int = strawberry.field(
        description="The number of arcs that exist on both days."
    )
    distance: float | None = strawberry.field(
        description="1 minus the Jaccard index of the arcs of both days. 0: the same;"
        " 1: no arc in common."
    )
    role_distance: float | None = strawberry.field(
        description="The same for the pairs of roles that exchange, if `ties` is"
        " [EXCHANGE]."
    )
    before: NetworkState = strawberry.field(description="The network on day `from`.")
    after: NetworkState = strawberry.field(description="The network on day `to`.")
    null_reason: str | None = strawberry.field(
        description="Why `distance` is null; null if it is not."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)
    members_came: list[MemberRef] = ranking(
        lambda root, most: root.result.members_came,
        member_items,
        "The members that joined, by key.",
        first=20,
    )
    members_went: list[MemberRef] = ranking(
        lambda root, most: root.result.members_went,
        member_items,
        "The members that left, by key.",
        first=20,
    )
    ties_came: list[ChangedTie] = ranking(
        lambda root, most: root.result.arcs_came,
        ties_came,
        "The arcs that exist only on the day `to`, by the keys of source, then target.",
        first=20,
    )
    ties_went: list[ChangedTie] = ranking(
        lambda root, most: root.result.arcs_went,
        ties_went,
        "The arcs that exist only on the day `from`, by the keys of source, then"
        " target.",
        first=20,
    )


async def network_change(
    info: Info,
    network: NetworkInput,
    from_: Annotated[date, strawberry.argument(name="from")],
    to: date,
) -> NetworkChange:
    """What changed between two days, and how different are the two networks?

    network: The network to compare; leave out `asOf`.
    from_: The first day to compare.
    to: The second day to compare.
    """
    if network.as_of not in (None, strawberry.UNSET):
        raise BadInput("network.asOf: leave it out; `from` and `to` give the two days.")
    if to < from_:
        raise BadInput(f"to: {to} is before from, {from_}.")
    networks = info.context.networks
    selection = replace(network.selection(info.context.settings), day=to)
    question = begin(selection, from_=from_, to=to)
    question.subjects.insert(0, replace(selection, day=from_))
    analysis = await network_change_analysis(networks, selection, from_, to)
    warnings = [*dict.fromkeys([*analysis.before.warnings, *analysis.after.warnings])]
    read_at = min(analysis.before.read_at, analysis.after.read_at)
    method = question.about(FORMULA, SOURCE, warnings, read_at)
    return await answer(info, analysis, selection, from_, method)


async def answer(
    info: Info,
    analysis: NetworkChangeAnalysis,
    selection: Selection,
    first_day: date,
    method: About,
) -> NetworkChange:
    networks, last_day = info.context.networks, selection.day
    none = None if analysis.distance is not None else "No ties on either day."
    return NetworkChange(
        result=analysis,
        selection=selection,
        days=(first_day, last_day),
        members_came_count=len(analysis.members_came),
        members_went_count=len(analysis.members_went),
        ties_came_count=len(analysis.arcs_came),
        ties_went_count=len(analysis.arcs_went),
        ties_stayed_count=analysis.stayed_count,
        distance=analysis.distance,
        role_distance=await role_distance(networks, selection, first_day, last_day),
        before=await network_state(info, analysis.before),
        after=await network_state(info, analysis.after),
        null_reason=none,
        about=method,
    )


async def network_state(info: Info, network: Network) -> NetworkState:
    networks, selection = info.context.networks, network.selection
    structure, distances = await network_structure(networks, network)
    value = None
    if changes_exchanges(selection):
        analysis = await value_network_analysis(networks, selection)
        value = await indicators(analysis, ValueView.PARTICIPANT)
    arcs = network.arcs.arc_count
    built = network_indicators(len(network.keys), arcs, structure, distances)
    return NetworkState(day=selection.day, structure=built, value=value)
