"""Brokerage against published tables and against counting every triple by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.vocabulary.enums import BrokerageRole, BrokerageScore
from tests.oracles import brokerage as oracle
from tests.support import worlds
from tests.support.answers import same

COUNTS = "{ coordinator consultant representative gatekeeper liaison total }"
SCORES = (
    f"{{ observed {COUNTS} expected {COUNTS} standardDeviation {COUNTS} z {COUNTS} }}"
)
QUESTION = f"""
query ($network: NetworkInput!, $by: GroupKey!, $member: String, $rank: BrokerageRole,
       $score: BrokerageScore, $first: Int) {{
  brokerage(network: $network, groupBy: $by, member: $member, rankBy: $rank,
            by: $score, first: $first) {{
    nodeCount arcCount
    brokers {{
      member {{ key }} group scores {SCORES}
      evidence(first: 1000) {{ source {{ key }} target {{ key }} role }}
    }}
    whole {SCORES}
    about {{ warnings }}
  }}
}}"""


def observed(answer: dict[str, Any]) -> dict[str, list[float]]:
    return {
        broker["member"]["key"]: list(broker["scores"]["observed"].values())
        for broker in answer["brokers"]
    }


def rounded(values: dict[str, float | None], digits: int) -> list[float | None]:
    return [v if v is None else round(v, digits) for v in values.values()]


@pytest.fixture(scope="module")
def four(draw, ask):
    draw(worlds.four_nodes())
    network = {"ties": ["EXCHANGE"]}
    return ask(QUESTION, network=network, by="SECTOR")["brokerage"]


def test_four_nodes_match_the_published_example(four):
    scores = {b["member"]["key"]: b["scores"] for b in four["brokers"]}
    assert observed(four)["a"] == [0, 1, 0, 1, 0, 2]
    assert observed(four)["b"] == [0, 0, 1, 0, 0, 1]
    assert rounded(scores["a"]["expected"], 4) == [0, 0.25, 0.25, 0.25, 0, 0.75]
    assert rounded(scores["a"]["standardDeviation"], 4) == [
        0,
        0.4677,
        0.5,
        0.5,
        0,
        0.9186,
    ]
    assert rounded(scores["a"]["z"], 4) == [None, 1.6036, -0.5, 1.5, None, 1.3608]
    whole = four["whole"]
    assert list(whole["observed"].values()) == [0, 2, 2, 2, 0, 6]
    assert rounded(whole["standardDeviation"], 4) == [0, 1.118, 1, 1, 0, 1.9365]


@pytest.fixture(scope="module")
def managers(draw, ask):
    draw(worlds.krackhardt())
    network = {"ties": ["EXCHANGE"]}
    return ask(QUESTION, network=network, by="SECTOR", first=21)["brokerage"]


def test_krackhardts_managers_match_sna_as_a_whole(managers):
    assert (managers["nodeCount"], managers["arcCount"]) == (21, 190)
    whole = managers["whole"]
    assert list(whole["observed"].values()) == [28, 69, 95, 62, 246, 500]
    assert rounded(whole["standardDeviation"], 3) == [
        9.673,
        25.731,
        23.836,
        23.836,
        33.284,
        63.610,
    ]
    assert rounded(whole["z"], 3) == [-2.041, -3.242, -2.409, -3.793, -4.306, -6.199]


def test_krackhardts_managers_match_sna_one_by_one(managers):
    found = observed(managers)
    assert found["n18"] == [0, 32, 4, 11, 74, 121]
    assert found["n21"] == [11, 7, 20, 15, 19, 72]
    assert found["n06"] == [0, 0, 0, 0, 0, 0]
    z = {b["member"]["key"]: rounded(b["scores"]["z"], 2) for b in managers["brokers"]}
    assert z["n18"] == [-0.5, 4.77, -0.01, 1.9, 5.01, 5.0]
    assert z["n07"] == [None, -0.75, None, None, -0.09, -0.29]


def test_a_broker_shows_every_pair_that_it_joins(managers):
    for broker in managers["brokers"]:
        assert len(broker["evidence"]) == broker["scores"]["observed"]["total"]


RANKS = st.sampled_from([role.value for role in BrokerageRole])
SCORE = st.sampled_from([score.value for score in BrokerageScore])


@given(data=st.data(), rank=RANKS, score=SCORE)
@settings(max_examples=20)
def test_random_networks_match_counting_every_triple(draw, ask, data, rank, score):
    world = data.draw(worlds.networks())
    draw(world)
    for _ in range(5):
        network, group_by = data.draw(worlds.network_inputs(world))
        variables = {"network": network, "by": group_by, "rank": rank, "score": score}
        answer = ask(QUESTION, **variables)["brokerage"]
        same(answer, oracle.brokerage(world, network, group_by, None, rank, score))
        for broker in answer["brokers"]:
            key = broker["member"]["key"]
            same(broker["evidence"], oracle.evidence(world, network, group_by, key))


@given(data=st.data())
@settings(max_examples=15)
def test_one_member_in_cypher_equals_the_ranking_over_arrays(draw, ask, data):
    world = data.draw(worlds.networks())
    network, group_by = data.draw(worlds.network_inputs(world))
    draw(world)
    ranking = ask(QUESTION, network=network, by=group_by, first=1000)["brokerage"]
    by_key = {broker["member"]["key"]: broker for broker in ranking["brokers"]}
    for member in world["members"]:
        key = member["key"]
        one = ask(QUESTION, network=network, by=group_by, member=key)["brokerage"]
        assert one["brokers"] == [by_key[key]] if key in by_key else not one["brokers"]


CREDIT = f"""
query ($network: NetworkInput!, $by: GroupKey!, $weight: PairWeight, $partial: Boolean,
       $score: BrokerageScore) {{
  brokerage(network: $network, groupBy: $by, pairWeight: $weight, first: 1000,
            partialCredit: $partial, by: $score) {{
    brokers {{
      member {{ key }} scores {{ observed {COUNTS} z {COUNTS} nullReason }}
      evidence(first: 1000) {{ credit }}
    }}
    whole {{ observed {COUNTS} expected {COUNTS} nullReason }}
  }}
}}"""


@given(data=st.data(), minimum=st.booleans(), partial=st.booleans(), score=SCORE)
@settings(max_examples=25)
def test_weights_and_partial_credit_match_adding_up_every_pair(
    draw, ask, data, minimum, partial, score
):
    world = data.draw(worlds.weighted_networks())
    draw(world)
    for _ in range(4):
        network, group_by = data.draw(worlds.weighted_inputs(world))
        weight = "MINIMUM" if minimum else "PRODUCT"
        asked = {"network": network, "by": group_by, "weight": weight}
        _, currencies = oracle.weights(world, network)
        if len(currencies) > 1:
            [error] = ask(CREDIT, errors=True, partial=partial, **asked)["errors"]
            assert all(currency in error.message for currency in currencies)
            continue
        answer = ask(CREDIT, partial=partial, score=score, **asked)["brokerage"]
        expected = oracle.credit(world, network, group_by, minimum, partial)
        found = {b["member"]["key"]: b for b in answer["brokers"]}
        assert found.keys() == expected.keys()
        for key, broker in found.items():
            same(broker["scores"]["observed"], expected[key])
            assert set(broker["scores"]["z"].values()) == {None}
            assert "only `observed`" in broker["scores"]["nullReason"]
            total = sum(pair["credit"] for pair in broker["evidence"])
            same(total, expected[key]["total"])
        if score == "OBSERVED":
            totals = [round(expected[key]["total"], 9) for key in found]
            assert totals == sorted(totals, reverse=True)


def test_partial_credit_shares_a_pair_among_its_brokers(draw, ask):
    """UCINET's option: s -> a -> t and s -> b -> t, each of the two is given a half."""
    arcs = ["sa", "at", "sb", "bt"]
    members = [worlds.member(key, sector=key) for key in "abst"]
    ties = [worlds.tie("EXCHANGE", *arc) for arc in arcs]
    draw({"members": members, "ties": ties})
    network = {"ties": ["EXCHANGE"]}
    answer = ask(CREDIT, network=network, by="SECTOR", partial=True)["brokerage"]
    totals = {b["member"]["key"]: b["scores"] for b in answer["brokers"]}
    assert {key: s["observed"]["total"] for key, s in totals.items()} == {
        "a": 0.5,
        "b": 0.5,
        "s": 0,
        "t": 0,
    }


