"""One member's own network: the demo's stories, and figures worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.support import worlds
from tests.support.answers import same

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
    assert found["needDistance"]["nullReason"] == "It needs nothing."
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
