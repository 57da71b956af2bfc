"""One NetworkInput: its members, its arcs, and the group of each member."""

from datetime import date
from typing import Any

from tests.oracles.graph import (
    UNDERIVED,
    World,
    active,
    arcs_of,
    begin,
    day,
    inside,
    listed,
    living,
    text,
    ties,
)

Arcs = set[tuple[str, str]]


def around(world: World, organisation: str, on: date) -> set[str]:
    """The organisation, its internal members, and members with a tie to one of them."""
    internal = inside(world, organisation, on)
    found = set(internal)
    for kind in UNDERIVED:
        for giver, taker in arcs_of(world, kind, on):
            if giver in internal or taker in internal:
                found |= {giver, taker}
    return found


def in_community(world: World, community: str, on: date) -> set[str]:
    if community not in living(world, "communities", on):
        return set()
    held = ties(world, "MEMBERSHIP", on)
    return {t["source"] for t in held if t["target"] == community}


def passing(world: World, network: dict[str, Any], on: date) -> set[str]:
    """The members active on the day that pass every filter of the network."""
    rows = living(world, "members", on)
    kept = set(rows)
    if network.get("kinds") is not None:
        kept = {k for k in kept if rows[k]["kind"] in network["kinds"]}
    if network.get("roles") is not None:
        kept = {
            k for k in kept if set(listed(rows[k], "roles")) & set(network["roles"])
        }
    if network.get("region") is not None:
        kept = {k for k in kept if text(rows[k], "region") == network["region"]}
    if network.get("surroundings"):
        roots = in_community(world, network["community"], on) & set(rows)
        kept &= set().union(*(around(world, root, on) for root in roots))
    elif network.get("community") is not None:
        kept &= in_community(world, network["community"], on)
    if network.get("organisation") is not None:
        kept &= around(world, network["organisation"], on)
    return kept


def project(
    world: World, network: dict[str, Any], max_community: int = 200
) -> tuple[list[str], Arcs]:
    """(members in key order, arcs along the flow of value) of a NetworkInput."""
    on = day(network.get("asOf"))
    kept = passing(world, network, on)
    arcs: Arcs = set()
    for kind in network["ties"]:
        exchange = network.get("exchangeKind")
        for giver, taker in arcs_of(world, kind, on, exchange, max_community):
            if giver in kept and taker in kept and giver != taker:
                arcs.add((giver, taker))
    if not network.get("isolates"):
        kept = {end for arc in arcs for end in arc}
    return sorted(kept), arcs


def earliest(held: list[dict[str, str]]) -> str | None:
    """The target of the tie with the earliest since (blank first), then by key."""
    ranked = sorted((begin(t) or date.min, t["target"]) for t in held)
    return ranked[0][1] if ranked else None


def top(world: World, member: str, on: date) -> str | None:
    """The top of WORKS_FOR / PART_OF; no parent: an organisation itself, else none."""
    alive = living(world, "members", on)
    stored = ties(world, "EMPLOYMENT", on) + ties(world, "AFFILIATION", on)
    seen, here = {member}, member
    while True:
        up = [t for t in stored if t["source"] == here and t["target"] in alive]
        above = earliest(up)
        if above is None or above in seen:
            break
        seen.add(above)
        here = above
    if here == member and alive[member]["kind"] != "ORGANISATION":
        return None
    return here


def community_of(world: World, member: str, on: date) -> str | None:
    rows = world.get("communities", [])
    open_ = {r["key"] for r in rows if active(r, on) and text(r, "kind") != "DATASET"}
    held = [t for t in ties(world, "MEMBERSHIP", on) if t["source"] == member]
    return earliest([t for t in held if t["target"] in open_])


def groups(
    world: World,
    members: list[str],
    group_by: str,
    network: dict[str, Any],
    as_of: Any = None,
) -> dict[str, str | None]:
    """member -> its group under one GroupKey; None: it has none, so it stands alone."""
    on = day(as_of if as_of is not None else network.get("asOf"))
    if group_by == "SIDE" and not network.get("organisation"):
        raise ValueError("SIDE needs NetworkInput.organisation")
    rows = {r["key"]: r for r in world["members"]}
    if group_by == "ORGANISATION":
        return {m: top(world, m, on) for m in members}
    if group_by == "COMMUNITY":
        return {m: community_of(world, m, on) for m in members}
    if group_by == "SIDE":
        ours = inside(world, network["organisation"], on)
        return {m: "INTERNAL" if m in ours else "EXTERNAL" for m in members}
    return {m: text(rows[m], group_by.lower()) for m in members}
