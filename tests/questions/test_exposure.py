"""Whom a start-up can reach, with and without its incubator, against all paths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import SEEDS
from tests.oracles import portfolio as oracle
from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($startup: String!, $roles: [MemberRole!], $hops: Int, $asOf: Date) {
  exposure(startup: $startup, roles: $roles, maxHops: $hops, asOf: $asOf, first: 1000) {
    startup { key } reachedCount addedCount addedShare
    incubators { key } cohorts { key }
    members { member { key } success hops onlyThroughIncubator path { key } }
    nullReason
  }
}"""
ROLES = ["INVESTOR", "MENTOR", "INCUBATOR", "STARTUP"]


@given(
    drawn=st.lists(worlds.introduction_worlds(), min_size=1, max_size=5),
    roles=st.lists(st.sampled_from(ROLES), min_size=1, unique=True),
    hops=st.integers(1, 4),
)
@settings(max_examples=20)
def test_random_worlds_match_every_path(draw, ask, drawn, roles, hops):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        startup = f"w{place}-m00"
        asked = {"startup": startup, "roles": roles, "asOf": worlds.AS_OF}
        answer = ask(QUESTION, **asked, hops=hops)["exposure"]
        same(answer, oracle.exposure(world, startup, roles, hops, worlds.AS_OF))


def test_the_demo_s_incubator_adds_two_mentors_and_two_investors(draw, ask):
    draw(SEEDS[0].folder)
    answer = ask(QUESTION, startup="fuktlys", asOf=worlds.AS_OF)["exposure"]
    assert (answer["reachedCount"], answer["addedCount"]) == (8, 4)
    assert answer["addedShare"] == 0.5
    assert len(answer["incubators"]) == len(answer["cohorts"]) == 2


def test_a_start_up_that_nobody_knows_reaches_nobody(draw, ask):
    members = [worlds.member("a", roles="STARTUP"), worlds.member("b", roles="MENTOR")]
    draw({"members": members, "ties": []})
    answer = ask(QUESTION, startup="a")["exposure"]
    assert (answer["reachedCount"], answer["addedShare"]) == (0, None)
    assert "within reach" in answer["nullReason"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('startup: "no"', "NOT_FOUND", "'no'"),
        ('startup: "startup", maxHops: 0', "BAD_USER_INPUT", "1 to 8"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.introductions())
    [error] = ask(f"{{ exposure({arguments}) {{ reachedCount }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message
