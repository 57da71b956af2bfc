"""Who depends on a single other member, from the rows of a world, one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracles.departures import Tied, relations
from tests.oracles.graph import World, day, listed, living, number, text, ties
from tests.oracles.paths import partner_paths

# kind, dependent, on, what depends on it, of how many, on how many people together
Found = tuple[str, str, str, set[str], int, int]


def dependence(world: World, community: str, as_of: Any) -> list[dict[str, Any]]:
    """The GraphQL list `Dependence.rows`, every row in it."""
    on = day(as_of)
    alive = living(world, "members", on)
    held = [t for t in ties(world, "MEMBERSHIP", on) if t["target"] == community]
    belong = {t["source"] for t in held} & set(alive)
    if community not in living(world, "communities", on):
        belong = set()
    found: list[Found] = []
    for key in sorted(belong):
        if alive[key]["kind"] == "ORGANISATION":
            found += contacts(world, key, on)
        if "STARTUP" in listed(alive[key], "roles"):
            found += ways_in(world, key, as_of)
        found += suppliers(world, key, on)
    rows = [
        {
            "dependent": {"key": dependent},
            "on": {"key": who},
            "kind": kind,
            "share": len(part) / total,
            "count": len(part),
            "total": total,
            "together": together,
            "members": [{"key": k} for k in sorted(part) if kind not in WAYS_IN],
            "needs": [{"key": k} for k in sorted(part) if kind in WAYS_IN],
        }
        for kind, dependent, who, part, total, together in found
    ]
    return sorted(
        rows,
        key=lambda r: (-r["share"], r["dependent"]["key"], r["on"]["key"], r["kind"]),
    )


WAYS_IN = ("CHOKE_POINT", "SOLE_PARTNER")


def contacts(world: World, firm: str, on: date) -> list[Found]:
    tied = {k: t for k, t in relations(world, firm, None, on).items() if t.is_current}
    customers = {key: each for key, each in tied.items() if each.is_customer}
    reached = {key: each for key, each in tied.items() if each.people}
    found: list[Found] = []
    for person in sorted({p for each in reached.values() for p in each.people}):
        alone = {k for k, t in customers.items() if set(t.people) == {person}}
        if alone:
            found.append(("SOLE_CONTACT", firm, person, alone, len(customers), 1))
    people = few(reached)
    for person in people:
        own = {key for key, each in reached.items() if person in each.people}
        found.append(("TRUCK_FACTOR", firm, person, own, len(reached), len(people)))
    return found


def few(reached: dict[str, Tied]) -> list[str]:
    """People leave, those with most members first, until over half have nobody."""
    names = [person for each in reached.values() for person in each.people]
    order = sorted(set(names), key=lambda person: (-names.count(person), person))
    for count in range(len(order) + 1):
        left = set(order[count:])
        alone = [each for each in reached.values() if not left & set(each.people)]
        if 2 * len(alone) > len(reached):
            return order[:count]
    return []


def ways_in(world: World, startup: str, as_of: Any) -> list[Found]:
    stages = partner_paths(world, startup, None, ["INVESTOR"], 4, as_of, 10**9)
    kinds: dict[tuple[str, str], set[str]] = {}
    total = 0
    for stage in stages["stages"]:
        need = stage["capability"]["key"]
        ways = [[s["to"]["key"] for s in path["steps"]] for path in stage["paths"]]
        total += bool(ways)
        for who in set.intersection(*map(set, ways)) if ways else ():
            # A partner may also stand on the way to another one.
            ends = {way[-1] for way in ways}
            kind = "SOLE_PARTNER" if who in ends else "CHOKE_POINT"
            kinds.setdefault((kind, who), set()).add(need)
    return [(kind, startup, who, part, total, 1) for (kind, who), part in kinds.items()]


def suppliers(world: World, member: str, on: date) -> list[Found]:
    alive = living(world, "members", on)
    own = [
        t
        for t in ties(world, "DEPENDENCY", on)
        if t["source"] == member and t["target"] in alive and t["target"] != member
    ]
    felt = [
        t
        for t in own
        if number(t, "strength", 1) or number(t, "criticality", 100) != 100
    ]
    found = set()
    for tie in felt:
        group = text(tie, "substitute_group")
        others = {t["target"] for t in own if group == text(t, "substitute_group")}
        if group is None or others == {tie["target"]}:
            found.add(tie["target"])
    count = len({tie["target"] for tie in felt})
    return [("SOLE_SUPPLIER", member, who, {who}, count, 1) for who in sorted(found)]
