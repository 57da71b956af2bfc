"""Q1: who brokers between which groups, in which roles, and is it more than chance?"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from typing import Any

import numpy as np
import strawberry

from schema.context import Context, Info
from schema.records.connection_fields import limited
from schema.records.lazy import MemberRef
from schema.records.node import explained
from schema.records.reading import member_of, members_of
from schema.types.about import About, about
from schema.types.network_input import NetworkInput, echo
from service.algorithms.brokerage import ROLES, open_pairs, role
from service.algorithms.brokerage_moments import Moments, z
from service.algorithms.csr import Floats
from service.analyses.brokerage import Brokerage as Found
from service.vocabulary.enums import (
    BrokerageRole,
    BrokerageScore,
    GroupKey,
    PairWeight,
)

FORMULA = (
    "Open pairs i -> j -> k with i, j, k distinct and no arc i -> k, by the groups of"
    " i, j, k. E = k * (number of such triples), k = d^2(1-d), d = m/(N(N-1));"
    " Var = E(1-k) + 2X d^3(1-d)^3, for the whole network with sna's own terms;"
    " z = (observed - E)/sqrt(Var). With weights a pair counts the product (or minimum)"
    " of its two arcs; with partial credit 1/k for each of its k brokers; then only"
    " observed is defined."
)
SOURCE = (
    "Gould & Fernandez 1989, Sociological Methodology 19:89-126, doi 10.2307/270949;"
    " variances as in R sna 2.7"
)


explained(
    BrokerageRole,
    "A role between groups; patterns read source, broker, target.",
    COORDINATOR="A A A: all inside one group.",
    CONSULTANT="A B A: an outsider between two of one group.",
    REPRESENTATIVE="A A B: the sender is in the broker's group. Some tools swap this"
    " name with GATEKEEPER; go by the pattern.",
    GATEKEEPER="A B B: the receiver is in the broker's group. Some tools swap this"
    " name with REPRESENTATIVE; go by the pattern.",
    LIAISON="A B C: three groups.",
    TOTAL="The sum of the five.",
)
explained(BrokerageScore, "What brokers are ranked by.", Z="A null z comes last.")
explained(
    PairWeight,
    "What a brokered pair weighs, by the weights of its two arcs.",
    PRODUCT="One times the other.",
    MINIMUM="The smaller one: what can flow through.",
)


@strawberry.type(description="One number a role.")
class BrokerageCounts:
    coordinator: float | None
    consultant: float | None
    representative: float | None
    gatekeeper: float | None
    liaison: float | None
    total: float | None


Values = list[float | None]
UNDEFINED: Values = [None] * 6


def counts(values: Values) -> BrokerageCounts:
    return BrokerageCounts(**dict(zip((*ROLES, "total"), values, strict=True)))


async def expected(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    return counts([mean for mean, _ in moments] if moments else UNDEFINED)


async def standard_deviation(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    return counts([deviation for _, deviation in moments] if moments else UNDEFINED)


async def z_scores(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    return counts(z_values(root.values, moments) if moments else UNDEFINED)


async def null_reason(root: BrokerageScores) -> str | None:
    if not root.found.counted:
        return "With weights or partial credit only observed is defined."
    moments = await root.moments()
    if moments is None:
        return "Fewer than two members: the density, and so all but observed, is null."
    if any(deviation == 0 for _, deviation in moments):
        return "z is null where chance leaves no variance: a small group, or density."
    return None


def z_values(values: Values, moments: Moments) -> Values:
    pairs = zip(values, moments, strict=True)
    return [z(value or 0, *moment) for value, moment in pairs]


@strawberry.type(description="Counts against what chance alone would give.")
class BrokerageScores:
    found: strawberry.Private[Found]
    values: strawberry.Private[Values]
    key: strawberry.Private[str | None]
    observed: BrokerageCounts
    expected: BrokerageCounts = strawberry.field(resolver=expected)
    standard_deviation: BrokerageCounts = strawberry.field(resolver=standard_deviation)
    z: BrokerageCounts = strawberry.field(
        resolver=z_scores, description="(observed - expected) / standardDeviation."
    )
    null_reason: str | None = strawberry.field(resolver=null_reason)

    async def moments(self) -> Moments | None:
        """Of the one member, or of the whole network."""
        by_group = await self.found.moments()
        if by_group is None:
            return None
        if self.key is None:
            return await asyncio.to_thread(lambda: by_group.whole)
        return by_group.of_place(
            bisect_left((await self.found.network()).keys, self.key)
        )


def scores(found: Found, values: Floats, key: str | None = None) -> BrokerageScores:
    with_total: Values = [*values.tolist(), float(values.sum())]
    return BrokerageScores(
        found=found, values=with_total, key=key, observed=counts(with_total)
    )


@strawberry.type(description="Two members that only others join, in this role.")
class BrokeredPair:
    source: MemberRef
    target: MemberRef
    role: BrokerageRole
    credit: float = strawberry.field(description="What it adds to observed.")


async def evidence(
    root: Broker, info: Info, first: int | None = 5
) -> list[BrokeredPair]:
    found = root.found
    network, groups = await found.network(), (await found.groups()).ids
    broker, limit = bisect_left(network.keys, root.key), limited("first", first, 5)
    options = (found.minimum, found.partial_credit)
    pairs = await asyncio.to_thread(open_pairs, network.arcs, broker, limit, *options)
    keys = [network.keys[end] for pair in pairs for end in (pair.source, pair.target)]
    ends = iter(await members_of(info.context, keys))
    shown = []
    for pair in pairs:
        place = role(groups[pair.source], groups[broker], groups[pair.target])
        kind = BrokerageRole[ROLES[place].upper()]
        shown.append(
            BrokeredPair(
                source=next(ends), target=next(ends), role=kind, credit=pair.credit
            )
        )
    return shown


async def broker_member(root: Broker, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="A member and the pairs that it brokers.")
class Broker:
    key: strawberry.Private[str]
    found: strawberry.Private[Found]
    member: MemberRef = strawberry.field(resolver=broker_member)
    group: str | None = strawberry.field(description="Its group; a key where one is.")
    scores: BrokerageScores
    evidence: list[BrokeredPair] = strawberry.field(
        resolver=evidence, description="Pairs by the keys of source, then target."
    )


async def node_count(root: Brokerage) -> int:
    return len((await root.found.network()).keys)


async def arc_count(root: Brokerage) -> int:
    return (await root.found.network()).arcs.arc_count


async def whole(root: Brokerage) -> BrokerageScores:
    return scores(root.found, (await root.found.credit()).sum(axis=0))


async def told(root: Brokerage) -> About:
    found = root.found
    day = found.selection.day
    warnings = root.warnings + await found.warnings()
    return about(FORMULA, SOURCE, root.parameters, day, found.read_at, warnings)


@strawberry.type(description="The brokers of a network, and the network as a whole.")
class Brokerage:
    found: strawberry.Private[Found]
    parameters: strawberry.Private[dict[str, Any]]
    warnings: strawberry.Private[list[str]]
    node_count: int = strawberry.field(resolver=node_count)
    arc_count: int = strawberry.field(resolver=arc_count)
    brokers: list[Broker] = strawberry.field(
        description="By the score asked for, descending; then key."
    )
    whole: BrokerageScores = strawberry.field(resolver=whole)
    about: About = strawberry.field(resolver=told)


async def brokerage(
    info: Info,
    network: NetworkInput,
    group_by: GroupKey,
    member: str | None = strawberry.UNSET,
    rank_by: BrokerageRole | None = BrokerageRole.TOTAL,
    by: BrokerageScore | None = BrokerageScore.OBSERVED,
    first: int | None = 20,
    pair_weight: PairWeight | None = PairWeight.PRODUCT,
    partial_credit: bool | None = False,
) -> Brokerage:
    """Who brokers between which groups, and is it more than chance?"""
    context = info.context
    selection = network.selection(context.settings)
    limit = limited("first", first, 20)
    rank_by, by = rank_by or BrokerageRole.TOTAL, by or BrokerageScore.OBSERVED
    pair_weight, partial = pair_weight or PairWeight.PRODUCT, bool(partial_credit)
    found = Found(context.networks, selection, group_by, pair_weight, partial)
    key = member or None
    if key is None:
        brokers = await ranking(found, rank_by, by, limit)
    else:
        brokers = await one(context, found, key)
    missing = [] if brokers or key is None else [f"{key!r} is not in this network."]
    parameters: dict[str, Any] = {"network": echo(selection), "member": key}
    parameters["groupBy"] = group_by.value
    parameters |= {"rankBy": rank_by.value, "by": by.value, "first": limit}
    parameters |= {"pairWeight": pair_weight.value, "partialCredit": partial}
    return Brokerage(
        found=found,
        parameters=parameters,
        warnings=missing,
        brokers=brokers,
    )


async def one(context: Context, found: Found, key: str) -> list[Broker]:
    await member_of(context, key)  # an unknown key is an error, not an empty list
    answer = await found.one(key)
    return [] if answer is None else [broker(found, key, *answer)]


def broker(found: Found, key: str, group: str | None, values: Floats) -> Broker:
    return Broker(key=key, found=found, group=group, scores=scores(found, values, key))


async def ranking(
    found: Found, rank_by: BrokerageRole, by: BrokerageScore, limit: int
) -> list[Broker]:
    values, names = await found.credit(), (await found.groups()).names
    place = [*ROLES, "total"].index(rank_by.value.lower())
    ranks = np.column_stack((values, values.sum(axis=1)))[:, place]
    if by is BrokerageScore.Z:
        moments = await found.moments()
        ranks = z_ranks(ranks, *moments.columns(place)) if moments else ranks * 0
    keys = (await found.network()).keys
    # Members stand in the order of their keys, and a stable sort keeps it.
    order = np.argsort(-ranks.round(12), kind="stable")[:limit]
    return [broker(found, keys[i], names[i], values[i]) for i in order.tolist()]


def z_ranks(observed: Floats, mean: Floats, deviation: Floats) -> Floats:
    """z of each member, below all others where it is null."""
    defined = np.where(deviation == 0, 1, deviation)
    found: Floats = np.where(deviation == 0, -np.inf, (observed - mean) / defined)
    return found
