"""Referrals of a region or community, and which are orphaned, from a world's rows."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from tests.oracles.departures import staff
from tests.oracles.graph import (
    Row,
    World,
    active,
    begin,
    day,
    inside,
    listed,
    living,
    text,
    ties,
)

BUSINESS = ["EXCHANGE", "DEPENDENCY", "INVESTMENT", "ACCOUNT_MANAGEMENT"]
BUSINESS += ["FOLLOWING", "ADVICE"]


def event_day(row: Row) -> date | None:
    return day(row["on"]) if text(row, "on") else begin(row)


def happened(world: World, file: str, on: date) -> list[Row]:
    """Records of events up to that day, by key."""
    rows = [r for r in world.get(file, []) if active(r, on)]
    rows = [r for r in rows if (event_day(r) or date.min) <= on]
    return sorted(rows, key=lambda row: row["key"])


def scope(world: World, region: str | None, community: str | None, on: date) -> set:
    """The members that a question looks at."""
    kept = {r["key"] for r in world["members"]}
    if region is not None:
        kept = {r["key"] for r in world["members"] if text(r, "region") == region}
    if community is not None:
        open_ = community in living(world, "communities", on)
        held = ties(world, "MEMBERSHIP", on) if open_ else []
        kept &= {t["source"] for t in held if t["target"] == community}
    return kept


def pairs_tied(
    world: World, kinds: list[str], ours: set[str], theirs: set[str], on: date
) -> list[Row]:
    """The ties of these kinds between the two sides, in either direction."""
    found = []
    for kind in kinds:
        for tie in ties(world, kind, on):
            ends = (tie["source"], tie["target"])
            if any(a in ours and b in theirs for a, b in (ends, ends[::-1])):
                found.append(tie)
    return found


def shared(
    world: World, ours: set[str], theirs: set[str], on: date, present: bool
) -> set[tuple[str, str, bool]]:
    """(own party tie, other's, whether ours is the customer) of contracts on a day.

    `present`: whether the status, which is today's, counts.
    """
    rows = living(world, "contracts", on)
    if not present:
        rows = {
            r["key"]: r
            for r in world.get("contracts", [])
            if active(r, on) and text(r, "status") != "DRAFT"
        }
    found = set()
    for one, two in product(ties(world, "CONTRACT", on), repeat=2):
        roles = (one["role"], two["role"])
        alike = roles in {("SUPPLIER", "SUPPLIER"), ("CUSTOMER", "CUSTOMER")}
        ends = one["source"] in ours and two["source"] in theirs
        same = one["target"] == two["target"] and one["target"] in rows
        if ends and same and not alike and one["source"] != two["source"]:
            is_customer = roles == ("CUSTOMER", "SUPPLIER")
            found.add((one["key"], two["key"], is_customer))
    return found


def rings(world: World, one: str, two: str, on: date) -> set[str]:
    open_ = living(world, "communities", on)
    open_ = {k for k, r in open_.items() if text(r, "kind") != "DATASET"}
    held = ties(world, "MEMBERSHIP", on)
    joined = [{t["target"] for t in held if t["source"] == who} for who in (one, two)]
    return joined[0] & joined[1] & open_


def orphan_reason(world: World, row: Row, now: date) -> str | None:
    one, two, on = row["referrer"], row["provider"], event_day(row) or now
    member = next(r for r in world["members"] if r["key"] == one)
    if text(member, "until") and day(member["until"]) <= now:
        return "The referrer is no longer active."
    sides = [(inside(world, one, d), inside(world, two, d)) for d in (on, now)]

    def lasting(kinds: list[str]) -> tuple[bool, bool]:
        """(was there any that day, is one of those left)"""
        then = pairs_tied(world, kinds, *sides[0], on)
        left = {t["key"] for t in pairs_tied(world, kinds, *sides[1], now)}
        return bool(then), any(t["key"] in left for t in then)

    had_business, business = lasting(BUSINESS)
    contracts = shared(world, *sides[0], on, present=False)
    business |= bool(contracts & shared(world, *sides[1], now, present=True))
    had_job = one in sides[0][1]
    business |= had_job and one in sides[1][1]
    is_employer = two in sides[0][0]
    business |= is_employer and two in sides[1][0]
    if business:
        return None
    if had_job:
        return "The referrer has left the provider."
    if any(is_customer for _, _, is_customer in contracts):
        return "The referrer is no longer a customer of the provider."
    had_people, people = lasting(["ACQUAINTANCE"])
    then = rings(world, one, two, on)
    if people or then & rings(world, one, two, now):
        return None
    if had_business or is_employer or contracts or had_people or then:
        return "All ties that referrer and provider had then have ended."
    return None


def contexts(world: World, row: Row, now: date) -> set[str]:
    on = event_day(row) or now
    ours, theirs = (
        {who} | staff(world, who, on) for who in (row["referrer"], row["provider"])
    )
    known = pairs_tied(world, ["ACQUAINTANCE"], ours, theirs, on)
    return {t["context"] for t in known if text(t, "context")}


def share(part: int, of: int) -> dict[str, Any]:
    return {"value": part / of if of else None, "n": of}


def conversion(rows: list[Row]) -> dict[str, Any]:
    decided = [r for r in rows if r["outcome"] in ("WON", "LOST")]
    won = sum(r["outcome"] == "WON" for r in decided)
    evidence = [{"key": r["key"]} for r in decided]
    return share(won, len(decided)) | {"evidence": evidence}


def reciprocity(rows: list[Row]) -> dict[str, Any]:
    ways = {(r["referrer"], r["provider"]) for r in rows}
    both = {frozenset(w) for w in ways if w[::-1] in ways}
    evidence = [{"key": r["key"]} for r in rows]
    return share(len(both), len({frozenset(w) for w in ways})) | {"evidence": evidence}


def regions(world: World, rows: list[Row], seen: set[str], on: date) -> list[Any]:
    alive = living(world, "members", on)
    received = {r["provider"] for r in begun(world, on)}
    out = []
    for name in sorted({r["region"] for r in alive.values() if text(r, "region")}):
        own = {k for k in seen & set(alive) if text(alive[k], "region") == name}
        firms = sorted(k for k in own if is_business(alive[k]))
        able = {k for k in own if k in received or "SUPPLIER" in roles(alive[k])}
        if not firms and not able:
            continue
        kept = [r for r in rows if {r["referrer"], r["provider"]} <= able]
        joined = [k for k in firms if rings(world, k, k, on)]
        density = share(
            len({(r["referrer"], r["provider"]) for r in kept}),
            len(able) ** 2 - len(able),
        )
        out.append(
            {
                "name": name,
                "businesses": len(firms),
                "providers": len(able),
                "networkDensity": share(len(joined), len(firms))
                | {"evidence": [{"key": k} for k in firms]},
                "referralDensity": density,
                "conversion": conversion(kept),
            }
        )
    return out


def begun(world: World, on: date) -> list[Row]:
    """Referrals that have been made by that day, ended records too."""
    return [
        r
        for r in world.get("referrals", [])
        if (begin(r) or date.min) <= on and (event_day(r) or date.min) <= on
    ]


def is_business(row: Row) -> bool:
    public = {"PUBLIC_BODY", "UNIVERSITY"} & set(roles(row))
    return row["kind"] == "ORGANISATION" and not public


def roles(row: Row) -> list[str]:
    return listed(row, "roles")


def promoters(
    world: World, rows: list[Row], seen: set[str], on: date
) -> dict[str, Any]:
    scores = [
        f
        for f in happened(world, "feedback", on)
        if f["kind"] == "NPS"
        and float(f["score"]) >= 9
        and {f["giver"], f["provider"]} <= seen
    ]
    fans = {(f["giver"], f["provider"]) for f in scores}
    did = fans & {(r["referrer"], r["provider"]) for r in rows}
    return share(len(did), len(fans)) | {
        "evidence": [{"key": f["key"]} for f in scores]
    }


def referral_network(
    world: World, as_of: Any, region: str | None = None, community: str | None = None
) -> dict[str, Any]:
    """The GraphQL answer `ReferralNetwork`, in part."""
    on = day(as_of)
    seen = scope(world, region, community, on)
    rows = [
        r
        for r in happened(world, "referrals", on)
        if {r["referrer"], r["provider"]} <= seen
    ]
    met = {r["key"]: contexts(world, r, on) for r in rows}
    named = sorted(set().union(*met.values()))
    lost = {
        r["key"]: why
        for r in rows
        if r["outcome"] == "WON" and (why := orphan_reason(world, r, on))
    }
    return {
        "referralCount": len(rows),
        "conversion": conversion(rows),
        "reciprocity": reciprocity(rows),
        "conversionByContext": [
            {"name": n, "figure": conversion([r for r in rows if n in met[r["key"]]])}
            for n in named
        ],
        "chains": [
            {"first": {"key": one["key"]}, "next": {"key": two["key"]}}
            for one, two in product(rows, rows)
            if two["referrer"] == one["customer"]
            and event_day(one)
            and event_day(two)
            and event_day(one) < event_day(two)
        ],
        "orphaned": [{"referral": {"key": k}, "reason": lost[k]} for k in lost],
        "promotersWhoReferred": promoters(world, rows, seen, on),
        "regions": regions(world, rows, seen, on),
    }
