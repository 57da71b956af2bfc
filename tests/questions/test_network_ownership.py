"""To whom an organisation's network belongs, and who carries it, by hand."""

from __future__ import annotations

import pytest

from seeds import SEEDS
from tests.questions.test_departure_impact import accounts
from tests.support import worlds

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


@pytest.mark.parametrize("field", ["networkOwnership", "keyPeople"])
def test_an_unknown_organisation_is_not_found(draw, ask, field):
    draw({"members": [worlds.member("p", "PERSON")], "ties": []})
    for key in ("no", "p"):
        document = f'{{ {field}(organisation: "{key}") {{ about {{ asOf }} }} }}'
        [error] = ask(document, True)["errors"]
        assert error.original_error.code == "NOT_FOUND"
