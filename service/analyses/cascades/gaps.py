"""What the stored dependencies lack for an answer about weak members."""

from __future__ import annotations

from datetime import date

from service.analyses.cascades.supply_web import SupplyWeb
from service.vocabulary.names import counted

REMEDY = (
    "Add DEPENDENCY ties: who depends on whom, with strength, criticality and"
    " bufferDays."
)


def no_dependency(web: SupplyWeb, day: date, is_part: bool) -> list[str]:
    """Without a dependency all losses are 0, which is no good news.

    Parameters
    ----------
    is_part: whether the web has only the members of a network.
    """
    if len(web.dependencies.provider):
        return []
    where = "between two members of this network" if is_part else "at all"
    return [
        f"No dependency {where} is active on {day}, so nobody knows whose weakness"
        f" would hurt others: the losses are unknown, not 0. {REMEDY}"
    ]


def no_dependent(web: SupplyWeb, member: int, day: date) -> list[str]:
    """Nobody is hit by a member of which no dependent and no customer is stored."""
    if web.supplies_anybody(member):
        return []
    return [
        f"No dependency on {web.keys[member]!r} and no contract that it supplies is"
        f" active on {day}: whom its weakness would hurt is unknown. {REMEDY}"
    ]


def unstated_strengths(count: int) -> list[str]:
    """Dependencies without a strength count as complete."""
    if not count:
        return []
    dependencies = counted(count, "dependency", "dependencies")
    verb = "has" if count == 1 else "have"
    return [
        f"{dependencies} {verb} no strength, and the strength is taken as 1 (all work"
        " depends on it). Add the strength (0 to 1)."
    ]
