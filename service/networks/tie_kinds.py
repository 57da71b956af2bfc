"""Which kinds of tie connect members, and how many ties of each have dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.graph import Graph
from service.graph.statements import statement
from service.networks.selection import STORED_TIES, Selection
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind

MOST_MEMBERS = 20_000  # the ties of more members take too long to count
KINDS = {TIES[kind].type: kind for kind in (*STORED_TIES, TieKind.CONTRACT)}
KINDS["REFERRAL"] = TieKind.REFERRAL


@dataclass(frozen=True)
class TieKindCount:
    """The active ties of one type, those of them without dates, and all with dates."""

    type: str
    count: int
    undated: int
    dated: int

    @property
    def kind(self) -> TieKind:
        return KINDS[self.type]


async def tie_kinds(
    graph: Graph, members: list[str], day: date
) -> dict[TieKind, TieKindCount]:
    """The kinds of tie that connect two of these members, the most frequent first."""
    if not members:
        return {}
    query = statement("networks/tie_kinds")
    rows = await graph.rows(query, TieKindCount, members=members, day=day)
    ranked = sorted(rows, key=lambda row: (-row.count, row.type))
    return {row.kind: row for row in ranked}


def count_words(counts: Iterable[TieKindCount]) -> str:
    """
    >>> rows = [TieKindCount("KNOWS", 1_200, 0, 0), TieKindCount("ADVISES", 5, 0, 0)]
    >>> count_words(rows)
    '1,200 ACQUAINTANCE, 5 ADVICE'
    """
    return ", ".join(f"{row.count:,} {row.kind.value}" for row in counts if row.count)


async def no_ties_warning(graph: Graph, selection: Selection, keys: list[str]) -> str:
    """Why a network is empty, and which ties there are instead."""
    day, size = selection.day, f"{len(keys):,}"
    if not keys:
        return (
            f"No member is active on {day} and passes the filters of the network; check"
            " its community, roles, kinds and region."
        )
    kinds = " or ".join(kind.value for kind in selection.ties)
    none = f"No {kinds} tie connects two of the {size} members on {day}."
    if len(keys) > MOST_MEMBERS:
        return none
    others = count_words((await tie_kinds(graph, keys, day)).values())
    if others:
        return f"{none} Ties between them: {others}; select these with `ties`."
    if selection.community is None or selection.surroundings:
        return f"{none} They have no other ties with each other; add ties."
    return (
        f"{none} They have no other ties with each other; where the question takes a"
        " `network`, `surroundings` in it adds their people, and the members tied"
        " to them."
    )
