"""How few people carry an organisation's network: against a plain recount.

Its hand-worked worlds are in test_network_ownership, beside the same relations.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($organisation: String!, $asOf: Date) {
  keyPeople(organisation: $organisation, asOf: $asOf) {
    truckFactor ownedCount nullReason
    people { person { key } members { key } soleContactOf { key } share
             orphanedShare inTruckFactor }
  }
}"""

PEOPLE, FIRMS = ["p1", "p2", "p3", "p4"], ["a", "b", "c", "d", "e", "f"]
PAIRS = [(p, f) for p in PEOPLE for f in FIRMS]


@given(held=st.sets(st.sampled_from(PAIRS), max_size=14))
@settings(max_examples=20)
def test_random_truck_factors_match_a_plain_recount(draw, ask, held):
    members = [worlds.member(f) for f in ["firm", *FIRMS]]
    members += [worlds.member(p, "PERSON") for p in PEOPLE]
    ties = [worlds.tie("EMPLOYMENT", p, "firm") for p in PEOPLE]
    ties += [worlds.tie("ACCOUNT_MANAGEMENT", p, f) for p, f in sorted(held)]
    draw({"members": members, "ties": ties})
    found = ask(QUESTION, organisation="firm", asOf="2026-11-01")["keyPeople"]
    assets = {f for _, f in held}
    count = {p: sum(q == p for q, _ in held) for p in PEOPLE}
    order = sorted((p for p in PEOPLE if count[p]), key=lambda p: (-count[p], p))
    shares = []
    for place in range(1, len(order) + 1):
        left = {f for p, f in held if p not in order[:place]}
        shares.append(1 - len(left) / len(assets))
    factor = next((i for i, s in enumerate(shares, 1) if s > 0.5), None)
    same(
        found,
        {
            "truckFactor": factor,
            "ownedCount": len(assets),
            "people": [
                {"person": {"key": p}, "orphanedShare": s}
                for p, s in zip(order, shares, strict=True)
            ],
        },
    )
