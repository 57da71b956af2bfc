"""`brokerage`: who brokers between which groups, and is it more than chance?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.brokerage.columns import broker_columns
from schema.questions.brokerage.scores import BrokerageScores, brokerage_scores
from schema.records.lazy import MemberRef
from schema.records.node import register_enum
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of, members_of
from schema.types import descriptions
from schema.types.about import About, Analysis, begin
from schema.types.member_groups import needed_grouping
from schema.types.network_input import NetworkInput
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.brokerage import (
    BrokerageAnalysis,
    BrokeredPairResult,
    BrokerResult,
)
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


register_enum(
    BrokerageRole,
    "A role between groups; patterns read source, broker, target.",
    COORDINATOR="A A A: all three are in one group.",
    CONSULTANT="A B A: an outsider between two members of one group.",
    REPRESENTATIVE="A A B: the sender is in the broker's group. Some tools swap this"
    " name with GATEKEEPER; compare the patterns.",
    GATEKEEPER="A B B: the receiver is in the broker's group. Some tools swap this name"
    " with REPRESENTATIVE; compare the patterns.",
    LIAISON="A B C: three groups.",
    TOTAL="The sum of the five.",
)
register_enum(
    BrokerageScore,
    "The score by which brokers are ranked.",
    OBSERVED="The number of brokered pairs.",
    Z="That number in standard deviations above chance; a null comes last.",
)
register_enum(
    PairWeight,
    "The weight of a brokered pair, from the weights of its two arcs.",
    PRODUCT="The product of the two weights.",
    MINIMUM="The smaller of the two weights: what can flow through.",
)


@strawberry.type(description="Two members without an arc that this broker connects.")
class BrokeredPair:
    source: MemberRef = strawberry.field(description="Where the path begins.")
    target: MemberRef = strawberry.field(description="Where the path ends.")
    role: BrokerageRole = strawberry.field(
        description="The role that the broker plays between the two."
    )
    credit: float = strawberry.field(
        description="How much the pair adds to `observed`."
    )


async def evidence_rows(root: Broker, most: int) -> list[BrokeredPairResult]:
    return await root.analysis.pairs(root.key, most)


async def evidence(
    root: Broker, info: Info, pairs: Sequence[BrokeredPairResult]
) -> list[BrokeredPair]:
    keys = [end for pair in pairs for end in (pair.source, pair.target)]
    ends = iter(await members_of(info.context, keys))
    return [
        BrokeredPair(
            source=next(ends), target=next(ends), role=pair.role, credit=pair.credit
        )
        for pair in pairs
    ]


async def evidence_count(root: Broker) -> int:
    return await root.analysis.pair_count(root.key)


async def broker_member(root: Broker, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="A member and the pairs that it brokers.")
@with_page_infos
class Broker:
    key: strawberry.Private[str]
    analysis: strawberry.Private[BrokerageAnalysis]
    member: MemberRef = strawberry.field(
        resolver=broker_member, description="The broker."
    )
    group: str | None = strawberry.field(
        description="Its group under `groupBy`; the key if the group is a record."
    )
    scores: BrokerageScores = strawberry.field(
        description="How much it brokers, compared with chance."
    )
    evidence_count: int = strawberry.field(
        resolver=evidence_count, description="The number of pairs that it brokers."
    )
    evidence: list[BrokeredPair] = ranking(
        evidence_rows,
        evidence,
        "The pairs that it brokers, by the keys of source, then target.",
        first=5,
    )


async def brokers(root: Brokerage, info: Info, rows: Sequence[Any]) -> list[Broker]:
    analysis, own = root.analysis, root.own
    results = await analysis.brokers(rows) if own is None else rows
    return [broker(analysis, result) for result in results]


async def node_count(root: Brokerage) -> int:
    return len((await root.analysis.network()).keys)


async def arc_count(root: Brokerage) -> int:
    return (await root.analysis.network()).arcs.arc_count


async def broker_count(root: Brokerage) -> int:
    credit = await root.analysis.credit()
    return int((credit.sum(axis=1) > 0).sum())


async def network_scores(root: Brokerage) -> BrokerageScores:
    credit = await root.analysis.credit()
    return brokerage_scores(root.analysis, credit.sum(axis=0).tolist())


async def brokerage_about(root: Brokerage) -> About:
    analysis = root.analysis
    warnings = root.warnings + await analysis.warnings()
    return root.question.about(FORMULA, SOURCE, warnings, analysis.read_at)


@strawberry.type(description="The brokers of a network, and the network as a whole.")
@with_page_infos
class Brokerage:
    order: strawberry.Private[Sequence[Any]]  # indices of members
    own: strawberry.Private[list[BrokerResult] | None]  # the one that it is about
    window: strawberry.Private[RankingWindow]
    analysis: strawberry.Private[BrokerageAnalysis]
    question: strawberry.Private[Analysis]
    warnings: strawberry.Private[list[str]]
    node_count: int = strawberry.field(
        resolver=node_count, description="Members of the network."
    )
    arc_count: int = strawberry.field(
        resolver=arc_count, description="Arcs of the network."
    )
    broker_count: int = strawberry.field(
        resolver=broker_count, description="Members that broker any pair."
    )
    brokers: list[Broker] = ranking(
        lambda root, most: root.order if root.own is None else root.own,
        brokers,
        "By the score of `rankBy` and `by`, descending; then by key. All members are"
        " ranked, `nodeCount`; those that broker no pair come last when ranked by"
        " OBSERVED.",
        columns=broker_columns,
    )
    whole: BrokerageScores = strawberry.field(
        resolver=network_scores, description="The sums over all members."
    )
    about: About = strawberry.field(
        resolver=brokerage_about, description=descriptions.ABOUT
    )


async def brokerage(
    info: Info,
    network: NetworkInput,
    group_by: GroupKey | None = strawberry.UNSET,
    group_by_attribute: str | None = strawberry.UNSET,
    member: str | None = strawberry.UNSET,
    rank_by: BrokerageRole | None = BrokerageRole.TOTAL,
    by: BrokerageScore | None = BrokerageScore.OBSERVED,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    pair_weight: PairWeight | None = PairWeight.PRODUCT,
    partial_credit: bool | None = False,
) -> Brokerage:
    """Who brokers between which groups, and is it more than chance?

    group_by: What puts members into groups.
    group_by_attribute: The name of an extra attribute by which to group instead.
    rank_by: The role whose score ranks the brokers.
    by: Rank by the observed score, or by how far it is from chance.
    pair_weight: How much a brokered pair counts if arcs have weights.
    partial_credit: Whether several brokers of one pair share its credit.
    member: Key of a member; the answer has the scores of this member only.
    """
    selection = network.selection(info.context.settings)
    key, window = member or None, window_of(info, first, 20, after)
    rank_by, by = rank_by or BrokerageRole.TOTAL, by or BrokerageScore.OBSERVED
    pair_weight, partial = pair_weight or PairWeight.PRODUCT, bool(partial_credit)
    grouping = needed_grouping(group_by or None, group_by_attribute or None)
    question = begin(selection, member=key, rank_by=rank_by, by=by)
    question.add(group_by=group_by, group_by_attribute=group_by_attribute)
    question.add(first=window.limit, pair_weight=pair_weight, partial_credit=partial)
    analysis = BrokerageAnalysis(
        info.context.networks, selection, grouping, pair_weight, partial
    )
    order: Any = []
    own = None
    if key is None:
        order = await analysis.order(rank_by, by)
    else:
        await member_of(info.context, key)  # an unknown key is an error
        result = await analysis.broker(key)
        own = [result] if result else []
    return Brokerage(
        analysis=analysis,
        question=question,
        warnings=[f"{key!r} is not in this network."] if own == [] else [],
        order=order,
        own=own,
        window=window,
    )


def broker(analysis: BrokerageAnalysis, result: BrokerResult) -> Broker:
    return Broker(
        key=result.key,
        analysis=analysis,
        group=result.group,
        scores=brokerage_scores(analysis, result.counts.tolist(), result.key),
    )
