"""Who depends on one: against a plain recount, and question by question."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles import dependence as oracle
from tests.oracles.graph import day, living
from tests.support import worlds
from tests.support.answers import own_warnings, same
from tests.support.relationship_worlds import relationships
from tests.support.worlds import AS_OF, depends, member, party, tie

QUESTION = """
query ($community: String!, $kinds: [DependenceKind!], $first: Int, $after: String) {
  dependence(community: $community, kinds: $kinds, asOf: "2026-11-01",
             first: $first, after: $after) {
    totalCount nullReason
    rows {
      dependent { key } on { key } kind share count total together
      members(first: 1000) { key } needs(first: 1000) { key }
      evidenceCount evidence(first: 1000) { id __typename }
    }
    rowsPageInfo { endCursor hasNextPage }
    counts { kind count nullReason }
    about { parameters warnings }
  }
}"""
KEY_PEOPLE = """
query ($key: String!) {
  keyPeople(organisation: $key, asOf: "2026-11-01", first: 1000) {
    truckFactor
    people { person { key } members { key } soleContactOf { key } share inTruckFactor }
  }
  networkOwnership(organisation: $key, asOf: "2026-11-01", first: 1000) {
    members { member { key } customer }
  }
}"""
WAYS_IN = """
query ($startup: String!, $needs: [String!]) {
  chokePoints(startups: [$startup], needs: $needs, asOf: "2026-11-01", first: 1000) {
    pairCount
    chokePoints {
      member { key } exposure pairCount solePartner
      pairs(first: 1000) { capability { key } }
    }
  }
}"""
DEPARTURE = """
query ($person: String!) {
  departureImpact(person: $person, asOf: "2026-11-01") {
    firm { key }
    customers(first: 1000) { customer { key } soleContact }
  }
}"""
KINDS = ["SOLE_CONTACT", "TRUCK_FACTOR", "CHOKE_POINT", "SOLE_PARTNER", "SOLE_SUPPLIER"]


def asked(ask, community="g", **arguments):
    arguments = {"first": 1000, **arguments}
    return ask(QUESTION, community=community, **arguments)["dependence"]


@st.composite
def communities(draw):
    """Firms, start-ups and dependents of all kinds, most of them in the group `g`."""
    parts = [draw(relationships()), draw(worlds.introduction_worlds())]
    world = worlds.together([*parts, draw(worlds.cascades())])
    world["communities"].append({"key": "g", "name": "Group", "kind": "CLUB"})
    for row in world["members"]:
        if draw(st.integers(0, 7)):
            dates = worlds.span(draw, worlds.KEPT)
            world["ties"].append(tie("MEMBERSHIP", row["key"], "g", **dates))
    return world


@given(world=communities())
@settings(max_examples=10)
def test_random_communities_match_a_plain_recount(draw, ask, world):
    draw(world)
    answer = asked(ask)
    expected = oracle.dependence(world, "g", AS_OF)
    same(answer["rows"], expected)
    counts = [sum(row["kind"] == kind for row in expected) for kind in KINDS]
    assert [each["kind"] for each in answer["counts"]] == KINDS
    assert [each["count"] or 0 for each in answer["counts"]] == counts
    # A kind that is unknown has no row, and a reason.
    assert all((c["count"] is None) == bool(c["nullReason"]) for c in answer["counts"])
    assert (answer["totalCount"] or 0) == len(expected)


def rows_of(answer, kind):
    return {
        (row["dependent"]["key"], row["on"]["key"]): row
        for row in answer["rows"]
        if row["kind"] == kind
    }


@given(world=communities())
@settings(max_examples=5)
def test_it_says_what_the_questions_of_each_member_say(draw, ask, world):
    draw(world)
    answer = asked(ask)
    text = """{ members(first: 200, asOf: "2026-11-01", filter: {
      memberships: { some: { target: { key: { eq: "g" } } } } }) {
        nodes { __typename key roles } } }"""
    nodes = ask(text)["members"]["nodes"]
    sole, few, ways, partners = {}, {}, {}, {}
    for node in nodes:
        key = node["key"]
        if node["__typename"] == "Organisation":
            own = ask(KEY_PEOPLE, key=key)
            customers = {
                each["member"]["key"]
                for each in own["networkOwnership"]["members"]
                if each["customer"]
            }
            for person in own["keyPeople"]["people"]:
                alone = {m["key"] for m in person["soleContactOf"]} & customers
                if alone:
                    sole[key, person["person"]["key"]] = (alone, len(customers))
                if person["inTruckFactor"]:
                    few[key, person["person"]["key"]] = person
        if "STARTUP" in node["roles"]:
            for point in ask(WAYS_IN, startup=key)["chokePoints"]["chokePoints"]:
                who = point["member"]["key"]
                for pair in point["pairs"]:
                    need = pair["capability"]["key"]
                    points = ask(WAYS_IN, startup=key, needs=[need])["chokePoints"]
                    [one] = [
                        p for p in points["chokePoints"] if p["member"]["key"] == who
                    ]
                    into = partners if one["solePartner"] else ways
                    into.setdefault((key, who), []).append({"key": need})
    rows = rows_of(answer, "SOLE_CONTACT")
    assert {
        pair: ({m["key"] for m in row["members"]}, row["total"])
        for pair, row in rows.items()
    } == sole
    rows = rows_of(answer, "TRUCK_FACTOR")
    assert rows.keys() == few.keys()
    for pair, person in few.items():
        same(rows[pair], {"share": person["share"], "members": person["members"]})
    rows = rows_of(answer, "CHOKE_POINT")
    assert {pair: row["needs"] for pair, row in rows.items()} == ways
    rows = rows_of(answer, "SOLE_PARTNER")
    assert {pair: row["needs"] for pair, row in rows.items()} == partners


@given(world=relationships())
@settings(max_examples=8)
def test_sole_contacts_are_those_of_the_departures(draw, ask, world):
    keys = [row["key"] for row in world["members"]]
    group = [tie("MEMBERSHIP", key, "g") for key in keys]
    world["communities"].append({"key": "g", "name": "Group", "kind": "CLUB"})
    draw(world | {"ties": world["ties"] + group})
    rows = rows_of(asked(ask, kinds=["SOLE_CONTACT"]), "SOLE_CONTACT")
    organisations = living_organisations(world)
    for person in ("p0", "p1", "p2"):
        impact = ask(DEPARTURE, person=person)["departureImpact"]
        firm = impact["firm"] and impact["firm"]["key"]
        if firm not in organisations:
            continue
        if person not in people_of(ask(KEY_PEOPLE, key=firm)):
            continue  # the person works there no more, so nothing depends on it
        alone = [c["customer"] for c in impact["customers"] if c["soleContact"]]
        row = rows.get((firm, person), {"members": []})
        assert row["members"] == sorted(alone, key=lambda each: each["key"])


def people_of(answer):
    return [each["person"]["key"] for each in answer["keyPeople"]["people"]]


def living_organisations(world):
    alive = living(world, "members", day(AS_OF))
    return {key for key, row in alive.items() if row["kind"] == "ORGANISATION"}


def reliant():
    """firm, whose ann manages c and d; d is bob's too; part needs steel or iron, gas.

    e is a customer that nobody inside knows.
    """
    members = [member(k) for k in ("firm", "c", "d", "e", "steel", "iron", "gas")]
    members += [member("ann", "PERSON"), member("bob", "PERSON")]
    ties = [tie("MEMBERSHIP", key, "g") for key in ("firm", "c")]
    ties += [tie("EMPLOYMENT", who, "firm") for who in ("ann", "bob")]
    for who, customer in (("ann", "c"), ("ann", "d"), ("bob", "d")):
        ties.append(tie("ACCOUNT_MANAGEMENT", who, customer))
    ties += [party("firm", "k", "SUPPLIER"), party("e", "k", "CUSTOMER")]
    metal = {"substitute_group": "metal"}
    ties += [depends("firm", "steel", ".5", "50", **metal)]
    ties += [depends("firm", "iron", ".5", "50", **metal)]
    ties += [depends("firm", "gas", ".5", "50"), depends("firm", "c", "0", "100")]
    return {
        "members": members,
        "ties": ties,
        "contracts": [worlds.contract("k", status="ACTIVE")],
        "communities": [{"key": "g", "name": "Group", "kind": "CLUB"}],
    }


def test_a_firm_depends_on_its_only_contact_and_on_what_nobody_replaces(draw, ask):
    draw(reliant())
    answer = asked(ask)
    rows = [
        (r["kind"], r["on"]["key"], r["count"], r["total"], r["together"])
        for r in answer["rows"]
    ]
    # ann has both of the members with a contact, but d has bob, too: without her half
    # are left, and it takes two to leave more than half alone. c of three customers is
    # hers alone; gas is one of three suppliers, and what costs nothing is none.
    assert rows == [
        ("TRUCK_FACTOR", "ann", 2, 2, 2),
        ("TRUCK_FACTOR", "bob", 1, 2, 2),
        ("SOLE_CONTACT", "ann", 1, 3, 1),
        ("SOLE_SUPPLIER", "gas", 1, 3, 1),
    ]
    kinds = [[e["__typename"] for e in r["evidence"]] for r in answer["rows"]]
    account = "AccountManagement"
    assert kinds == [[account] * 2, [account], [account], ["Dependency"]]
    assert [c["count"] for c in answer["counts"]] == [1, 2, None, None, 1]
    assert "start-up" in answer["counts"][2]["nullReason"]
    told = " ".join(own_warnings(answer))
    assert "CHOKE_POINT is unknown, not 0" in told
    assert "Members without a stored dependency" in told
    assert "1 of 2." in told
    assert "1 customer or partner of the other organisations" in told


def test_pages_lead_to_the_end_of_the_list_and_no_row_comes_twice(draw, ask):
    draw(reliant())
    whole = asked(ask)["rows"]
    pages, after = [], None
    for _ in whole:
        page = asked(ask, first=1, after=after)
        assert page["totalCount"] == 4
        pages += page["rows"]
        after = page["rowsPageInfo"]["endCursor"]
    assert pages == whole
    assert not page["rowsPageInfo"]["hasNextPage"]
    last = asked(ask, first=1, after=after)
    assert (last["rows"], last["rowsPageInfo"]["endCursor"]) == ([], None)
    order = [(-r["share"], r["dependent"]["key"], r["on"]["key"]) for r in whole]
    assert all(one <= two for one, two in pairwise(order))


def test_rows_of_one_kind_are_counted_and_paged_by_themselves(draw, ask):
    draw(reliant())
    page = asked(ask, kinds=["SOLE_SUPPLIER"], first=1)
    assert [row["kind"] for row in page["rows"]] == ["SOLE_SUPPLIER"]
    assert page["totalCount"] == 1
    assert not any("CHOKE_POINT" in text for text in own_warnings(page))
    cursor = page["rowsPageInfo"]["endCursor"]
    [error] = ask(QUESTION, True, community="g", after=cursor)["errors"]
    assert error.original_error.code == "BAD_USER_INPUT"
    assert "another list, other arguments" in error.message


def test_a_community_without_any_data_has_no_clean_zero(draw, ask):
    members = [member("a"), member("s", roles="STARTUP"), member("p", "PERSON")]
    ties = [tie("MEMBERSHIP", key, "g") for key in "asp"]
    draw({"members": members, "ties": ties, "communities": [{"key": "g"}]})
    answer = asked(ask)
    assert (answer["rows"], answer["totalCount"]) == ([], None)
    assert [each["count"] for each in answer["counts"]] == [None] * 5
    for text in ("ACCOUNT_MANAGEMENT", "Add NEED ties", "Add DEPENDENCY ties"):
        assert text in answer["nullReason"]
    draw({"members": members, "communities": [{"key": "g"}]})
    assert "Add MEMBERSHIP ties" in asked(ask)["nullReason"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ('community: "no"', "NOT_FOUND", "'no'"),
        ('community: "g", first: 0', "BAD_USER_INPUT", "1 to 1000"),
        ('community: "g", after: "x"', "BAD_USER_INPUT", "after: expected a cursor"),
    ],
)
def test_bad_input_names_what_was_expected(draw, ask, arguments, code, says):
    draw(reliant())
    [error] = ask(f"{{ dependence({arguments}) {{ totalCount }} }}", True)["errors"]
    assert error.original_error.code == code
    assert says in error.message
