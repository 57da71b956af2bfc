"""Which ties of a world lead from member to member, and with what success."""

from datetime import date
from itertools import permutations
from typing import Any

from tests.oracles.graph import (
    Row,
    World,
    begin,
    end,
    listed,
    living,
    number,
    size,
    text,
    ties,
)

DIRECT = {
    "EMPLOYMENT": 0.9,
    "AFFILIATION": 0.9,
    "INVESTMENT": 0.8,
    "ADVICE": 0.8,
    "ACCOUNT_MANAGEMENT": 0.8,
}
COHORTS = {"INCUBATOR_COHORT", "ACCELERATOR_COHORT"}
Pair = tuple[str, str]
Evidence = dict[Pair, list[tuple[str, float]]]  # (from, to) -> (kind, success)


def kept(rows: list[Row], on: date) -> float | None:
    """What is left of a tie made of these rows: 1 while it lasts, fading after its end.

    It begins with the last of them and ends with the first; None: it has not begun,
    or it had ended before it began (the rows were never there together).
    """
    first = max((begin(r) or date.min for r in rows), default=date.min)
    last = min((end(r) or date.max for r in rows), default=date.max)
    if first > on or last <= first:
        return None
    return 1.0 if on < last else 2 ** (-(on - last).days / 365)


def acquaintance(tie: Row, on: date, half_life: float, friend: float) -> float:
    score, declared = number(tie, "score"), number(tie, "declared_strength")
    if score is not None:
        counted = text(tie, "score_at")
        age = (on - date.fromisoformat(counted[:10])).days if counted else 0
        success = 1 - 2 ** -(score * 2 ** (-max(0, age) / half_life))
    else:
        success = 0.3 if declared is None else declared
    near = text(tie, "context") in {"FAMILY", "FRIEND"}
    return success * friend if near else success


def direct(
    world: World, on: date, half_life: float, friend: float
) -> list[tuple[str, str, str, float]]:
    """(member, member, kind, success) of every stored tie that is walked."""
    found = []
    for kind in [*DIRECT, "ACQUAINTANCE"]:
        for tie in ties(world, kind):
            left = kept([tie], on)
            if left is None:
                continue
            if kind == "ACQUAINTANCE":
                success = acquaintance(tie, on, half_life, friend)
            else:
                seat = kind == "INVESTMENT" and text(tie, "board_seat") == "true"
                success = 0.9 if seat else DIRECT[kind]
            found.append((tie["source"], tie["target"], kind, success * left))
    return found


def stands(node: Row, kind: str, world: World, on: date, most: int) -> bool:
    """Can two members be tied through this node at all?"""
    if kind == "CONTRACT":
        over = text(node, "status") in {"COMPLETED", "TERMINATED"}
        return text(node, "status") != "DRAFT" and not (over and end(node) is None)
    if kind == "CO_MEMBERSHIP":
        small = size(world, node["key"], on) <= most
        return text(node, "kind") != "DATASET" and small
    return True


def through(
    world: World, on: date, most: int, kind: str
) -> list[tuple[str, str, str, float]]:
    """Ties of two members through a contract, a company or a community: the best."""
    stored, file, success = {
        "CONTRACT": ("CONTRACT", "contracts", 0.7),
        "CO_INVESTMENT": ("INVESTMENT", "members", 0.5),
        "CO_MEMBERSHIP": ("MEMBERSHIP", "communities", 0.3),
    }[kind]
    best: dict[tuple[str, ...], float] = {}
    for node in world.get(file, []):
        held = [t for t in ties(world, stored) if t["target"] == node["key"]]
        if not stands(node, kind, world, on, most):
            continue
        for one, two in permutations(held, 2):
            left = kept([one, two, node], on)
            if one["source"] < two["source"] and left is not None:
                # One entry for each contract, one for all shared companies
                shared = node["key"] if kind == "CONTRACT" else ""
                name = (one["source"], two["source"], shared)
                best[name] = max(best.get(name, 0.0), success * left)
    return [(one, two, kind, p) for (one, two, _), p in best.items()]


def cohorts(world: World, on: date, startup: str) -> dict[str, set[str]]:
    """Who shares (CO_MEMBERSHIP) or organises (ORGANISING) a cohort of the start-up."""
    rows = living(world, "communities", on)
    members = ties(world, "MEMBERSHIP", on)
    ours = {
        t["target"]
        for t in members
        if t["source"] == startup
        and t["target"] in rows
        and text(rows[t["target"]], "kind") in COHORTS
    }
    hosts = ties(world, "ORGANISING", on)
    return {
        "CO_MEMBERSHIP": {t["source"] for t in members if t["target"] in ours},
        "ORGANISING": {t["source"] for t in hosts if t["target"] in ours},
    }


def evidence(
    world: World, on: date, half_life: float, friend: float, most: int
) -> Evidence:
    """Both directions of every pair with a tie that is walked -> all its ties."""
    found = direct(world, on, half_life, friend)
    for kind in ("CONTRACT", "CO_INVESTMENT", "CO_MEMBERSHIP"):
        found += through(world, on, most, kind)
    out: Evidence = {}
    for one, two, kind, success in found:
        if one != two:
            out.setdefault((one, two), []).append((kind, success))
            out.setdefault((two, one), []).append((kind, success))
    return out


def lead_in(
    world: World, on: date, startup: str, roles: Any, ways: Evidence
) -> tuple[set[str], Evidence]:
    """The backers, and the start-up's ties to them, the cohort's .5 among them."""
    rows = living(world, "members", on)
    stored = ties(world, "INVESTMENT", on) + ties(world, "ADVICE", on)
    strong = {t["source"] for t in stored if t["target"] == startup}
    weak = cohorts(world, on, startup)
    backers = {
        key
        for key in strong | weak["CO_MEMBERSHIP"] | weak["ORGANISING"]
        if key in rows
        and key != startup
        and set(listed(rows[key], "roles")) & set(roles)
    }
    out = {(startup, key): list(ways.get((startup, key), [])) for key in backers}
    for key in backers - strong:
        for kind in weak:
            if key in weak[kind]:
                # The cohort's .5 stands in for the .3 of any other shared community
                held = [tie for tie in out[startup, key] if tie[0] != kind]
                out[startup, key] = [*held, (kind, 0.5)]
    return backers, out
