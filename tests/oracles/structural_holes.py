"""Structural holes by their definitions: every sum, path and removal one by one."""

from fractions import Fraction
from itertools import combinations
from math import log
from typing import Any

from tests.oracles.graph import World
from tests.oracles.network import groups, project
from tests.oracles.weights import weights

Weights = dict[tuple[Any, Any], Any]  # of each arc
Near = dict[Any, set[Any]]  # the neighbours of each member, whichever way the tie runs


def neighbours(members: list[Any], arcs: Any) -> Near:
    found: Near = {member: set() for member in members}
    for a, b in arcs:
        found[a].add(b)
        found[b].add(a)
    return found


def burt(members: list[Any], arcs: Weights) -> dict[Any, dict[str, float | None]]:
    """constraint, effectiveSize, efficiency, hierarchy; None where undefined."""
    near = neighbours(members, arcs)

    def z(a: Any, b: Any) -> Fraction:
        return Fraction(arcs.get((a, b), 0)) + Fraction(arcs.get((b, a), 0))

    def p(a: Any, b: Any) -> Fraction:
        return z(a, b) / sum(z(a, c) for c in near[a])

    def m(a: Any, b: Any) -> Fraction:
        return z(a, b) / max(z(a, c) for c in near[a])

    found = {}
    for i in members:
        c = {
            j: (p(i, j) + sum(p(i, q) * p(q, j) for q in near[i])) ** 2 for j in near[i]
        }
        size = sum(
            (1 - sum(p(i, q) * m(j, q) for q in near[i] - {j}) for j in near[i]),
            start=Fraction(0),
        )
        n = len(near[i])
        found[i] = dict.fromkeys(
            ["constraint", "effectiveSize", "efficiency", "hierarchy"]
        )
        if n:
            found[i]["constraint"] = float(sum(c.values()))
            found[i]["effectiveSize"] = float(size)
            found[i]["efficiency"] = float(size / n)
        if n > 1:
            parts = [float(one * n / sum(c.values())) for one in c.values()]
            uneven = sum(part * log(part) for part in parts)
            found[i]["hierarchy"] = uneven / (n * log(n))
    return found


def distances(near: Near) -> dict[Any, dict[Any, int]]:
    found = {}
    for source in near:
        reached, edge = {source: 0}, {source}
        while edge:
            edge = {b for a in edge for b in near[a]} - reached.keys()
            reached |= dict.fromkeys(edge, max(reached.values()) + 1)
        found[source] = reached
    return found


def shortest_paths(
    near: Near, far: dict[Any, int], source: Any, sink: Any
) -> list[Any]:
    """Every shortest path between two, `far` being the distances from the source."""
    if source == sink:
        return [[source]]
    before = [a for a in near[sink] if far[a] == far[sink] - 1]
    return [
        [*path, sink]
        for last in before
        for path in shortest_paths(near, far, source, last)
    ]


def betweenness(members: list[Any], near: Near) -> dict[Any, Fraction]:
    found = dict.fromkeys(members, Fraction(0))
    far = distances(near)
    for source, sink in combinations(members, 2):
        if sink in far[source]:
            paths = shortest_paths(near, far[source], source, sink)
            for path in paths:
                for inner in path[1:-1]:
                    found[inner] += Fraction(1, len(paths))
    return found


def coreness(members: list[Any], near: Near) -> dict[Any, int]:
    found = dict.fromkeys(members, 0)
    for k in range(1, len(members)):
        left = set(members)
        while gone := {a for a in left if len(near[a] & left) < k}:
            left -= gone
        found |= dict.fromkeys(left, k)
    return found


def joined(near: Near, without: Any = None) -> set[tuple[Any, Any]]:
    """The pairs, in order, that some path joins, once a member is gone."""
    left = {a: near[a] - {without} for a in near if a != without}
    far = distances(left)
    return {(a, b) for a in left for b in far[a] if a < b}


def separated(near: Near, member: Any) -> list[tuple[Any, Any]]:
    before = {pair for pair in joined(near) if member not in pair}
    return sorted(before - joined(near, member))


