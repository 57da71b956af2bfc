"""Weak nodes: the three models and delays by plain iteration over all members."""

import math
from typing import Any

from tests.oracles.graph import Row, World, day, living, number, ties
from tests.oracles.waiting import customers_waiting

TINY = 1e-9  # of the scale 0..1: a smaller loss, and a smaller difference, is none
NOISE = 1e-12  # a smaller loss is an error of rounding; one above it is passed on
Ways = dict[str, dict[str, list[Row]]]  # dependent -> class -> its DEPENDS_ON ties
Loss = dict[str, float]  # member -> 0..1


def classes(world: World, as_of: Any) -> Ways:
    """Each member's providers by substitute group; one without a group is alone."""
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


def dependency(ways: Ways, loss: Loss, seed: str, lost: float) -> Loss:
    """FDNA on 0..100, the seed held."""
    level = {m: 100 * (1 - loss[m]) for m in ways}
    new = {m: min(100.0, *parts(ways[m], level)) if ways[m] else 100.0 for m in ways}
    return {m: 1 - new[m] / 100 for m in ways} | {seed: lost}


def inoperability(ways: Ways, loss: Loss, seed: str, lost: float) -> Loss:
    """q = A q + c, clamped; classes make no difference."""
    new = dict.fromkeys(ways, 0.0) | {seed: lost}
    for member, classes_ in ways.items():
        for t in (t for held in classes_.values() for t in held):
            new[member] += number(t, "strength", 1.0) * loss[t["target"]]
    return {m: min(1.0, q) for m, q in new.items()}


def failure(ways: Ways, loss: Loss, seed: str, lost: float) -> Loss:
    """Noisy-OR over classes, in each of which all must fail; the seed held."""
    new = {}
    for member, classes_ in ways.items():
        works = 1.0
        for held in classes_.values():
            all_fail = math.prod(loss[t["target"]] for t in held)
            works *= 1 - max(number(t, "strength", 1.0) for t in held) * all_fail
        new[member] = 1 - works
    return new | {seed: lost}


MODELS = {
    "DEPENDENCY": dependency,
    "INOPERABILITY": inoperability,
    "FAILURE": failure,
}


def losses(ways: Ways, seed: str, lost: float, model: str) -> tuple[Loss, bool, int]:
    """The fixed point from no loss; whether it converged, after how many rounds."""
    loss = dict.fromkeys(ways, 0.0)
    if model != "INOPERABILITY":
        loss[seed] = lost
    for step in range(1, 1001):
        new = MODELS[model](ways, loss, seed, lost)
        change = max(abs(new[m] - loss[m]) for m in new)
        loss = new
        if change < TINY:
            return loss, True, step
    return loss, False, 1000


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
    ways: Ways, loss: Loss, here: str, open_: set[str], model: str
) -> str | None:
    """The provider that decides, among those in `open_`.

    DEPENDENCY: class of least value first, in it the best provider. On a tie of the two
    parts the mean binds: it stands first in the formula, and an argmin takes the first
    of equals. A class is ranked by its whole value, its provider among those that may
    be chosen. The others: the largest strength times loss.
    """
    if model != "DEPENDENCY":
        every = [t for held in ways[here].values() for t in held]
        rated = [
            (-round(number(t, "strength", 1.0) * loss[t["target"]], 9), t["target"])
            for t in every
            if t["target"] in open_
        ]
        return min(rated)[1] if rated else None
    level = {m: 100 * (1 - loss[m]) for m in ways}
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
    ways: Ways, loss: Loss, seed: str, hurt: set[str], member: str, model: str
) -> list[str]:
    """From the seed to the member, walked backwards over the deciding providers."""
    path = [member]
    while path[-1] != seed:
        open_ = set(orders(ways, seed, hurt, set(path))) - set(path)
        before = step_back(ways, loss, path[-1], open_, model)
        if before is None:
            raise AssertionError(f"no way back from {path}")
        path.append(before)
    return path[::-1]


def known_days(world: World, member: str, operability: float, outage: Any) -> Any:
    """The days that the seed loses, or None if it is not known how long it is out."""
    row = next(r for r in world["members"] if r["key"] == member)
    days = outage if outage is not None else number(row, "recovery_days")
    return None if days is None else days * (1 - operability)


def impact(key: str, loss: float, order: int, wait: Any, path: list[str]) -> Any:
    return {
        "member": {"key": key},
        "operability": 1 - loss,
        "loss": loss,
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
    model: str = "DEPENDENCY",
    paths: bool = True,
) -> dict[str, Any]:
    """The GraphQL answer `WeakNodeImpact`, every impact in it."""
    if member not in {r["key"] for r in world["members"]}:
        raise KeyError(member)
    ways = classes(world, as_of)
    ways.setdefault(member, {})
    loss, converged, steps = losses(ways, member, 1 - operability, model)
    hurt = {m for m in ways if loss[m] > NOISE} - {member}
    days = known_days(world, member, operability, outage_days)
    wait: dict[str, Any] = dict.fromkeys(ways)
    if days is not None:
        wait = delays(ways, member, days, hurt)
    order = orders(ways, member, hurt, set())
    told = {m for m in hurt if loss[m] > TINY}
    path = {m: [m] for m in told | {member}}
    if paths:
        path = {m: deciding_path(ways, loss, member, hurt, m, model) for m in path}
    ranked = sorted(told, key=lambda m: (-round(loss[m], 9), order[m], m))
    could = [m for m in ways if ways[m] and m != member]
    return {
        "seed": {"key": member},
        "impacts": [
            impact(m, loss[m], order[m], wait[m], path[m]) for m in [member, *ranked]
        ],
        "affectedCount": len(told),
        "affectedShare": len(told) / len(could) if could else None,
        "totalLoss": sum(loss[m] for m in told),
        "customersWaiting": customers_waiting(world, day(as_of), member, wait, path),
        "converged": converged,
        "steps": steps,
    }


def comparison(answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The answers of the three models, side by side."""
    rows: dict[str, dict[str, float]] = {}
    for model, answer in answers.items():
        for found in answer["impacts"]:
            row = rows.setdefault(found["member"]["key"], dict.fromkeys(MODELS, 0.0))
            row[model] = found["loss"]
    ranked = sorted(rows, key=lambda m: (-round(max(rows[m].values()), 9), m))
    same = ("affectedCount", "affectedShare", "totalLoss", "converged", "steps")
    return {
        "losses": [
            {"member": {"key": m}, **{k.lower(): v for k, v in rows[m].items()}}
            for m in ranked
        ],
        "models": [
            {"model": model, "customersWaiting": len(answer["customersWaiting"])}
            | {name: answer[name] for name in same}
            for model, answer in answers.items()
        ],
    }
