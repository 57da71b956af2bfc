"""Introduction paths against a search of all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import worlds
from tests.answers import same
from tests.oracles import paths as oracle

QUESTION = """
query ($startup: String!, $needs: [String!], $backers: [MemberRole!], $hops: Int,
       $asOf: Date, $first: Int) {
  partnerPaths(startup: $startup, needs: $needs, backers: $backers, maxHops: $hops,
               asOf: $asOf, first: $first) {
    startup { key }
    stages {
      capability { key } stage independentRoutes combinedSuccess
      paths {
        backer { key } partner { key } success hops
        steps { from { key } to { key } success needsConsent ties { kind success } }
        weakestStep {
          from { key } to { key } success needsConsent ties { kind success }
        }
      }
    }
  }
}"""
ROLES = ["INVESTOR", "MENTOR", "INCUBATOR", "ACCELERATOR"]


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=6),
    backers=st.lists(st.sampled_from(ROLES), min_size=1, unique=True),
    hops=st.integers(1, 6),
    first=st.sampled_from([1, 3, 20]),
)
@settings(max_examples=25)
def test_random_worlds_match_an_exhaustive_search(
    draw, ask, drawn, backers, hops, first
):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        startup = f"w{place}-m00"
        asked = {"startup": startup, "asOf": worlds.AS_OF, "first": first}
        answer = ask(QUESTION, **asked, backers=backers, hops=hops)["partnerPaths"]
        day = worlds.AS_OF
        same(
            answer,
            oracle.partner_paths(world, startup, None, backers, hops, day, first),
        )


def test_evidence_names_counts_dates_and_who(draw, ask):
    draw(worlds.introductions())
    document = """{ partnerPaths(startup: "startup", asOf: "2026-11-01") {
        stages { paths { steps { ties { kind text } } } } } }"""
    stages = ask(document)["partnerPaths"]["stages"]
    ties = [
        tie
        for stage in stages
        for path in stage["paths"]
        for step in path["steps"]
        for tie in step["ties"]
    ]
    assert ties
    names = {row["name"] for row in worlds.introductions()["members"]}
    for tie in ties:
        assert sum(name in tie["text"] for name in names) >= 2, tie
        assert tie["text"].endswith(".")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('startup: "nobody"', "NOT_FOUND", "'nobody'"),
        ('startup: "startup", needs: ["no"]', "NOT_FOUND", "'no'"),
        ('startup: "startup", maxHops: 0', "BAD_USER_INPUT", "1 to 8"),
        ('startup: "startup", maxHops: 50', "BAD_USER_INPUT", "1 to 8"),
        ('startup: "startup", first: 0', "BAD_USER_INPUT", "1 to 1000"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.introductions())
    [error] = ask(f"{{ partnerPaths({arguments}) {{ startup {{ key }} }} }}", True)[
        "errors"
    ]
    assert error.original_error.code == code
    assert says in error.message
