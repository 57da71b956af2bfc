"""Gould-Fernandez brokerage by all triples."""

from collections import Counter
from fractions import Fraction
from math import sqrt
from typing import Any

from tests.oracles.graph import World, day
from tests.oracles.moments import Moments, mean_and_variance, whole_variance
from tests.oracles.network import groups, passing, project
from tests.oracles.weights import weights

ROLES = ["coordinator", "consultant", "representative", "gatekeeper", "liaison"]
NAMES = [*ROLES, "total"]


def role(a: Any, b: Any, c: Any) -> str:
    """The role of the broker in group b between groups a (source) and c (target)."""
    if a == b == c:
        return "coordinator"
    if a == c:
        return "consultant"
    if a == b:
        return "representative"
    return "gatekeeper" if b == c else "liaison"


def open_pairs(
    members: list[str], arcs: set[tuple[str, str]], group: dict[str, Any], broker: str
) -> list[tuple[str, str, str]]:
    """(source, target, role) of every open two-path through one broker, key order."""
    found = []
    for source in members:
        for target in members:
            if len({source, broker, target}) < 3 or (source, target) in arcs:
                continue
            if (source, broker) in arcs and (broker, target) in arcs:
                kind = role(group[source], group[broker], group[target])
                found.append((source, target, kind))
    return found


def tally(pairs: list[tuple[str, str, str]]) -> dict[str, int]:
    counts = {name: sum(kind == name for *_, kind in pairs) for name in ROLES}
    return counts | {"total": len(pairs)}


def scores(
    seen: dict[str, int], mean: Moments | None, variance: Moments | None
) -> dict[str, dict[str, float | None]]:
    """sd and z are None where undefined: no density, variance negative; z also at 0."""
    out: dict[str, dict[str, float | None]] = {"observed": {}, "expected": {}}
    out |= {"standardDeviation": {}, "z": {}}
    for name in NAMES:
        out["observed"][name] = float(seen[name])
        out["expected"][name] = None if mean is None else float(mean[name])
        known = variance is not None and variance[name] >= 0
        spread = sqrt(variance[name]) if known else None
        out["standardDeviation"][name] = spread
        above = float(seen[name] - mean[name]) if mean is not None else 0.0
        out["z"][name] = above / spread if spread else None
    return out


def evidence(
    world: World, network: dict[str, Any], group_by: str, member: str
) -> list[dict[str, Any]]:
    """Every open pair of one broker, in the order (source key, target key)."""
    members, arcs = project(world, network)
    group = alone(groups(world, members, group_by, network))
    return [
        {"source": {"key": a}, "target": {"key": c}, "role": kind.upper()}
        for a, c, kind in open_pairs(members, arcs, group, member)
        if member in members
    ]


def alone(group: dict[str, str | None]) -> dict[str, Any]:
    """A member without a group is a group of its own."""
    return {m: ("alone", m) if g is None else ("of", g) for m, g in group.items()}


def place(broker: dict[str, Any], rank_by: str, by: str) -> tuple[bool, float, str]:
    score = broker["scores"]["observed" if by == "OBSERVED" else "z"][rank_by.lower()]
    missing = score is None
    return missing, 0.0 if missing else -float(f"{score:.12g}"), broker["member"]["key"]


def brokerage(
    world: World,
    network: dict[str, Any],
    group_by: str,
    member: str | None = None,
    rank_by: str = "TOTAL",
    by: str = "OBSERVED",
    first: int = 20,
) -> dict[str, Any]:
    """The GraphQL answer `Brokerage`, without `about` and evidence."""
    if member is not None and member not in {r["key"] for r in world["members"]}:
        raise KeyError(member)
    members, arcs = project(world, network)
    named = groups(world, members, group_by, network)
    group = alone(named)
    sizes = {g: list(group.values()).count(g) for g in group.values()}
    N = len(members)
    density = Fraction(len(arcs), N * (N - 1)) if N > 1 else None
    sums = dict.fromkeys(NAMES, 0)
    total = dict.fromkeys(NAMES, Fraction(0)) if density is not None else None
    brokers = []
    for key in members:
        seen, mean, spread = tally(open_pairs(members, arcs, group, key)), None, None
        sums = {name: sums[name] + seen[name] for name in NAMES}
        if density is not None and total is not None:
            others = [n for g, n in sizes.items() if g != group[key]]
            mean, spread = mean_and_variance(sizes[group[key]], others, density)
            total = {name: total[name] + mean[name] for name in NAMES}
        found = scores(seen, mean, spread)
        brokers.append({"member": {"key": key}, "group": named[key], "scores": found})
    spread = None
    if density is not None and total is not None:
        spread = whole_variance(list(sizes.values()), density, total)
    brokers.sort(key=lambda broker: place(broker, rank_by, by))
    if member is not None:
        brokers = [b for b in brokers if b["member"]["key"] == member]
    return {
        "nodeCount": N,
        "arcCount": len(arcs),
        "brokers": brokers[:first],
        "whole": scores(sums, total, spread),
    }


def credit(
    world: World,
    network: dict[str, Any],
    group_by: str,
    minimum: bool,
    partial: bool,
) -> dict[str, dict[str, float]]:
    """What each member of a network is given for the pairs that it brokers."""
    if network.get("weight", "NONE") == "NONE":
        members, arcs = project(world, network)
        weight = dict.fromkeys(arcs, 1.0)
    else:
        weight, _ = weights(world, network)
        every = passing(world, network, day(network.get("asOf")))
        tied = {end for arc in weight for end in arc}
        members = sorted(every if network.get("isolates") else tied)
    group = alone(groups(world, members, group_by, network))
    pairs = {b: open_pairs(members, set(weight), group, b) for b in members}
    brokers = Counter((a, c) for found in pairs.values() for a, c, _ in found)
    given = {b: dict.fromkeys(NAMES, 0.0) for b in members}
    for b, found in pairs.items():
        for a, c, kind in found:
            ends = (weight[a, b], weight[b, c])
            worth = min(ends) if minimum else ends[0] * ends[1]
            worth /= brokers[a, c] if partial else 1
            given[b][kind] += worth
            given[b]["total"] += worth
    return given
