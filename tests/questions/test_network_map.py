"""A network as points and lines, in the names that node-graph panels read."""

from __future__ import annotations

import math

from tests.support.answers import own_warnings, same
from tests.support.worlds import AS_OF, member, tie

QUESTION = """
query ($network: NetworkInput!, $first: Int, $links: Int, $by: GroupKey,
  $member: String, $steps: Int) {
  networkMap(network: $network, first: $first, firstLinks: $links, groupBy: $by,
    member: $member, steps: $steps) {
    nodes { id key title subTitle mainStat secondaryStat group size x y distance
      brokerage betweenness constraint
      arc__tangible arc__intangible member { key } }
    links { id source target kind weight mainStat tangible intangible }
    nodeCount linkCount nullReason about { warnings } } }"""
ASKED = {"ties": ["EXCHANGE", "DEPENDENCY"], "asOf": AS_OF}


def star():
    """hub gives to four, and depends on the first; far and away are apart."""
    kinds = ["TANGIBLE", "INTANGIBLE", "TANGIBLE", ""]
    keys = ["p1", "p2", "p3", "p4"]
    given = [
        tie("EXCHANGE", "hub", key, exchange_kind=kind)
        for key, kind in zip(keys, kinds, strict=True)
    ]
    given.append(tie("EXCHANGE", "hub", "p1", key="again", exchange_kind="TANGIBLE"))
    given += [tie("DEPENDENCY", "hub", "p1"), tie("EXCHANGE", "far", "away")]
    members = [member("hub", sector="Trade", region="North")]
    members += [member(key) for key in (*keys, "far", "away")]
    return {"members": members, "ties": given, "communities": [{"key": "c"}]}


def test_a_star_has_its_hub_first_and_its_links_kind_by_kind(draw, ask):
    draw(star())
    found = ask(QUESTION, network=ASKED, by="SECTOR")["networkMap"]
    keys = [node["key"] for node in found["nodes"]]
    assert keys == ["hub", "away", "far", "p1", "p2", "p3", "p4"]
    hub = found["nodes"][0]
    # 5 exchanges: three tangible (one of them again), one intangible, one untold
    same(
        hub,
        {
            "title": "Name of hub",
            "subTitle": "Trade, North",
            "mainStat": 4,
            "group": "Trade",
            "size": 1.0,
            "arc__tangible": 3 / 4,
            "arc__intangible": 1 / 4,
            "member": {"key": "hub"},
        },
    )
    assert found["nodes"][6]["arc__tangible"] is None
    links = {link["id"]: link for link in found["links"]}
    assert list(links)[:2] == ["EXCHANGE:hub:p1", "EXCHANGE:hub:p2"]
    # hub depends on p1: value runs from p1
    assert list(links)[-1] == "DEPENDENCY:p1:hub"
    first = links["EXCHANGE:hub:p1"]
    assert (first["source"], first["tangible"], first["intangible"]) == (
        hub["id"],
        2,
        0,
    )
    ids = {node["id"] for node in found["nodes"]}
    assert {
        end for link in found["links"] for end in (link["source"], link["target"])
    } <= ids


def test_a_map_is_bounded_and_tells_what_it_leaves_out(draw, ask):
    draw(star())
    found = ask(QUESTION, network=ASKED, first=5, links=1)["networkMap"]
    assert len(found["nodes"]) == 5
    assert (found["nodeCount"], found["linkCount"], len(found["links"])) == (7, 4, 1)
    assert own_warnings(found) == [
        "Members with fewer or as many ties that are not shown: 2.",
        "Links that are not shown: 3.",
    ]
    refused = ask(QUESTION, errors=True, network=ASKED, first=2001)
    assert "first: expected 1 to 2000, got 2001." in refused["errors"][0].message


