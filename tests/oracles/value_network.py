"""A value network by plain loops: distances by search, shares by counting pairs."""

from collections import deque
from itertools import permutations
from statistics import mean, pvariance
from typing import Any

from tests.oracles.graph import World, day, text, ties
from tests.oracles.network import passing


def exchanges(world: World, network: dict[str, Any]) -> list[dict[str, str]]:
    on = day(network.get("asOf"))
    kept = passing(world, network, on)
    return [
        tie
        for tie in ties(world, "EXCHANGE", on)
        if {tie["source"], tie["target"]} <= kept and tie["source"] != tie["target"]
    ]


def distance(arcs: set[tuple[Any, Any]], source: Any) -> dict[Any, int]:
    found, queue = {source: 0}, deque([source])
    while queue:
        here = queue.popleft()
        for giver, taker in arcs:
            if giver == here and taker not in found:
                found[taker] = found[here] + 1
                queue.append(taker)
    return found


def reach(parties: list[Any], arcs: set[tuple[Any, Any]]) -> dict[str, Any]:
    pairs = list(permutations(parties, 2))
    far = {source: distance(arcs, source) for source in parties}
    known = [far[a][b] for a, b in pairs if b in far[a]]
    return {
        "meanDistance": mean(known) if known else None,
        "reachablePairShare": len(known) / len(pairs) if pairs else None,
        "efficiency": sum(1 / d for d in known) / len(pairs) if pairs else None,
    }


def structure(parties: list[Any], arcs: set[tuple[Any, Any]]) -> dict[str, Any]:
    size = len(parties)
    pairs = {frozenset(arc) for arc in arcs}
    degrees = [sum(party in pair for pair in pairs) for party in parties]
    gaps = sum(max(degrees, default=0) - d for d in degrees)
    both = sum((b, a) in arcs for a, b in arcs) / 2
    return {
        "nodeCount": size,
        "arcCount": len(arcs),
        "pairCount": len(pairs),
        "stability": 2 * len(pairs) / (size * (size - 1)) if size > 1 else None,
        "reciprocity": both / len(pairs) if pairs else None,
        "structuralDependency": gaps / ((size - 1) * (size - 2)) if size > 2 else None,
        "degreeVariance": float(pvariance(degrees)) if degrees else None,
        "agility": reach(parties, arcs),
    }


def ends(tie: dict[str, str], view: str) -> tuple[Any, Any]:
    if view == "ROLE":
        return text(tie, "sender_role"), text(tie, "receiver_role")
    return tie["source"], tie["target"]


def indicators(world: World, network: dict[str, Any], view: str) -> dict[str, Any]:
    told = [tie for tie in exchanges(world, network) if all(ends(tie, view))]
    parties = sorted({end for tie in told for end in ends(tie, view)})

    def arcs(kind: str | None = None) -> set[tuple[Any, Any]]:
        rows = [t for t in told if kind is None or text(t, "exchange_kind") == kind]
        return {ends(t, view) for t in rows if ends(t, view)[0] != ends(t, view)[1]}

    tangible, intangible = arcs("TANGIBLE"), arcs("INTANGIBLE")
    pairs = {frozenset(arc) for arc in arcs()}
    unlike = {frozenset((a, b)) for a, b in tangible if (b, a) in intangible}
    kinds = [text(tie, "exchange_kind") for tie in told]
    typed = len(kinds) - kinds.count(None)
    worth = [float(v) for t in told if (v := text(t, "receiver_value"))]
    return {
        "partyCount": len(parties),
        "exchangeCount": len(told),
        "valueCreationCapacity": len(told) / len(parties) if parties else None,
        "tangibleCount": kinds.count("TANGIBLE"),
        "intangibleCount": kinds.count("INTANGIBLE"),
        "untoldCount": kinds.count(None),
        "resilience": kinds.count("TANGIBLE") / typed if typed else None,
        "structure": structure(parties, arcs()),
        "tangibleAgility": reach(parties, tangible),
        "intangibleAgility": reach(parties, intangible),
        "unlikePairShare": len(unlike) / len(pairs) if pairs else None,
        "brand": mean(worth) if worth else None,
    }


def longest_chain(world: World, network: dict[str, Any]) -> int:
    """The most exchanges in a row, by trying every walk."""
    held = [t for t in exchanges(world, network) if text(t, "sequence")]

    def onward(tie: dict[str, str]) -> int:
        place = int(tie["sequence"])
        after = [t for t in held if t["source"] == tie["target"]]
        later = [onward(t) for t in after if int(t["sequence"]) > place]
        return 1 + max(later, default=0)

    return max((onward(t) for t in held), default=0)


def net_values(world: World, network: dict[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for tie in exchanges(world, network):
        for end in (tie["source"], tie["target"]):
            found.setdefault(end, None)
        for end, column, sign in (
            ("source", "sender_value", -1),
            ("target", "receiver_value", 1),
        ):
            if value := text(tie, column):
                before = found[tie[end]] or 0.0
                found[tie[end]] = before + sign * float(value)
    for end, value in found.items():
        found[end] = 0.0 if value and abs(value) < 1e-12 else value
    return found


def verdict(net: float | None) -> str | None:
    if net is None:
        return None
    return "EVEN" if net == 0 else "GAINS" if net > 0 else "LOSES"


def role_loads(world: World, network: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Of each role, its exchanges and who plays it, where both roles are stated."""
    loads: dict[str, int] = {}
    players: dict[str, set[str]] = {}
    for tie in exchanges(world, network):
        sender, receiver = ends(tie, "ROLE")
        if sender and receiver:
            for role, end in ((sender, "source"), (receiver, "target")):
                loads[role] = loads.get(role, 0) + 1
                players.setdefault(role, set()).add(tie[end])
    return {role: (load, len(players[role])) for role, load in loads.items()}
