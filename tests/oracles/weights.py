"""The weight of every arc of a NetworkInput, tie by tie."""

from typing import Any

from tests.oracles.graph import (
    AS_STORED,
    BOTH_WAYS,
    World,
    contract_arcs,
    day,
    living,
    number,
    size,
    text,
    ties,
)
from tests.oracles.network import passing

SHARED = {
    "CONTRACT": ("CONTRACT", "contracts"),
    "CO_CONTRACT": ("CONTRACT", "contracts"),
    "CO_INVESTMENT": ("INVESTMENT", "members"),
    "CO_MEMBERSHIP": ("MEMBERSHIP", "communities"),
}
Tally = list[tuple[str, str, float | None, str | None]]  # source, target, how much


def worth(tie: dict[str, str], weight: str, on: Any) -> float | None:
    """What one stored tie weighs; None where the property is blank."""
    if weight == "VALUE":
        return number(tie, "value")
    if weight == "AMOUNT":
        return number(tie, "amount")
    if weight == "COUNT":
        return 1.0
    if tie["kind"] == "DEPENDENCY":
        return number(tie, "strength", 1.0)
    score = number(tie, "score")
    if score is None:
        return number(tie, "declared_strength")
    told = day(tie["score_at"]) if tie.get("score_at") else on
    return score * 2 ** (-max(0, (on - told).days) / 180)


def stored(world: World, kind: str, network: dict[str, Any], on: Any) -> Tally:
    found: Tally = []
    for tie in ties(world, kind, on):
        exchange = network.get("exchangeKind")
        if kind == "EXCHANGE" and exchange and text(tie, "exchange_kind") != exchange:
            continue
        much = worth(tie, network["weight"], on)
        row = (tie["source"], tie["target"], much, text(tie, "currency"))
        if kind in AS_STORED or kind in BOTH_WAYS:
            found.append(row)
        if kind == "DEPENDENCY" or kind in BOTH_WAYS:
            found.append((row[1], row[0], *row[2:]))
    return found


def shared(world: World, kind: str, network: dict[str, Any], on: Any) -> Tally:
    found: Tally = []
    sort, file = SHARED[kind]
    for key, node in living(world, file, on).items():
        held = [t for t in ties(world, sort, on) if t["target"] == key]
        dataset = text(node, "kind") == "DATASET"
        if file == "communities" and (dataset or size(world, key, on) > 200):
            continue
        pairs = {(a["source"], b["source"]) for a in held for b in held}
        if kind == "CONTRACT":
            pairs = contract_arcs(held)
        much = 1.0 if network["weight"] == "COUNT" else number(node, "value")
        found += [(a, b, much, text(node, "currency")) for a, b in pairs]
    return found


def referrals(world: World, on: Any) -> Tally:
    rows = living(world, "referrals", on).values()
    return [(r["referrer"], r["provider"], 1.0, None) for r in rows]


def weights(
    world: World, network: dict[str, Any]
) -> tuple[dict[tuple[str, str], float], set[str]]:
    """Arcs with a weight above 0, and the currencies that are in it."""
    on = day(network.get("asOf"))
    kept = passing(world, network, on)
    rows: Tally = []
    for kind in network["ties"]:
        if kind == "REFERRAL":
            rows += referrals(world, on)
        elif kind in SHARED:
            rows += shared(world, kind, network, on)
        else:
            rows += stored(world, kind, network, on)
    sums: dict[tuple[str, str], float] = {}
    currencies = set()
    for a, b, much, currency in rows:
        if a in kept and b in kept and a != b and much is not None:
            sums[a, b] = sums.get((a, b), 0.0) + much
            if network["weight"] in ("VALUE", "AMOUNT") and currency:
                currencies.add(currency)
    return {pair: total for pair, total in sums.items() if total > 0}, currencies