def bridges(near: Near) -> list[tuple[Any, Any]]:
    before, found = len(joined(near)), []
    for a in near:
        for b in near[a]:
            cut = near | {a: near[a] - {b}, b: near[b] - {a}}
            if a < b and len(joined(cut)) < before:
                found.append((a, b))
    return sorted(found)


def simmelian(members: list[Any], arcs: Any) -> list[tuple[Any, Any]]:
    def both(a: Any, b: Any) -> bool:
        return (a, b) in arcs and (b, a) in arcs

    return [
        (a, b)
        for a, b in combinations(sorted(members), 2)
        if both(a, b) and any(both(a, c) and both(b, c) for c in members)
    ]


def ei_index(pairs: list[tuple[Any, Any]], group: dict[Any, Any]) -> float | None:
    outside = sum(group[a] != group[b] for a, b in pairs)
    inside = len(pairs) - outside
    return (outside - inside) / (outside + inside) if pairs else None


def blau(of: list[Any]) -> float | None:
    if not of:
        return None
    shares = [Fraction(of.count(group), len(of)) for group in set(of)]
    return float(1 - sum(share**2 for share in shares))


def pairs(found: list[tuple[Any, Any]]) -> list[dict[str, Any]]:
    return [{"source": {"key": a}, "target": {"key": b}} for a, b in found]


def place(position: dict[str, Any]) -> tuple[bool, float, str]:
    size = position["effectiveSize"]
    return size is None, -round(size or 0, 9), position["member"]["key"]


def structural_holes(
    world: World, network: dict[str, Any], group_by: str | None = None
) -> dict[str, Any]:
    """The GraphQL answer `StructuralHoles`, without `about` and reasons."""
    if network.get("weight", "NONE") == "NONE":
        members, found = project(world, network)
        arcs: Weights = dict.fromkeys(found, 1)
    else:
        arcs = weights(world, network)[0]
        everybody = project(world, network | {"isolates": True})[0]
        tied = {end for arc in arcs for end in arc}
        members = [m for m in everybody if network.get("isolates") or m in tied]
    near = neighbours(members, arcs)
    ties = sorted({(min(arc), max(arc)) for arc in arcs})
    group = None
    if group_by:
        named = groups(world, members, group_by, network)
        group = {m: ("alone", m) if g is None else ("of", g) for m, g in named.items()}
    strong = simmelian(members, arcs)
    positions = everyone(members, arcs, near, group, strong)
    return {
        "nodeCount": len(members),
        "tieCount": len(ties),
        "positions": sorted(positions, key=place),
        "eiIndex": ei_index(ties, group) if group else None,
        "blau": blau(list(group.values())) if group else None,
        "bridges": pairs(bridges(near)),
        "bridgeCount": len(bridges(near)),
        "cutPointCount": sum(position["cutPoint"] for position in positions),
        "simmelianTies": pairs(strong),
        "simmelianTieCount": len(strong),
    }


def everyone(
    members: list[Any],
    arcs: Weights,
    near: Near,
    group: dict[Any, Any] | None,
    strong: list[tuple[Any, Any]],
) -> list[dict[str, Any]]:
    holes, cores = burt(members, arcs), coreness(members, near)
    between, n = betweenness(members, near), len(members)
    found = []
    for key in members:
        own = [(key, other) for other in near[key]]
        apart = separated(near, key)
        most = Fraction((n - 1) * (n - 2), 2)
        found.append(
            {
                "member": {"key": key},
                "degree": len(near[key]),
                **holes[key],
                "betweennessRaw": float(between[key]),
                "betweenness": float(between[key] / most) if most else None,
                "coreness": cores[key],
                "cutPoint": bool(apart),
                "separatedPairs": len(apart),
                "separates": pairs(apart),
                "eiIndex": ei_index(own, group) if group else None,
                "blau": blau([group[b] for _, b in own]) if group else None,
                "simmelianTies": sum(key in pair for pair in strong),
            }
        )
    return found
