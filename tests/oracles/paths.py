"""Introductions by exhaustive search over simple paths."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import prod
from typing import Any

import networkx as nx

from tests.oracles.graph import Row, World, day, living, number, text, ties
from tests.oracles.introductions import Evidence, evidence, lead_in


def rounded(success: float) -> float:
    """12 significant digits: equal products tie whatever the order of factors."""
    return float(f"{success:.12g}")


def simple_paths(
    path: list[str], steps: dict[str, list[str]], partners: set[str], most: int
) -> Iterator[list[str]]:
    """Every way on from `path` to its first partner, no member twice."""
    if len(path) > 1 and path[-1] in partners:
        yield path
        return
    if len(path) - 1 < most:
        for ahead in steps.get(path[-1], []):
            if ahead not in path:
                yield from simple_paths([*path, ahead], steps, partners, most)


def step(one: str, two: str, ways: Evidence, rows: dict[str, Row]) -> dict[str, Any]:
    held = sorted(ways[one, two], key=lambda tie: (-rounded(tie[1]), tie[0]))
    person = rows[two]["kind"] == "PERSON"
    favours = (number(rows[two], "favours_open", 0) or 0) if person else 0
    return {
        "from": {"key": one},
        "to": {"key": two},
        "success": max(p for _, p in held) / (1 + favours),
        "needsConsent": person and text(rows[two], "introductions") == "ASK",
        "ties": [{"kind": kind, "success": p} for kind, p in held],
    }


def told(path: list[str], ways: Evidence, rows: dict[str, Row]) -> dict[str, Any]:
    steps = [step(a, b, ways, rows) for a, b in pairwise(path)]
    return {
        "backer": {"key": path[1]},
        "partner": {"key": path[-1]},
        "success": prod(s["success"] for s in steps),
        "hops": len(steps),
        "steps": steps,
        "weakestStep": min(steps, key=lambda s: rounded(s["success"])),
    }


def rank(path: dict[str, Any]) -> tuple[float, int, list[str]]:
    keys = [s["to"]["key"] for s in path["steps"]]
    return -rounded(path["success"]), path["hops"], keys


def combined(paths: list[dict[str, Any]]) -> float | None:
    """Best path, then the best without its inner members, and so on; together.

    A path of one step has none: the step itself is taken away, parallel ties and all.
    """
    left, taken = sorted(paths, key=rank), []
    while left:
        best = left[0]
        taken.append(best["success"])
        inner = {s["to"]["key"] for s in best["steps"][:-1]}
        left = [p for p in left[1:] if not inner & {s["to"]["key"] for s in p["steps"]}]
    return 1 - prod(1 - p for p in taken) if taken else None


def independent_routes(
    startup: str, steps: dict[str, list[str]], partners: set[str]
) -> int:
    """Max flow: members and steps carry 1; partners end it and carry any number."""
    flow = nx.DiGraph()
    flow.add_node((startup, "out"))
    flow.add_node("sink")
    for here, aheads in steps.items():
        if here in partners and here != startup:
            continue
        if here != startup:
            flow.add_edge((here, "in"), (here, "out"), capacity=1)
        for ahead in aheads:
            if ahead != startup:
                flow.add_edge((here, "out"), (ahead, "in"), capacity=1)
    for partner in partners:
        flow.add_edge((partner, "in"), "sink")
    return int(nx.maximum_flow_value(flow, (startup, "out"), "sink"))


def wanted(
    world: World, startup: str, needs: Iterable[str] | None, as_of: Any
) -> list[tuple[str, int | None]]:
    """(capability, stage) in order; several NEEDS of one: the first stage."""
    held = [t for t in ties(world, "NEED", day(as_of)) if t["source"] == startup]
    stages: dict[str, int | None] = {}
    for capability in {t["target"] for t in held} if needs is None else set(needs):
        told_ = [number(t, "stage") for t in held if t["target"] == capability]
        known = [int(s) for s in told_ if s is not None]
        stages[capability] = min(known) if known else None
    order = {c: (s is None, s or 0, c) for c, s in stages.items()}
    return [(c, stages[c]) for c in sorted(stages, key=lambda c: order[c])]


def partner_paths(
    world: World,
    startup: str,
    needs: Iterable[str] | None = None,
    backers: Iterable[str] = ("INVESTOR",),
    max_hops: int = 4,
    as_of: Any = None,
    first: int = 5,
    half_life: float = 180.0,
    friend_factor: float = 1.0,
    max_community: int = 200,
) -> dict[str, Any]:
    """The GraphQL answer `PartnerPaths`, without `about` and the ties' dates, texts."""
    on = day(as_of)
    known = {r["key"] for r in world.get("capabilities", [])}
    if startup not in {r["key"] for r in world["members"]} or set(needs or []) - known:
        raise KeyError(startup, needs)
    alive = living(world, "members", on)
    closed = {
        k
        for k, r in alive.items()
        if r["kind"] == "PERSON" and text(r, "introductions") == "CLOSED"
    }
    ways = evidence(world, on, half_life, friend_factor, max_community)
    _, first_ties = lead_in(world, on, startup, list(backers), ways)
    ways = {pair: held for pair, held in ways.items() if startup not in pair}
    ways = {
        pair: held
        for pair, held in (ways | first_ties).items()
        if not set(pair) & closed and set(pair) <= set(alive)
    }
    steps: dict[str, list[str]] = {}
    for here, ahead in sorted(ways):
        steps.setdefault(here, []).append(ahead)
    stages = []
    for capability, stage in wanted(world, startup, needs, on):
        able = {
            t["source"]
            for t in ties(world, "CAPABILITY", on)
            if t["target"] == capability
        } - {startup}
        ways_there = simple_paths([startup], steps, able, max_hops)
        paths = sorted((told(p, ways, alive) for p in ways_there), key=rank)
        stages.append(
            {
                "capability": {"key": capability},
                "stage": stage,
                "paths": paths[:first],
                "independentRoutes": independent_routes(startup, steps, able),
                "combinedSuccess": combined(paths),
            }
        )
    return {"startup": {"key": startup}, "stages": stages}
