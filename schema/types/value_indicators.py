"""Indicators of a value network as a whole, in either view."""

from __future__ import annotations

from math import isnan

import strawberry

from service.algorithms.distances import Distances
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE, UNTOLD
from service.algorithms.structure import Structure
from service.analyses.value_network import ValueNetwork, ValueView, View


def known(value: float) -> float | None:
    return None if isnan(value) else float(value)


@strawberry.type(description="How far it is from one party to another.")
class Reach:
    mean_distance: float | None = strawberry.field(
        description="Arcs of the shortest path, mean over the pairs that have any."
    )
    reachable_pair_share: float | None = strawberry.field(
        description="Share of ordered pairs with a path: the mean leaves out the rest."
    )
    efficiency: float | None = strawberry.field(
        description="Mean of 1 / distance over all ordered pairs, 0 without a path."
    )
    searched_from: int = strawberry.field(
        description="Parties searched from; fewer than all where it is sampled."
    )


@strawberry.type(description="How a network is built, whatever runs in it.")
class NetworkIndicators:
    node_count: int
    arc_count: int
    pair_count: int = strawberry.field(description="Pairs tied, whichever way.")
    stability: float | None = strawberry.field(
        description="Density: tied pairs / all pairs, at most one tie counted a pair."
    )
    reciprocity: float | None = strawberry.field(
        description="Pairs with flow both ways / tied pairs."
    )
    structural_dependency: float | None = strawberry.field(
        description="Freeman's centralisation of ties: high is a risk here."
    )
    degree_variance: float | None
    agility: Reach
    null_reason: str | None


@strawberry.type(description="Indicators of a value network, after Allee.")
class ValueIndicators:
    party_count: int
    exchange_count: int
    value_creation_capacity: float | None = strawberry.field(
        description="Exchanges / parties."
    )
    tangible_count: int
    intangible_count: int
    untold_count: int = strawberry.field(description="Exchanges that are said neither.")
    resilience: float | None = strawberry.field(
        description="Share of tangible ones among tangible and intangible exchanges;"
        " near 0 and near 1 are both warnings."
    )
    structure: NetworkIndicators
    tangible_agility: Reach
    intangible_agility: Reach
    unlike_pair_share: float | None = strawberry.field(
        description="Pairs that give something tangible one way and something"
        " intangible the other / tied pairs."
    )
    brand: float | None = strawberry.field(
        description="Mean of what receivers find their inputs worth, -2..2."
    )
    null_reason: str | None


def reach(found: Distances) -> Reach:
    return Reach(
        mean_distance=known(found.mean),
        reachable_pair_share=known(found.reachable_share),
        efficiency=known(found.efficiency),
        searched_from=found.sources,
    )


def why_none(parties: int, pairs: int) -> str | None:
    if parties < 2:
        return "Fewer than two parties: there is no pair to take a share of."
    if not pairs:
        return "No ties: reciprocity and distances are undefined."
    return None if parties > 2 else "Two parties: structuralDependency is undefined."


def network_indicators(
    parties: int, arcs: int, found: Structure, far: Distances
) -> NetworkIndicators:
    return NetworkIndicators(
        node_count=parties,
        arc_count=arcs,
        pair_count=found.pairs,
        stability=known(found.density),
        reciprocity=known(found.reciprocity),
        structural_dependency=known(found.centralisation),
        degree_variance=known(found.degree_variance),
        agility=reach(far),
        null_reason=why_none(parties, found.pairs),
    )


def value_indicators(view: View) -> ValueIndicators:
    told, kind = view.told, view.exchanges.kind[view.told]
    counts = [int((kind == k).sum()) for k in (TANGIBLE, INTANGIBLE, UNTOLD)]
    parties, exchanges = len(view.names), int(told.sum())
    worth = view.exchanges.receiver_value[told]
    worth = worth[worth == worth]  # without NaN
    all_, tangible, intangible = view.distances
    found, typed = view.structure, counts[0] + counts[1]
    pairs = found.pairs
    structure = network_indicators(parties, pairs + found.mutual_pairs, found, all_)
    return ValueIndicators(
        party_count=parties,
        exchange_count=exchanges,
        value_creation_capacity=exchanges / parties if parties else None,
        tangible_count=counts[0],
        intangible_count=counts[1],
        untold_count=counts[2],
        resilience=counts[0] / typed if typed else None,
        structure=structure,
        tangible_agility=reach(tangible),
        intangible_agility=reach(intangible),
        unlike_pair_share=int(view.pairs.unlike.sum()) / pairs if pairs else None,
        brand=float(worth.mean()) if len(worth) else None,
        null_reason=None if exchanges else "No exchanges.",
    )


async def indicators(network: ValueNetwork, view: ValueView) -> ValueIndicators:
    return await network.once(lambda: value_indicators(network.view(view)))
