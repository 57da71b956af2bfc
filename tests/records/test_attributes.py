"""Extra attributes in reads: lists, filters, orders with cursors, groups, prices."""

from __future__ import annotations

from typing import Any

import pytest

from service.errors import BadInput
from tests.support.worlds import member, tie

TIERS = {"a": "A", "b": "B", "c": "12.5", "d": "2", "e": "2026-02-03", "f": "true"}
TIERS |= {"g": "", "h": "false", "i": "2025-01-01", "j": "a", "k": "'12"}


@pytest.fixture(scope="module")
def world(draw):
    tied = {"x:since then": "2020", "x:of": "ö \"'`$"}
    draw(
        {
            "members": [member(k, **{"x:tier": v, "x:k": k}) for k, v in TIERS.items()],
            "ties": [tie("EXCHANGE", "a", "b", **tied), tie("COMPETITION", "a", "b")],
            "contracts": [{"key": "c1", "x:tier": "B"}],
            "communities": [{"key": "c2", "x:tier": "true"}],
        }
    )


READ = """{ member(key: "a") {
    attributes { name text }
    one: attributes(names: ["k", "no"]) {
      ...on Attribute { n: name } __typename text number boolean date }
    exchanges { nodes {
      attributes { name text number } source { key attributes { text } } } }
    competitions { nodes { attributes { name } } } }
  contract(key: "c1") { attributes { text } }
  community(key: "c2") { attributes { boolean } } }"""


def test_records_of_every_kind_show_their_attributes_by_name(world, ask):
    nothing = {"number": None, "boolean": None, "date": None}
    tied = [{"name": "of", "text": "ö \"'`$", "number": None}]
    tied.append({"name": "since then", "text": None, "number": 2020})
    of_a = [{"text": "a"}, {"text": "A"}]
    assert ask(READ) == {
        "member": {
            "attributes": [{"name": "k", "text": "a"}, {"name": "tier", "text": "A"}],
            "one": [{"n": "k", "__typename": "Attribute", "text": "a", **nothing}],
            "exchanges": {
                "nodes": [
                    {"attributes": tied, "source": {"key": "a", "attributes": of_a}}
                ]
            },
            "competitions": {"nodes": [{"attributes": []}]},
        },
        "contract": {"attributes": [{"text": "B"}]},
        "community": {"attributes": [{"boolean": True}]},
    }


FILTER = """query ($filter: OrganisationFilter) {
  organisations(filter: $filter) { nodes { key } } }"""
TIES = (
    """query ($filter: ExchangeFilter) { exchanges(filter: $filter) { totalCount } }"""
)


@pytest.mark.parametrize(
    ("conditions", "keys"),
    [
        ({"eq": "A"}, "a"),
        ({"eqIgnoreCase": "A"}, "aj"),
        ({"ne": "A"}, "bjk"),
        ({"in": ["A", "B", "true"]}, "ab"),
        ({"startsWith": "1"}, "k"),
        ({"contains": "A"}, "a"),
        ({"gte": "A"}, "abj"),
        ({"isNull": True}, "g"),
        ({"isNull": False}, "abcdefhijk"),
        ({"number": {"gt": 2}}, "c"),
        ({"number": {"in": [2, 12]}}, "d"),
        ({"number": {"isNull": False}}, "cd"),
        ({"date": {"lt": "2026-01-01"}}, "i"),
        ({"boolean": {"eq": True}}, "f"),
        ({"boolean": {"ne": True}}, "h"),
        ({"number": {"gt": 0}, "isNull": False}, "cd"),
        ({"number": {"gt": 0}, "eq": "A"}, ""),
    ],
)
def test_a_filter_of_an_attribute(world, ask, conditions, keys):
    filter = {"attributes": [{"name": "tier", **conditions}]}
    nodes = ask(FILTER, filter=filter)["organisations"]["nodes"]
    assert "".join(node["key"] for node in nodes) == keys
    negated = ask(FILTER, filter={"not": filter})["organisations"]["nodes"]
    assert {n["key"] for n in negated} == set(TIERS) - set(keys)


def test_all_filters_of_a_list_must_hold_also_at_an_end_of_a_tie(world, ask):
    both = [{"name": "tier", "eq": "A"}, {"name": "k", "eq": "a"}]
    assert len(ask(FILTER, filter={"attributes": both})["organisations"]["nodes"]) == 1
    none = [*both, {"name": "missing", "eq": "a"}]
    assert ask(FILTER, filter={"attributes": none})["organisations"]["nodes"] == []
    own = {"attributes": {"name": "since then", "number": {"eq": 2020}}}
    tied = {**own, "source": {"attributes": both}}
    assert ask(TIES, filter=tied)["exchanges"]["totalCount"] == 1
    tied["source"] = {"attributes": none}
    assert ask(TIES, filter=tied)["exchanges"]["totalCount"] == 0
    around = {"exchanges": {"some": own}}
    assert len(ask(FILTER, filter=around)["organisations"]["nodes"]) == 2


