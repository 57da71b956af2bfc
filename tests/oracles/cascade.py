"""Weak node, model DEPENDENCY: FDNA and delays by plain iteration over all members."""

from typing import Any

from tests.oracles.graph import Row, World, day, living, number, ties
from tests.oracles.waiting import customers_waiting

TINY = 1e-9  # of the scale 0..1: a smaller loss, and a smaller difference, is none
Ways = dict[str, dict[str, list[Row]]]  # dependent -> class -> its DEPENDS_ON ties


def classes(world: World, as_of: Any) -> Ways:
    """Each member's providers by substitute group; one without a group stands alone."""
    on = day(as_of)
    alive = living(world, "members", on)
    found: Ways = {key: {} for key in alive}
    for tie in ties(world, "DEPENDENCY", on):
        if tie["source"] in alive and tie["target"] in alive:
            group = tie.get("substitute_group")
            # Parallel entries without a group are separate classes: hence the tie's key
            name = f"group {group}" if group else f"tie {tie['key']}"
            found[tie["source"]].setdefault(name, []).append(tie)
    return found


def part_of_mean(tie: Row, level: dict[str, float]) -> float:
    strength = number(tie, "strength", 1.0)
    return strength * level[tie["target"]] + (1 - strength) * 100


def part_of_min(tie: Row, level: dict[str, float]) -> float:
    return level[tie["target"]] + number(tie, "criticality", 100.0)


def parts(ways: dict[str, list[Row]], level: dict[str, float]) -> tuple[float, float]:
    """(mean over classes, min over classes) of the best provider in each class."""
    means = [max(part_of_mean(t, level) for t in held) for held in ways.values()]
    least = [max(part_of_min(t, level) for t in held) for held in ways.values()]
    return sum(means) / len(means), min(least)


def operabilities(ways: Ways, seed: str, held: float) -> tuple[dict[str, float], bool]:
    """The fixed point on 0..100, the seed held, from 100; and whether it converged."""
    level = dict.fromkeys(ways, 100.0) | {seed: held}
    for _ in range(1000):
        new = {
            m: min(100.0, *parts(ways[m], level)) if ways[m] else 100.0 for m in ways
        } | {seed: held}
        change = max(abs(new[m] - level[m]) for m in new) / 100
        level = new
        if change < TINY:
            return level, True
    return level, False


def delays(ways: Ways, seed: str, days: float, hurt: set[str]) -> dict[str, float]:
    """Days lost: the slowest class, in it the fastest provider less its buffer."""
    wait = dict.fromkeys(ways, 0.0) | {seed: days}
    while True:
        new = dict(wait)
        for member in hurt - {seed}:
            new[member] = max(
                min(
                    max(0.0, wait[t["target"]] - number(t, "buffer_days", 0.0))
                    for t in held
                )
                for held in ways[member].values()
            )
        if new == wait:
            return wait
        wait = new


def orders(ways: Ways, seed: str, hurt: set[str], shut: set[str]) -> dict[str, int]:
    """Fewest hops from the seed through hurt members, none of them in `shut`."""
    found, ring, hops = {seed: 0}, {seed}, 0
    while ring:
        hops += 1
        ring = {
            m
            for m in hurt - shut - set(found)
            if any(t["target"] in ring for held in ways[m].values() for t in held)
        }
        found |= dict.fromkeys(ring, hops)
    return found


def step_back(
    ways: Ways, level: dict[str, float], here: str, open_: set[str]
) -> str | None:
    """The provider that decides: class of least value first, in it the best provider.

    On a tie of the two parts the mean binds: it stands first in the formula, and an
    argmin takes the first of equals. Only providers in `open_` may be chosen; a class
    is ranked by its whole value, its provider among those that may be chosen.
    """
    mean, least = parts(ways[here], level)
    value = part_of_mean if mean <= least + 100 * TINY else part_of_min
    options = []
    for held in ways[here].values():
        whole = max(value(t, level) for t in held)
        may = [t for t in held if t["target"] in open_]
        if may:
            best = min((-round(value(t, level), 7), t["target"]) for t in may)
            options.append((round(whole, 7), best[1]))
    return min(options)[1] if options else None


def deciding_path(
    ways: Ways, level: dict[str, float], seed: str, hurt: set[str], member: str
) -> list[str]:
    """From the seed to the member, walked backwards over the deciding providers."""
    path = [member]
    while path[-1] != seed:
        open_ = set(orders(ways, seed, hurt, set(path))) - set(path)
        before = step_back(ways, level, path[-1], open_)
        if before is None:
            raise AssertionError(f"no way back from {path}")
        path.append(before)
    return path[::-1]


def known_days(world: World, member: str, operability: float, outage: Any) -> Any:
    """The days that the seed loses, or None where nobody says how long it is out."""
    row = next(r for r in world["members"] if r["key"] == member)
    days = outage if outage is not None else number(row, "recovery_days")
    return None if days is None else days * (1 - operability)


def impact(key: str, level: float, order: int, wait: Any, path: list[str]) -> Any:
    return {
        "member": {"key": key},
        "operability": level / 100,
        "loss": 1 - level / 100,
        "order": order,
        "waitDays": wait,
        "decidingPath": [{"key": step} for step in path],
    }


def weak_node_impact(
    world: World,
    member: str,
    operability: float = 0,
    outage_days: float | None = None,
    as_of: Any = None,
) -> dict[str, Any]:
    """The GraphQL answer `WeakNodeImpact` of model DEPENDENCY, every impact in it."""
    if member not in {r["key"] for r in world["members"]}:
        raise KeyError(member)
    ways = classes(world, as_of)
    ways.setdefault(member, {})
    level, converged = operabilities(ways, member, 100 * operability)
    loss = {m: 1 - level[m] / 100 for m in ways}
    hurt = {m for m in ways if loss[m] > TINY} - {member}
    days = known_days(world, member, operability, outage_days)
    wait: dict[str, Any] = dict.fromkeys(ways)
    if days is not None:
        wait = delays(ways, member, days, hurt)
    order = orders(ways, member, hurt, set())
    path = {m: deciding_path(ways, level, member, hurt, m) for m in hurt | {member}}
    ranked = sorted(hurt, key=lambda m: (-round(loss[m], 9), order[m], m))
    could = [m for m in ways if ways[m] and m != member]
    return {
        "seed": {"key": member},
        "impacts": [
            impact(m, level[m], order[m], wait[m], path[m]) for m in [member, *ranked]
        ],
        "affectedCount": len(hurt),
        "affectedShare": len(hurt) / len(could) if could else None,
        "totalLoss": sum(loss[m] for m in hurt),
        "customersWaiting": customers_waiting(world, day(as_of), member, wait, path),
        "converged": converged,
    }
