"""Supplier diversity by its definition: one dict of givers a member, nothing shared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracles.graph import World, day, text, ties
from tests.oracles.network import passing


def givers(world: World, network: dict[str, Any]) -> dict[str, dict[str, Fraction]]:
    """Of each member of the network, who supplies it, and with how much."""
    on = day(network.get("asOf"))
    inside = passing(world, network, on)
    found: dict[str, dict[str, Fraction]] = {}
    for row in ties(world, "EXCHANGE", on):
        giver, taker = row["source"], row["target"]
        kind = network.get("exchangeKind")
        if kind and row.get("exchange_kind") != kind:
            continue
        if giver == taker or not {giver, taker} <= inside:
            continue
        by_value = network.get("weight") == "VALUE"
        amount = Fraction(row.get("value") or "0") if by_value else Fraction(1)
        own = found.setdefault(taker, {})
        found.setdefault(giver, {})
        own[giver] = own.get(giver, Fraction(0)) + amount if by_value else Fraction(1)
    held = {m: {g: a for g, a in own.items() if a > 0} for m, own in found.items()}
    if network.get("isolates"):
        return {m: held.get(m, {}) for m in inside}
    tied = {end for m, own in held.items() for g in own for end in (m, g)}
    return {m: own for m, own in held.items() if m in tied}


def blau(amounts: list[tuple[str | None, Fraction]]) -> tuple[float | None, int]:
    known = [(group, amount) for group, amount in amounts if group is not None]
    total = sum(amount for _, amount in known)
    unknown = len(amounts) - len(known)
    if not total:
        return None, unknown
    sums = [
        sum(amount for other, amount in known if other == group)
        for group in {group for group, _ in known}
    ]
    return float(1 - sum((one / total) ** 2 for one in sums)), unknown


def supplier_diversity(world: World, network: dict[str, Any]) -> list[dict[str, Any]]:
    """Every member as the API answers it, in its order."""
    rows = {row["key"]: row for row in world["members"]}
    found = []
    for member, own in givers(world, network).items():
        total = sum(own.values())
        shares = {giver: amount / total for giver, amount in own.items()}
        ranked = sorted(shares, key=lambda giver: (-shares[giver], giver))
        answer: dict[str, Any] = {"member": {"key": member}, "supplierCount": len(own)}
        for name in ("sector", "region", "country"):
            index, unknown = blau([(text(rows[g], name), a) for g, a in own.items()])
            answer[f"{name}Diversity"] = index
            answer[f"unknown{name.title()}Count"] = unknown
        answer["largestShare"] = float(shares[ranked[0]]) if ranked else None
        answer["suppliers"] = [
            {"supplier": {"key": g}, "share": float(shares[g])} for g in ranked
        ]
        found.append(answer)
    found.sort(key=lambda a: (-(a["largestShare"] or -1), a["member"]["key"]))
    return found
