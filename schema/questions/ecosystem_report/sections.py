"""What only the report has: cooling ties, and the gaps of the data."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records import ties
from schema.records.lazy import MemberRef
from schema.records.reading import member_of, tie
from service.analyses.ecosystem_report.cooling import CoolingTieRow
from service.analyses.ecosystem_report.gaps import ReportGap
from service.vocabulary.enums import ReportPart


async def cooling_source(root: CoolingTie, info: Info) -> Any:
    return await member_of(info.context, root.result.source)


async def cooling_target(root: CoolingTie, info: Info) -> Any:
    return await member_of(info.context, root.result.target)


async def cooling_tie(root: CoolingTie, info: Info) -> Any:
    return await tie(info.context, ties.Acquaintance, root.result.key)


@strawberry.type(
    description="An acquaintance that was not renewed within one half-life."
)
class CoolingTie:
    result: strawberry.Private[CoolingTieRow]
    source: MemberRef = strawberry.field(
        resolver=cooling_source, description="The first of the two."
    )
    target: MemberRef = strawberry.field(
        resolver=cooling_target, description="The second of the two."
    )
    days_since_contact: int = strawberry.field(
        description="Days since the score was last renewed."
    )
    strength_then: float = strawberry.field(
        description="The strength at the last contact, 0..1."
    )
    strength_now: float = strawberry.field(description="The strength now, 0..1.")
    lost: float = strawberry.field(description="strengthThen - strengthNow.")
    tie: ties.Acquaintance | None = strawberry.field(
        resolver=cooling_tie, description="The acquaintance."
    )


def cooling_tie_of(row: CoolingTieRow, half_life: float) -> CoolingTie:
    return CoolingTie(
        result=row,
        days_since_contact=row.age,
        strength_then=row.strength(half_life, 0),
        strength_now=row.strength(half_life, row.age),
        lost=row.loss(half_life),
    )


@strawberry.type(description="What the stored data lack for one part of the report.")
class MissingData:
    part: ReportPart = strawberry.field(description="The part of the report.")
    blocks: bool = strawberry.field(
        description="Whether the part can say nothing without it: its zeros then mean"
        " unknown."
    )
    missing: str = strawberry.field(description="What is missing, in one sentence.")
    remedy: str = strawberry.field(description="What to add, in one sentence.")

    @classmethod
    def of(cls, gap: ReportGap) -> MissingData:
        return cls(
            part=gap.part, blocks=gap.blocks, missing=gap.missing, remedy=gap.remedy
        )
