"""Referrals against the ring of the demo, hand-worked ones and a plain recount."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import referrals as oracle
from tests.support import worlds
from tests.support.answers import same
from tests.support.relationship_worlds import relationships

QUESTION = """
query ($community: String, $region: String, $asOf: Date) {
  referralNetwork(community: $community, region: $region, asOf: $asOf) {
    referralCount
    regions {
      name businesses providers networks { key } referralDensity { value n }
      networkDensity { value n } reciprocity { value n } conversion { value n }
    }
    reciprocity { value n } conversion { value n nullReason }
    conversionByCommunity { name figure { value n } }
    conversionByContext { name figure { value n } }
    conversionAfterSatisfaction { value n evidence { ... on Referral { key } } }
    conversionAfterDissatisfaction { value n evidence { ... on Referral { key } } }
    balances(first: 1000) { member { key } given received balance fadedBalance }
    averageDiscount { value n } hoursSaved { value n }
    revenue { amount currency } marketingSaved { amount currency }
    chains(first: 1000) { first { key } next { key } customer { key } }
    orphaned { referral { key } reason }
    promotersWhoReferred { value n } nullReason
  }
}"""
OFFERS = """
query ($customer: String!) { referralNetwork(asOf: "2026-11-01") {
  standingOffers(customer: $customer) { member { key } community { key } discount
    discountOn hired { key } } } }"""


def asked(ask, **values):
    return ask(QUESTION, **({"asOf": "2026-11-01"} | values))["referralNetwork"]


def named(rows):
    return {row["name"]: row["figure"]["value"] for row in rows}


def test_the_ring_of_the_demo_is_denser_than_the_one_on_the_coast(draw, ask):
    draw(SEEDS[0].folder)
    answer = asked(ask)
    regions = {row["name"]: row for row in answer["regions"]}
    # Småland: 12 providers, 132 ordered pairs; 7 of them refer, all in the ring.
    assert regions["Småland"]["referralDensity"] == {"value": 7 / 132, "n": 132}
    # Västkusten: 8 providers, 56 pairs; only Strandh sends to Havsvik.
    assert regions["Västkusten"]["referralDensity"] == {"value": 1 / 56, "n": 56}
    # One pair of the ring refers both ways: Andersson and Petterson, of six.
    assert regions["Småland"]["reciprocity"] == {"value": 1 / 6, "n": 6}
    # Satisfied with the plumber, the family hires the mechanic; the other does not.
    good, bad = (
        answer[f"conversionAfter{mood}"] for mood in ("Satisfaction", "Dissatisfaction")
    )
    same(good, {"value": 1.0, "n": 1})
    assert good["evidence"] == [{"key": "andersson-lundstrom-johansson"}]
    same(bad, {"value": 0.0, "n": 1})
    assert bad["evidence"] == [{"key": "andersson-lundstrom-lindqvist"}]
    assert answer["orphaned"] == [
        {
            "referral": {"key": "magnus-ekolinje-vatterbryggan"},
            "reason": "The referrer has left the provider.",
        }
    ]


def test_the_business_only_forum_converts_better_than_club_troop_and_council(draw, ask):
    draw(SEEDS[0].folder)
    answer = asked(ask)
    found = named(answer["conversionByCommunity"])
    # Ring 7 of 8, coast 1 of 1, Storåsen 3 of 4: 11 of 13.
    assert found == {
        "BUSINESS_NETWORK": 11 / 13,
        "CLUB": 1 / 3,
        "ASSOCIATION": 1 / 3,
        "MUNICIPAL_FORUM": 1 / 2,
    }
    regions = {row["name"]: row["conversion"] for row in answer["regions"]}
    assert regions["Storåsen"] == {"value": 3 / 4, "n": 4}


def test_family_and_friends_convert_less_than_clients(draw, ask):
    draw(SEEDS[0].folder)
    found = named(asked(ask, region="Björkvik")["conversionByContext"])
    # Father 1 of 3, friend 1 of 3, client 3 of 4.
    assert found == {"FAMILY": 1 / 3, "FRIEND": 1 / 3, "CLIENT": 3 / 4}


def test_a_customer_is_entitled_to_the_offers_of_the_whole_ring(draw, ask):
    draw(SEEDS[0].folder)
    document = ask(OFFERS, customer="johansson-family")["referralNetwork"]
    found = {o["member"]["key"]: o["discount"] for o in document["standingOffers"]}
    assert found == {
        "andersson-estate": 0.05,
        "brunns-flytt": 0.15,
        "ekens-elektriska": 0.1,
        "holms-maleri": 0.07,
        "lundstrom-motors": 0.08,
        "petterson-plumbing": 0.1,
        "vetteryd-las": 0.1,
    }
    nobody = ask(OFFERS, customer="berg-household")["referralNetwork"]
    # Its plumber's ring on the coast: two members give a discount there.
    assert [o["member"]["key"] for o in nobody["standingOffers"]] == [
        *("kustens-el", "havsvik-vvs")
    ]


def test_without_referrals_figures_are_null_with_a_reason(draw, ask):
    draw({"members": [worlds.member("a", region="X")], "ties": []})
    answer = asked(ask)
    assert answer["conversion"]["value"] is None
    assert "won or lost" in answer["conversion"]["nullReason"]
    assert "No referral" in answer["nullReason"]
    assert answer["revenue"] == answer["balances"] == []
    assert answer["regions"][0]["referralDensity"] == {"value": None, "n": 0}


def test_an_unknown_community_or_customer_is_not_found(draw, ask):
    draw({"members": [worlds.member("a")], "ties": []})
    for document in (
        '{ referralNetwork(community: "no") { referralCount } }',
        '{ referralNetwork { standingOffers(customer: "no") { discount } } }',
    ):
        [error] = ask(document, True)["errors"]
        assert error.original_error.code == "NOT_FOUND"


KEYS = ["a", "b", "c", "d"]


@st.composite
def referrals(draw) -> worlds.World:
    rows = []
    for number in range(draw(st.integers(0, 10))):
        referrer, provider = draw(
            st.tuples(*[st.sampled_from(KEYS)] * 2).filter(lambda p: p[0] != p[1])
        )
        rows.append(
            {"key": f"r{number}", "referrer": referrer, "provider": provider}
            | {"customer": draw(st.sampled_from(["x", "a", "b"]))}
            | {"outcome": draw(st.sampled_from(["WON", "WON", "LOST", "OPEN", ""]))}
            | {"on": draw(st.sampled_from(["2026-01-01", "2026-05-05", "2026-11-02"]))}
            | {"revenue": draw(st.sampled_from(["", "100", "250.5"]))}
            | {"currency": draw(st.sampled_from(["SEK", "EUR"]))}
            | {"discount": draw(st.sampled_from(["", "0.1", "0.25"]))}
        )
    members = [worlds.member(k, region="R", roles="SUPPLIER") for k in KEYS]
    return {"members": [*members, worlds.member("x")], "ties": [], "referrals": rows}


def recount(world) -> dict:
    rows = [r for r in world["referrals"] if r["on"] <= "2026-11-01"]
    decided = [r for r in rows if r["outcome"] in ("WON", "LOST")]
    won = [r for r in rows if r["outcome"] == "WON"]
    ways = {(r["referrer"], r["provider"]) for r in rows}
    any_way = {frozenset(way) for way in ways}
    both = {frozenset(way) for way in ways if (way[1], way[0]) in ways}
    sums = {}
    for r in won:
        if r["revenue"]:
            sums[r["currency"]] = sums.get(r["currency"], 0) + float(r["revenue"])
    balances = {}
    for r in rows:
        weight = 2 ** (-(date(2026, 11, 1) - date.fromisoformat(r["on"])).days / 180)
        for key, sign in ((r["referrer"], 1), (r["provider"], -1)):
            whole, faded = balances.get(key, (0, 0.0))
            balances[key] = (whole + sign, faded + sign * weight)
    chains = [
        {"first": {"key": r["key"]}, "next": {"key": later["key"]}}
        for r in rows
        for later in rows
        if later["referrer"] == r["customer"] and r["on"] < later["on"]
    ]
    return {
        "referralCount": len(rows),
        "conversion": {
            "value": len(won) / len(decided) if decided else None,
            "n": len(decided),
        },
        "reciprocity": {
            "value": len(both) / len(any_way) if any_way else None,
            "n": len(any_way),
        },
        "regions": [{"referralDensity": {"value": len(ways) / 12, "n": 12}}],
        "revenue": [{"amount": a, "currency": c} for c, a in sorted(sums.items())],
        "balances": [
            {"member": {"key": k}, "balance": whole, "fadedBalance": faded}
            for k, (whole, faded) in sorted(
                balances.items(), key=lambda p: (-p[1][0], p[0])
            )
        ],
        "chains": chains,
    }


@given(world=referrals())
@settings(max_examples=20)
def test_random_referrals_match_a_plain_recount(draw, ask, world):
    draw(world)
    answer = asked(ask)
    expected = recount(world)
    expected["regions"] *= len(answer["regions"])
    same(answer, expected)


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        ("2026-10-01", "All ties that referrer and provider had then have ended."),
        ("", None),
    ],
)
def test_a_referral_is_orphaned_when_its_last_tie_ends(draw, ask, until, reason):
    members = [worlds.member(k) for k in "abc"]
    ties = [
        worlds.tie("MEMBERSHIP", "a", "ring", until=until),
        worlds.tie("MEMBERSHIP", "b", "ring"),
    ]
    ring = {"key": "ring", "name": "ring", "kind": "CLUB"}
    row = {"key": "r", "referrer": "a", "provider": "b", "customer": "c"}
    row |= {"on": "2026-05-01", "outcome": "WON"}
    draw({"members": members, "ties": ties, "communities": [ring], "referrals": [row]})
    found = [one["reason"] for one in asked(ask)["orphaned"]]
    assert found == ([reason] if reason else [])


EVIDENCE = """
query ($community: String, $region: String, $asOf: Date) {
  referralNetwork(community: $community, region: $region, asOf: $asOf) {
    referralCount conversion { ...all } reciprocity { ...all }
    conversionByContext { name figure { ...all } }
    chains(first: 1000) { first { key } next { key } }
    orphaned(first: 1000) { referral { key } reason }
    promotersWhoReferred { ...all }
    regions { name businesses providers networkDensity { ...all }
      referralDensity { value n } conversion { ...all } }
  }
}
fragment all on Measured { value n evidence(first: 1000) {
  ... on Referral { key } ... on Feedback { key } ... on Organisation { key } } }
