"""Choke points of a portfolio against the members that all paths have in common."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles import portfolio as oracle
from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($startups: [String!], $community: String, $backers: [MemberRole!], $hops: Int) {
  chokePoints(startups: $startups, community: $community, backers: $backers,
              maxHops: $hops, asOf: "2026-11-01", first: 1000) {
    startupCount pairCount pairsWithoutPathCount
    pairsWithoutPath(first: 1000) { startup { key } capability { key } }
    chokePoints {
      member { key } exposure pairCount solePartner
      pairs(first: 1000) { startup { key } capability { key } }
    }
    nullReason
  }
}"""
ROLES = ["INVESTOR", "MENTOR", "INCUBATOR", "ACCELERATOR"]


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=6),
    backers=st.lists(st.sampled_from(ROLES), min_size=1, unique=True),
    hops=st.integers(1, 6),
)
@settings(max_examples=20)
def test_random_portfolios_match_what_all_paths_share(draw, ask, drawn, backers, hops):
    world = worlds.together(drawn)
    draw(world)
    startups = [f"w{place}-m00" for place in range(len(drawn))]
    asked = {"startups": startups, "backers": backers, "hops": hops}
    answer = ask(QUESTION, **asked)["chokePoints"]
    same(answer, oracle.choke_points(world, startups, backers, hops, worlds.AS_OF))


def test_the_only_fund_and_the_only_maker_are_choke_points(draw, ask):
    draw(worlds.introductions())
    answer = ask(QUESTION, community="cohort")["chokePoints"]
    assert answer["startupCount"] == 1
    assert answer["pairCount"] == 3
    found = {p["member"]["key"]: p for p in answer["chokePoints"]}
    assert found["fund"]["exposure"] == 1
    assert not found["fund"]["solePartner"]
    assert found["protomaker"]["solePartner"]
    assert found["protomaker"]["exposure"] == pytest.approx(1 / 3)


def test_a_portfolio_without_start_ups_is_empty_and_says_why(draw, ask):
    draw({"members": [worlds.member("a")], "ties": []})
    answer = ask(QUESTION)["chokePoints"]
    assert (answer["startupCount"], answer["pairCount"]) == (0, 0)
    assert answer["chokePoints"] == []
    assert "No start-up" in answer["nullReason"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('community: "no"', "NOT_FOUND", "'no'"),
        ('startups: ["no"]', "NOT_FOUND", "'no'"),
        ('needs: ["no"]', "NOT_FOUND", "'no'"),
        ('startups: ["startup"], community: "cohort"', "BAD_USER_INPUT", "either"),
        ("maxHops: 50", "BAD_USER_INPUT", "1 to 8"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.introductions())
    [error] = ask(f"{{ chokePoints({arguments}) {{ pairCount }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message
