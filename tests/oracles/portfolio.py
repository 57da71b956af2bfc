"""Choke points, exposure and renewals by looking at every path there is."""

from collections.abc import Iterable
from itertools import pairwise
from math import prod
from typing import Any

from tests.oracles.graph import Row, World, begin, day, listed, living, number, text
from tests.oracles.introductions import COHORTS, Evidence, evidence, lead_in
from tests.oracles.paths import partner_paths, rounded

EVERY = 10**9
HELPERS = ["INCUBATOR", "ACCELERATOR"]


def members_of(path: dict[str, Any]) -> list[str]:
    return [step["to"]["key"] for step in path["steps"]]


def choke_points(
    world: World, startups: list[str], backers: list[str], max_hops: int, as_of: Any
) -> dict[str, Any]:
    """The GraphQL answer `ChokePoints`, every point in it."""
    points: dict[str, list[dict[str, Any]]] = {}
    sole: dict[str, bool] = {}
    reached, unreached = 0, []
    for startup in sorted(startups):
        found = partner_paths(world, startup, None, backers, max_hops, as_of, EVERY)
        for stage in sorted(found["stages"], key=lambda s: s["capability"]["key"]):
            pair = {"startup": {"key": startup}, "capability": stage["capability"]}
            if not stage["paths"]:
                unreached.append(pair)
                continue
            reached += 1
            ways = [members_of(path) for path in stage["paths"]]
            for key in set.intersection(*map(set, ways)):
                points.setdefault(key, []).append(pair)
                sole[key] = sole.get(key, False) or ways[0][-1] == key
    return {
        "pairCount": reached,
        "pairsWithoutPathCount": len(unreached),
        "pairsWithoutPath": unreached,
        "chokePoints": [
            {
                "member": {"key": key},
                "exposure": len(points[key]) / reached,
                "pairCount": len(points[key]),
                "solePartner": sole[key],
                "pairs": points[key],
            }
            for key in sorted(points, key=lambda key: (-len(points[key]), key))
        ],
    }


def renewals(world: World, as_of: str) -> list[tuple[Row, World]]:
    """Each acquaintance that has begun, with the world after a contact that day."""
    on = day(as_of)
    found = []
    for place, tie in enumerate(world["ties"]):
        first = begin(tie)
        if tie["kind"] != "ACQUAINTANCE" or (first and first > on):
            continue
        score, told = number(tie, "score", 0.0), text(tie, "score_at")
        age = max(0, (on - day(told)).days) if told else 0
        score = score * 2 ** (-age / 180) + 1
        warm = tie | {"score": repr(score), "score_at": as_of, "until": ""}
        ties = [*world["ties"][:place], warm, *world["ties"][place + 1 :]]
        found.append((tie, world | {"ties": ties}))
    return found


def best(world: World, startup: str, need: str, hops: int, as_of: str) -> float | None:
    backers = ["INVESTOR", "MENTOR"]
    found = partner_paths(world, startup, [need], backers, hops, as_of, 1)
    paths = found["stages"][0]["paths"]
    return paths[0]["success"] if paths else None


def ways_to(
    path: list[str], ways: Evidence, targets: set[str], most: int
) -> Iterable[list[str]]:
    if len(path) > 1 and path[-1] in targets:
        yield path
    if len(path) - 1 < most:
        for here, ahead in sorted(ways):
            if here == path[-1] and ahead not in path:
                yield from ways_to([*path, ahead], ways, targets, most)


def chance(path: list[str], ways: Evidence, rows: dict[str, Row]) -> float:
    found = []
    for one, two in pairwise(path):
        favours = number(rows[two], "favours_open", 0) or 0
        willing = 1 / (1 + favours) if rows[two]["kind"] == "PERSON" else 1.0
        found.append(max(p for _, p in ways[one, two]) * willing)
    return prod(found)


def exposed(
    world: World, startup: str, roles: list[str], most: int, as_of: Any, alone: bool
) -> dict[str, tuple[float, int, list[str]]]:
    """Whom the start-up reaches: the best path to each, as (-success, hops, keys)."""
    on = day(as_of)
    rows = living(world, "members", on)
    if startup not in rows:
        return {}
    ways = evidence(world, on, 180.0, 1.0, 200)
    helpers, _ = lead_in(world, on, startup, HELPERS, ways)
    if alone:
        own = {
            t["target"]
            for t in world["ties"]
            if t["kind"] == "MEMBERSHIP"
            and t["source"] == startup
            and active_cohort(world, t, on)
        }
        left = [
            t
            for t in world["ties"]
            if t["kind"] != "MEMBERSHIP" or t["target"] not in own
        ]
        ways = evidence(world | {"ties": left}, on, 180.0, 1.0, 200)
        gone = helpers
    else:
        # Whoever plays no role may share a cohort as well.
        bare = world | {
            "members": [m | {"roles": "INVESTOR"} for m in world["members"]]
        }
        _, first = lead_in(bare, on, startup, ["INVESTOR"], ways)
        ways = ways | {pair: held for pair, held in first.items() if held}
        gone = set()
    closed = {
        k
        for k, r in rows.items()
        if r["kind"] == "PERSON" and text(r, "introductions") == "CLOSED"
    }
    if startup in closed:
        return {}
    ways = {
        pair: held
        for pair, held in ways.items()
        if not set(pair) & (closed | gone) and set(pair) <= set(rows)
    }
    targets = {k for k, r in rows.items() if set(listed(r, "roles")) & set(roles)}
    found: dict[str, tuple[float, int, list[str]]] = {}
    for path in ways_to([startup], ways, targets - {startup}, most):
        success = chance(path, ways, rows)
        rank = (-rounded(success), len(path) - 1, path[1:])
        if success > 0 and (path[-1] not in found or rank < found[path[-1]]):
            found[path[-1]] = rank
    return found


def active_cohort(world: World, tie: Row, on: Any) -> bool:
    rows = living(world, "communities", on)
    row = rows.get(tie["target"])
    first, last = begin(tie), text(tie, "until")
    now = (first is None or first <= on) and (not last or on < day(last))
    return now and row is not None and text(row, "kind") in COHORTS


def exposure(
    world: World, startup: str, roles: list[str], max_hops: int, as_of: Any
) -> dict[str, Any]:
    """The GraphQL answer `Exposure`, every member in it."""
    near = exposed(world, startup, roles, max_hops, as_of, alone=False)
    far = exposed(world, startup, roles, max_hops, as_of, alone=True)
    ranked = sorted(near, key=lambda key: (near[key][:2], key))
    added = [key for key in near if key not in far]
    return {
        "reachedCount": len(near),
        "addedCount": len(added),
        "members": [
            {
                "member": {"key": key},
                "success": -near[key][0],
                "hops": near[key][1],
                "onlyThroughIncubator": key in added,
                "path": [{"key": step} for step in near[key][2]],
            }
            for key in ranked
        ],
    }
