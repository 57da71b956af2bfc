"""The positions of a ranking as columns: for tables of all members of a network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from schema.questions.structural_holes.position import MOST_INT, reason_of
from schema.types.member_columns import KEY, NAME, Field, member_columns
from schema.types.numbers import defined
from service.analyses.structural_holes import GroupedPositions, pairs_of_others

# The values of these members.
Values = Callable[[GroupedPositions, Sequence[int]], Awaitable[list[Any]]]


async def position_columns(
    root: Any, rows: Sequence[int], fields: Sequence[Field]
) -> list[list[Any]] | None:
    """The values of these fields; None where only the objects have them."""
    if not all(field in (KEY, NAME) or field in MEASURES for field in fields):
        return None
    grouped: GroupedPositions = root.grouped
    keys = [grouped.keys[row] for row in rows]
    columns = await member_columns(root.networks, keys, fields)
    if columns is None:
        return None
    for field in fields:
        if field in MEASURES:
            columns[field] = await MEASURES[field](grouped, rows)
    return [columns[field] for field in fields]


async def groups(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return [grouped.groups and grouped.groups.names[row] for row in rows]


async def degrees(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return list((await grouped.analysis.degrees())[rows].tolist())


def burt(name: str) -> Values:
    async def values(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
        measure = getattr(await grouped.analysis.burt_measures(), name)
        return [defined(value) for value in measure[rows].tolist()]

    return values


async def betweenness(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    pairs = pairs_of_others(len(grouped.keys))
    raw = await betweenness_raw(grouped, rows)
    return [value / pairs if pairs else None for value in raw]


async def betweenness_raw(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return list((await grouped.analysis.betweenness())[rows].tolist())


async def betweenness_errors(
    grouped: GroupedPositions, rows: Sequence[int]
) -> list[Any]:
    return [await grouped.analysis.betweenness_error()] * len(rows)


async def coreness(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return list((await grouped.analysis.coreness())[rows].tolist())


async def cut_points(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return [bool(is_cut) for is_cut in (await grouped.analysis.cuts()).points[rows]]


async def separated_pairs(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    separated = (await grouped.analysis.cuts()).separated[rows]
    return [min(count, MOST_INT) for count in separated.tolist()]


async def simmelian_ties(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    return list((await grouped.analysis.simmelian_counts())[rows].tolist())


async def null_reasons(grouped: GroupedPositions, rows: Sequence[int]) -> list[Any]:
    # More neighbours than one give no reason of their own.
    reasons = [reason_of(grouped, count) for count in range(3)]
    return [reasons[min(degree, 2)] for degree in await degrees(grouped, rows)]


MEASURES: dict[Field, Values] = {
    ("group",): groups,
    ("degree",): degrees,
    ("effectiveSize",): burt("effective_size"),
    ("efficiency",): burt("efficiency"),
    ("constraint",): burt("constraint"),
    ("hierarchy",): burt("hierarchy"),
    ("betweenness",): betweenness,
    ("betweennessRaw",): betweenness_raw,
    ("betweennessError",): betweenness_errors,
    ("coreness",): coreness,
    ("cutPoint",): cut_points,
    ("separatedPairs",): separated_pairs,
    ("simmelianTies",): simmelian_ties,
    ("nullReason",): null_reasons,
}