ASKED = "{ brokerage(network: {ties: [%s] %s}, groupBy: %s %s) { nodeCount } }"


@pytest.mark.parametrize(
    ("ties", "more", "group_by", "arguments", "code", "says"),
    [
        ("", "", "SECTOR", "", "BAD_USER_INPUT", "at least one"),
        ("MEMBERSHIP", "", "SECTOR", "", "BAD_USER_INPUT", "CO_MEMBERSHIP"),
        ("EXCHANGE", "", "SIDE", "", "BAD_USER_INPUT", "organisation"),
        ("EXCHANGE", ', community: "no"', "KIND", "", "NOT_FOUND", "'no'"),
        ("EXCHANGE", "", "KIND", ', member: "no"', "NOT_FOUND", "'no'"),
        ("EXCHANGE", "", "KIND", ", first: 0", "BAD_USER_INPUT", "1 to 1000"),
        ("EXCHANGE", ", weight: AMOUNT", "KIND", "", "BAD_USER_INPUT", "INVESTMENT"),
        ("CO_INVESTMENT", ", weight: VALUE", "KIND", "", "BAD_USER_INPUT", "EXCHANGE"),
    ],
)
def test_bad_input_names_what_was_expected(
    four, ask, ties, more, group_by, arguments, code, says
):
    document = ASKED % (ties, more, group_by, arguments)
    [error] = ask(document, errors=True)["errors"]
    assert error.original_error.code == code
    assert says in error.message


def test_a_network_before_everything_is_empty_and_says_why(draw, ask):
    draw(worlds.weak_team())
    network = {"ties": ["EXCHANGE"], "asOf": "1900-01-01"}
    answer = ask(QUESTION, network=network, by="SECTOR")["brokerage"]
    assert answer["nodeCount"] == 0
    assert answer["brokers"] == []
    assert answer["whole"]["z"]["total"] is None