"""


@given(world=relationships(), scope=st.sampled_from(["", "region", "community"]))
@settings(max_examples=40)
def test_random_relationships_match_a_plain_recount(draw, ask, world, scope):
    draw(world)
    keys = {row["key"] for row in world["communities"]}
    scopes = {"region": {"region": "north"}, "community": {"community": "g0"}}
    chosen = scopes.get(scope, {}) if scope != "community" or "g0" in keys else {}
    values = {"asOf": worlds.AS_OF} | chosen
    answer = ask(EVIDENCE, **values)["referralNetwork"]
    same(answer, oracle.referral_network(world, worlds.AS_OF, **chosen))


def referral(key="r", **columns) -> worlds.Row:
    """a sent customer c to provider b."""
    row = {"key": key, "referrer": "a", "customer": "c", "provider": "b"}
    return row | {"on": "2026-05-01", "outcome": "WON"} | columns


def test_a_provider_by_a_referral_to_come_is_none_yet(draw, ask):
    members = [worlds.member(k, region="R") for k in "abc"]
    rows = [referral(), referral("later", provider="c", customer="b", on="2026-11-02")]
    draw({"members": members, "ties": [], "referrals": rows})
    [region] = asked(ask)["regions"]
    assert (region["providers"], asked(ask)["referralCount"]) == (1, 1)
    [region] = asked(ask, asOf="2026-11-02")["regions"]
    assert region["providers"] == 2


def test_two_referrals_of_one_day_are_no_chain_either_way(draw, ask):
    rows = [
        referral(),
        referral("same", referrer="c", provider="a", customer="b"),
        referral("later", referrer="c", provider="b", customer="a", on="2026-05-02"),
    ]
    draw({"members": [worlds.member(k) for k in "abc"], "ties": [], "referrals": rows})
    pairs = {(c["first"]["key"], c["next"]["key"]) for c in asked(ask)["chains"]}
    assert pairs == {("r", "later")}


def test_a_region_or_community_counts_its_members_alone(draw, ask):
    """a and b are in the region and the club; x, a fan of b, is in neither."""
    members = [worlds.member(k, region="R") for k in "ab"]
    members += [worlds.member(k, region="S") for k in "cx"]
    club = {"key": "club", "name": "club", "kind": "CLUB"}
    nps = {"provider": "b", "kind": "NPS", "score": "10", "on": "2026-05-01"}
    draw(
        {
            "members": members,
            "ties": [worlds.tie("MEMBERSHIP", k, "club") for k in "ab"],
            "communities": [club],
            "referrals": [referral(), referral("x", referrer="x")],
            "feedback": [nps | {"key": f"f{k}", "giver": k} for k in "ax"],
        }
    )
    assert asked(ask)["promotersWhoReferred"] == {"value": 1, "n": 2}
    for scope in ({"region": "R"}, {"community": "club"}):
        found = asked(ask, **scope)
        assert found["referralCount"] == found["conversion"]["n"] == 1
        assert found["promotersWhoReferred"] == {"value": 1, "n": 1}


def test_people_of_teams_bring_their_context(draw, ask):
    """p works for team t of a, q for b: they are friends."""
    members = [worlds.member(k) for k in "abc"]
    members += [worlds.member("t", "TEAM")]
    members += [worlds.member(k, "PERSON") for k in "pq"]
    ties = [
        worlds.tie("AFFILIATION", "t", "a"),
        worlds.tie("EMPLOYMENT", "p", "t"),
        worlds.tie("EMPLOYMENT", "q", "b"),
        worlds.tie("ACQUAINTANCE", "p", "q", context="FRIEND"),
    ]
    draw({"members": members, "ties": ties, "referrals": [referral()]})
    assert named(asked(ask)["conversionByContext"]) == {"FRIEND": 1}


LEFT = "The referrer has left the provider."
NO_CUSTOMER = "The referrer is no longer a customer of the provider."
ENDED = "All ties that referrer and provider had then have ended."
OVER = {"until": "2026-10-01"}


@pytest.mark.parametrize(
    ("ties", "reason"),
    [
        ([worlds.tie("EMPLOYMENT", "a", "b", **OVER)], LEFT),
        ([worlds.party("a", "k", "CUSTOMER", **OVER)], NO_CUSTOMER),
        ([worlds.party("a", "k", "PARTNER", **OVER)], ENDED),
        ([worlds.party("a", "k", "CUSTOMER")], None),
        *(
            ([worlds.tie(*tie, **columns)], ENDED if columns else None)
            for tie in (
                ("EXCHANGE", "b", "a"),
                ("FOLLOWING", "a", "b"),
                ("ADVICE", "a", "b"),
                ("ACCOUNT_MANAGEMENT", "q", "a"),
            )
            for columns in (OVER, {})
        ),
        # While any of them is left, the referral is no orphan.
        (
            [
                worlds.tie("EMPLOYMENT", "a", "b", **OVER),
                worlds.tie("EXCHANGE", "a", "b"),
            ],
            None,
        ),
        (
            [
                worlds.party("a", "k", "CUSTOMER", **OVER),
                worlds.tie("FOLLOWING", "a", "b"),
            ],
            None,
        ),
        # An exchange that began after the referral is none that they had then.
        (
            [
                worlds.tie("EMPLOYMENT", "a", "b", **OVER),
                worlds.tie("EXCHANGE", "a", "b", since="2026-06-01"),
            ],
            LEFT,
        ),
        # A former colleague who knows people of the provider has left all the same.
        (
            [
                worlds.tie("EMPLOYMENT", "a", "b", **OVER),
                worlds.tie("ACQUAINTANCE", "a", "q"),
            ],
            LEFT,
        ),
        (
            [
                worlds.tie("EXCHANGE", "a", "b", **OVER),
                worlds.tie("ACQUAINTANCE", "a", "q"),
            ],
            None,
        ),
    ],
)
def test_a_referral_is_an_orphan_when_no_tie_of_that_day_is_left(
    draw, ask, ties, reason
):
    """a is a person; q works for b, which sells by contract k."""
    members = [worlds.member(k) for k in "bc"]
    members += [worlds.member(k, "PERSON") for k in "aq"]
    draw(
        {
            "members": members,
            "ties": [
                *ties,
                worlds.tie("EMPLOYMENT", "q", "b"),
                worlds.party("b", "k", "SUPPLIER"),
            ],
            "contracts": [worlds.contract("k", status="ACTIVE")],
            "referrals": [referral()],
        }
    )
    found = [one["reason"] for one in asked(ask)["orphaned"]]
    assert found == ([reason] if reason else [])
