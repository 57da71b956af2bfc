"""The brokerage counts of a member or a network, against what chance would give."""

from __future__ import annotations

import strawberry

from schema.types import descriptions
from service.algorithms.brokerage import ROLES
from service.algorithms.brokerage_moments import Moments, z
from service.analyses.brokerage import BrokerageAnalysis


@strawberry.type(description="One number for each brokerage role.")
class BrokerageCounts:
    coordinator: float | None = strawberry.field(
        description="A A A: source, broker and target are in one group."
    )
    consultant: float | None = strawberry.field(
        description="A B A: source and target are in one group, the broker is not."
    )
    representative: float | None = strawberry.field(
        description="A A B: only the source is in the broker's group."
    )
    gatekeeper: float | None = strawberry.field(
        description="A B B: only the target is in the broker's group."
    )
    liaison: float | None = strawberry.field(
        description="A B C: source, broker and target are in three groups."
    )
    total: float | None = strawberry.field(description="The sum of the five roles.")


Values = list[float | None]
UNDEFINED: Values = [None] * 6
WEIGHED = "With weights or partial credit, only `observed` is defined."


def brokerage_counts(values: Values) -> BrokerageCounts:
    return BrokerageCounts(**dict(zip((*ROLES, "total"), values, strict=True)))


async def expected(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    return brokerage_counts([mean for mean, _ in moments] if moments else UNDEFINED)


async def standard_deviation(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    deviations: Values = [sd for _, sd in moments] if moments else UNDEFINED
    return brokerage_counts(deviations)


async def z_scores(root: BrokerageScores) -> BrokerageCounts:
    moments = await root.moments()
    return brokerage_counts(z_values(root.values, moments) if moments else UNDEFINED)


async def null_reason(root: BrokerageScores) -> str | None:
    if not root.analysis.has_null_model:
        return WEIGHED
    return reason_of(await root.moments())


def reason_of(moments: Moments | None) -> str | None:
    """Why scores against chance are null, where pairs are counted."""
    if moments is None:
        return (
            "Fewer than two members: the density is undefined, so only `observed` has"
            " values."
        )
    if any(deviation == 0 for _, deviation in moments):
        return (
            "z is null if chance gives no variance: the group is too small, or the"
            " density is 0 or 1."
        )
    return None


def z_values(values: Values, moments: Moments) -> Values:
    pairs = zip(values, moments, strict=True)
    return [z(value or 0, *moment) for value, moment in pairs]


@strawberry.type(
    description="Brokerage counts, compared with the counts that chance alone would"
    " give."
)
class BrokerageScores:
    analysis: strawberry.Private[BrokerageAnalysis]
    values: strawberry.Private[Values]
    key: strawberry.Private[str | None]
    observed: BrokerageCounts = strawberry.field(
        description="The counts in this network."
    )
    expected: BrokerageCounts = strawberry.field(
        resolver=expected, description="The mean of the counts under chance."
    )
    standard_deviation: BrokerageCounts = strawberry.field(
        resolver=standard_deviation,
        description="The standard deviation of the counts under chance.",
    )
    z: BrokerageCounts = strawberry.field(
        resolver=z_scores, description="(observed - expected) / standardDeviation."
    )
    null_reason: str | None = strawberry.field(
        resolver=null_reason, description=descriptions.NULL_REASON
    )

    async def moments(self) -> Moments | None:
        """Of the one member, or of the whole network."""
        return await self.analysis.moments_of(self.key)


def brokerage_scores(
    analysis: BrokerageAnalysis, counts: list[float], key: str | None = None
) -> BrokerageScores:
    values: Values = [*counts, sum(counts)]
    return BrokerageScores(
        analysis=analysis, values=values, key=key, observed=brokerage_counts(values)
    )
