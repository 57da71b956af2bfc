"""The report on a network with gaps: it says what is missing, and what to add."""

from __future__ import annotations

import re

import pytest

from service.report import QUESTION
from service.report.page import html_page, markdown_page
from service.report.sections import sections
from tests.support.answers import same
from tests.support.gap_world import gap_world
from tests.support.worlds import AS_OF, member, tie

TEXT = QUESTION.read_text(encoding="utf-8")
# Sentences that would declare a network healthy of which nothing is known.
CLEAN_BILLS = (
    "0 members exchange",
    "0 acquaintances",
    "0 members would hurt",
    "0 needs of start-ups",
    "0 new ties",
    "0 members joined",
)


@pytest.fixture
def gaps(draw, ask):
    draw(gap_world())
    return ask(TEXT, community="cohort", asOf=AS_OF)["ecosystemReport"]


def test_no_zero_is_told_of_what_is_not_stored(gaps):
    for text in (
        html_page(gaps, sections(gaps)),
        markdown_page(gaps, sections(gaps)),
    ):
        assert not [bill for bill in CLEAN_BILLS if bill in text]


def test_each_part_says_what_is_missing_and_what_to_add(gaps):
    missing = {gap["part"]: gap for gap in gaps["gaps"] if gap["blocks"]}
    assert list(missing) == [
        "WEAK_NODES",
        "COOLING_TIES",
        "CHOKE_POINTS",
        "PARTNERS",
        "CHANGE",
    ]
    said = {part: gap["missing"] for part, gap in missing.items()}
    assert said["WEAK_NODES"].startswith("No dependency is stored")
    assert said["COOLING_TIES"].startswith(
        "All 52 acquaintances have no score with a date of contact"
    )
    assert said["PARTNERS"] == "All 22 start-ups have no stored need."
    assert said["CHANGE"] == "All 152 ties have no date, and count as unchanged."
    added = {part: gap["remedy"] for part, gap in missing.items()}
    assert "DEPENDENCY" in added["WEAK_NODES"]
    assert "score_at" in added["COOLING_TIES"]
    assert "NEED" in added["PARTNERS"]
    assert "since" in added["CHANGE"]
    page = html_page(gaps, sections(gaps))
    for gap in gaps["gaps"]:
        assert gap["missing"] in page
        assert gap["remedy"] in page


def test_the_map_and_the_brokers_are_of_the_surroundings_where_the_ties_are(gaps):
    # 22 start-ups, 44 founders, 6 funds, 13 mentors: all of them have a tie
    assert gaps["map"]["nodeCount"] == 85
    assert gaps["map"]["links"]
    network = gaps["map"]["about"]["parameters"]["network"]
    same(network, {"community": "cohort", "surroundings": True})
    kinds = {"EMPLOYMENT", "INVESTMENT", "ADVICE", "ACQUAINTANCE"}
    assert set(network["ties"]) == kinds
    assert gaps["brokerage"]["nodeCount"] == 85
    assert gaps["brokerage"]["brokers"][0]["scores"]["observed"]["total"] > 0
    page = markdown_page(gaps, sections(gaps))
    assert "85 members in and around the community" in page
    assert "52 ACQUAINTANCE, 44 EMPLOYMENT, 30 INVESTMENT, 26 ADVICE" in page
    assert "No exchange connects two of the 22 members." in page


def test_some_dates_are_enough_to_answer_and_the_others_are_counted(draw, ask):
    world = gap_world()
    known = [row for row in world["ties"] if row["kind"] == "ACQUAINTANCE"]
    for row in known[:2]:
        row |= {"score": "1", "score_at": "2024-01-01", "since": "2026-10-01"}
    draw(world)
    report = ask(TEXT, community="cohort", asOf=AS_OF)["ecosystemReport"]
    same(
        report,
        {
            "coolingTieCount": 2,
            "acquaintanceCount": 52,
            "undatedAcquaintanceCount": 50,
        },
    )
    assert report["change"]["tiesCameCount"] == 4  # both ways
    page = markdown_page(report, sections(report))
    assert "2 acquaintances have not been renewed" in page
    assert "50 of 52 acquaintances have no score with a date of contact" in page
    assert "150 of 152 ties have no date, and count as unchanged." in page


