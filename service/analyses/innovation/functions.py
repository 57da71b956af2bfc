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
    known = {insider.key for insider in rows.insiders if insider.function}
    return {
        (min(insider.key, other), max(insider.key, other))
        for insider in rows.insiders
        for other in insider.neighbours
        if insider.key in known and other in known
    }


def functions(rows: InnovationRows) -> dict[str, str | None]:
    return {insider.key: insider.function for insider in rows.insiders}


def cross_functional(rows: InnovationRows) -> Figure:
    """(1 + E-I index) / 2 = E / (E + I): ties across functions, of all ties.

    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51(2):123-140.
    """
    of, ties = functions(rows), function_pairs(rows)
    if not ties:
        return nothing("No tie joins two insiders that have a function.")
    across = sum(of[low] != of[high] for low, high in ties)
    members = sorted({key for pair in ties for key in pair})
    value = across / len(ties)
    return Figure(value, len(ties), None, pieces("Member", members))


def open_teams(rows: InnovationRows) -> set[str]:
    """Teams that have, or whose people have, a tie to another function.

    The function that counts is the tied member's own.
    """
    of = functions(rows)
    teams = {
        insider.key: set(insider.teams) | {insider.key} for insider in rows.insiders
    }
    across = [pair for pair in function_pairs(rows) if of[pair[0]] != of[pair[1]]]
    return {team for pair in across for key in pair for team in teams[key]}


def loads(rows: InnovationRows) -> list[TeamLoadResult]:
    """By the number of active initiatives descending, then key."""
    spanning = open_teams(rows)
    work: dict[str, list[str]] = {}
    for initiative in rows.active:
        for key, inside, _, _ in initiative.workers:
            if inside:
                work.setdefault(key, []).append(initiative.key)
    teams = [insider for insider in rows.insiders if insider.team]
    loads = [load(team, work, rows, team.key not in spanning) for team in teams]
    return sorted(
        loads, key=lambda team_load: (-len(team_load.initiatives), team_load.key)
    )


def load(
    team: InsiderRow, work: dict[str, list[str]], rows: InnovationRows, silo: bool
) -> TeamLoadResult:
    """Its own initiatives, and those of its people."""
    members = [insider.key for insider in rows.insiders if team.key in insider.teams]
    own = {name for key in [team.key, *members] for name in work.get(key, [])}
    return TeamLoadResult(team.key, team.function, sorted(own), team.layers, silo)


def rotations(rows: InnovationRows) -> list[InsiderRow]:
    """People who have worked in more than one function inside."""
    return [insider for insider in rows.insiders if len(insider.functions) > 1]
