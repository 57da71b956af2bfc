"""Every member as a seed: one plain cascade after another, in a world of its own."""

from typing import Any

from tests.oracles.cascade import weak_node_impact
from tests.oracles.graph import Row, World, day, living, ties
from tests.oracles.network import passing

SAME = ("totalLoss", "affectedCount", "converged")


def restricted(world: World, members: set[str]) -> World:
    """Only these members, and the ties between them or to what is no member."""
    gone = {r["key"] for r in world["members"]} - members
    kept = [t for t in world["ties"] if not {t["source"], t["target"]} & gone]
    rows = [r for r in world["members"] if r["key"] in members]
    return world | {"members": rows, "ties": kept}


def weak_nodes(
    world: World,
    operability: float = 0,
    model: str = "DEPENDENCY",
    as_of: Any = None,
    network: dict[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Every member as a seed, one impact after another."""
    seeds = set(living(world, "members", day(as_of)))
    if network is not None:
        seeds = passing(world, network, day(as_of))
        world = restricted(world, seeds)
    tied = {k for t in ties(world, "DEPENDENCY", day(as_of)) for k in ends(t)} & seeds
    rows = []
    for key in seeds:
        found = weak_node_impact(world, key, operability, None, as_of, model, False)
        row = {
            name: found[name] for name in ("totalLoss", "affectedCount", "converged")
        }
        row["customersWaiting"] = len(found["customersWaiting"])
        hurting = round(row["totalLoss"], 9) > 0 or row["customersWaiting"] > 0
        if hurting or network is None or network.get("isolates") or key in tied:
            rows.append({"member": {"key": key}, **row})
    return sorted(rows, key=worst_first)


def ends(tie: Row) -> set[str]:
    return {tie["source"], tie["target"]}


def worst_first(row: dict[str, Any]) -> tuple[float, int, str]:
    return -round(row["totalLoss"], 9), -row["customersWaiting"], row["member"]["key"]
