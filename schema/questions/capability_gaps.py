"""Q11: which needs does no own person cover, who advises on them, who could?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.limits import limit_of
from schema.records.reading import existing_node, member_of
from schema.types.about import About, about
from schema.types.measured import Measured, each, member_at, members_at, node_at, plain
from schema.types.own_network import Introducing
from service.analyses.figure import pieces, share
from service.analyses.introductions.chances import table
from service.analyses.introductions.network import introduction_network
from service.analyses.networking.reaching import HOPS, Reaching, Way
from service.graph.statements import statement

FORMULA = (
    "A need is covered where the start-up, one of its teams or one of its people has"
    " the capability; else it is a gap. Advisers: who have it and ADVISE the start-up"
    " or one of its people; candidates: all others who have it, by the likeliest path"
    " from the start-up within 4 hops (success as in partnerPaths), none last."
)
SOURCE = "The reading is decided here."


@dataclass(frozen=True)
class Candidate:
    key: str
    way: Way | None


@dataclass(frozen=True)
class Row:
    key: str
    stage: int | None
    own: list[str]
    advisers: list[str]
    others: list[str]


@dataclass(frozen=True)
class Need:
    row: Row
    candidates: list[Candidate]

    @property
    def covered(self) -> bool:
        return bool(self.row.own)


def way_of(root: CapabilityCandidate) -> Introducing | None:
    return Introducing(found=root.found.way) if root.found.way else None


@strawberry.type(description="Somebody who has what the start-up lacks.")
class CapabilityCandidate:
    found: strawberry.Private[Candidate]
    member: MemberRef = member_at("key")
    way: Introducing | None = strawberry.field(
        resolver=way_of, description="Null where no path is within reach."
    )


@strawberry.type(description="One need of a start-up, and who covers it.")
class CapabilityNeed:
    found: strawberry.Private[Need]
    capability: CapabilityRef = node_at("Capability", "row.key")
    stage: int | None = plain("row.stage")
    covered: bool = plain("covered", "By somebody of its own.")
    own: list[MemberRef] = members_at("row.own", "Who has it, by key.")
    advisers: list[MemberRef] = members_at("row.advisers", "Who has it and advises.")
    candidates: list[CapabilityCandidate] = each(CapabilityCandidate, "candidates")


async def startup_of(root: CapabilityGaps, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="What a start-up needs and lacks.")
class CapabilityGaps:
    key: strawberry.Private[str]
    startup: MemberRef = strawberry.field(resolver=startup_of)
    needs: list[CapabilityNeed] = strawberry.field(description="By stage, then key.")
    gap_count: int
    gap_share: Measured = strawberry.field(description="Of needs; evidence: the gaps.")
    about: About


async def capability_gaps(
    info: Info,
    startup: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
) -> CapabilityGaps:
    """Which needs does no own person or team cover, who advises on them, who could?

    startup: Key of the start-up.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    limit = limit_of("first", first, 20)
    await existing_node(context, "Member", startup)
    read = statement("capability_gaps/gaps")
    network, rows = await asyncio.gather(
        introduction_network(context.networks, context.settings, day),
        context.graph.rows(read, Row, startup=startup, day=day),
    )
    ways = await asyncio.to_thread(Reaching, network, startup)
    needs = [Need(row, candidates(ways, row)) for row in rows]
    gaps = [need.row.key for need in needs if not need.covered]
    parameters: dict[str, Any] = {"startup": startup, "first": limit}
    parameters |= {"asOf": day.isoformat(), "maxHops": HOPS, **table(context.settings)}
    none = "The start-up needs nothing on that day."
    found = share(len(gaps), len(needs), none, pieces("Capability", gaps))
    return CapabilityGaps(
        key=startup,
        needs=[CapabilityNeed(found=need) for need in needs[:limit]],
        gap_count=len(gaps),
        gap_share=Measured.of(found),
        about=about(FORMULA, SOURCE, parameters, day, read_at, []),
    )


def candidates(ways: Reaching, row: Row) -> list[Candidate]:
    found = [Candidate(key, ways.way(key)) for key in row.others]
    return sorted(found, key=lambda c: (-(c.way.success if c.way else 0), c.key))
