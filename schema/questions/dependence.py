"""`dependence`: which members of a community depend on a single other one?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.node import Node
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import length, member_at, nodes_of, plain
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.dependence import (
    HOPS,
    DependenceAnalysis,
    dependence_analysis,
)
from service.analyses.dependence.gaps import null_reason, warnings
from service.analyses.dependence.results import DependenceResult
from service.analyses.figure import Piece, pieces
from service.analyses.introductions.chances import chance_table
from service.analyses.introductions.startups import BACKERS
from service.vocabulary.enums import DependenceKind

FORMULA = (
    "share = count / total. SOLE_CONTACT: customers of the organisation that only this"
    " person inside manages or knows, of all its customers (departureImpact)."
    " TRUCK_FACTOR: customers and partners that a person of the truck factor manages or"
    " knows, of those with a contact inside (keyPeople). CHOKE_POINT and SOLE_PARTNER:"
    " needs of the start-up for which every path within 4 introductions passes the"
    " member on its way, or ends at it, of its needs with a path (chokePoints)."
    " SOLE_SUPPLIER: the provider, of all providers of the member; no other provider"
    " is in its substitute group, and the dependency has an effect (strength above 0 or"
    " criticality below 100)."
)
SOURCE = (
    "Of its questions: departureImpact, keyPeople, chokePoints. The list and the shares"
    " are our own definition."
)


def row_members(root: DependenceRow, most: int) -> list[str]:
    return [] if root.result.is_of_needs else root.result.items


def row_needs(root: DependenceRow, most: int) -> list[str]:
    return root.result.items if root.result.is_of_needs else []


def row_evidence(root: DependenceRow, most: int) -> list[Piece]:
    return root.result.evidence


async def members(root: DependenceRow, info: Info, keys: Sequence[str]) -> list[Any]:
    return await members_of(info.context, list(keys))


async def needs(root: DependenceRow, info: Info, keys: Sequence[str]) -> list[Any]:
    return await nodes_of(info.context, list(pieces("Capability", keys)))


async def evidence(
    root: DependenceRow, info: Info, records: Sequence[Piece]
) -> list[Any]:
    return await nodes_of(info.context, list(records))


@strawberry.type(description="A member that depends on another one.")
@with_page_infos
class DependenceRow:
    result: strawberry.Private[DependenceResult]
    dependent: MemberRef = member_at("dependent", "The member that depends.")
    on: MemberRef = member_at("on", "The member on which it depends.")
    kind: DependenceKind = plain("kind", "How it depends.")
    share: float = plain(
        "share",
        "The part of its customers, partners, needs or suppliers that depends on that"
        " member, above 0 to 1: `count` / `total`.",
    )
    count: int = plain("count", "How many of them depend on that member.")
    total: int = plain("total", "How many it has, as the kind counts them.")
    together: int = plain(
        "together",
        "On how many people it depends together, this one included: the truck factor."
        " 1 for all other kinds.",
    )
    members: list[MemberRef] = ranking(
        row_members,
        members,
        "The customers and partners that depend on the person, or the supplier itself,"
        " by key; empty for needs.",
        first=20,
    )
    needs: list[CapabilityRef] = ranking(
        row_needs,
        needs,
        "The needs that depend on the member, by key; empty for other kinds.",
        first=20,
    )
    evidence_count: int = length("evidence", "The number of records in `evidence`.")
    evidence: list[Node] = ranking(
        row_evidence,
        evidence,
        "The accounts and acquaintances of the person, the capabilities that are"
        " needed, or the dependencies; by key.",
        first=5,
    )


@strawberry.type(description="How many rows there are of one kind.")
class DependenceCount:
    kind: DependenceKind = strawberry.field(description="The kind.")
    count: int | None = strawberry.field(
        description="Rows of this kind; null if nothing is stored that could show any."
    )
    null_reason: str | None = strawberry.field(
        description="Why `count` is null, and what to add; null if it is not."
    )


def dependence_rows(
    root: Dependence, info: Info, rows: Sequence[DependenceResult]
) -> list[DependenceRow]:
    return [DependenceRow(result=row) for row in rows]


@strawberry.type(
    description="Who in a community depends on a single person or organisation, and"
    " with what share of its customers, needs or suppliers."
)
@with_page_infos
class Dependence:
    results: strawberry.Private[list[DependenceResult]]
    window: strawberry.Private[RankingWindow]
    rows: list[DependenceRow] = ranking(
        lambda root, most: root.results,
        dependence_rows,
        "By share descending, then the keys of dependent and on, then kind.",
    )
    total_count: int | None = strawberry.field(
        description="Rows in the complete list of the chosen kinds; null if none of"
        " these kinds is known."
    )
    counts: list[DependenceCount] = strawberry.field(
        description="Rows of each kind, in the order of the kinds."
    )
    null_reason: str | None = strawberry.field(
        description="Why `totalCount` is null; null if it is not."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def dependence(
    info: Info,
    community: str,
    kinds: list[DependenceKind] | None = strawberry.UNSET,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Dependence:
    """Which members of this community depend on a single person or organisation?

    community: Key of the community.
    kinds: Only rows of these kinds; all kinds by default.
    """
    context, window = info.context, window_of(info, first, 20, after)
    chosen = [kind for kind in DependenceKind if not kinds or kind in kinds]
    question = begin(as_of, community=community, kinds=kinds or None)
    question.add(first=window.limit, backers=BACKERS, max_hops=HOPS)
    question.add(**chance_table(context.settings))
    await existing_node(context, "Community", community)
    analysis = await dependence_analysis(
        context.networks, context.settings, community, question.day
    )
    results = analysis.of_kinds(chosen)
    counts = [count_of(analysis, kind) for kind in DependenceKind]
    reasons = [each.null_reason for each in counts if each.kind in chosen]
    is_known = None in reasons
    missing = list(warnings(analysis, chosen))
    return Dependence(
        results=results,
        window=window,
        total_count=len(results) if is_known else None,
        counts=counts,
        null_reason=None if is_known else reason_of(reasons),
        about=question.about(FORMULA, SOURCE, missing, analysis.read_at),
    )


def count_of(analysis: DependenceAnalysis, kind: DependenceKind) -> DependenceCount:
    reason = null_reason(analysis, kind)
    count = analysis.counts[kind] if reason is None else None
    return DependenceCount(kind=kind, count=count, null_reason=reason)


def reason_of(reasons: list[str | None]) -> str:
    """Each reason once."""
    return " ".join(dict.fromkeys(reason for reason in reasons if reason))
