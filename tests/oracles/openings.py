"""Openings of one community by trying every pair."""

from itertools import combinations
from math import log
from typing import Any

from tests.oracles.graph import World, day, text, ties
from tests.oracles.network import passing
from tests.oracles.value_network import distance


def openings(world: World, community: str, as_of: str) -> list[dict[str, Any]]:
    on = day(as_of)
    kept = sorted(passing(world, {"community": community}, on))
    held = [
        t
        for t in ties(world, "EXCHANGE", on)
        if t["source"] in kept and t["target"] in kept and t["source"] != t["target"]
    ]
    tied = {(t["source"], t["target"]) for t in held}
    tied |= {pair[::-1] for pair in tied}
    template = {(text(t, "sender_role"), text(t, "receiver_role")) for t in held}
    found = []
    for pair in combinations(kept, 2):
        if pair in tied:
            continue
        around = [{b for a, b in tied if a == end} for end in pair]
        via = sorted(around[0] & around[1])
        needs = wanted(world, on, pair) + wanted(world, on, pair[::-1])
        roles = [
            row
            for way in (pair, pair[::-1])
            for row in complements(held, template, *way)
        ]
        if needs or (via and roles):
            score = sum(1 / log(sum(a == v for a, _ in tied)) for v in via)
            row = {"members": [{"key": end} for end in pair], "score": float(score)}
            far = distance(tied, pair[0]).get(pair[1])
            row |= {"distance": far, "via": [{"key": v} for v in via[:5]]}
            found.append(row | {"needs": needs, "roles": roles})
    return sorted(found, key=lambda o: (-round(o["score"], 9), str(o["members"])))


def wanted(world: World, on: Any, pair: tuple[str, str]) -> list[dict[str, Any]]:
    needing, having = pair
    needs = {t["target"] for t in ties(world, "NEED", on) if t["source"] == needing}
    held = {t["target"] for t in ties(world, "CAPABILITY", on) if t["source"] == having}
    return [
        {
            "needing": {"key": needing},
            "having": {"key": having},
            "capability": {"key": key},
        }
        for key in sorted(needs & held)
    ]


def complements(
    held: list[dict[str, str]], template: set[Any], giver: str, taker: str
) -> list[dict[str, Any]]:
    gives = {r for t in held if t["source"] == giver if (r := text(t, "sender_role"))}
    takes = {r for t in held if t["target"] == taker if (r := text(t, "receiver_role"))}
    return [
        {
            "giver": {"key": giver},
            "taker": {"key": taker},
            "senderRole": s,
            "receiverRole": r,
        }
        for s in sorted(gives)
        for r in sorted(takes)
        if (s, r) in template
    ]