ORDER = """query ($order: [OrganisationOrder!], $first: Int, $after: String, $last: Int,
  $before: String) { organisations(orderBy: $order, first: $first, after: $after,
  last: $last, before: $before) { nodes { key }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ({}, "dciekabjhfg"),
        ({"direction": "DESC"}, "cdeijbakfhg"),
        ({"nulls": "FIRST"}, "ghfkabjiedc"),  # the types in the reverse order
    ],
)
def test_numbers_come_before_dates_texts_and_booleans_and_cursors_hold(
    world, ask, order, keys
):
    order = [{"attribute": "tier", **order}]
    page: dict[str, Any] = {}
    forward, after = "", None
    while not page or page["pageInfo"]["hasNextPage"]:
        page = ask(ORDER, order=order, first=2, after=after)["organisations"]
        forward += "".join(node["key"] for node in page["nodes"])
        after = page["pageInfo"]["endCursor"]
    backward, before = "", None
    while not backward or page["pageInfo"]["hasPreviousPage"]:
        page = ask(ORDER, order=order, last=3, before=before)["organisations"]
        backward = "".join(node["key"] for node in page["nodes"]) + backward
        before = page["pageInfo"]["startCursor"]
    assert forward == backward == keys


def test_an_order_names_a_property_or_an_attribute(world, ask):
    both = [{"attribute": "tier", "field": "KEY"}]
    [error] = ask(ORDER, errors=True, order=both)["errors"]
    assert "each entry takes one criterion" in error.message
    long = [{"attribute": "a" * 81}]
    [error] = ask(ORDER, errors=True, order=long)["errors"]
    assert isinstance(error.original_error, BadInput)
    cursor = ask(ORDER, order=[{"attribute": "tier"}], first=1)["organisations"][
        "pageInfo"
    ]
    other = [{"attribute": "k"}]
    [error] = ask(ORDER, errors=True, order=other, after=cursor["endCursor"])["errors"]
    assert "made for another" in error.message


GROUP = """query ($keys: [OrganisationGroupKey!]!) { organisationsAggregate {
  groupBy(keys: $keys) { totalCount nodes { count keys { name value } } } } }"""


def test_groups_by_an_attribute_and_by_parts_of_its_dates(world, ask):
    groups = ask(GROUP, keys=[{"attribute": "tier"}])["organisationsAggregate"][
        "groupBy"
    ]
    values = [group["keys"][0]["value"] for group in groups["nodes"]]
    assert groups["totalCount"] == len(TIERS)
    assert {(type(v), v) for v in values} == {
        *((str, v) for v in ("A", "B", "a", "12", "2026-02-03", "2025-01-01")),
        (float, 12.5), (float, 2.0), (bool, True), (bool, False), (type(None), None),
    }  # fmt: skip
    keys = [{"attribute": "tier", "bucket": "YEAR"}, {"field": "COUNTRY"}]
    groups = ask(GROUP, keys=keys)["organisationsAggregate"]["groupBy"]["nodes"]
    assert [(g["keys"][0], g["count"]) for g in groups] == [
        ({"name": "x:tier", "value": "2025"}, 1),
        ({"name": "x:tier", "value": "2026"}, 1),
        ({"name": "x:tier", "value": None}, len(TIERS) - 2),
    ]


NETWORK = "network: { ties: [EXCHANGE, COMPETITION], isolates: true }"
QUESTIONS = """{
  brokerage(NETWORK, groupByAttribute: "tier") {
    brokers { member { key } group } about { parameters warnings } }
  structuralHoles(NETWORK, groupByAttribute: "tier") {
    blau positions { group member { key } } }
  networkMap(NETWORK, groupByAttribute: "tier") { nodes { key group } }
}""".replace("NETWORK", NETWORK)


def test_questions_group_members_by_an_attribute(world, ask):
    answer = ask(QUESTIONS)
    groups = {key: cell or None for key, cell in TIERS.items()}
    brokerage = answer["brokerage"]
    assert {b["member"]["key"]: b["group"] for b in brokerage["brokers"]} == groups
    assert brokerage["about"]["parameters"]["groupByAttribute"] == "tier"
    assert any("Members without a group" in w for w in brokerage["about"]["warnings"])
    positions = answer["structuralHoles"]["positions"]
    assert {p["member"]["key"]: p["group"] for p in positions} == groups
    assert answer["structuralHoles"]["blau"] == pytest.approx(1 - 11 / 11**2)
    assert {n["key"]: n["group"] for n in answer["networkMap"]["nodes"]} == groups


def test_brokerage_needs_one_grouping(world, ask):
    for given in ("", 'groupBy: REGION, groupByAttribute: "tier"'):
        text = f"{{ brokerage({NETWORK} {given}) {{ nodeCount }} }}"
        [error] = ask(text, errors=True)["errors"]
        assert "groupByAttribute" in error.message
