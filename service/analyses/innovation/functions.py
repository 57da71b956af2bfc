"""Across functions or in silos: ties inside an organisation by function."""

from __future__ import annotations

from dataclasses import dataclass

from service.analyses.figure import Figure, nothing, pieces
from service.analyses.innovation.portfolio import InnovationRows, InsiderRow


@dataclass(frozen=True)
class TeamLoadResult:
    """One team: its active initiatives, and the layers above it."""

    key: str
    function: str | None
    initiatives: list[str]
    layers: int
    silo: bool


def function_pairs(rows: InnovationRows) -> set[tuple[str, str]]:
    """Tied pairs of insiders that both have a function, each once."""
    known = {one.key for one in rows.insiders if one.function}
    return {
        (min(one.key, other), max(one.key, other))
        for one in rows.insiders
        for other in one.neighbours
        if one.key in known and other in known
    }


def functions(rows: InnovationRows) -> dict[str, str | None]:
    return {one.key: one.function for one in rows.insiders}


def cross_functional(rows: InnovationRows) -> Figure:
    """(1 + E-I index) / 2 = E / (E + I): ties across functions, of all ties.

    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51(2):123-140.
    """
    of, ties = functions(rows), function_pairs(rows)
    if not ties:
        return nothing("No tie joins two insiders that have a function.")
    across = {pair for pair in ties if of[pair[0]] != of[pair[1]]}
    members = sorted({key for pair in across for key in pair})
    value = len(across) / len(ties)
    return Figure(value, len(ties), None, pieces("Member", members))


def open_teams(rows: InnovationRows) -> set[str]:
    """Teams that have, or whose people have, a tie to another function.

    The function that counts is the tied member's own.
    """
    of = functions(rows)
    teams = {one.key: set(one.teams) | {one.key} for one in rows.insiders}
    across = [pair for pair in function_pairs(rows) if of[pair[0]] != of[pair[1]]]
    return {team for pair in across for key in pair for team in teams[key]}


def loads(rows: InnovationRows) -> list[TeamLoadResult]:
    """By the number of active initiatives descending, then key."""
    spanning = open_teams(rows)
    work: dict[str, list[str]] = {}
    for one in rows.active:
        for key, inside, _, _ in one.workers:
            if inside:
                work.setdefault(key, []).append(one.key)
    teams = [one for one in rows.insiders if one.team]
    loads = [load(one, work, rows, one.key not in spanning) for one in teams]
    return sorted(loads, key=lambda one: (-len(one.initiatives), one.key))


def load(
    team: InsiderRow, work: dict[str, list[str]], rows: InnovationRows, silo: bool
) -> TeamLoadResult:
    """Its own initiatives, and those of its people."""
    members = [one.key for one in rows.insiders if team.key in one.teams]
    own = {name for key in [team.key, *members] for name in work.get(key, [])}
    return TeamLoadResult(team.key, team.function, sorted(own), team.layers, silo)


def rotations(rows: InnovationRows) -> list[InsiderRow]:
    """People who have worked in more than one function inside."""
    return [one for one in rows.insiders if len(one.functions) > 1]
