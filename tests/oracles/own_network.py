"""One member's own network: whom it knows, and by what each of them counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from tests.oracles.graph import Row, World, begin, day, living, text, ties
from tests.oracles.referrals import event_day

HOME = ["EMPLOYMENT", "AFFILIATION"]
OTHERS = ["EXCHANGE", "DEPENDENCY", "INVESTMENT", "ACCOUNT_MANAGEMENT", "FOLLOWING"]
OTHERS += ["ADVICE", "COMPETITION"]


def levels(world: World, member: str, on: date) -> list[str]:
    """The member, its earliest employer, and all above that, the nearest first."""
    alive = living(world, "members", on)
    jobs = [t for t in ties(world, "EMPLOYMENT", on) if t["source"] == member]
    jobs = [t for t in jobs if t["target"] in alive]
    found = [member]
    if jobs:
        first = min(jobs, key=lambda t: (begin(t) or date.min, t["target"]))
        step = {first["target"]}
        while step:
            found += sorted(step)
            step = {
                t["target"]
                for t in ties(world, "AFFILIATION", on)
                if t["source"] in step and t["target"] in alive
            } - set(found)
    return found


def value(world: World, member: str, column: str, on: date) -> str | None:
    rows = {r["key"]: r for r in world["members"]}
    values = (text(rows[key], column) for key in levels(world, member, on))
    return next((v for v in values if v), None)


def holdings(world: World, member: str, on: date) -> list[Row]:
    """One tie to each capability of the first level that has any."""
    held = sorted(ties(world, "CAPABILITY", on), key=lambda t: t["key"], reverse=True)
    for key in levels(world, member, on):
        own = {t["target"]: t for t in held if t["source"] == key}
        if own:
            return list(own.values())
    return []


def tied_to(world: World, member: str, kinds: list[str], on: date) -> set[str]:
    alive = living(world, "members", on)
    pairs = [
        (t["source"], t["target"]) for kind in kinds for t in ties(world, kind, on)
    ]
    found = {b if a == member else a for a, b in pairs if member in (a, b)}
    return found & set(alive) - {member}


def blau(values: list[str]) -> dict[str, Any]:
    total = len(values)
    squares = sum(n * n for n in Counter(values).values())
    return {"value": 1 - squares / total**2 if total else None, "n": total}


def keys(found: Any) -> list[dict[str, str]]:
    return [{"key": key} for key in sorted(found)]


def balance(world: World, member: str, on: date) -> dict[str, Any]:
    alive = living(world, "members", on)
    favours: list[tuple[str, str, str, date | None]] = []  # giver, taker, key, day
    for tie in ties(world, "EXCHANGE"):
        if text(tie, "exchange_kind") == "INTANGIBLE" and (begin(tie) or on) <= on:
            favours.append((tie["source"], tie["target"], tie["key"], begin(tie)))
    for row in world.get("referrals", []):
        if max(begin(row) or on, event_day(row) or on) <= on:
            favours.append(
                (row["referrer"], row["provider"], row["key"], event_day(row))
            )
    for row in world.get("introductions", []):
        decided = text(row, "decided_on") or text(row, "asked_on")
        last = day(decided) if decided else None
        if row["state"] == "MADE" and max(last or on, begin(row) or on) <= on:
            favours.append((row["introducer"], row["requester"], row["key"], last))
    total, own = 0.0, []
    for giver, taker, key, when in favours:
        other = taker if giver == member else giver
        if member in (giver, taker) and giver != taker and other in alive:
            weight = 2 ** (-((on - when).days if when else 0) / 180)
            total += weight if giver == member else -weight
            own.append(key)
    return {"value": total if own else None, "n": len(own), "evidence": keys(own)}


def networking(world: World, member: str, as_of: Any) -> dict[str, Any]:
    """The GraphQL answer `Networking`, in part; evidence in the order of keys."""
    on = day(as_of)
    known = tied_to(world, member, ["ACQUAINTANCE"], on)
    contacts = sorted(known or tied_to(world, member, OTHERS, on))
    out: dict[str, Any] = {}
    for column in ("sector", "region"):
        values = {c: v for c in contacts if (v := value(world, c, column, on))}
        out[f"{column}Diversity"] = blau(list(values.values()))
        out[f"{column}Diversity"]["evidence"] = keys(values)
    held = [tie for c in contacts for tie in holdings(world, c, on)]
    able = [tie["target"] for tie in held]
    out["capabilityDiversity"] = blau(able) | {
        "evidence": keys({tie["key"] for tie in held})
    }
    own = {tie["target"] for tie in holdings(world, member, on)}
    near = set(able)
    lacked = len(near - own) / len(near) if near else None
    out["lackedCapabilityShare"] = {
        "value": lacked,
        "n": len(near),
        "evidence": keys(near),
    }
    out["reciprocityBalance"] = balance(world, member, on)
    return out
