"""Innovation: story O's two organisations, and figures worked by hand."""

from __future__ import annotations

import pytest

from seeds import SEEDS
from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($organisation: String!, $targets: HorizonTargets) {
  innovation(organisation: $organisation, targets: $targets, asOf: "2026-11-01") {
    initiativeCount
    budget { horizon currency amount share { value n } target gap }
    people { horizon amount share { value } }
    crossFunctional { value n nullReason } silos { key }
    openness { value n nullReason } openness_: opennessByRole { role share { value } }
    teams { team { key } initiatives { key } layers silo }
    bornFromFeedback { value n } failuresWithLesson { key }
    failuresWithoutLesson { key } rotations { person { key } functions }
    spinOffs { key } weakResearch { team { key } totalLoss } nullReason
    about { warnings }
  }
}"""


def asked(ask, organisation, **targets):
    values = {"targets": targets or None}
    return ask(QUESTION, organisation=organisation, **values)["innovation"]


def shares(bands):
    return [band["share"]["value"] for band in bands]


def test_seven_two_and_one_of_ten_millions_are_as_the_rule_of_thumb(draw, ask):
    draw(SEEDS[0].folder)
    found = asked(ask, "nordan")
    assert [band["amount"] for band in found["budget"]] == [7e6, 2e6, 1e6]
    assert shares(found["budget"]) == shares(found["people"]) == [0.7, 0.2, 0.1]
    assert [band["gap"] for band in found["budget"]] == [0, 0, 0]
    # Tied: R&D-production, R&D-marketing, marketing-lab, Ada-Cilla; and Ada-Bertil.
    assert found["crossFunctional"] == {"value": 0.8, "n": 5, "nullReason": None}
    assert found["silos"] == []
    # One of six initiatives is open, to each of the four.
    assert {
        r["role"]: r["share"]["value"] for r in found["openness_"]
    } == dict.fromkeys(("CUSTOMER", "PARTNER", "UNIVERSITY", "COMPETITOR"), 1 / 6)
    assert found["bornFromFeedback"] == {"value": 1 / 6, "n": 6}
    assert found["failuresWithLesson"] == [{"key": "nordan-buoy"}]
    assert [r["person"]["key"] for r in found["rotations"]] == ["ada-prov", "david-led"]
    assert found["spinOffs"] == [{"key": "nordan-tyst"}]
    # R&D at 0: production keeps 1 - .5, for .5 * 0 + .5 * 100 = 50.
    assert found["weakResearch"] == [{"team": {"key": "nordan-rnd"}, "totalLoss": 0.5}]


def test_the_other_one_is_ninety_five_to_five_and_in_silos(draw, ask):
    draw(SEEDS[0].folder)
    found = asked(ask, "stenvik", core=0.7, adjacent=0.2, transformational=0.1)
    assert shares(found["budget"]) == [0.95, 0.05, 0]
    assert [s["key"] for s in found["silos"]] == [
        *("stenvik-marketing", "stenvik-production", "stenvik-rnd")
    ]
    assert found["crossFunctional"]["value"] is None
    assert found["openness"]["value"] == 0
    first = found["teams"][0]
    assert (first["team"]["key"], len(first["initiatives"])) == ("stenvik-rnd", 5)
    assert found["failuresWithoutLesson"] == [{"key": "stenvik-alloy-4"}]
    assert "left out of the shares: 4." in found["about"]["warnings"][0]


def test_the_evidence_of_a_share_is_all_that_it_was_made_of(draw, ask):
    """Of four initiatives one is open, one led to by feedback, one is over."""
    rows = {
        "closed": {"horizon": "CORE", "budget": "3", "currency": "SEK"},
        "open": {"horizon": "ADJACENT", "budget": "1", "currency": "SEK"},
        "heard": {},
        "over": {"until": "2026-01-01"},
    }
    initiatives = [{"key": k, "organisation": "firm", **row} for k, row in rows.items()]
    feedback = [{"key": "f", "giver": "x", "provider": "firm", "initiative": "heard"}]
    functions = {"a": "A", "b": "B", "c": "A"}
    members = [worlds.member("firm"), worlds.member("x")]
    members += [worlds.member(k, "TEAM", function=f) for k, f in functions.items()]
    ties = [worlds.tie("AFFILIATION", k, "firm") for k in functions]
    ties += [worlds.tie("EXCHANGE", "a", "b"), worlds.tie("EXCHANGE", "a", "c")]
    ties.append(worlds.tie("WORK", "x", "open"))
    world = {"members": members, "ties": ties, "initiatives": initiatives}
    draw(world | {"feedback": feedback})
    keys = "{ ... on Initiative { key } ... on Team { key } }"
    text = """{ innovation(organisation: "firm", asOf: "2026-11-01") {
      openness ALL bornFromFeedback ALL crossFunctional ALL
      budget { share ALL } } }"""
    figure = f"{{ value n evidence(first: 20) {keys} }}"
    found = ask(text.replace("ALL", figure))["innovation"]

    def made_of(figure):
        return figure["value"], figure["n"], [row["key"] for row in figure["evidence"]]

    assert made_of(found["openness"]) == (1 / 3, 3, ["closed", "heard", "open"])
    every = ["closed", "heard", "open", "over"]
    assert made_of(found["bornFromFeedback"]) == (1 / 4, 4, every)
    assert made_of(found["crossFunctional"]) == (1 / 2, 2, ["a", "b", "c"])
    bands = [made_of(band["share"]) for band in found["budget"]]
    assert bands == [(share, 2, ["closed", "open"]) for share in (0.75, 0.25, 0)]


def test_who_is_not_active_works_on_nothing_and_is_no_spin_off(draw, ask):
    members = [worlds.member("firm"), worlds.member("x", until="2026-06-01")]
    ties = [worlds.tie("WORK", "x", "plan")]
    ties.append(worlds.tie("AFFILIATION", "x", "firm", affiliation_kind="SPIN_OFF"))
    initiatives = [{"key": "plan", "organisation": "firm"}]
    draw({"members": members, "ties": ties, "initiatives": initiatives})
    found = asked(ask, "firm")
    assert (found["openness"]["value"], found["spinOffs"]) == (0, [])


def test_budgets_of_two_currencies_are_never_one_sum(draw, ask):
    initiatives = [
        {"key": f"i{n}", "organisation": "firm", "horizon": horizon}
        | {"budget": budget, "currency": currency}
        for n, (horizon, budget, currency) in enumerate(
            [("CORE", "30", "SEK"), ("ADJACENT", "10", "SEK"), ("CORE", "5", "EUR")]
        )
    ]
    members = [worlds.member("firm")]
    draw({"members": members, "ties": [], "initiatives": initiatives})
    found = asked(ask, "firm")
    bands = [(b["currency"], b["horizon"], b["amount"]) for b in found["budget"]]
    assert bands == [
        *[("EUR", "CORE", 5), ("EUR", "ADJACENT", 0), ("EUR", "TRANSFORMATIONAL", 0)],
        *[("SEK", "CORE", 30), ("SEK", "ADJACENT", 10), ("SEK", "TRANSFORMATIONAL", 0)],
    ]
    same([b["share"]["value"] for b in found["budget"]], [1.0, 0.0, 0.0, 0.75, 0.25, 0])


def test_a_team_is_a_silo_only_where_neither_it_nor_its_people_reach_out(draw, ask):
    """p1 of team a knows p2 of team b; team c has a tie to team d of its function."""
    functions = {"a": "A", "b": "B", "c": "C", "d": "C"}
    members = [worlds.member("firm")]
    members += [worlds.member(k, "TEAM", function=f) for k, f in functions.items()]
    members += [worlds.member("p1", "PERSON"), worlds.member("p2", "PERSON")]
    ties = [worlds.tie("AFFILIATION", k, "firm") for k in functions]
    ties += [worlds.tie("EMPLOYMENT", "p1", "a", function="A")]
    ties += [worlds.tie("EMPLOYMENT", "p2", "b", function="B")]
    ties += [worlds.tie("ACQUAINTANCE", "p1", "p2"), worlds.tie("EXCHANGE", "c", "d")]
    draw({"members": members, "ties": ties})
    found = asked(ask, "firm")
    assert found["silos"] == [{"key": "c"}, {"key": "d"}]
    assert found["crossFunctional"] == {"value": 0.5, "n": 2, "nullReason": None}
    assert [team["layers"] for team in found["teams"]] == [1, 1, 1, 1]


def test_an_organisation_without_initiatives_is_empty_and_says_why(draw, ask):
    draw({"members": [worlds.member("firm")], "ties": []})
    found = asked(ask, "firm")
    assert (found["budget"], found["openness"]["value"]) == ([], None)
    assert "No initiative" in found["nullReason"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ('organisation: "no"', "NOT_FOUND"),
        ('organisation: "firm", targets: { core: 0.5 }', "BAD_USER_INPUT"),
        (
            'organisation: "firm", targets: { core: 1.5, adjacent: -0.6 }',
            "BAD_USER_INPUT",
        ),
    ],
)
def test_bad_input_is_a_client_error(draw, ask, arguments, code):
    draw({"members": [worlds.member("firm")], "ties": []})
    document = f"{{ innovation({arguments}) {{ initiativeCount }} }}"
    [error] = ask(document, True)["errors"]
    assert error.original_error.code == code
