"""The day of a connection: its own, or that of the closest field above with one."""

from __future__ import annotations

import pytest

from tests.support.worlds import contract, member, party, tie

PAST, NOW = "2024-06-01", "2026-06-01"
FRAGMENT = """fragment Parts on Organisation {
  exchanges { nodes { key target { key exchanges(direction: OUT) { totalCount } } } }
  exchangesAggregate { count value { sum } }
}"""


@pytest.fixture(scope="module")
def dated(draw):
    """a gave to b until 2025 (old, 3) and gives since (new, 5); b gives to c since."""
    old = {"until": "2025-01-01", "value": "3"}
    new = {"since": "2025-01-01", "value": "5"}
    ties = [
        tie("EXCHANGE", "a", "b", key="old", **old),
        tie("EXCHANGE", "a", "b", key="new", **new),
        tie("EXCHANGE", "b", "c", key="onward", **new),
        tie("AFFILIATION", "crew", "a", until="2025-01-01"),
        party("a", "deal", "SUPPLIER"),
        party("b", "deal", "CUSTOMER"),
    ]
    members = [*map(member, "abc"), member("crew", "TEAM")]
    draw({"members": members, "ties": ties, "contracts": [contract("deal")]})


def parts_of(answer):
    [organisation] = answer["organisations"]["nodes"]
    exchanges = organisation["exchanges"]["nodes"]
    keys = [exchange["key"] for exchange in exchanges]
    onward = [e["target"]["exchanges"]["totalCount"] for e in exchanges]
    return keys, onward, organisation["exchangesAggregate"]["count"]


ROOT = """query ($day: Date) {
  organisations(asOf: $day, filter: { key: { eq: "a" } }) { nodes { ...Parts } }
}"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, (["new", "old"], [1, 1], 2)),
        (PAST, (["old"], [0], 1)),
        (NOW, (["new"], [1], 1)),
    ],
)
def test_what_is_below_a_record_has_the_day_of_the_root(dated, ask, day, expected):
    assert parts_of(ask(ROOT + FRAGMENT, day=day)) == expected


def test_a_connection_s_own_day_holds_for_it_and_for_what_is_below_it(dated, ask):
    text = (ROOT + FRAGMENT).replace("  exchanges {", "  exchanges(asOf: $own) {")
    text = text.replace("$day: Date", "$day: Date, $own: Date")
    answer = ask(text, day=PAST, own=NOW)
    assert parts_of(answer) == (["new"], [1], 1)
    assert parts_of(ask(text, day=PAST, own=None)) == (["old"], [0], 1)


def test_who_is_inside_an_organisation_is_asked_of_the_root_s_day(dated, ask):
    text = """query ($day: Date) {
      organisations(asOf: $day, filter: { key: { eq: "a" } }) {
        nodes { members(side: INTERNAL) { nodes { key } } } } }"""
    found = []
    for day in (PAST, NOW):
        [organisation] = ask(text, day=day)["organisations"]["nodes"]
        found.append(organisation["members"]["nodes"])
    assert found == [[{"key": "crew"}], []]


@pytest.mark.parametrize(("day", "key"), [(PAST, "old"), (NOW, "new")])
def test_the_members_of_an_answer_have_the_day_of_their_question(dated, ask, day, key):
    text = """query ($day: Date, $network: NetworkInput!) {
      a: mediation(mediator: "a", asOf: $day) {
        customers { exchanges(direction: IN) { nodes { key } } } }
      b: valueNetwork(network: $network, member: "b") {
        participants { member { exchanges(direction: IN) { nodes { key } } } } } }"""
    answer = ask(text, day=day, network={"ties": ["EXCHANGE"], "asOf": day})
    expected = {"exchanges": {"nodes": [{"key": key}]}}
    assert answer["a"]["customers"] == [expected]
    assert answer["b"]["participants"] == [{"member": expected}]
