"""Q1: who brokers between which groups, in which roles, and is it more than chance?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import numpy as np
import strawberry
from numpy.typing import NDArray

from schema.about import About, about, limited
from schema.context import Context, Info
from schema.lazy import MemberRef
from schema.network_input import NetworkInput, echo
from schema.node import explained
from schema.reading import member_of, members_of
from service.algorithms.brokerage import ROLES, open_pairs, role
from service.algorithms.brokerage_moments import Moments, z
from service.brokerage import Brokerage as Found
from service.vocabulary.enums import BrokerageRole, BrokerageScore, GroupKey

FORMULA = (
    "Open pairs i -> j -> k with i, j, k distinct and no arc i -> k, by the groups of"
    " i, j, k. E = k * (number of such triples), k = d^2(1-d), d = m/(N(N-1));"
    " Var = E(1-k) + 2X d^3(1-d)^3, for the whole network with sna's own terms;"
    " z = (observed - E)/sqrt(Var)."
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
    values: strawberry.Private[Values]
    moments: strawberry.Private[Callable[[], Awaitable[Moments | None]]]
    observed: BrokerageCounts
    expected: BrokerageCounts = strawberry.field(resolver=expected)
    standard_deviation: BrokerageCounts = strawberry.field(resolver=standard_deviation)
    z: BrokerageCounts = strawberry.field(
        resolver=z_scores, description="(observed - expected) / standardDeviation."
    )
    null_reason: str | None = strawberry.field(resolver=null_reason)


def scores(
    values: NDArray[np.int64], moments: Callable[[], Awaitable[Moments | None]]
) -> BrokerageScores:
    with_total: Values = [*values.astype(float).tolist(), float(values.sum())]
    return BrokerageScores(
        values=with_total, moments=moments, observed=counts(with_total)
    )


@strawberry.type(description="Two members that only others join, in this role.")
class BrokeredPair:
    source: MemberRef
    target: MemberRef
    role: BrokerageRole


async def evidence(
    root: Broker, info: Info, first: int | None = 5
) -> list[BrokeredPair]:
    network = await root.found.network()
    keys, groups = network.members.keys, network.members.group_ids
    broker = keys.index(root.key)
    pairs = open_pairs(network.arcs, broker)[: limited("first", first, 5)]
    ends = await members_of(info.context, [keys[end] for pair in pairs for end in pair])
    roles = [role(groups[a], groups[broker], groups[c]) for a, c in pairs]
    return [
        BrokeredPair(
            source=source, target=target, role=BrokerageRole[ROLES[name].upper()]
        )
        for source, target, name in zip(ends[::2], ends[1::2], roles, strict=True)
    ]


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
    return len((await root.found.network()).members.keys)


async def arc_count(root: Brokerage) -> int:
    return len((await root.found.network()).arcs)


async def whole(root: Brokerage) -> BrokerageScores:
    return scores((await root.found.counts()).sum(axis=0), root.found.whole)


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
) -> Brokerage:
    """Who brokers between which groups, and is it more than chance?"""
    context = info.context
    selection = network.selection(context.settings)
    limit = limited("first", first, 20)
    rank_by, by = rank_by or BrokerageRole.TOTAL, by or BrokerageScore.OBSERVED
    found = Found(context.graph, selection, group_by)
    key = member or None
    if key is None:
        brokers = await ranking(found, rank_by, by, limit)
    else:
        brokers = await one(context, found, key)
    missing = [] if brokers or key is None else [f"{key!r} is not in this network."]
    parameters: dict[str, Any] = {"network": echo(selection), "member": key}
    parameters["groupBy"] = group_by.value
    parameters |= {"rankBy": rank_by.value, "by": by.value, "first": limit}
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


def broker(
    found: Found, key: str, group: str | None, values: NDArray[np.int64]
) -> Broker:
    moments = partial(found.moments, group)
    return Broker(key=key, found=found, group=group, scores=scores(values, moments))


async def ranking(
    found: Found, rank_by: BrokerageRole, by: BrokerageScore, limit: int
) -> list[Broker]:
    network, values = await found.network(), await found.counts()
    keys, groups = network.members.keys, network.members.groups
    place = [*ROLES, "total"].index(rank_by.value.lower())
    ranks = np.column_stack((values, values.sum(axis=1)))[:, place].astype(float)
    if by is BrokerageScore.Z:
        for i, group in enumerate(groups):
            moments = await found.moments(group)
            score = z(ranks[i], *moments[place]) if moments else None
            ranks[i] = -np.inf if score is None else score
    # Members stand in the order of their keys, and a stable sort keeps it.
    order = np.argsort(-ranks.round(12), kind="stable")[:limit]
    return [broker(found, keys[i], groups[i], values[i]) for i in order.tolist()]
