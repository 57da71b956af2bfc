"""Questions asked of odd networks: empty, tiny, loops, odd weights, absurd dates."""

from __future__ import annotations

import math

import pytest

from tests.support import worlds

COUNTS = "{ coordinator consultant representative gatekeeper liaison total }"
BROKERAGE = f"""query ($network: NetworkInput!, $by: GroupKey!) {{
  brokerage(network: $network, groupBy: $by) {{
    nodeCount arcCount
    brokers {{ member {{ key }} group scores {{
      observed {COUNTS} expected {COUNTS} standardDeviation {COUNTS} z {COUNTS}
      nullReason
    }} evidence {{ credit }} }}
    whole {{ observed {COUNTS} z {COUNTS} nullReason }}
    about {{ warnings }}
  }} }}"""


def numbers(answer):
    """Every number of an answer, at any depth."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        return [number for item in answer for number in numbers(item)]
    return [answer] if isinstance(answer, float) else []


def brokers(ask, by="SECTOR", **network):
    answer = ask(BROKERAGE, network={"ties": ["EXCHANGE"], **network}, by=by)
    assert all(math.isfinite(number) for number in numbers(answer))
    return answer["brokerage"]


def test_no_members_at_all_give_an_empty_answer(draw, ask):
    draw({"members": [worlds.member("a")], "ties": []})
    answer = brokers(ask)
    assert (answer["nodeCount"], answer["arcCount"], answer["brokers"]) == (0, 0, [])
    assert answer["whole"]["z"]["total"] is None
    assert "Fewer than two" in answer["whole"]["nullReason"]


def test_one_member_alone_is_a_network_without_chance(draw, ask):
    draw({"members": [worlds.member("a")], "ties": []})
    [broker] = brokers(ask, isolates=True)["brokers"]
    assert broker["scores"]["observed"]["total"] == 0
    assert broker["scores"]["expected"]["total"] is None
    assert "Fewer than two" in broker["scores"]["nullReason"]


def test_a_loop_is_no_tie_and_parallel_ties_are_one(draw, ask):
    ties = [worlds.tie("EXCHANGE", *ends, key=f"{ends}") for ends in ("ab", "bc")]
    ties += [worlds.tie("EXCHANGE", *"ab", key="again", deliverable="more")]
    ties += [worlds.tie("EXCHANGE", *"bb", key="loop")]
    draw({"members": [worlds.member(key) for key in "abc"], "ties": ties})
    answer = brokers(ask)
    assert (answer["nodeCount"], answer["arcCount"]) == (3, 2)
    assert answer["whole"]["observed"]["total"] == 1
    assert answer["brokers"][0]["member"]["key"] == "b"


def test_two_members_leave_no_room_for_chance(draw, ask):
    ties = [worlds.tie("EXCHANGE", *"ab")]
    draw({"members": [worlds.member(key) for key in "ab"], "ties": ties})
    for broker in brokers(ask)["brokers"]:
        assert broker["scores"]["z"]["total"] is None
        assert "no variance" in broker["scores"]["nullReason"]


def test_everybody_tied_to_everybody_brokers_nothing_and_has_no_z(draw, ask):
    ties = [worlds.tie("EXCHANGE", a, b) for a in "abcd" for b in "abcd" if a != b]
    draw({"members": [worlds.member(key) for key in "abcd"], "ties": ties})
    answer = brokers(ask)
    assert answer["whole"]["observed"]["total"] == 0
    assert answer["whole"]["z"]["total"] is None
    assert "mutual" in answer["about"]["warnings"][-1]


def test_weights_of_zero_and_below_leave_their_arcs_out(draw, ask):
    values = {"ab": "1", "bc": "0", "cd": "-2", "de": "", "ea": "1000000000000"}
    ties = [
        worlds.tie("EXCHANGE", *ends, value=value, currency="SEK" if value else "")
        for ends, value in values.items()
    ]
    draw({"members": [worlds.member(key) for key in "abcde"], "ties": ties})
    answer = brokers(ask, weight="VALUE")
    assert (answer["nodeCount"], answer["arcCount"]) == (3, 2)
    assert answer["whole"]["observed"]["total"] == 1e12
    assert any("Ties without a VALUE" in said for said in answer["about"]["warnings"])


def test_weights_beyond_the_largest_number_are_refused(draw, ask):
    ties = [
        worlds.tie("EXCHANGE", *"ab", key=key, value="1.7e308", currency="SEK")
        for key in ("one", "two")
    ]
    draw({"members": [*map(worlds.member, "ab")], "ties": ties})
    network = {"ties": ["EXCHANGE"], "weight": "VALUE"}
    answer = ask(BROKERAGE, errors=True, network=network, by="REGION")
    assert "beyond the largest number" in answer["errors"][0].message


def test_two_currencies_are_refused_by_name(draw, ask):
    ties = [worlds.tie("EXCHANGE", *"ab", value="1", currency="SEK")]
    ties += [worlds.tie("EXCHANGE", *"bc", value="1", currency="EUR")]
    draw({"members": [worlds.member(key) for key in "abc"], "ties": ties})
    network = {"ties": ["EXCHANGE"], "weight": "VALUE"}
    [error] = ask(BROKERAGE, errors=True, network=network, by="KIND")["errors"]
    assert "EUR and SEK" in error.message
    assert error.original_error.code == "BAD_USER_INPUT"


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01"])
def test_a_day_before_everything_has_no_network(draw, ask, day):
    members = [worlds.member(key, since="2020-01-01") for key in "ab"]
    draw({"members": members, "ties": [worlds.tie("EXCHANGE", *"ab")]})
    assert brokers(ask, asOf=day)["nodeCount"] == 0


@pytest.mark.parametrize("by", ["KIND", "SECTOR", "REGION", "COUNTRY", "FUNCTION"])
def test_parts_without_a_tie_between_them_are_one_network(draw, ask, by):
    ties = [worlds.tie("EXCHANGE", *ends) for ends in ("ab", "bc", "xy", "yz")]
    draw({"members": [worlds.member(key) for key in "abcxyz"], "ties": ties})
    answer = brokers(ask, by=by)
    assert answer["nodeCount"] == 6
    assert answer["whole"]["observed"]["total"] == 2
