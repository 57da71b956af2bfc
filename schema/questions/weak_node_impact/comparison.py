"""The three models of a cascade side by side, for one seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types.cascade_models import NOBODY_ELSE
from service.analyses.weak_node_impact import Impact
from service.vocabulary.enums import CascadeModel


async def loss_member(root: ComparedLoss, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="The loss of one member by each model, 0..1.")
class ComparedLoss:
    key: strawberry.Private[str]
    member: MemberRef = strawberry.field(resolver=loss_member)
    dependency: float
    inoperability: float
    failure: float


@strawberry.type(description="What one model says of the whole, the seed left out.")
class ComparedModel:
    model: CascadeModel
    affected_count: int
    affected_share: float | None
    total_loss: float
    customers_waiting: int = strawberry.field(description="How many wait.")
    converged: bool
    steps: int
    null_reason: str | None


@strawberry.type(
    description="Three readings of the same weakness. A probability (FAILURE) is no"
    " share of work that is lost (the others): compare the order, not the size."
)
class CascadeComparison:
    losses: list[ComparedLoss] = strawberry.field(
        description="The seed and all that any model hits, by the largest of the three"
        " descending, then key; `first` applies."
    )
    models: list[ComparedModel]


def compared(runs: list[Impact], limit: int) -> CascadeComparison:
    """`runs` are of one seed, in the order of the models."""
    one = runs[0]
    table = np.column_stack([run.cascade.loss for run in runs])
    hit = sorted({member for run in runs for member in run.ranked})
    worst = table[hit].max(axis=1).round(9)
    chosen = [hit[i] for i in np.argsort(-worst, kind="stable")[:limit]]
    names = [run.model.value.lower() for run in runs]
    losses = [
        ComparedLoss(
            key=one.key(member),
            **dict(zip(names, table[member].tolist(), strict=True)),
        )
        for member in chosen
    ]
    return CascadeComparison(losses=losses, models=[summed(run) for run in runs])


def summed(run: Impact) -> ComparedModel:
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
