"""Who leaves with what: story E, month ends, and worlds worked by hand."""

from __future__ import annotations

import pytest

from seeds import SEEDS
from service.analyses.departure_impact.points import departure_points
from tests.support import worlds
from tests.support.answers import same

QUESTION = """
query ($person: String!, $to: String, $asOf: Date) {
  departureImpact(person: $person, leavingTo: $to, asOf: $asOf) {
    firm { key }
    customers {
      customer { key }
      points { total withPerson withFirm team nullReason }
      soleContact team { key } withPersonSince withFirmSince lastContact
      directChannel contracts { key } accounts { key } acquaintances { key }
      remedy { colleague { key } path { key } success text }
    }
    customersNotAtRisk { key }
    silentReferrals { key }
    lostRoutes { startup { key } capability { key } }
    cutPoint separatedPairs nullReason
    about { warnings }
  }
}"""


def asked(ask, person, to=None, day="2026-11-01"):
    return ask(QUESTION, person=person, to=to, asOf=day)["departureImpact"]


def test_the_account_manager_s_customers_have_the_points_of_the_story(draw, ask):
    draw(SEEDS[0].folder)
    answer = asked(ask, "magnus-wiberg", "vagnet-telecom")
    assert answer["firm"] == {"key": "ekolinje-telecom"}
    # With him since 2023-11-01: 6 half-years, 6 * 2 = 12. With the firm since
    # 2021-11-01: 10 half-years, 10 * -1 = -10. Two more at the firm: 2 * -2.5 = -5.
    rows = [("solhaga-vard", 0.0, True), ("talvik-hotell", 0.0, False)]
    rows.append(("roslund-bygg", -5.0, False))
    same(
        answer["customers"],
        [
            {
                "customer": {"key": key},
                "points": {"total": 2 + team, "withPerson": 12.0, "withFirm": -10.0}
                | {"team": team},
                "soleContact": team == 0,
                "directChannel": follows,
                "withPersonSince": "2023-11-01",
                "withFirmSince": "2021-11-01",
            }
            for key, team, follows in rows
        ],
    )
    assert [c["lastContact"] for c in answer["customers"]] == [
        *("2026-03", "2026-10", "2026-05")
    ]
    [first, second, third] = [c["remedy"] for c in answer["customers"]]
    assert "follows" in first["text"]
    assert "Win the customer as a follower" in second["text"]
    assert third["path"] == [
        {"key": key} for key in ("jenny-carlund", "stefan-roslund", "roslund-bygg")
    ]
    # Private customers are served by an anonymous team.
    assert [m["key"] for m in answer["customersNotAtRisk"]] == [
        *("fatima-nasser", "johansson-family", "lisa-hage", "sven-oberg")
    ]
    assert answer["silentReferrals"] == [{"key": "magnus-ekolinje-vatterbryggan"}]
    assert (answer["cutPoint"], answer["lostRoutes"]) == (False, [])


def test_a_partner_who_leaves_takes_the_routes_that_only_she_opens(draw, ask):
    draw(SEEDS[0].folder)
    answer = asked(ask, "ingrid-hallberg")
    assert answer["firm"] == {"key": "bergslund-ventures"}
    choked = """{ chokePoints(asOf: "2026-11-01", first: 1000) {
        chokePoints { member { key }
          pairs { startup { key } capability { key } } } } }"""
    points_ = ask(choked)["chokePoints"]["chokePoints"]
    [own] = [p["pairs"] for p in points_ if p["member"]["key"] == "ingrid-hallberg"]
    assert answer["lostRoutes"] == own
    assert own


def accounts() -> worlds.World:
    """firm (ann, bob in team) and rival; customers c (contract), d (ann's, none), e.

    ann --manages--> c, d      bob --knows--> cleo (works for c)      e: nobody
    """
    members = [worlds.member(k) for k in ("firm", "rival", "c", "d", "e")]
    members += [worlds.member(k, "PERSON") for k in ("ann", "bob", "cleo")]
    members.append(worlds.member("team", "TEAM"))
    ties = [
        worlds.tie("AFFILIATION", "team", "firm"),
        worlds.tie("EMPLOYMENT", "ann", "firm", since="2020-01-01"),
        worlds.tie("EMPLOYMENT", "bob", "team"),
        worlds.tie("EMPLOYMENT", "cleo", "c"),
        worlds.tie("ACCOUNT_MANAGEMENT", "ann", "c", since="2025-08-31"),
        worlds.tie("ACCOUNT_MANAGEMENT", "ann", "d"),
        worlds.tie("ACQUAINTANCE", "bob", "cleo", since="2026-01-01"),
        worlds.party("team", "k1", "SUPPLIER"),
        worlds.party("c", "k1", "CUSTOMER"),
        worlds.party("firm", "k2", "SUPPLIER"),
        worlds.party("e", "k2", "CUSTOMER"),
    ]
    contracts = [
        worlds.contract("k1", since="2025-08-31", status="ACTIVE"),
        worlds.contract("k2", status="ACTIVE"),
    ]
    return {"members": members, "ties": ties, "contracts": contracts}


@pytest.mark.parametrize(
    ("day", "person", "firm"),
    [("2026-02-27", 0.0, 0.0), ("2026-02-28", 2.0, -1.0), ("2026-08-31", 4.0, -2.0)],
)
def test_half_years_are_completed_at_month_ends(draw, ask, day, person, firm):
    """From 31 August the first ends on the last of February, the second in August."""
    draw(accounts())
    [first, second] = asked(ask, "ann", None, day)["customers"]
    told = {"withPerson": person, "withFirm": firm, "team": -2.5}
    same(first["points"], told | {"total": person + firm - 2.5})
    assert first["team"] == [{"key": "bob"}]
    assert second["customer"] == {"key": "d"}
    assert second["points"]["total"] is None
    assert "since when" in second["points"]["nullReason"]


def test_who_leaves_with_nothing_has_nothing_and_says_why(draw, ask):
    draw({"members": [worlds.member("p", "PERSON")], "ties": []})
    answer = asked(ask, "p")
    assert (answer["firm"], answer["customers"]) == (None, [])
    assert "has no employment" in answer["nullReason"]


def test_the_firm_is_the_one_that_the_person_does_not_go_to(draw, ask):
    world = accounts()
    moved = [worlds.tie("EMPLOYMENT", "ann", "rival", since="2026-01-01")]
    draw(world | {"ties": world["ties"] + moved})
    assert asked(ask, "ann", "rival")["firm"] == {"key": "firm"}
    assert asked(ask, "ann", "firm")["firm"] == {"key": "rival"}


def test_points_before_the_first_half_year_are_nought():
    from datetime import date

    day = date(2026, 11, 1)
    assert departure_points(date(2026, 11, 2), day, 0, day).total == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ('person: "nobody"', "'nobody'"),
        ('person: "firm"', "No Person"),
        ('person: "ann", leavingTo: "nowhere"', "'nowhere'"),
    ],
)
def test_an_unknown_key_is_not_found(draw, ask, arguments, says):
    draw(accounts())
    document = f"{{ departureImpact({arguments}) {{ cutPoint }} }}"
    [error] = ask(document, True)["errors"]
    assert error.original_error.code == "NOT_FOUND"
    assert says in error.message
