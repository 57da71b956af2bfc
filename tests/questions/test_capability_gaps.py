"""Needs that a start-up does not cover: the demo's, and a world by hand."""

from __future__ import annotations

from seeds import SEEDS
from tests.support import worlds

QUESTION = """
query ($startup: String!) { capabilityGaps(startup: $startup, asOf: "2026-11-01") {
  gapCount gapShare { value n nullReason }
  needs { capability { key } stage covered own { key } advisers { key }
    candidates { member { key } way { path { key } success } } } } }"""


def asked(ask, startup):
    return ask(QUESTION, startup=startup)["capabilityGaps"]


def test_the_mentor_advises_on_scaling_and_nobody_covers_it(draw, ask):
    draw(SEEDS[0].folder)
    found = asked(ask, "fuktlys")
    assert (found["gapCount"], found["gapShare"]["value"]) == (6, 1)
    needs = {need["capability"]["key"]: need for need in found["needs"]}
    assert [need["stage"] for need in found["needs"]] == [1, 2, 3, 4, 5, 6]
    assert needs["scaling"]["advisers"] == [{"key": "margareta-ohlin"}]
    [maker] = needs["prototype-making"]["candidates"]
    # Its own contract with the maker, .7, is the likeliest path.
    assert maker["way"] == {"path": [{"key": "formverk-prototyper"}], "success": 0.7}


def test_a_need_is_covered_by_a_team_s_person_and_others_come_by_their_path(draw, ask):
    members = [worlds.member(k) for k in ("s", "near", "far")]
    members += [worlds.member("t", "TEAM"), worlds.member("p", "PERSON")]
    ties = [
        worlds.tie("AFFILIATION", "t", "s"),
        worlds.tie("EMPLOYMENT", "p", "t"),
        worlds.tie("NEED", "s", "k1"),
        worlds.tie("NEED", "s", "k2"),
        worlds.tie("CAPABILITY", "p", "k1"),
        worlds.tie("CAPABILITY", "far", "k2"),
        worlds.tie("CAPABILITY", "near", "k2"),
        worlds.party("s", "c", "CUSTOMER"),
        worlds.party("near", "c", "SUPPLIER"),
    ]
    capabilities = [{"key": k, "name": k} for k in ("k1", "k2")]
    files = {"members": members, "ties": ties, "capabilities": capabilities}
    draw(files | {"contracts": [worlds.contract("c", status="ACTIVE")]})
    found = asked(ask, "s")
    first, second = found["needs"]
    assert (first["covered"], first["own"]) == (True, [{"key": "p"}])
    assert found["gapShare"] == {"value": 0.5, "n": 2, "nullReason": None}
    assert second["candidates"] == [
        {"member": {"key": "near"}, "way": {"path": [{"key": "near"}], "success": 0.7}},
        {"member": {"key": "far"}, "way": None},
    ]


def test_a_start_up_without_needs_has_no_gaps_and_says_so(draw, ask):
    draw({"members": [worlds.member("s")], "ties": []})
    found = asked(ask, "s")
    assert (found["needs"], found["gapShare"]["value"]) == ([], None)
    assert "no needs" in found["gapShare"]["nullReason"]
    document = '{ capabilityGaps(startup: "no") { gapCount } }'
    [error] = ask(document, True)["errors"]
    assert error.original_error.code == "NOT_FOUND"