def test_ties_between_members_come_before_the_surroundings(draw, ask):
    keys = "abcd"
    ties = [tie("MEMBERSHIP", key, "club") for key in keys]
    ties += [tie("INVESTMENT", "a", "b"), tie("ADVICE", "c", "d")]
    ties += [tie("INVESTMENT", "x", key) for key in keys]
    draw(
        {
            "members": [member(key) for key in (*keys, "x")],
            "ties": ties,
            "communities": [{"key": "club", "name": "Club"}],
        }
    )
    report = ask(TEXT, community="club", asOf=AS_OF)["ecosystemReport"]
    network = report["map"]["about"]["parameters"]["network"]
    assert network["surroundings"] is False
    assert (report["map"]["nodeCount"], report["map"]["linkCount"]) == (4, 2)


def test_an_empty_network_warns_and_names_the_ties_that_there_are(draw, ask):
    draw(gap_world())
    question = """query ($network: NetworkInput!) { networkMap(network: $network) {
      nodeCount about { warnings } } }"""

    def warnings(**network):
        asked = {"asOf": AS_OF, "ties": ["EXCHANGE"]} | network
        return ask(question, network=asked)["networkMap"]["about"]["warnings"]

    [alone] = warnings(community="cohort")
    assert alone.startswith("No EXCHANGE tie connects two of the 22 members")
    assert "`surroundings`" in alone
    [around] = warnings(community="cohort", surroundings=True)
    assert "52 ACQUAINTANCE, 44 EMPLOYMENT, 30 INVESTMENT, 26 ADVICE" in around
    [nobody] = warnings(region="Nowhere")
    assert nobody.startswith(f"No member is active on {AS_OF}")
    assert re.search("community, roles, kinds and region", nobody)


def test_surroundings_need_a_community(draw, ask):
    draw(gap_world())
    text = """{ networkMap(network: { ties: [EXCHANGE], surroundings: true }) {
      nodeCount } }"""
    [error] = ask(text, errors=True)["errors"]
    assert "network.surroundings: give network.community too." in error.message


def test_exposure_counts_the_advisers_that_lack_the_role(draw, ask):
    draw(gap_world())
    text = """query ($startup: String!, $roles: [MemberRole!]) {
      exposure(startup: $startup, roles: $roles, asOf: "2026-11-01") {
        reachedCount about { warnings } } }"""
    answer = ask(text, startup="startup00")["exposure"]
    assert answer["reachedCount"] == 6  # the funds, which have their role
    [lacking] = [w for w in answer["about"]["warnings"] if "without the role" in w]
    assert lacking == (
        "Members within reach that advise others without the role MENTOR, not counted:"
        " 13. Add the role to them."
    )
    answer = ask(text, startup="startup00", roles=["INVESTOR"])["exposure"]
    assert not [w for w in answer["about"]["warnings"] if "without the role" in w]


def test_partner_paths_say_that_backers_lack_the_role(draw, ask):
    world = gap_world()
    world["capabilities"] = [{"key": "sales", "name": "Sales"}]
    world["ties"] += [
        tie("NEED", "startup00", "sales"),
        tie("CAPABILITY", "fund5", "sales"),
    ]
    for row in world["members"]:
        if row["key"].startswith("fund"):
            row["roles"] = ""
    draw(world)
    answer = ask(
        """{ partnerPaths(startup: "startup00", asOf: "2026-11-01") {
          stages { nullReason } about { warnings } } }"""
    )["partnerPaths"]
    [stage] = answer["stages"]
    assert stage["nullReason"] == "No backer with these roles on that day."
    warnings = " ".join(answer["about"]["warnings"])
    assert "none of the roles in `backers`: 4." in warnings  # 2 funds, 2 mentors
