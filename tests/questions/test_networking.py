"""One member's own network: the demo's stories, and figures worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import own_network as oracle
from tests.support import worlds
from tests.support.answers import same
from tests.support.relationship_worlds import relationships

WAY = "way { path { key } success }"
QUESTION = f"""
query ($member: String!, $asOf: Date) {{
  networking(member: $member, asOf: $asOf) {{
    degree degreeByKind {{ name count }} degreeByContext {{ name count }}
    sectorDiversity {{ value n nullReason }} regionDiversity {{ value n }}
    functionDiversity {{ value n }} capabilityDiversity {{ value n }}
    lackedCapabilityShare {{ value n }} reciprocityBalance {{ value n }}
    strongTieShare {{ value n }} meanStrength {{ value n }} regularity {{ value n }}
    ties {{ member {{ key }} strength success monthsInTouch lastContact }}
    upkeepDue {{ member {{ key }} lastContact }}
    needDistance {{ value n nullReason }}
    matches {{ member {{ key }} gives {{ key }} takes {{ key }} {WAY} }}
    communities {{ community {{ key }} ownRegion ownSector {WAY} }}
  }}
}}"""


def asked(ask, member, day="2026-11-01"):
    return ask(QUESTION, member=member, asOf=day)["networking"]


def test_five_equal_shares_are_diverse_by_eight_tenths_and_one_class_by_none(draw, ask):
    draw(SEEDS[0].folder)
    mixed, alike = asked(ask, "disa-holm"), asked(ask, "arne-lod")
    # Five of five: 1 - 5 * (1/5)^2 = .8; four of one class: 1 - 1^2 = 0.
    for name in ("sectorDiversity", "functionDiversity", "capabilityDiversity"):
        assert (mixed[name]["value"], mixed[name]["n"]) == (pytest.approx(0.8), 5)
        assert (alike[name]["value"], alike[name]["n"]) == (0, 4)
    assert alike["lackedCapabilityShare"] == {"value": 0, "n": 1}
    assert mixed["lackedCapabilityShare"] == {"value": 1, "n": 5}


def test_the_developer_is_two_hops_away_through_a_former_colleague(draw, ask):
    draw(SEEDS[0].folder)
    found = asked(ask, "mira-sand")
    assert found["needDistance"]["value"] == 2
    [match] = found["matches"]
    assert match["member"] == {"key": "jonas-ivar"}
    assert match["way"]["path"] == [{"key": "petter-aln"}, {"key": "jonas-ivar"}]
    assert match["gives"] == [{"key": "web-development"}]
    assert match["takes"] == [{"key": "digital-marketing"}]
    # Three exchanges and one introduction given, 69, 237, 181 and 251 days ago.
    weights = [2 ** (-days / 180) for days in (69, 237, 181, 251)]
    same(found["reciprocityBalance"], {"value": sum(weights), "n": 4})
    assert {c["name"] for c in found["degreeByContext"]} == {
        *("FAMILY", "FRIEND", "FORMER_COLLEAGUE", "EVENT", "CLUB")
    }


def test_regular_contact_outranks_one_burst(draw, ask):
    draw(SEEDS[0].folder)
    found = asked(ask, "sixten-berg")
    order = [tie["member"]["key"] for tie in found["ties"]]
    assert order.index("moa-monthly") < order.index("bror-burst")
    months = {t["member"]["key"]: t["monthsInTouch"] for t in found["ties"]}
    # Of December 2025 to November 2026: eleven, and the burst of October 2025 none.
    assert (months["moa-monthly"], months["bror-burst"]) == (11, 0)
    assert [t["member"]["key"] for t in found["upkeepDue"]] == [
        *("kim-card", "bror-burst")
    ]


def test_the_newcomer_is_brought_into_the_business_forum_by_an_owner(draw, ask):
    draw(SEEDS[0].folder)
    first = asked(ask, "leila-karimi")["communities"][0]
    assert first["community"] == {"key": "storasen-business"}
    assert first["way"]["path"] == [{"key": "mira-sand"}, {"key": "synligt"}]


def test_the_small_group_is_strong_and_fresh_the_large_one_faded(draw, ask):
    draw(SEEDS[0].folder)
    document = """query ($key: String!) { community(key: $key) {
        memberships(first: 100) { totalCount nodes { source { key } } } } }"""
    shares = []
    for key, size in (("north-welders", 6), ("north-commerce", 40)):
        members = ask(document, key=key)["community"]["memberships"]
        assert members["totalCount"] == size
        who = members["nodes"][0]["source"]["key"]
        shares.append(asked(ask, who)["strongTieShare"]["value"])
    assert shares == [1, 0]


def test_a_member_without_ties_has_null_figures_with_reasons(draw, ask):
    draw({"members": [worlds.member("a", "PERSON")], "ties": []})
    found = asked(ask, "a")
    for name in ("sectorDiversity", "strongTieShare", "meanStrength", "regularity"):
        assert found[name]["value"] is None
    assert found["sectorDiversity"]["nullReason"]
    assert (
        found["needDistance"]["nullReason"]
        == "It needs nothing, as far as stored. Add NEED ties."
    )
    assert found["degree"] == 0
    assert found["ties"] == found["matches"] == found["communities"] == []


def test_strength_regularity_and_upkeep_as_worked_by_hand(draw, ask):
    """a: stated 4, one half-life ago; b: .2 declared, 200 days ago; c: in touch,
    today."""
    members = [worlds.member(k, "PERSON", sector="S" * (k != "m")) for k in "mabc"]
    ties = [
        worlds.tie("ACQUAINTANCE", "a", "m", score="4", score_at="2026-05-05"),
        worlds.tie(
            *("ACQUAINTANCE", "b", "m"), declared_strength=".2", since="2026-04-15"
        ),
        worlds.tie(
            *("ACQUAINTANCE", "c", "m"),
            score="1",
            score_at="2026-11-01",
            contact_months="2025-11;2025-12;2026-11",
        ),
    ]
    draw({"members": members, "ties": ties})
    found = asked(ask, "m")
    same(
        found["ties"],
        [  # 4 * 2^(-180/180) = 2: 1 - 2^-2; 1: 1 - 2^-1; declared
            {"member": {"key": "a"}, "strength": 2.0, "success": 0.75},
            {"member": {"key": "c"}, "strength": 1.0, "success": 0.5},
            {"member": {"key": "b"}, "strength": None, "success": 0.2},
        ],
    )
    assert found["strongTieShare"] == {"value": pytest.approx(2 / 3), "n": 3}
    assert found["meanStrength"] == {"value": 1.5, "n": 2}
    # December 2025 and November 2026 are of the twelve; November 2025 is not.
    assert found["regularity"] == {"value": pytest.approx(2 / 12), "n": 12}
    # 200 days are more than a half-life, 180 are not.
    assert found["upkeepDue"] == [{"member": {"key": "b"}, "lastContact": "2026-04-15"}]


def test_an_unknown_member_is_not_found(draw, ask):
    draw({"members": [worlds.member("a")], "ties": []})
    [error] = ask('{ networking(member: "no") { degree } }', True)["errors"]
    assert error.original_error.code == "NOT_FOUND"


SECTORS = ["", "x", "y", "z"]


@given(
    drawn=st.lists(
        st.tuples(st.sampled_from(SECTORS), st.sampled_from(SECTORS)), max_size=8
    )
)
@settings(max_examples=20)
def test_random_diversities_match_a_plain_recount(draw, ask, drawn):
    """A person counts by its employer where its own sector is blank."""
    members, ties = [worlds.member("me", "PERSON")], []
    for place, (own, firm) in enumerate(drawn):
        members += [worlds.member(f"p{place}", "PERSON", sector=own)]
        members += [worlds.member(f"f{place}", sector=firm)]
        ties.append(worlds.tie("EMPLOYMENT", f"p{place}", f"f{place}"))
        ties.append(worlds.tie("ACQUAINTANCE", "me", f"p{place}"))
    draw({"members": members, "ties": ties})
    told = [own or firm for own, firm in drawn if own or firm]
    squares = sum(told.count(s) ** 2 for s in set(told))
    expected = 1 - squares / len(told) ** 2 if told else None
    found = asked(ask, "me")
    same(found, {"sectorDiversity": {"value": expected, "n": len(told)}})
    assert found["degree"] == len(drawn)


FIGURES = [
    *("sectorDiversity", "regionDiversity", "capabilityDiversity"),
    *("lackedCapabilityShare", "reciprocityBalance"),
]
ALL_EVIDENCE = f"""
query ($member: String!, $asOf: Date) {{ networking(member: $member, asOf: $asOf) {{
  {" ".join(f"{name} {{ ...all }}" for name in [*FIGURES, "strongTieShare"])}
  meanStrength {{ ...all }} needDistance {{ ...all }}
  matches {{ member {{ key }} }}
  communities {{ community {{ key }} ownRegion ownSector }}
}} }}
fragment all on Measured {{ value n evidence(first: 1000) {{
  ... on Person {{ key }} ... on Organisation {{ key }} ... on Team {{ key }}
  ... on Capability {{ key }} ... on CapabilityHolding {{ key }}
  ... on Exchange {{ key }} ... on Referral {{ key }}
  ... on Introduction {{ key }} }} }}
