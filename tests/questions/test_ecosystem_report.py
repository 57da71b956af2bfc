"""The report on a community: its own figures, and its parts equal their questions."""

from __future__ import annotations

import pytest

from seeds import SEEDS
from service.report import QUESTION
from tests.support.answers import same
from tests.support.worlds import AS_OF, member, tie

TEXT = QUESTION.read_text(encoding="utf-8")
PARTS = """query ($community: String!, $since: Date, $asOf: Date) {
  ecosystemReport(community: $community, since: $since, asOf: $asOf) {
    since day coolingTieCount startupCount
    coolingTies { source { key } target { key } daysSinceContact strengthThen
      strengthNow lost tie { score } }
    change { tiesCameCount } weakNodes { members { totalLoss } } } }"""


def friends():
    """Scores: a-b 2 and c-d 1, both 360 days (two half-lives) old; e-f is fresh."""
    scores = {"ab": ("2", "2025-11-06"), "cd": ("1", "2025-11-06")}
    scores |= {"ef": ("1", "2026-10-01")}
    members = [member(key, "PERSON") for key in "abcdef"]
    ties = [tie("MEMBERSHIP", key, "club") for key in "abcdef"]
    for (one, other), (score, at) in scores.items():
        ties.append(tie("ACQUAINTANCE", one, other, score=score, score_at=at))
    return {
        "members": members,
        "ties": ties,
        "communities": [{"key": "club", "name": "Club"}],
    }


def test_acquaintances_are_ordered_by_the_strength_that_they_lost(draw, ask):
    draw(friends())
    found = ask(PARTS, community="club", asOf=AS_OF)["ecosystemReport"]
    assert found["since"] == "2026-08-03"  # 90 days before
    assert found["coolingTieCount"] == 2
    first, second = found["coolingTies"]
    # score 2 a year ago: 1 - 2^-2 = .75; two half-lives on .5: 1 - 2^-.5
    same(
        first,
        {
            "source": {"key": "a"},
            "daysSinceContact": 360,
            "strengthThen": 0.75,
            "strengthNow": 1 - 2**-0.5,
            "lost": 0.75 - (1 - 2**-0.5),
            "tie": {"score": 2.0},
        },
    )
    # .5 then; a score of .25 now: 1 - 2^-.25
    assert second["lost"] == pytest.approx(0.5 - (1 - 2**-0.25), abs=1e-12)


def test_each_part_of_the_report_equals_the_answer_of_its_question(draw, ask):
    draw(SEEDS[0].folder)
    asked = {"community": "demo", "since": "2026-01-01", "asOf": AS_OF}
    found = ask(TEXT, **asked)["ecosystemReport"]
    alone = ask(
        """{ brokerage(groupBy: REGION, first: 5, network: { ties: [EXCHANGE],
            community: "demo", asOf: "2026-11-01" }) {
            nodeCount brokers { member { key } group } }
          networkChange(network: { ties: [EXCHANGE], community: "demo" },
            from: "2026-01-01", to: "2026-11-01") { distance tiesCameCount }
          chokePoints(community: "demo", asOf: "2026-11-01", first: 5) {
            pairCount chokePoints { member { key } exposure } } }"""
    )
    same(found["brokerage"], alone["brokerage"])
    same(found["change"], alone["networkChange"])
    same(found["chokePoints"], alone["chokePoints"])
    assert len(found["partners"]) == 5 < found["startupCount"]
    fragile = found["weakNodes"]["members"][0]
    # As weakNodes has it for the whole graph: .54 + .54 + .324
    assert fragile["member"]["key"] == "asvik-pump-rnd"
    assert fragile["totalLoss"] == pytest.approx(1.404)


def test_start_ups_with_needs_come_first_and_their_number_is_said(draw, ask):
    keys = [f"s{i}" for i in range(9)]
    ties = [tie("MEMBERSHIP", key, "club") for key in keys]
    ties += [tie("NEED", key, "sales") for key in ("s7", "s3")]
    world = {
        "members": [member(key, roles="STARTUP") for key in keys],
        "ties": ties,
        "capabilities": [{"key": "sales", "name": "Sales"}],
        "communities": [{"key": "club", "name": "Club"}],
    }
    draw(world)
    text = """query ($first: Int) {
      ecosystemReport(community: "club", asOf: "2026-11-01", first: $first) {
        startupCount needingStartupCount partners { startup { key } stages {
          capability { key } } } } }"""

    def order(first):
        found = ask(text, first=first)["ecosystemReport"]
        same(found, {"startupCount": 9, "needingStartupCount": 2})
        return [answer["startup"]["key"] for answer in found["partners"]]

    assert order(3) == ["s3", "s7", "s0"]
    assert order(50) == ["s3", "s7", "s0", "s1", "s2", "s4", "s5", "s6", "s8"]


def test_an_acquaintance_without_a_date_is_counted_as_unknown(draw, ask):
    world = friends()
    world["ties"] += [
        tie("ACQUAINTANCE", "a", "c"),
        tie("ACQUAINTANCE", "a", "d", score="1"),
        tie("ACQUAINTANCE", "a", "e", score_at="2020-01-01"),
    ]
    draw(world)
    text = """{ ecosystemReport(community: "club", asOf: "2026-11-01") {
      acquaintanceCount undatedAcquaintanceCount coolingTieCount } }"""
    same(
        ask(text)["ecosystemReport"],
        {"acquaintanceCount": 6, "undatedAcquaintanceCount": 3, "coolingTieCount": 2},
    )
