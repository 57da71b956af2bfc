"""The three models of a cascade side by side, for one seed."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.cascade_models import NOBODY_ELSE
from schema.types.ranking import ranking, with_page_infos
from service.analyses.weak_node_impact import (
    ImpactAnalysis,
    LossComparison,
    compare_losses,
)
from service.vocabulary.enums import CascadeModel


async def loss_member(root: ComparedLoss, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="The loss of one member by each model, 0..1.")
class ComparedLoss:
    key: strawberry.Private[str]
    member: MemberRef = strawberry.field(
        resolver=loss_member, description="The member."
    )
    dependency: float = strawberry.field(description="Its loss under DEPENDENCY.")
    inoperability: float = strawberry.field(description="Its loss under INOPERABILITY.")
    failure: float = strawberry.field(description="Its loss under FAILURE.")


@strawberry.type(
    description="The totals of one model, over all members except the weak one."
)
class ComparedModel:
    model: CascadeModel = strawberry.field(description="The model.")
    affected_count: int = strawberry.field(
        description="The number of members with a loss."
    )
    affected_share: float | None = strawberry.field(
        description="Their share of the active members that have a dependency, 0..1."
    )
    total_loss: float = strawberry.field(description="The sum of their losses.")
    customers_waiting: int = strawberry.field(description="Customers that wait.")
    converged: bool = strawberry.field(description=descriptions.CONVERGED)
    steps: int = strawberry.field(
        description="The number of rounds until the cascade converged."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


def losses(
    root: CascadeComparison, info: Info, rows: list[LossComparison]
) -> list[ComparedLoss]:
    return [
        ComparedLoss(
            key=row.key,
            **{model.value.lower(): loss for model, loss in row.losses.items()},
        )
        for row in rows
    ]


@strawberry.type(
    description="The same weakness in three models. FAILURE computes a probability, the"
    " other two a share of lost work: compare the order of the members, not the"
    " numbers."
)
@with_page_infos
class CascadeComparison:
    loss_count: int = strawberry.field(
        description="The weak member and all members with a loss in any model."
    )
    runs: strawberry.Private[list[ImpactAnalysis]]
    window: strawberry.Private[RankingWindow]
    losses: list[ComparedLoss] = ranking(
        lambda root, most: compare_losses(root.runs, most),
        losses,
        "The weak member and all members with a loss in any model, by the largest of"
        " the three losses descending, then key; `first` and `after` of the question"
        " apply.",
    )
    models: list[ComparedModel] = strawberry.field(
        description="The totals of each model."
    )


def cascade_comparison(
    runs: list[ImpactAnalysis], window: RankingWindow
) -> CascadeComparison:
    """`runs` are of one seed, in the order of the models."""
    hit = {member for run in runs for member in run.ranking}
    return CascadeComparison(
        loss_count=len(hit),
        runs=runs,
        window=window,
        models=[compared_model(run) for run in runs],
    )


def compared_model(run: ImpactAnalysis) -> ComparedModel:
    share = run.affected_share
    reason = None if share is not None else NOBODY_ELSE
    return ComparedModel(
        model=run.model,
        affected_count=run.affected_count,
        affected_share=share,
        total_loss=run.total_loss,
        customers_waiting=len(run.waits),
        converged=run.cascade.converged,
        steps=run.cascade.steps,
        null_reason=reason,
    )
