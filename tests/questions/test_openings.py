"""Openings: the demo's harbour by hand, and random worlds against plain loops."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles.openings import openings
from tests.support import worlds
from tests.support.answers import same
from tests.support.worlds import AS_OF, choose, member, tie

QUESTION = """
query ($community: String, $member: String, $asOf: Date, $first: Int) {
  openings(community: $community, member: $member, asOf: $asOf, first: $first) {
    openingCount nullReason
    openings { members { key } score distance via { key } nullReason
      needs { needing { key } having { key } capability { key } }
      roles { giver { key } taker { key } senderRole receiverRole } }
    about { warnings formula }
  }
}"""


def test_the_demo_s_harbour_has_one_opening_until_it_is_taken(draw, ask):
    draw(SEEDS[0].folder)
    asked = {"community": "hamnverket", "member": "bryggverk"}
    found = ask(QUESTION, asOf="2025-11-01", **asked)["openings"]
    [opening] = found["openings"]
    assert [m["key"] for m in opening["members"]] == ["bryggverk", "holmvarv"]
    # The carrier serves two until then: 1 / ln 2
    assert opening["score"] == pytest.approx(1 / math.log(2), abs=1e-12)
    assert opening["distance"] == 2
    assert [m["key"] for m in opening["via"]] == ["sjoakeri"]
    [need] = opening["needs"]
    assert need["needing"]["key"] == "holmvarv"
    assert need["capability"]["key"] == "pile-driving"
    after = ask(QUESTION, asOf=AS_OF, **asked)["openings"]
    assert after["openings"] == []
    assert after["nullReason"] == "No two members without a tie complete each other."


def test_the_harbour_is_another_constellation_a_year_later(draw, ask):
    draw(SEEDS[0].folder)
    found = ask(
        """{ networkChange(network: {ties: [EXCHANGE], community: "hamnverket"},
          from: "2025-11-01", to: "2026-11-01") { distance
          tiesCame { source { key } } tiesWent { source { key } } } }"""
    )["networkChange"]
    # of carrier-builder, carrier-yard, old-yard, builder-yard two are on both days
    assert found["distance"] == 1 - 2 / 4
    assert [t["source"]["key"] for t in found["tiesCame"]] == ["bryggverk"]
    assert [t["source"]["key"] for t in found["tiesWent"]] == ["gammelpal"]


@st.composite
def complementary(draw):
    """Exchanges in roles; capabilities that some need and some have."""
    members = worlds.some_members(draw, 3, 9, worlds.KINDS, worlds.ROLES)
    held = worlds.some_ties(draw, members, ["EXCHANGE"], 14)
    for row in held:
        row["sender_role"] = choose(draw, "maker", "buyer", "")
        row["receiver_role"] = choose(draw, "maker", "buyer", "carrier")
    for one in members:
        for kind in ("NEED", "CAPABILITY"):
            if choose(draw, "yes", "no", "no") == "yes":
                held.append(tie(kind, one["key"], choose(draw, "k0", "k1")))
    rows = [{"key": key, "name": key} for key in ("k0", "k1")]
    return {"members": members, "ties": held, "capabilities": rows}


@given(st.lists(complementary(), min_size=3, max_size=5))
@settings(max_examples=8)
def test_random_worlds_match_plain_loops(draw, ask, drawn):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        asked = {"community": f"w{place}", "asOf": AS_OF, "first": 1000}
        expected = openings(world, f"w{place}", AS_OF)
        found = ask(QUESTION, **asked)["openings"]
        assert found["openingCount"] == len(expected)
        same(found["openings"], expected)
        for key in {m["key"] for o in expected for m in o["members"]}:
            own = ask(QUESTION, **asked, member=key)["openings"]["openings"]
            mine = [o for o in expected if {"key": key} in o["members"]]
            same(own, mine)


def test_the_first_openings_are_the_best_of_all(draw, ask):
    draw(SEEDS[0].folder)
    every = ask(QUESTION, community="demo", asOf=AS_OF, first=1000)["openings"]
    few = ask(QUESTION, community="demo", asOf=AS_OF, first=3)["openings"]
    assert few["openings"] == every["openings"][:3]
    assert few["openingCount"] == every["openingCount"] > 3


def test_an_empty_community_has_none_and_unknown_keys_are_errors(draw, ask):
    draw({"members": [member("a")], "communities": [{"key": "club", "name": "Club"}]})
    found = ask(QUESTION, community="club", member="a")["openings"]
    assert (found["openingCount"], found["openings"]) == (0, [])
    empty, absent = found["about"]["warnings"]
    assert empty.startswith("No member is active on ")
    assert absent == "'a' is not in this network."
    for asked in ({"community": "nowhere"}, {"member": "nobody"}):
        answer = ask(QUESTION, errors=True, **asked)
        assert "has the key 'no" in answer["errors"][0].message
