"""Supplier diversity: a world by hand, the edges of it, and random worlds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.supplier_diversity import supplier_diversity
from tests.support.answers import own_warnings, same
from tests.support.worlds import AS_OF, member, network_inputs, tie, weighted_networks

QUESTION = """
query ($network: NetworkInput!, $first: Int) {
  supplierDiversity(network: $network, first: $first) {
    memberCount nullReason
    members {
      member { key } supplierCount largestShare nullReason
      sectorDiversity regionDiversity countryDiversity
      unknownSectorCount unknownRegionCount unknownCountryCount
      suppliers(first: 1000) { supplier { key } share } }
    about { formula source parameters asOf warnings } } }"""
NETWORK = {"ties": ["EXCHANGE"], "asOf": AS_OF}


def market():
    """maker buys steel twice from one mill, once from another, and paper; mill-a buys
    from itself; lone buys of a stranger without sector, region or country."""
    return {
        "members": [
            member("maker", sector="Pumps", region="North", country="SE"),
            member("mill-a", sector="Steel", region="North", country="SE"),
            member("mill-b", sector="Steel", region="South", country="SE"),
            member("paper", sector="Paper", region="North"),
            member("lone"),
            member("stranger"),
            member("apart", sector="Steel"),
        ],
        "ties": [
            tie("EXCHANGE", "mill-a", "maker", key="one", value="60", currency="SEK"),
            tie("EXCHANGE", "mill-a", "maker", key="two", value="20", currency="SEK"),
            tie("EXCHANGE", "mill-b", "maker", value="20", currency="SEK"),
            tie("EXCHANGE", "paper", "maker", value="0", currency="SEK"),
            tie("EXCHANGE", "mill-a", "mill-a", value="5", currency="SEK"),
            tie("EXCHANGE", "stranger", "lone", value="7", currency="SEK"),
        ],
    }


def shares(**values):
    return [{"supplier": {"key": k}, "share": v} for k, v in values.items()]


def nothing(key, known=""):
    blank = dict.fromkeys(["sector", "region", "country"])
    return {
        "member": {"key": key},
        "supplierCount": 0,
        "largestShare": None,
        "nullReason": f"No member of this network supplies it{known}.",
        **{f"{name}Diversity": None for name in blank},
        **{f"unknown{name.title()}Count": 0 for name in blank},
        "suppliers": [],
    }


LONE = {
    "member": {"key": "lone"},
    "supplierCount": 1,
    "largestShare": 1.0,
    "nullReason": "No supplier has a known sector, region, country.",
    "sectorDiversity": None,
    "regionDiversity": None,
    "countryDiversity": None,
    "unknownSectorCount": 1,
    "unknownRegionCount": 1,
    "unknownCountryCount": 1,
    "suppliers": shares(stranger=1.0),
}


def test_each_supplier_counts_once_however_often_it_gives(draw, ask):
    draw(market())
    answer = ask(QUESTION, network=NETWORK)["supplierDiversity"]
    maker = {
        "member": {"key": "maker"},
        "supplierCount": 3,
        "largestShare": 1 / 3,
        "nullReason": None,
        "sectorDiversity": 1 - (2 / 3) ** 2 - (1 / 3) ** 2,
        "regionDiversity": 1 - (2 / 3) ** 2 - (1 / 3) ** 2,
        "countryDiversity": 0.0,
        "unknownSectorCount": 0,
        "unknownRegionCount": 0,
        "unknownCountryCount": 1,
        "suppliers": [
            {"supplier": {"key": k}, "share": 1 / 3}
            for k in ("mill-a", "mill-b", "paper")
        ],
    }
    givers = [nothing(key) for key in ("mill-a", "mill-b", "paper", "stranger")]
    same(answer["members"], [LONE, maker, *givers])
    assert (answer["memberCount"], answer["nullReason"]) == (6, None)
    about = answer["about"]
    assert about["asOf"] == AS_OF
    assert own_warnings(answer) == []
    assert about["parameters"]["first"] == 20
    assert about["parameters"]["network"]["ties"] == ["EXCHANGE"]
    assert about["parameters"]["network"]["asOf"] == AS_OF
    assert "Blau 1977" in about["source"]


def test_by_value_a_supplier_counts_by_the_sum_and_one_of_nothing_not_at_all(draw, ask):
    draw(market())
    network = NETWORK | {"weight": "VALUE"}
    answer = ask(QUESTION, network=network)["supplierDiversity"]
    maker = {
        "member": {"key": "maker"},
        "supplierCount": 2,
        "largestShare": 0.8,
        "nullReason": None,
        "sectorDiversity": 0.0,
        "regionDiversity": 1 - 0.8**2 - 0.2**2,
        "countryDiversity": 0.0,
        "unknownSectorCount": 0,
        "unknownRegionCount": 0,
        "unknownCountryCount": 0,
        "suppliers": [
            {"supplier": {"key": "mill-a"}, "share": 0.8},
            {"supplier": {"key": "mill-b"}, "share": 0.2},
        ],
    }
    known = " with a known value"
    givers = [nothing(key, known) for key in ("mill-a", "mill-b", "stranger")]
    same(answer["members"], [LONE, maker, *givers])


def test_first_cuts_the_members_and_isolates_are_members_without_suppliers(draw, ask):
    draw(market())
    network = NETWORK | {"isolates": True}
    answer = ask(QUESTION, network=network, first=3)["supplierDiversity"]
    assert answer["memberCount"] == 7
    same(answer["members"][2], nothing("apart"))
    assert len(answer["members"]) == 3


def test_a_network_without_exchanges_has_no_members_and_says_why(draw, ask):
    draw({"members": [member("a"), member("b")], "ties": []})
    answer = ask(QUESTION, network=NETWORK)["supplierDiversity"]
    assert answer["members"] == []
    assert answer["nullReason"] == "No member exchanges in this network."


@pytest.mark.parametrize(
    ("network", "first", "text"),
    [
        ({"ties": ["DEPENDENCY"]}, 20, "use [EXCHANGE] instead of [DEPENDENCY]"),
        ({"ties": ["EXCHANGE", "ADVICE"]}, 20, "instead of [EXCHANGE, ADVICE]"),
        ({"ties": ["EXCHANGE"], "weight": "COUNT"}, 20, "COUNT is not possible here"),
        ({"ties": ["EXCHANGE"]}, 0, "first: expected 1 to 1000"),
        ({"ties": ["EXCHANGE"]}, 1_001, "first: expected 1 to 1000"),
    ],
)
def test_what_cannot_be_answered_says_what_to_change(ask, network, first, text):
    answer = ask(QUESTION, errors=True, network=network, first=first)
    assert answer["data"] is None
    assert text in answer["errors"][0].message


def test_values_in_two_currencies_are_refused_by_name(draw, ask):
    world = market()
    world["ties"][2]["currency"] = "EUR"
    draw(world)
    answer = ask(QUESTION, errors=True, network=NETWORK | {"weight": "VALUE"})
    assert "EUR" in answer["errors"][0].message
    assert "SEK" in answer["errors"][0].message
    same(
        ask(QUESTION, network=NETWORK)["supplierDiversity"]["members"][0],
        LONE,
    )


@st.composite
def questions(draw):
    """A world in one currency, and a network of its exchanges."""
    world = draw(weighted_networks())
    for row in world["ties"]:
        if row["kind"] == "EXCHANGE":
            row["currency"] = "SEK"
    network, _ = draw(network_inputs(world))
    weight = draw(st.sampled_from(["NONE", "VALUE"]))
    return world, network | {"ties": ["EXCHANGE"], "weight": weight}


@settings(max_examples=25)
@given(question=questions())
def test_random_worlds_are_answered_as_the_definition_says(draw, ask, question):
    world, network = question
    draw(world)
    answer = ask(QUESTION, network=network, first=1000)["supplierDiversity"]
    same(answer["members"], supplier_diversity(world, network))
