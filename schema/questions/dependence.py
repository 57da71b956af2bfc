"""`dependence`: which members of a community depend on a single other one?"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.connection import PageInfo
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.limits import limit_of
from schema.records.node import Node
from schema.records.reading import existing_node, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import length, member_at, nodes_of, plain
from service.analyses.dependence import (
    HOPS,
    DependenceAnalysis,
    dependence_analysis,
)
from service.analyses.dependence.gaps import null_reason, warnings
from service.analyses.dependence.results import DependenceResult
from service.analyses.figure import pieces
from service.analyses.introductions.chances import chance_table
from service.analyses.introductions.startups import BACKERS
from service.compiler.cursors import cursor_owner, encode_cursor
from service.compiler.orders import OrderTerm
from service.compiler.windows import position_of
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
ORDER = [
    OrderTerm("share", "", float, required=True),
    *(OrderTerm(name, "", str, required=True) for name in ("dependent", "on", "kind")),
]


async def row_members(
    root: DependenceRow, info: Info, first: int | None = 20
) -> list[Any]:
    limit = limit_of("first", first, 20)
    keys = [] if root.result.is_of_needs else root.result.items[:limit]
    return await members_of(info.context, keys)


async def row_needs(
    root: DependenceRow, info: Info, first: int | None = 20
) -> list[Any]:
    limit = limit_of("first", first, 20)
    keys = root.result.items[:limit] if root.result.is_of_needs else []
    return await nodes_of(info.context, list(pieces("Capability", keys)))


async def row_evidence(
    root: DependenceRow, info: Info, first: int | None = 5
) -> list[Any]:
    limit = limit_of("first", first, 5)
    return await nodes_of(info.context, root.result.evidence[:limit])


@strawberry.type(description="A member that depends on another one.")
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
    members: list[MemberRef] = strawberry.field(
        resolver=row_members,
        description="The customers and partners that depend on the person, or the"
        " supplier itself, by key; empty for needs.",
    )
    needs: list[CapabilityRef] = strawberry.field(
        resolver=row_needs,
        description="The needs that depend on the member, by key; empty for other"
        " kinds.",
    )
    evidence_count: int = length("evidence", "The number of records in `evidence`.")
    evidence: list[Node] = strawberry.field(
        resolver=row_evidence,
        description="The accounts and acquaintances of the person, the capabilities"
        " that are needed, or the dependencies; by key.",
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


@strawberry.type(
    description="Who in a community depends on a single person or organisation, and"
    " with what share of its customers, needs or suppliers."
)
class Dependence:
    rows: list[DependenceRow] = strawberry.field(
        description="By share descending, then the keys of dependent and on, then kind."
    )
    rows_page_info: PageInfo = strawberry.field(
        description="The position of `rows` in the complete list: `endCursor` is the"
        " `after` of the next page."
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
    after: str | None = None,
) -> Dependence:
    """Which members of this community depend on a single person or organisation?

    community: Key of the community.
    kinds: Only rows of these kinds; all kinds by default.
    after: The `endCursor` of the page before.
    """
    context, limit = info.context, limit_of("first", first, 20)
    chosen = [kind for kind in DependenceKind if not kinds or kind in kinds]
    question = begin(as_of, community=community, kinds=kinds or None, first=limit)
    question.add(backers=BACKERS, max_hops=HOPS, **chance_table(context.settings))
    # A cursor is good for the list that it was made for, and no other.
    names = {"community": community, "kinds": [kind.value for kind in chosen]}
    owner = cursor_owner("Dependence", ORDER, names, question.day)
    position = position_of("after", after, owner, ORDER)
    await existing_node(context, "Community", community)
    analysis = await dependence_analysis(
        context.networks, context.settings, community, question.day
    )
    results = analysis.of_kinds(chosen)
    # Rows are in the order of their positions: the page begins behind the cursor's.
    begins = (
        0
        if position is None
        else bisect_right(results, tuple(position), key=lambda row: row.position)
    )
    page = results[begins : begins + limit]
    cursors = [encode_cursor(owner, row.position) for row in (page[:1] + page[-1:])]
    counts = [count_of(analysis, kind) for kind in DependenceKind]
    reasons = [each.null_reason for each in counts if each.kind in chosen]
    is_known = None in reasons
    return Dependence(
        rows=[DependenceRow(result=row) for row in page],
        rows_page_info=PageInfo(
            has_next_page=begins + limit < len(results),
            has_previous_page=begins > 0,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        ),
        total_count=len(results) if is_known else None,
        counts=counts,
        null_reason=None if is_known else reason_of(reasons),
        about=question.about(
            FORMULA, SOURCE, list(warnings(analysis, chosen)), analysis.read_at
        ),
    )


def count_of(analysis: DependenceAnalysis, kind: DependenceKind) -> DependenceCount:
    reason = null_reason(analysis, kind)
    count = analysis.counts[kind] if reason is None else None
    return DependenceCount(kind=kind, count=count, null_reason=reason)


def reason_of(reasons: list[str | None]) -> str:
    """Each reason once."""
    return " ".join(dict.fromkeys(reason for reason in reasons if reason))
