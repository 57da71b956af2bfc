"""The cascade of one weak member against hand-worked figures and plain iteration."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import worlds
from tests.answers import same
from tests.oracles import cascade as oracle

QUESTION = """
query ($member: String!, $operability: Float, $days: Float, $asOf: Date) {
  weakNodeImpact(member: $member, operability: $operability, outageDays: $days,
                 asOf: $asOf, first: 1000) {
    seed { key }
    impacts { member { key } operability loss order waitDays decidingPath { key } }
    affectedCount affectedShare totalLoss converged
    customersWaiting {
      customer { key } waitDays contracts { key } valueAtRisk { amount currency }
      decidingPath { key }
    }
    nullReason
  }
}"""


def test_the_weak_team_stops_the_buyer_without_an_alternative(draw, ask):
    world = worlds.weak_team()
    draw(world)
    answer = ask(QUESTION, member="rd", operability=0.4, days=30, asOf=worlds.AS_OF)[
        "weakNodeImpact"
    ]
    hit = {i["member"]["key"]: round(i["operability"], 3) for i in answer["impacts"]}
    assert hit == {"rd": 0.4, "production": 0.46, "maker": 0.46, "buyer1": 0.676}
    days = {i["member"]["key"]: i["waitDays"] for i in answer["impacts"]}
    assert days == {"rd": 18, "production": 13, "maker": 13, "buyer1": 10}
    [wait] = answer["customersWaiting"]
    assert wait["customer"]["key"] == "buyer1"
    assert wait["waitDays"] == 10
    assert [m["key"] for m in wait["decidingPath"]] == [
        "rd",
        "production",
        "maker",
        "buyer1",
    ]


@given(
    drawn=st.lists(worlds.cascades(), min_size=1, max_size=6),
    operability=st.sampled_from([0.0, 0.25, 0.4, 0.9, 1.0]),
    days=st.sampled_from([None, 0, 7, 30]),
)
@settings(max_examples=25)
def test_random_worlds_match_plain_iteration(draw, ask, drawn, operability, days):
    world = worlds.together(drawn)
    draw(world)
    for place in range(len(drawn)):
        seed, day = f"w{place}-m00", worlds.AS_OF
        variables = {"operability": operability, "days": days, "asOf": day}
        answer = ask(QUESTION, member=seed, **variables)["weakNodeImpact"]
        same(answer, oracle.weak_node_impact(world, seed, operability, days, day))


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('member: "nobody"', "NOT_FOUND", "'nobody'"),
        ('member: "rd", operability: 1.5', "BAD_USER_INPUT", "0 to 1"),
        ('member: "rd", operability: -0.1', "BAD_USER_INPUT", "0 to 1"),
        ('member: "rd", outageDays: -1', "BAD_USER_INPUT", "outageDays"),
        ('member: "rd", first: 1001', "BAD_USER_INPUT", "1 to 1000"),
        ('member: "rd", model: FAILURE', "NOT_AVAILABLE", "DEPENDENCY"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(worlds.weak_team())
    [error] = ask(f"{{ weakNodeImpact({arguments}) {{ steps }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message


def test_without_days_every_wait_is_null_and_says_why(draw, ask):
    world = worlds.weak_team()
    for row in world["members"]:
        row.pop("recovery_days", None)
    draw(world)
    document = """{ weakNodeImpact(member: "rd", asOf: "2026-11-01") {
        impacts { waitDays nullReason } customersWaiting { waitDays nullReason } } }"""
    answer = ask(document)["weakNodeImpact"]
    for found in answer["impacts"] + answer["customersWaiting"]:
        assert found["waitDays"] is None
        assert "outageDays" in found["nullReason"]
