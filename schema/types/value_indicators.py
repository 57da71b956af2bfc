"""Indicators of a value network as a whole, in either view."""

from __future__ import annotations

import strawberry

from schema.types import descriptions
from schema.types.numbers import defined
from service.algorithms.distances import Distances
from service.algorithms.structure import Structure
from service.analyses.value_network import ExchangeView, ValueNetworkAnalysis, ValueView


@strawberry.type(description="How far it is from one party to another.")
class Reach:
    mean_distance: float | None = strawberry.field(
        description="Mean number of arcs of the shortest path, over the pairs that have"
        " a path."
    )
    reachable_pair_share: float | None = strawberry.field(
        description="Share of ordered pairs with a path; the mean covers only these"
        " pairs."
    )
    efficiency: float | None = strawberry.field(
        description="Mean of 1 / distance over all ordered pairs, 0 without a path."
    )
    searched_from: int = strawberry.field(
        description="How many parties the distances were computed from; fewer than all"
        " if the network is sampled."
    )


@strawberry.type(
    description="The structure of a network, whatever its members exchange."
)
class NetworkIndicators:
    node_count: int = strawberry.field(description="Members or roles.")
    arc_count: int = strawberry.field(description="Arcs between them.")
    pair_count: int = strawberry.field(
        description="Pairs with a tie in at least one direction."
    )
    stability: float | None = strawberry.field(
        description="Density: tied pairs / all pairs. A pair counts once, however many"
        " ties it has."
    )
    reciprocity: float | None = strawberry.field(
        description="Pairs with flow both ways / tied pairs."
    )
    structural_dependency: float | None = strawberry.field(
        description="Freeman's centralisation of ties; a high value is a risk."
    )
    degree_variance: float | None = strawberry.field(
        description="Variance of the number of distinct neighbours."
    )
    agility: Reach = strawberry.field(description="How far apart they are.")
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


@strawberry.type(description="Indicators of a value network, after Allee.")
class ValueIndicators:
    party_count: int = strawberry.field(description="Members or roles.")
    exchange_count: int = strawberry.field(description="Exchanges between them.")
    value_creation_capacity: float | None = strawberry.field(
        description="Exchanges / parties."
    )
    tangible_count: int = strawberry.field(description="Tangible exchanges.")
    intangible_count: int = strawberry.field(description="Intangible exchanges.")
    untold_count: int = strawberry.field(
        description="Exchanges without a kind: neither tangible nor intangible."
    )
    resilience: float | None = strawberry.field(
        description="Share of tangible ones among tangible and intangible exchanges;"
        " near 0 and near 1 are both warnings."
    )
    structure: NetworkIndicators = strawberry.field(
        description="How the network is built."
    )
    tangible_agility: Reach = strawberry.field(
        description="Distances over tangible exchanges."
    )
    intangible_agility: Reach = strawberry.field(
        description="Distances over intangible exchanges."
    )
    unlike_pair_share: float | None = strawberry.field(
        description="Pairs that give something tangible one way and something"
        " intangible the other way / tied pairs."
    )
    brand: float | None = strawberry.field(
        description="Mean of the values that receivers perceive in their inputs, -2..2."
    )
    brand_count: int = strawberry.field(
        description="How many exchanges have such a value."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


def reach(distances: Distances) -> Reach:
    return Reach(
        mean_distance=defined(distances.mean),
        reachable_pair_share=defined(distances.reachable_share),
        efficiency=defined(distances.efficiency),
        searched_from=distances.sources,
    )


def indicators_null_reason(parties: int, pairs: int) -> str | None:
    if parties < 2:
        return "Fewer than two parties: there is no pair to take a share of."
    if not pairs:
        return "No ties: reciprocity and distances are undefined."
    return None if parties > 2 else "Two parties: structuralDependency is undefined."


def network_indicators(
    parties: int, arcs: int, structure: Structure, distances: Distances
) -> NetworkIndicators:
    return NetworkIndicators(
        node_count=parties,
        arc_count=arcs,
        pair_count=structure.pairs,
        stability=defined(structure.density),
        reciprocity=defined(structure.reciprocity),
        structural_dependency=defined(structure.centralisation),
        degree_variance=defined(structure.degree_variance),
        agility=reach(distances),
        null_reason=indicators_null_reason(parties, structure.pairs),
    )


def value_indicators(view: ExchangeView) -> ValueIndicators:
    tangible, intangible, unstated = view.kind_counts()
    parties, stated = len(view.names), tangible + intangible
    exchanges, pairs = stated + unstated, view.structure.pairs
    over_all, over_tangible, over_intangible = view.distances
    arcs = pairs + view.structure.mutual_pairs
    brand, brand_count = view.brand()
    return ValueIndicators(
        party_count=parties,
        exchange_count=exchanges,
        value_creation_capacity=exchanges / parties if parties else None,
        tangible_count=tangible,
        intangible_count=intangible,
        untold_count=unstated,
        resilience=tangible / stated if stated else None,
        structure=network_indicators(parties, arcs, view.structure, over_all),
        tangible_agility=reach(over_tangible),
        intangible_agility=reach(over_intangible),
        unlike_pair_share=view.unlike_pair_count() / pairs if pairs else None,
        brand=brand,
        brand_count=brand_count,
        null_reason=value_null_reason(exchanges, tangible, intangible, brand_count),
    )


def value_null_reason(
    exchanges: int, tangible: int, intangible: int, valued: int
) -> str | None:
    if not exchanges:
        return "No exchanges."
    kinds = {"tangible": tangible, "intangible": intangible}
    reasons = [f"No exchange is {name}." for name, count in kinds.items() if not count]
    if not valued:
        reasons.append(f"Exchanges with a receiverValue: 0 of {exchanges}.")
    return " ".join(reasons) or None


async def indicators(network: ValueNetworkAnalysis, view: ValueView) -> ValueIndicators:
    return await network.once(lambda: value_indicators(network.view(view)))
