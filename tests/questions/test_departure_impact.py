"""Who leaves with what: story E, month ends, and worlds worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from seeds import SEEDS
from service.analyses.departure_impact.points import departure_points
from tests.oracles import departures as oracle
from tests.support import worlds
from tests.support.answers import same
from tests.support.relationship_worlds import relationships

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


def with_contract(since="", until="", *, ours="", theirs="", ends="") -> worlds.World:
    """firm sells to c by contract k; ann of the firm manages c."""
    members = [worlds.member(k) for k in ("firm", "c")]
    members.append(worlds.member("ann", "PERSON"))
    ties = [
        worlds.tie("EMPLOYMENT", "ann", "firm"),
        worlds.tie("ACCOUNT_MANAGEMENT", "ann", "c", since="2020-01-01"),
        worlds.party("firm", "k", "SUPPLIER", since=ours),
        worlds.party("c", "k", "CUSTOMER", since=theirs, until=ends),
    ]
    contracts = [worlds.contract("k", since=since, until=until, status="ACTIVE")]
    return {"members": members, "ties": ties, "contracts": contracts}


@pytest.mark.parametrize(
    ("world", "since"),
    [
        # The firm joins a contract of 2018 in 2024: it has the customer since 2024.
        (with_contract("2018-01-01", ours="2024-03-01"), "2024-03-01"),
        (with_contract("2018-01-01", theirs="2024-05-01"), "2024-05-01"),
        (with_contract("2018-01-01"), "2018-01-01"),
        (with_contract(theirs="2024-05-01"), "2024-05-01"),
        (with_contract("2018-01-01", "2022-01-01"), "2018-01-01"),
        # The customer left before the firm joined: they never shared the contract.
        (with_contract("2018-01-01", ours="2024-03-01", ends="2023-01-01"), None),
        (with_contract(), None),
    ],
)
def test_a_customer_is_the_firm_s_from_the_day_of_contract_and_both_ties(
    draw, ask, world, since
):
    draw(world)
    [customer] = asked(ask, "ann")["customers"]
    assert customer["withFirmSince"] == since
    assert (customer["points"]["withFirm"] is None) == (since is None)


def test_a_referral_to_come_falls_silent_with_nobody(draw, ask):
    row = {"referrer": "ann", "customer": "c", "provider": "firm"}
    rows = [row | {"key": f"r{on}", "on": on} for on in ("2026-11-01", "2026-11-02")]
    # Its record begins before the day, its event does not.
    rows.append(row | {"key": "r", "on": "2026-12-01", "since": "2020-01-01"})
    draw(with_contract() | {"referrals": rows})
    assert asked(ask, "ann")["silentReferrals"] == [{"key": "r2026-11-01"}]


@pytest.mark.parametrize(
    ("works_for", "part_of", "follows"),
    [("c", "", True), ("t", "c", True), ("t", "", False)],
)
def test_a_customer_follows_by_somebody_at_work_for_it_or_its_team(
    draw, ask, works_for, part_of, follows
):
    world = with_contract("2020-01-01")
    members = [worlds.member("t", "TEAM"), worlds.member("cleo", "PERSON")]
    ties = [
        worlds.tie("EMPLOYMENT", "cleo", works_for),
        worlds.tie("FOLLOWING", "cleo", "firm"),
    ]
    ties += [worlds.tie("AFFILIATION", "t", part_of)] if part_of else []
    world = world | {"members": world["members"] + members}
    draw(world | {"ties": world["ties"] + ties})
    [customer] = asked(ask, "ann")["customers"]
    assert customer["directChannel"] is follows


@pytest.mark.parametrize(("introductions", "named"), [("", "bob"), ("CLOSED", "eva")])
def test_the_remedy_fits_the_colleague_that_it_names(draw, ask, introductions, named):
    """bob knows cleo of the customer; eva only knows a friend of hers."""
    world = with_contract("2020-01-01")
    people = ("cleo", "dan", "eva")
    members = [worlds.member(k, "PERSON") for k in people]
    members.append(worlds.member("bob", "PERSON", introductions=introductions))
    ties = [worlds.tie("EMPLOYMENT", *job) for job in (("cleo", "c"), ("bob", "firm"))]
    ties.append(worlds.tie("EMPLOYMENT", "eva", "firm"))
    for one, two in (("bob", "cleo"), ("cleo", "dan"), ("dan", "eva")):
        ties.append(worlds.tie("ACQUAINTANCE", one, two, declared_strength=".9"))
    world = world | {"members": world["members"] + members}
    draw(world | {"ties": world["ties"] + ties})
    [customer] = asked(ask, "ann")["customers"]
    assert customer["team"] == [{"key": "bob"}]
    remedy = customer["remedy"]
    assert remedy["colleague"] == {"key": named}
    assert ("already know the customer" in remedy["text"]) is (named == "bob")


@given(world=relationships())
@settings(max_examples=25)
def test_random_customers_match_a_plain_recount(draw, ask, world):
    draw(world)
    for person in ("p0", "p1", "p2"):
        answer = asked(ask, person)
        if answer["firm"] is None:
            continue
        found = sorted(answer["customers"], key=lambda c: c["customer"]["key"])
        for customer in found:
            for ties in ("accounts", "acquaintances"):
                customer[ties].sort(key=lambda tie: tie["key"])
        same(
            found,
            oracle.customers(world, answer["firm"]["key"], person, worlds.AS_OF),
        )
