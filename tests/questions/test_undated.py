"""Records without a first day on a past day: counted in `about.warnings`."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.worlds import contract, member, party, tie

EVERYTHING = "4 members and 3 ties"
NETWORK = """query ($network: NetworkInput!) {
  brokerage(network: $network, groupBy: REGION) { nodeCount about { warnings } }
  valueNetwork(network: $network) { about { warnings } }
  networkMap(network: $network) { about { warnings } } }"""
FIRST = "is before the first dated record, which begins on 2018-05-01."


@pytest.fixture(scope="module")
def world(draw):
    """a, b, c, d have no first day, e has; of six ties three have none and last."""
    members = [*map(member, "abcd"), member("e", since="2019-01-01")]
    ties = [
        tie("EXCHANGE", "a", "b"),
        tie("EXCHANGE", "b", "c", until="2020-01-01"),
        tie("EXCHANGE", "c", "e", since="2021-01-01"),
        tie("DEPENDENCY", "d", "a"),
        party("a", "deal", "SUPPLIER"),
        party("b", "deal", "CUSTOMER", since="2018-05-01"),
    ]
    draw({"members": members, "ties": ties, "contracts": [contract("deal")]})


def undated(what: str, day: str) -> str:
    return f"{what} without a first day count as active on {day}."


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2017-01-01", "3 members and 2 ties"),
        ("2022-06-01", "3 members and 1 tie"),  # b-c has ended; e is dated
    ],
)
def test_a_network_counts_its_own_members_and_ties(world, ask, day, what):
    found = ask(NETWORK, network={"ties": ["EXCHANGE"], "asOf": day})
    expected = [undated(what, day)]
    expected += [f"{day} {FIRST}"] if day == "2017-01-01" else []
    for question in found.values():
        said = question["about"]["warnings"]
        assert [text for text in said if "first d" in text] == expected


def test_a_tie_through_a_contract_counts_too(world, ask):
    network = {"ties": ["CONTRACT"], "asOf": "2022-06-01"}
    text = """query ($network: NetworkInput!) {
      brokerage(network: $network, groupBy: REGION) { about { warnings } } }"""
    said = ask(text, network=network)["brokerage"]["about"]["warnings"]
    assert undated("2 members and 1 tie", "2022-06-01") in said


def test_other_questions_count_those_of_the_whole_graph(world, ask):
    text = """query ($day: Date) { mediation(mediator: "a", asOf: $day) {
      about { warnings } } }"""
    day = "2022-06-01"
    said = ask(text, day=day)["mediation"]["about"]["warnings"]
    assert undated(EVERYTHING, day) in said
    said = ask(text, day="1900-01-01")["mediation"]["about"]["warnings"]
    assert f"1900-01-01 {FIRST}" in said


def test_today_and_later_say_nothing(world, ask):
    text = """query ($day: Date) { mediation(mediator: "a", asOf: $day) {
      about { warnings } } }"""
    today = datetime.now(UTC).date()
    for day in (None, today.isoformat(), (today + timedelta(days=9)).isoformat()):
        said = ask(text, day=day)["mediation"]["about"]["warnings"]
        assert not any("first day" in warning for warning in said)


def test_a_change_counts_on_both_days(world, ask):
    text = """{ networkChange(network: { ties: [EXCHANGE] }, from: "2017-01-01",
      to: "2022-06-01") { about { warnings } } }"""
    assert ask(text)["networkChange"]["about"]["warnings"] == [
        undated("3 members and 2 ties", "2017-01-01"),
        f"2017-01-01 {FIRST}",
        undated("3 members and 1 tie", "2022-06-01"),
    ]


def test_a_write_is_noticed(world, ask):
    text = """mutation { upsertOrganisation(input: { key: "f", name: "F" }) {
      __typename } }"""
    question = """{ mediation(mediator: "a", asOf: "2022-06-01") {
      about { warnings } } }"""
    ask(question)
    ask(text)
    said = ask(question)["mediation"]["about"]["warnings"]
    assert undated("5 members and 3 ties", "2022-06-01") in said
