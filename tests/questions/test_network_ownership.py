"""To whom an organisation's network belongs, and who carries it, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from seeds import SEEDS
from tests.oracles import departures as oracle
from tests.questions.test_departure_impact import accounts
from tests.support import worlds
from tests.support.answers import same
from tests.support.relationship_worlds import relationships

QUESTION = """
query ($organisation: String!, $asOf: Date) {
  networkOwnership(organisation: $organisation, asOf: $asOf) {
    ownedShare { value n nullReason } staffOnlyShare { value n }
    followingShare { value n } channels { channel count }
    members { member { key } customer channel people { key } contracts { key } }
    soleContacts { member { key } soleContact { key } }
  }
  keyPeople(organisation: $organisation, asOf: $asOf) {
    truckFactor ownedCount nullReason
    people { person { key } members { key } soleContactOf { key } share
             orphanedShare inTruckFactor }
  }
}"""


def asked(ask, organisation, day="2026-11-01"):
    return ask(QUESTION, organisation=organisation, asOf=day)


def test_customers_are_reached_by_contract_by_staff_or_by_both(draw, ask):
    draw(accounts())
    found = asked(ask, "firm")["networkOwnership"]
    channels = {m["member"]["key"]: m["channel"] for m in found["members"]}
    assert channels == {"c": "BOTH", "d": "STAFF", "e": "DIRECT"}
    assert found["ownedShare"] == {"value": 2 / 3, "n": 3, "nullReason": None}
    assert found["staffOnlyShare"]["value"] == pytest.approx(1 / 3)
    assert found["soleContacts"] == [
        {"member": {"key": "d"}, "soleContact": {"key": "ann"}}
    ]


def test_the_network_of_story_e_before_the_move_hangs_on_one_person(draw, ask):
    draw(SEEDS[0].folder)
    answer = asked(ask, "ekolinje-telecom", "2026-06-30")
    found, people = answer["networkOwnership"], answer["keyPeople"]
    # Three business customers by contract and person, four private by contract alone.
    assert {c["channel"]: c["count"] for c in found["channels"]} == {
        "DIRECT": 4,
        "STAFF": 0,
        "BOTH": 3,
        "NEITHER": 0,
    }
    assert found["followingShare"] == {"value": 2 / 7, "n": 7}  # Solhaga and Öberg
    # Without Wiberg, Talvik and Solhaga have no contact: 2 of 3, more than half.
    assert (people["truckFactor"], people["ownedCount"]) == (1, 3)
    assert people["people"][0]["orphanedShare"] == pytest.approx(2 / 3)


def test_an_organisation_without_relations_is_empty_and_says_why(draw, ask):
    draw({"members": [worlds.member("firm")], "ties": []})
    answer = asked(ask, "firm")
    assert answer["networkOwnership"]["ownedShare"]["value"] is None
    assert "no customers" in answer["networkOwnership"]["ownedShare"]["nullReason"]
    assert answer["keyPeople"]["truckFactor"] is None
    assert "No person inside" in answer["keyPeople"]["nullReason"]


OWNERSHIP = """
query ($organisation: String!, $asOf: Date) {
  networkOwnership(organisation: $organisation, asOf: $asOf, first: 1000) {
    ownedShare { ...figure } staffOnlyShare { ...figure } followingShare { ...figure }
    members { member { key } customer channel follows people { key }
      contracts { key } }
  }
}
fragment figure on Measured {
  value n evidence(first: 1000) { ... on Member { key } }
}"""


def test_a_follower_at_work_counts_for_a_partner_by_exchange(draw, ask):
    """x is a partner by an exchange alone, y by nothing; u and v follow at work."""
    members = [worlds.member(k) for k in ("firm", "x", "y")]
    members += [worlds.member(k, "PERSON") for k in ("u", "v")]
    ties = [
        worlds.tie("EXCHANGE", "x", "firm"),
        worlds.tie("EMPLOYMENT", "u", "x"),
        worlds.tie("EMPLOYMENT", "v", "y"),
        worlds.tie("FOLLOWING", "u", "firm"),
        worlds.tie("FOLLOWING", "v", "firm"),
    ]
    draw({"members": members, "ties": ties})
    found = ask(OWNERSHIP, organisation="firm")["networkOwnership"]
    follows = {m["member"]["key"]: m["follows"] for m in found["members"]}
    assert follows == {"v": True, "x": True}


def test_an_acquaintance_at_two_teams_of_a_customer_is_one_tie(draw, ask):
    members = [worlds.member(k) for k in ("firm", "c")]
    members += [worlds.member(k, "TEAM") for k in ("t", "u")]
    members += [worlds.member(k, "PERSON") for k in ("ann", "cleo")]
    ties = [worlds.tie("AFFILIATION", k, "c") for k in ("t", "u")]
    ties += [worlds.tie("EMPLOYMENT", "cleo", k) for k in ("t", "u", "c")]
    ties += [
        worlds.tie("EMPLOYMENT", "ann", "firm"),
        worlds.tie("ACQUAINTANCE", "ann", "cleo"),
        worlds.tie("ACCOUNT_MANAGEMENT", "ann", "c"),
    ]
    draw({"members": members, "ties": ties})
    document = """{ departureImpact(person: "ann") {
        customers { acquaintances { key } accounts { key } } } }"""
    [customer] = ask(document)["departureImpact"]["customers"]
    assert len(customer["acquaintances"]) == len(customer["accounts"]) == 1


@given(world=relationships())
@settings(max_examples=25)
def test_random_networks_match_a_plain_recount(draw, ask, world):
    draw(world)
    for organisation in ("m00", *{m["key"] for m in world["members"][1:3]}):
        if not any(
            m["key"] == organisation and m["kind"] == "ORGANISATION"
            for m in world["members"]
        ):
            continue
        asked = {"organisation": organisation, "asOf": worlds.AS_OF}
        answer = ask(OWNERSHIP, **asked)["networkOwnership"]
        same(answer, oracle.network_ownership(world, organisation, worlds.AS_OF))


@pytest.mark.parametrize("field", ["networkOwnership", "keyPeople"])
def test_an_unknown_organisation_is_not_found(draw, ask, field):
    draw({"members": [worlds.member("p", "PERSON")], "ties": []})
    for key in ("no", "p"):
        document = f'{{ {field}(organisation: "{key}") {{ about {{ asOf }} }} }}'
        [error] = ask(document, True)["errors"]
        assert error.original_error.code == "NOT_FOUND"
