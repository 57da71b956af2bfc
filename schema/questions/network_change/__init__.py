"""Q14: what changed between two dates?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import strawberry

from schema.context import Info
from schema.questions.network_change.evidence import ChangedTie, changed_ties
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import members_of
from schema.types.about import About, about
from schema.types.network_input import NetworkInput, echo
from schema.types.value_indicators import (
    NetworkIndicators,
    ValueIndicators,
    indicators,
    network_indicators,
)
from service.analyses.network_change import Change, built, change
from service.analyses.value_network import ValueView, value_network
from service.errors import BadInput
from service.networks.network import Network
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind, TieWeight

FORMULA = (
    "distance = 1 - Jaccard of the ordered pairs that are tied on each day;"
    " roleDistance = the same of the ordered pairs of roles (senderRole, receiverRole)"
    " that exchange. Members count that have an arc, or all with isolates. Indicators"
    " as in valueNetwork, on each day."
)
SOURCE = (
    "Reconfiguration: Normann & Ramirez 1993, HBR 71(4):65-77; Jaccard 1912; the"
    " reading as a distance is decided here."
)


@strawberry.type(description="The indicators of a network on one day.")
class NetworkState:
    day: date
    structure: NetworkIndicators
    value: ValueIndicators | None = strawberry.field(
        description="Where ties is [EXCHANGE] without a weight."
    )


@strawberry.type(description="One network on two days.")
class NetworkChange:
    found: strawberry.Private[Change]
    selection: strawberry.Private[Selection]
    days: strawberry.Private[tuple[date, date]]
    members_came_count: int
    members_went_count: int
    ties_came_count: int
    ties_went_count: int
    ties_stayed_count: int
    distance: float | None = strawberry.field(
        description="0: the same constellation; 1: nothing is left of it."
    )
    role_distance: float | None = strawberry.field(
        description="Of the pairs of roles, where ties is [EXCHANGE]."
    )
    before: NetworkState
    after: NetworkState
    null_reason: str | None
    about: About

    @strawberry.field(description="By key.")  # type: ignore[untyped-decorator]
    async def members_came(self, info: Info, first: int | None = 20) -> list[MemberRef]:
        keys = self.found.members_came[: limit_of("first", first, 20)]
        return await members_of(info.context, keys)

    @strawberry.field(description="By key.")  # type: ignore[untyped-decorator]
    async def members_went(self, info: Info, first: int | None = 20) -> list[MemberRef]:
        keys = self.found.members_went[: limit_of("first", first, 20)]
        return await members_of(info.context, keys)

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="By the keys of source, then target."
    )
    async def ties_came(self, info: Info, first: int | None = 20) -> list[ChangedTie]:
        pairs = self.found.pairs(self.found.came[: limit_of("first", first, 20)])
        return await changed_ties(info, self.selection, pairs, self.days[1])

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="By the keys of source, then target."
    )
    async def ties_went(self, info: Info, first: int | None = 20) -> list[ChangedTie]:
        pairs = self.found.pairs(self.found.went[: limit_of("first", first, 20)])
        return await changed_ties(info, self.selection, pairs, self.days[0])


async def network_change(
    info: Info,
    network: NetworkInput,
    begin: Annotated[date, strawberry.argument(name="from")],
    end: Annotated[date, strawberry.argument(name="to")],
) -> NetworkChange:
    """What came and went between two days, and how far is it from then to now?

    network: The network to compare; leave out `asOf`.
    begin: The first day to compare.
    end: The second day to compare.
    """
    if network.as_of not in (None, strawberry.UNSET):
        raise BadInput("network.asOf: leave it out; from and to are the two days.")
    if end < begin:
        raise BadInput(f"to: {end} is before from, {begin}.")
    context = info.context
    selection = replace(network.selection(context.settings), day=end)
    found = await change(context.networks, selection, begin, end)
    parameters: dict[str, Any] = {"network": echo(selection)}
    parameters |= {"from": begin.isoformat(), "to": end.isoformat()}
    warnings = [*dict.fromkeys([*found.before.warnings, *found.after.warnings])]
    read_at = min(found.before.read_at, found.after.read_at)
    none = None if found.distance is not None else "No ties on either day."
    return NetworkChange(
        found=found,
        selection=selection,
        days=(begin, end),
        members_came_count=len(found.members_came),
        members_went_count=len(found.members_went),
        ties_came_count=len(found.came),
        ties_went_count=len(found.went),
        ties_stayed_count=found.stayed,
        distance=found.distance,
        role_distance=await role_distance(info, selection, begin, end),
        before=await state(info, found.before),
        after=await state(info, found.after),
        null_reason=none,
        about=about(FORMULA, SOURCE, parameters, end, read_at, warnings),
    )


def of_exchanges(selection: Selection) -> bool:
    alone = selection.ties == (TieKind.EXCHANGE,)
    return alone and selection.weight in (TieWeight.NONE, TieWeight.COUNT)


async def state(info: Info, network: Network) -> NetworkState:
    networks, selection = info.context.networks, network.selection
    found, far = await built(networks, network)
    value = None
    if of_exchanges(selection):
        value = await indicators(
            await value_network(networks, selection), ValueView.PARTICIPANT
        )
    arcs = network.arcs.arc_count
    structure = network_indicators(len(network.keys), arcs, found, far)
    return NetworkState(day=selection.day, structure=structure, value=value)


async def role_distance(
    info: Info, selection: Selection, begin: date, end: date
) -> float | None:
    """1 - Jaccard of the pairs of roles between which something runs."""
    if not of_exchanges(selection):
        return None
    sets = []
    for day in (begin, end):
        found = await value_network(info.context.networks, replace(selection, day=day))
        roles = {(s.sender_role, s.receiver_role) for s in found.exchanges.sorts}
        sets.append({pair for pair in roles if all(pair)})
    before, after = sets
    return 1 - len(before & after) / len(before | after) if before | after else None
