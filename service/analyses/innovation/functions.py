"""Across functions or in silos: ties inside an organisation by function."""

from __future__ import annotations

from dataclasses import dataclass

from service.analyses.figure import Figure, nothing, pieces
from service.analyses.innovation.portfolio import House, Insider


@dataclass(frozen=True)
class TeamLoad:
    """One team: its active initiatives, and the layers above it."""

    key: str
    function: str | None
    initiatives: list[str]
    layers: int
    silo: bool


def pairs(found: House) -> set[tuple[str, str]]:
    """Tied pairs of insiders that both have a function, each once."""
    known = {one.key for one in found.insiders if one.function}
    return {
        (min(one.key, other), max(one.key, other))
        for one in found.insiders
        for other in one.tied
        if one.key in known and other in known
    }


def functions(found: House) -> dict[str, str | None]:
    return {one.key: one.function for one in found.insiders}


def cross_functional(found: House) -> Figure:
    """(1 + E-I index) / 2 = E / (E + I): ties across functions, of all ties.

    Source: Krackhardt & Stern 1988, Social Psychology Quarterly 51(2):123-140.
    """
    of, ties = functions(found), pairs(found)
    if not ties:
        return nothing("No tie joins two insiders that have a function.")
    across = {pair for pair in ties if of[pair[0]] != of[pair[1]]}
    members = sorted({key for pair in across for key in pair})
    value = len(across) / len(ties)
    return Figure(value, len(ties), None, pieces("Member", members))


def open_teams(found: House) -> set[str]:
    """Teams that have, or whose people have, a tie to another function.

    The function that counts is the tied member's own.
    """
    of = functions(found)
    teams = {one.key: set(one.teams) | {one.key} for one in found.insiders}
    across = [pair for pair in pairs(found) if of[pair[0]] != of[pair[1]]]
    return {team for pair in across for key in pair for team in teams[key]}


def loads(found: House) -> list[TeamLoad]:
    """By the number of active initiatives descending, then key."""
    spanning = open_teams(found)
    work: dict[str, list[str]] = {}
    for one in found.active:
        for key, inside, _, _ in one.workers:
            if inside:
                work.setdefault(key, []).append(one.key)
    teams = [one for one in found.insiders if one.team]
    made = [load(one, work, found, one.key not in spanning) for one in teams]
    return sorted(made, key=lambda one: (-len(one.initiatives), one.key))


def load(
    team: Insider, work: dict[str, list[str]], found: House, silo: bool
) -> TeamLoad:
    """Its own initiatives, and those of its people."""
    crew = [one.key for one in found.insiders if team.key in one.teams]
    own = {name for key in [team.key, *crew] for name in work.get(key, [])}
    return TeamLoad(team.key, team.function, sorted(own), team.layers, silo)


def rotated(found: House) -> list[Insider]:
    """People who have worked in more than one function inside."""
    return [one for one in found.insiders if len(one.functions) > 1]