def test_around_a_member_the_nearest_come_first(draw, ask):
    draw(star())
    near = ask(QUESTION, network=ASKED, member="p2", steps=1)["networkMap"]
    assert [(n["key"], n["distance"]) for n in near["nodes"]] == [("p2", 0), ("hub", 1)]
    assert [link["id"] for link in near["links"]] == ["EXCHANGE:hub:p2"]
    assert near["nodeCount"] == 2
    assert near["nodes"][1]["mainStat"] == 4  # in the whole network
    far = ask(QUESTION, network=ASKED, member="p2", steps=2, first=3)["networkMap"]
    assert [n["key"] for n in far["nodes"]] == ["p2", "hub", "p1"]
    assert far["nodeCount"] == 5
    assert own_warnings(far) == ["Members that are not shown: 2."]


def test_a_map_around_a_member_that_is_not_there_says_so(draw, ask):
    draw(star() | {"members": [*star()["members"], member("alone")]})
    alone = ask(QUESTION, network=ASKED, member="alone")["networkMap"]
    assert (alone["nodes"], alone["nodeCount"]) == ([], 0)
    assert alone["nullReason"] == "'alone' is not in this network on that day."
    refused = ask(QUESTION, errors=True, network=ASKED, member="nobody")
    assert "nobody" in refused["errors"][0].message
    refused = ask(QUESTION, errors=True, network=ASKED, member="hub", steps=11)
    assert "steps: expected 1 to 10, got 11." in refused["errors"][0].message


SCORES = """
query ($network: NetworkInput!) {
  brokerage(network: $network, groupBy: SECTOR, first: 50) {
    brokers { member { key } scores { observed { total } } } }
  structuralHoles(network: $network, first: 50) {
    positions { member { key } betweenness constraint } } }"""


def test_the_scores_of_a_map_are_those_of_the_questions(draw, ask):
    draw(star())
    nodes = ask(QUESTION, network=ASKED, by="SECTOR", first=2)["networkMap"]["nodes"]
    # hub is between its four: 6 of the 15 pairs of others; p1 gives value to p2 to p4
    assert nodes[0]["betweenness"] == 6 / 15
    assert nodes[0]["brokerage"] == 3
    answer = ask(SCORES, network=ASKED)
    totals = {
        each["member"]["key"]: each["scores"]["observed"]["total"]
        for each in answer["brokerage"]["brokers"]
    }
    positions = {
        each["member"]["key"]: each for each in answer["structuralHoles"]["positions"]
    }
    for node in nodes:
        key = node["key"]
        assert node["brokerage"] == totals[key]
        assert node["betweenness"] == positions[key]["betweenness"]
        assert node["constraint"] == positions[key]["constraint"]


def test_two_members_have_no_betweenness(draw, ask):
    draw({"members": [member("a"), member("b")], "ties": [tie("EXCHANGE", "a", "b")]})
    nodes = ask(QUESTION, network=ASKED)["networkMap"]["nodes"]
    assert [node["betweenness"] for node in nodes] == [None, None]
    assert [node["constraint"] for node in nodes] == [1, 1]


def test_tied_members_stand_nearer_and_nobody_on_another(draw, ask):
    draw(star())
    nodes = ask(QUESTION, network=ASKED)["networkMap"]["nodes"]
    at = {n["key"]: (n["x"], n["y"]) for n in nodes}
    assert all(0 <= axis <= 1 for place in at.values() for axis in place)
    near = [math.dist(at["hub"], at[f"p{i}"]) for i in range(1, 5)]
    assert max(near) < math.dist(at["hub"], at["far"])
    assert min(math.dist(at[a], at[b]) for a in at for b in at if a < b) > 0.05
    again = ask(QUESTION, network=ASKED)["networkMap"]["nodes"]
    assert [(n["x"], n["y"]) for n in again] == [at[n["key"]] for n in again]


def test_an_empty_map_says_so(draw, ask):
    draw(star())
    found = ask(QUESTION, network=ASKED | {"community": "c"})["networkMap"]
    assert found["nodes"] == found["links"] == []
    assert found["nullReason"] == "No member is in this network on that day."
