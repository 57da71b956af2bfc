"""An entrant of a community by the words of the definition, in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

from tests.oracles.graph import Row, World, begin, day, listed, text, ties
from tests.oracles.mediation import exchanges, present

Weights = dict[str, Fraction]


def profile(world: World, member: str, on: Any) -> set[tuple[str, str]]:
    given = {("GIVES", t) for t in deliverables(world, member, "source", on)}
    return given | {("TAKES", t) for t in deliverables(world, member, "target", on)}


def deliverables(world: World, member: str, end: str, on: Any) -> set[str]:
    held = [t for t in exchanges(world, on) if t[end] == member]
    return {name for t in held if (name := text(t, "deliverable"))}


def entry_of(world: World, entrant: str, community: str, on: Any) -> Any:
    rows = present(world, community, on).get(entrant)
    if rows is None:
        return None
    joined = [first for row in rows if (first := begin(row))]
    members = {row["key"]: row for row in world["members"]}
    first = []
    for t in ties(world, "EXCHANGE"):
        if entrant in (t["source"], t["target"]) and begin(t):
            ends = [begin(members[t[end]]) for end in ("source", "target")]
            first.append(max([begin(t), *filter(None, ends)]))
    return min(joined or [d for d in first if d <= on], default=None)


def incumbents_of(
    world: World, entrant: str, community: str, on: Any, entry: Any
) -> list[str]:
    members = {row["key"]: row for row in world["members"]}
    found = set()
    for t in ties(world, "MEMBERSHIP"):
        joined = begin(t) or begin(members[t["source"]])
        if t["target"] == community and (joined is None or joined < entry):
            found.add(t["source"])
    return sorted(found & set(present(world, community, on)) - {entrant})


def conformity(world: World, entrant: str, others: list[str], on: Any) -> float | None:
    own = profile(world, entrant, on)
    theirs = set().union(*(profile(world, other, on) for other in others))
    return len(own & theirs) / len(own) if own else None


def weights(row: Row) -> Weights:
    pairs = (item.rpartition("=") for item in listed(row, "attribute_weights"))
    return {name: Fraction(weight) for name, _, weight in pairs}


def ranks(values: list[Fraction]) -> list[Fraction]:
    """1 for the smallest; equal values share the mean of their ranks."""
    below = [sum(other < value for other in values) for value in values]
    return [
        low + Fraction(values.count(value) + 1, 2)
        for low, value in zip(below, values, strict=True)
    ]


def spearman(own: Weights, theirs: Weights) -> float | None:
    names = sorted(own.keys() & theirs.keys())
    if not names:
        return None
    sides = [ranks([side[name] for name in names]) for side in (own, theirs)]
    a, b = ([rank - Fraction(len(names) + 1, 2) for rank in side] for side in sides)
    squares = sum(x * x for x in a) * sum(x * x for x in b)
    together = sum(x * y for x, y in zip(a, b, strict=True))
    return float(together) / sqrt(squares) if squares else None


def network_fit(
    world: World, entrant: str, community: str, as_of: str
) -> dict[str, Any]:
    """The GraphQL answer `NetworkFit`, without money."""
    on = day(as_of)
    rows = {row["key"]: row for row in world["members"]}
    entry = entry_of(world, entrant, community, on)
    others = []
    if entry is not None:
        others = incumbents_of(world, entrant, community, on, entry)
    theirs = weights(next(c for c in world["communities"] if c["key"] == community))
    if not theirs:
        known = [weights(rows[other]) for other in others]
        for name in {name for each in known for name in each}:
            stated = [each[name] for each in known if name in each]
            theirs[name] = sum(stated, Fraction(0)) / len(stated)
    rho = spearman(weights(rows[entrant]), theirs)
    if entrant not in present(world, community, on):
        rho = None
    novel = []
    if entry is not None:
        before = set().union(*(profile(world, other, entry) for other in others))
        new = profile(world, entrant, entry) - before
        novel = sorted(name for way, name in new if way == "GIVES")
    is_foothold = None
    if rho is not None and entry is not None:
        is_foothold = rho >= 0.5 - 1e-12 and len(others) <= 3
    return {
        "entry": entry.isoformat() if entry else None,
        "incumbents": [{"key": key} for key in others],
        "conformityAtEntry": entry and conformity(world, entrant, others, entry),
        "conformityNow": entry and conformity(world, entrant, others, on),
        "rankCorrelation": rho,
        "novelties": [
            {
                "deliverable": name,
                "adopters": [
                    {"key": other}
                    for other in others
                    if ("GIVES", name) in profile(world, other, on)
                ],
            }
            for name in novel
        ],
        "foothold": {"isFoothold": is_foothold, "incumbentCount": len(others)},
    }