"""


@given(world=relationships())
@settings(max_examples=25)
def test_random_networks_match_a_plain_recount(draw, ask, world):
    draw(world)
    for member in ("p0", "m01"):
        found = ask(ALL_EVIDENCE, member=member, asOf=worlds.AS_OF)["networking"]
        for name in FIGURES:
            found[name]["evidence"].sort(key=lambda record: record["key"])
        same(found, oracle.networking(world, member, worlds.AS_OF))


def employed() -> worlds.World:
    """me knows p, q and r; p and q work for team t of firm, r has all of its own.

    firm (sector A, capability k) has team t (no sector), me works for firm too.
    """
    members = [worlds.member("firm", sector="A", region="north")]
    members += [worlds.member("t", "TEAM")]
    members += [worlds.member(k, "PERSON") for k in ("me", "p", "q")]
    members += [worlds.member("r", "PERSON", sector="B", region="south")]
    ties = [worlds.tie("EMPLOYMENT", k, "t") for k in ("p", "q")]
    ties += [worlds.tie("ACQUAINTANCE", "me", k) for k in ("p", "q", "r")]
    ties += [
        worlds.tie("AFFILIATION", "t", "firm"),
        worlds.tie("EMPLOYMENT", "r", "firm"),
        worlds.tie("CAPABILITY", "firm", "k"),
        worlds.tie("CAPABILITY", "r", "l"),
    ]
    capabilities = [{"key": k, "name": k} for k in ("k", "l")]
    return {"members": members, "ties": ties, "capabilities": capabilities}


def test_a_person_counts_by_its_employer_in_every_figure(draw, ask):
    world = employed()
    club = {"key": "club", "name": "club", "kind": "CLUB", "region": "north"}
    ties = [
        worlds.tie("EMPLOYMENT", "me", "firm"),
        worlds.tie("MEMBERSHIP", "p", "club"),
        worlds.tie("NEED", "me", "l"),
        worlds.tie("NEED", "r", "k"),
    ]
    draw(world | {"ties": world["ties"] + ties, "communities": [club]})
    found = ask(ALL_EVIDENCE, member="me")["networking"]
    # p and q by the firm: sectors A, A, B; capabilities k, k, l.
    for name in ("sectorDiversity", "regionDiversity", "capabilityDiversity"):
        assert (found[name]["value"], found[name]["n"]) == (pytest.approx(4 / 9), 3)
    # Its own employer has k: only l is new.
    assert (found["lackedCapabilityShare"]["value"], 2) == (
        0.5,
        found["lackedCapabilityShare"]["n"],
    )
    assert found["matches"] == [{"member": {"key": "r"}}]
    assert found["communities"] == [
        {"community": {"key": "club"}, "ownRegion": True, "ownSector": True}
    ]


def test_a_holder_of_a_need_may_be_one_by_its_employer(draw, ask):
    world = employed()
    draw(world | {"ties": [*world["ties"], worlds.tie("NEED", "me", "k")]})
    # p works for a team of the firm that has k: one hop; the firm itself is three away.
    assert ask(ALL_EVIDENCE, member="me")["networking"]["needDistance"]["value"] == 1


def test_evidence_lists_the_records_that_were_counted(draw, ask):
    world = employed()
    members = [*world["members"], worlds.member("s", "PERSON")]
    ties = [
        *world["ties"],
        worlds.tie("ACQUAINTANCE", "me", "s", score="1", score_at="2026-11-01"),
        worlds.tie("EXCHANGE", "me", "p", exchange_kind="INTANGIBLE"),
        worlds.tie("NEED", "me", "k"),
    ]
    draw(world | {"members": members, "ties": ties})
    found = ask(ALL_EVIDENCE, member="me", asOf=worlds.AS_OF)["networking"]
    keys = {
        name: [r.get("key") for r in found[name]["evidence"]]
        for name in found
        if "Share" in name or "Diversity" in name
    }
    assert keys["sectorDiversity"] == ["p", "q", "r"]  # s has no sector
    assert keys["capabilityDiversity"] == ["CAPABILITY:firm:k", "CAPABILITY:r:l"]
    assert keys["lackedCapabilityShare"] == ["k", "l"]
    assert keys["strongTieShare"] == ["p", "q", "r", "s"]
    assert found["strongTieShare"]["value"] == 0.25
    assert found["meanStrength"]["evidence"] == [{"key": "s"}]
    assert found["reciprocityBalance"]["evidence"] == [{"key": "EXCHANGE:me:p"}]
    assert found["needDistance"]["evidence"] == [{"key": "k"}]


def test_favours_to_come_are_not_counted(draw, ask):
    """Asked before the day and made after it: not yet an introduction."""
    members = [worlds.member(k, "PERSON") for k in "abc"]
    row = {"requester": "b", "introducer": "a", "target": "c", "state": "MADE"}
    made = row | {"asked_on": "2026-10-01"}
    introductions = [
        made | {"key": "i1", "decided_on": "2026-11-01"},
        made | {"key": "i2", "decided_on": "2026-11-02"},
    ]
    referral = {"key": "r", "referrer": "a", "customer": "c", "provider": "b"}
    referral |= {"on": "2026-12-01", "since": "2020-01-01"}
    world = {"members": members, "ties": [], "introductions": introductions}
    draw(world | {"referrals": [referral]})
    found = ask(ALL_EVIDENCE, member="a", asOf=worlds.AS_OF)["networking"]
    assert found["reciprocityBalance"]["evidence"] == [{"key": "i1"}]
