"""The brokers of a ranking as columns: for tables of all members of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from schema.questions.brokerage.scores import WEIGHED, reason_of
from schema.types.member_columns import Field, member_columns
from service.algorithms.brokerage import ROLES
from service.algorithms.brokerage_moments import Moments, z
from service.analyses.brokerage import BrokerageAnalysis
from service.computation.pool import in_thread

NUMBERS = (*ROLES, "total")
SCORES = ("observed", "expected", "standardDeviation", "z")


async def broker_columns(
    root: Any, rows: Sequence[Any], fields: Sequence[Field]
) -> list[list[Any]] | None:
    """The values of these fields; None where only the objects of brokers have them."""
    if root.own is not None or not all(map(has_column, fields)):
        return None
    analysis: BrokerageAnalysis = root.analysis
    network, groups = await analysis.network(), await analysis.groups()
    indices = [int(row) for row in rows]
    keys = [network.keys[i] for i in indices]
    columns = await member_columns(analysis.networks, keys, fields)
    if columns is None:
        return None
    columns["group",] = [groups.names[i] for i in indices]
    if ("evidenceCount",) in fields:
        columns["evidenceCount",] = (await analysis.pair_counts())[indices].tolist()
    credit, moments = await analysis.credit(), await analysis.moments()

    def compute() -> list[list[Any]]:
        counts = [[*own, sum(own)] for own in credit[indices].tolist()]
        chances: list[Moments | None] = [None] * len(indices)
        if moments is not None:
            sizes = moments.group_sizes[indices].tolist()
            chances = [moments.of_size[size] for size in sizes]
        scores = ScoreColumns(counts, chances, analysis.has_null_model)
        return [
            scores.column(field) if field[0] == "scores" else columns[field]
            for field in fields
        ]

    return await in_thread(compute)


def has_column(field: Field) -> bool:
    match field:
        case ("member", "key" | "name") | ("group",) | ("evidenceCount",):
            return True
        case ("scores", "nullReason"):
            return True
        case ("scores", score, role):
            return score in SCORES and role in NUMBERS
    return False


@dataclass(frozen=True)
class ScoreColumns:
    """What `scores` of each broker has: its counts, and what chance gives for it."""

    counts: list[list[float]]
    chances: list[Moments | None]
    has_null_model: bool

    def column(self, field: Field) -> list[Any]:
        if field[1] == "nullReason":
            return self.reasons()
        index = NUMBERS.index(field[2])
        match field[1]:
            case "observed":
                return [own[index] for own in self.counts]
            case "expected":
                return [chance and chance[index][0] for chance in self.chances]
            case "standardDeviation":
                return [chance and chance[index][1] for chance in self.chances]
        return [
            chance and z(own[index], *chance[index])
            for own, chance in zip(self.counts, self.chances, strict=True)
        ]

    def reasons(self) -> list[str | None]:
        if not self.has_null_model:
            return [WEIGHED] * len(self.counts)
        # Members of groups of one size share their moments.
        reasons = {id(chance): reason_of(chance) for chance in self.chances}
        return [reasons[id(chance)] for chance in self.chances]
