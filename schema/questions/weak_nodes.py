"""`weakNodes`: which members, if weak, would hurt the network most?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.cascade_models import (
    DAYS,
    DAYS_SOURCE,
    FORMULAS,
    LIMITS,
    SOURCES,
    within,
)
from schema.types.network_input import NetworkInput
from schema.types.ranking import ranking, window_of, with_page_infos
from service.algorithms.weak_nodes import MOST_WORK_OF_ALL
from service.analyses.weak_nodes import (
    RankedNodes,
    WeakNodeResult,
    WeakNodesAnalysis,
    WeakNodesQuestion,
    weak_nodes_analysis,
)
from service.errors import BadInput
from service.networks.selection import Selection
from service.vocabulary.enums import CascadeModel, TieKind, TieWeight

RANKED = (
    " Each member in turn is the seed; members rank by the sum of the others' losses"
    " descending, then customers waiting descending, then key; members that hurt no"
    " other member come last, by key."
)
NOBODY = "No member is in this network on that day."
NO_DEPENDENCY = (
    "No member of this network has a dependency on that day; with `isolates` the answer"
    " lists all of its members."
)


async def node_member(root: WeakNode, info: Info) -> Any:
    return await member_of(info.context, root.result.key)


@strawberry.type(description="What the weakness of one member would do to the others.")
class WeakNode:
    result: strawberry.Private[WeakNodeResult]
    member: MemberRef = strawberry.field(
        resolver=node_member, description=descriptions.MEMBER
    )
    total_loss: float = strawberry.field(description="The sum of the others' losses.")
    affected_count: int = strawberry.field(
        description="How many other members have a loss."
    )
    customers_waiting: int = strawberry.field(
        description="The customers that wait if the member is out for its"
        " `recoveryDays`; if those are unknown, all customers that may wait."
        " `weakNodeImpact` lists them."
    )
    converged: bool = strawberry.field(description=descriptions.CONVERGED)


def weak_node_items(
    root: WeakNodes, info: Info, rows: Sequence[WeakNodeResult]
) -> list[WeakNode]:
    return [weak_node(node) for node in rows]


@strawberry.type(
    description="The members whose weakness would hurt the others most. Without"
    " `network` all members count; with it the cascade runs only among its members,"
    " including customers and suppliers under contract."
)
@with_page_infos
class WeakNodes:
    ranked: strawberry.Private[RankedNodes]
    window: strawberry.Private[RankingWindow]
    member_count: int = strawberry.field(
        description="Members in the complete list of `members`."
    )
    members: list[WeakNode] = ranking(
        lambda root, most: root.ranked,
        weak_node_items,
        "By totalLoss descending, customersWaiting descending, key. Members that hurt"
        " no other member come last; in a `network`, only those with a dependency are"
        " listed, or all of them with `isolates`.",
    )
    hurting_count: int = strawberry.field(
        description="Members whose weakness would hurt any other: by a loss, or because"
        " a customer waits."
    )
    converged: bool = strawberry.field(
        description="Whether every cascade converged and none was cut off."
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no members; null if there are any."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def weak_nodes(
    info: Info,
    network: NetworkInput | None = strawberry.UNSET,
    operability: float | None = 0,
    model: CascadeModel | None = CascadeModel.DEPENDENCY,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> WeakNodes:
    """Which members, if weak, would hurt the network most?

    network: Only members of this network are examined; all members by default.
    operability: How well each member still works, from 0 (not at all) to 1 (fully).
    model: How a loss spreads from a provider to its dependents.
    """
    context, model = info.context, model or CascadeModel.DEPENDENCY
    level = within("operability", 0.0 if operability is None else operability, 1)
    window = window_of(info, first, 20, after)
    day = day_of(network or None, as_of or None)
    selection = None
    if network:
        selection = dependency_selection(network.selection(context.settings), day)
    question = WeakNodesQuestion(selection, day, level, model)
    analysis = await weak_nodes_analysis(context.networks, question)
    ranked = await analysis.ranked(context.networks)
    return WeakNodes(
        ranked=ranked,
        window=window,
        member_count=len(ranked),
        hurting_count=len(analysis.hurting),
        converged=bool(analysis.totals.converged.all()),
        null_reason=None if len(ranked) else no_nodes(selection),
        about=weak_nodes_about(analysis, window.limit),
    )


def no_nodes(selection: Selection | None) -> str:
    is_tied = selection is not None and not selection.isolates
    return NO_DEPENDENCY if is_tied else NOBODY


def weak_nodes_about(analysis: WeakNodesAnalysis, limit: int) -> About:
    question = analysis.question
    selection, level, model = question.selection, question.operability, question.model
    echoed = begin(question.day, network=selection, operability=level, model=model)
    echoed.add(first=limit, most_entries=MOST_WORK_OF_ALL, **LIMITS)
    formula = FORMULAS[model] + RANKED + DAYS % "recoveryDays"
    source = SOURCES[model] + DAYS_SOURCE
    return echoed.about(formula, source, analysis.warnings, analysis.read_at)


def day_of(network: NetworkInput | None, as_of: date | None) -> date:
    inner = network.as_of or None if network else None
    if inner and as_of and inner != as_of:
        raise BadInput(f"asOf: {as_of} and network.asOf {inner} differ; give one.")
    return as_of or inner or today()


def dependency_selection(selection: Selection, day: date) -> Selection:
    if selection.ties != (TieKind.DEPENDENCY,):
        got = ", ".join(kind.value for kind in selection.ties)
        raise BadInput(f"network.ties: expected [DEPENDENCY], got [{got}].")
    if selection.weight not in (TieWeight.NONE, TieWeight.STRENGTH):
        raise BadInput(
            "network.weight: a cascade weighs a dependency by its strength; leave out"
            f" {selection.weight.value}."
        )
    return replace(selection, day=day)


def weak_node(node: WeakNodeResult) -> WeakNode:
    return WeakNode(
        result=node,
        total_loss=node.total_loss,
        affected_count=node.affected_count,
        customers_waiting=node.customers_waiting,
        converged=node.converged,
    )
