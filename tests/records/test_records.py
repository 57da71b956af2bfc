"""Every record by key, by global id and in pages; its ties and links; its errors."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schema.records.node import global_id
from service.compiler.cursors import encode_cursor
from service.compiler.global_ids import encode_parts
from tests.support.everything import FIELDS, every_tie, everything, field_of
from tests.support.worlds import World, contract, member, party, tie

PLURALS = {
    "organisation": "organisations",
    "team": "teams",
    "person": "people",
    "contract": "contracts",
    "offering": "offerings",
    "capability": "capabilities",
    "community": "communities",
    "referral": "referrals",
    "introduction": "introductions",
    "feedback": "feedbacks",
    "serviceCase": "serviceCases",
    "initiative": "initiatives",
    "exchange": "exchanges",
    "dependency": "dependencies",
    "investment": "investments",
    "acquaintance": "acquaintances",
    "employment": "employments",
    "affiliation": "affiliations",
    "accountManagement": "accountManagements",
    "following": "followings",
    "advice": "advices",
    "competition": "competitions",
    "membership": "memberships",
    "organising": "organisings",
    "contractParty": "contractParties",
    "capabilityHolding": "capabilityHoldings",
    "need": "needs",
    "offer": "offers",
    "coverage": "coverages",
    "work": "works",
}
PAGE = """query Page($first: Int, $after: String, $last: Int, $before: String) {
  %s(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { key } } nodes { key } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }"""


def told(table: str) -> str:
    """The type that a field gives, such as ServiceCase for serviceCase."""
    return table[0].upper() + table[1:]


# By key, by global id


@pytest.fixture(scope="module")
def places(draw):
    """(field, key) of one record of every kind."""
    world = everything()
    draw(world)
    rows = [(field_of(t, row), row["key"]) for t, rows in world.items() for row in rows]
    return dict(sorted(rows, reverse=True))


@pytest.fixture(scope="module")
def ids(places, ask):
    fields = [f'{name}(key: "{key}") {{ id }}' for name, key in places.items()]
    return [found["id"] for found in ask("{" + " ".join(fields) + "}").values()]


def test_there_is_a_record_of_every_kind(places):
    assert places.keys() == set(FIELDS.values()) == PLURALS.keys()


def test_every_record_is_found_by_its_key(places, ask):
    fields = [f'{n}(key: "{k}") {{ __typename key }}' for n, k in places.items()]
    assert ask("{" + " ".join(fields) + "}") == {
        name: {"__typename": told(name), "key": key} for name, key in places.items()
    }


def test_an_unknown_key_gives_null(places, ask):
    fields = [f'{name}(key: "unknown") {{ key }}' for name in places]
    assert ask("{" + " ".join(fields) + "}") == dict.fromkeys(places)


def test_every_record_is_found_by_its_global_id(places, ids, ask):
    text = "query ($id: ID!) { node(id: $id) { __typename id } }"
    for name, id in zip(places, ids, strict=True):
        assert ask(text, id=id)["node"] == {"__typename": told(name), "id": id}


def test_nodes_come_in_the_order_asked_and_null_where_nothing_is(places, ids, ask):
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    wanted = [ids[3], global_id("Team", "unknown"), *reversed(ids), ids[3]]
    names = dict(zip(ids, places, strict=True))
    assert ask(text, ids=wanted)["nodes"] == [
        {"__typename": told(names[id]), "id": id} if id in names else None
        for id in wanted
    ]


def test_an_id_of_another_kind_than_the_record_gives_null(places, ask):
    text = "query ($id: ID!) { node(id: $id) { id } }"
    assert ask(text, id=global_id("Team", "firm")) == {"node": None}
    assert ask(text, id=global_id("Exchange", "firm")) == {"node": None}


@pytest.mark.parametrize("role", ["Investor", "Customer"])
def test_a_view_of_a_role_has_an_id_of_its_own(places, ask, role):
    name = role.lower()
    text = f"""{{ {name}(key: "firm") {{ id member {{ id key }} }}
      {name}s {{ totalCount nodes {{ id }} }} }}"""
    got = ask(text)
    view = got[name]
    assert view["member"] == {"id": global_id("Organisation", "firm"), "key": "firm"}
    assert view["id"] == global_id(role, "firm")
    keys = ["crew", "firm", "person"]
    nodes = [{"id": global_id(role, key)} for key in keys]
    assert got[name + "s"] == {"totalCount": 3, "nodes": nodes}
    again = "query ($id: ID!) { node(id: $id) { __typename id ...on %s %s } }"
    assert ask(again % (role, "{ member { key } }"), id=view["id"])["node"] == {
        "__typename": role,
        "id": view["id"],
        "member": {"key": "firm"},
    }
    assert ask(again % (role, "{ id }"), id=global_id(role, "other-firm")) == {
        "node": None
    }


def test_a_view_shows_what_belongs_to_its_role(places, ask):
    text = """{ investor(key: "firm") {
        portfolio { nodes { key } } introductions { nodes { key } }
        advice { nodes { key } } memberships { nodes { key } } }
      customer(key: "person") {
        contracts { nodes { key } } accountManagers { nodes { key } }
        referrals { nodes { key } } serviceCases { nodes { key } } } }"""
    got = ask(text)
    assert {k: [n["key"] for n in v["nodes"]] for k, v in got["investor"].items()} == {
        "portfolio": ["INVESTMENT:firm:other-firm"],
        "introductions": ["introduction"],
        "advice": [],
        "memberships": ["MEMBERSHIP:firm:community"],
    }
    assert {k: [n["key"] for n in v["nodes"]] for k, v in got["customer"].items()} == {
        "contracts": [],
        "accountManagers": [],
        "referrals": ["referral"],
        "serviceCases": ["case"],
    }


# Ties and links


def ends(row: dict[str, str]) -> dict[str, Any]:
    """A tie as it is answered: KNOWS runs from the smaller key."""
    source, target = row["source"], row["target"]
    if row["kind"] == "ACQUAINTANCE":
        source, target = sorted([source, target])
    return {"key": row["key"], "source": {"key": source}, "target": {"key": target}}


MEMBERS = ["firm", "crew", "person", "other-firm", "other-person"]
BETWEEN = [row for row in every_tie() if row["target"] in MEMBERS]
BEYOND = [row for row in every_tie() if row["target"] not in MEMBERS]
NAMES = {"advices": "advice", "contractParties": "contracts", "works": "work"}
NAMES |= {"capabilityHoldings": "capabilities"}


def around(row: dict[str, str]) -> str:
    """The field of a member that lists such ties."""
    plural = PLURALS[FIELDS[row["kind"]]]
    return NAMES.get(plural, plural)


@pytest.mark.parametrize("row", BETWEEN, ids=[row["kind"] for row in BETWEEN])
def test_a_member_shows_its_ties_in_both_directions(places, ask, row):
    shown = "{ totalCount nodes { key source { key } target { key } } }"
    ways = " ".join(
        f"{way}: {around(row)}(direction: {way}) {shown}"
        for way in ("OUT", "IN", "BOTH")
    )
    text = f"query ($key: String!) {{ member(key: $key) {{ {ways} }} }}"
    one, none = {"totalCount": 1, "nodes": [ends(row)]}, {"totalCount": 0, "nodes": []}
    source, target = ends(row)["source"]["key"], ends(row)["target"]["key"]
    assert ask(text, key=source)["member"] == {"OUT": one, "IN": none, "BOTH": one}
    assert ask(text, key=target)["member"] == {"OUT": none, "IN": one, "BOTH": one}


FAR = {
    "MEMBERSHIP": "memberships",
    "ORGANISING": "organisings",
    "CONTRACT": "parties",
    "CAPABILITY": "holdings",
    "NEED": "needs",
    "OFFER": "offers",
    "COVERAGE": "coverages",
    "WORK": "work",
}


@pytest.mark.parametrize("row", BEYOND, ids=[row["kind"] for row in BEYOND])
def test_both_ends_show_a_tie_to_what_is_no_member(places, ask, row):
    shown = "{ totalCount nodes { key source { key } target { key } } }"
    near = "member" if row["source"] in MEMBERS else row["source"]
    here = around(row) if near == "member" else FAR[row["kind"]]
    text = f"""{{ near: {near}(key: "{row["source"]}") {{ ties: {here} {shown} }}
      far: {row["target"]}(key: "{row["target"]}") {{
        ties: {FAR[row["kind"]]} {shown} }} }}"""
    expected = {"ties": {"totalCount": 1, "nodes": [ends(row)]}}
    assert ask(text) == {"near": expected, "far": expected}


LINKS = """{
  referral(key: "referral") {
    referrer { key } customer { key } provider { key } contract { key } }
  introduction(key: "introduction") {
    requester { key } introducer { key } target { key } contract { key } }
  feedback(key: "feedback") {
    giver { key } provider { key } case { key } initiative { key } }
  serviceCase(key: "case") {
    customer { key } provider { key } initiative { key }
    feedback { nodes { key } } }
  initiative(key: "initiative") {
    organisation { key } feedback { nodes { key } } serviceCases { nodes { key } } }
  contract(key: "contract") {
    referrals { nodes { key } } introductions { nodes { key } } }
}"""


def test_a_record_leads_to_all_that_it_links(places, ask):
    def to(**ends: str) -> dict[str, Any]:
        return {name: {"key": key} for name, key in ends.items()}

    def of(**keys: str) -> dict[str, Any]:
        return {name: {"nodes": [{"key": key}]} for name, key in keys.items()}

    three = to(customer="person", provider="other-firm", contract="contract")
    who = to(introducer="person", target="other-firm", contract="contract")
    case = to(customer="person", provider="firm", initiative="initiative")
    said = to(giver="person", provider="firm", case="case", initiative="initiative")
    firm = to(organisation="firm")
    assert ask(LINKS) == {
        "referral": {"referrer": {"key": "firm"}, **three},
        "introduction": {"requester": {"key": "firm"}, **who},
        "feedback": said,
        "serviceCase": case | of(feedback="feedback"),
        "initiative": firm | of(feedback="feedback", serviceCases="case"),
        "contract": of(referrals="referral", introductions="introduction"),
    }


def test_a_link_that_is_not_there_is_null(draw, ask):
    said = [{"key": "f", "giver": "a"}]
    draw({"members": [member("a")], "feedback": said, "initiatives": [{"key": "i"}]})
    text = """{ feedback(key: "f") {
        giver { key } provider { key } case { key } initiative { key } }
      initiative(key: "i") { organisation { key } } }"""
    assert ask(text) == {
        "feedback": {
            "giver": {"key": "a"},
            "provider": None,
            "case": None,
            "initiative": None,
        },
        "initiative": {"organisation": None},
    }


@pytest.fixture(scope="module")
def firm(draw):
    """firm > section > subteam; daughter; employees; and who is tied to those.

    supplier gives to subteam, buyer has a contract with worker, friend knows worker;
    signatory has no role in that contract; stranger is tied to buyer alone, former has
    left.
    """
    kinds = {
        "firm": "ORGANISATION",
        "section": "TEAM",
        "daughter": "ORGANISATION",
        "worker": "PERSON",
        "clerk": "PERSON",
        "former": "PERSON",
        "supplier": "ORGANISATION",
        "buyer": "ORGANISATION",
        "friend": "PERSON",
        "stranger": "ORGANISATION",
        "signatory": "ORGANISATION",
    }
    draw(
        {
            "members": [member(key, kind) for key, kind in kinds.items()],
            "ties": [
                tie("AFFILIATION", "section", "firm"),
                tie("AFFILIATION", "daughter", "firm"),
                tie("EMPLOYMENT", "worker", "section"),
                tie("EMPLOYMENT", "clerk", "daughter"),
                tie("EMPLOYMENT", "former", "firm", until="2020-01-01"),
                tie("EXCHANGE", "supplier", "section"),
                tie("ACQUAINTANCE", "friend", "worker"),
                tie("EXCHANGE", "stranger", "buyer"),
                party("daughter", "c", "SUPPLIER"),
                party("buyer", "c", "CUSTOMER"),
                party("signatory", "c", ""),
            ],
            "contracts": [contract("c", status="ACTIVE")],
        }
    )


INSIDE = ["clerk", "daughter", "section", "worker"]
OUTSIDE = ["buyer", "friend", "signatory", "supplier"]


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        ("side: INTERNAL", INSIDE),
        ("side: EXTERNAL", OUTSIDE),
        ("first: 200", sorted(INSIDE + OUTSIDE)),
        ("side: null", sorted(INSIDE + OUTSIDE)),
        ('side: INTERNAL, asOf: "2019-06-01"', sorted([*INSIDE, "former"])),
    ],
)
def test_an_organisation_tells_who_is_inside_and_who_is_tied(
    firm, ask, arguments, keys
):
    text = f"""{{ organisation(key: "firm") {{
      members({arguments}) {{ totalCount nodes {{ key }} }} }} }}"""
    assert ask(text)["organisation"]["members"] == {
        "totalCount": len(keys),
        "nodes": [{"key": key} for key in keys],
    }


def test_members_of_an_organisation_come_in_pages(firm, ask):
    text = """query ($first: Int, $after: String, $last: Int, $before: String) {
      organisation(key: "firm") {
        members(first: $first, after: $after, last: $last, before: $before) {
          edges { cursor node { key } } pageInfo { hasNextPage hasPreviousPage }
        } } }"""

    def page(**window: Any) -> dict[str, Any]:
        return ask(text, **window)["organisation"]["members"]

    keys = sorted(INSIDE + OUTSIDE)
    cursors = [edge["cursor"] for edge in page(first=200)["edges"]]
    for start in range(len(keys)):
        got = page(first=2, after=cursors[start])
        assert [e["node"]["key"] for e in got["edges"]] == keys[start + 1 : start + 3]
        assert got["pageInfo"]["hasNextPage"] == (start + 3 < len(keys))
        got = page(last=2, before=cursors[start])
        first = max(0, start - 2)
        assert [e["node"]["key"] for e in got["edges"]] == keys[first:start]
        assert got["pageInfo"]["hasPreviousPage"] == (first > 0)


# Pages

TEXTS = st.text("aAbzÅé0'\U0001f600\U00010000", min_size=1, max_size=3)
DAYS = st.sampled_from(["", "2020-02-29", "2021-01-01", "9999-12-30", "0001-01-01"])
TIMES = st.sampled_from(
    ["", "2020-01-01T00:00:00Z", "2020-01-01T02:00:00+02:00", "2020-01-01T00:00:00.5Z"]
)


@st.composite
def ordered(draw: Any) -> tuple[World, dict[str, list[str]]]:
    """(world, the keys of each connection in its default order)."""

    def rows(column: str, values: st.SearchStrategy[str]) -> list[dict[str, str]]:
        pairs = st.tuples(TEXTS, values)
        count = draw(st.integers(0, 7))
        several = st.lists(
            pairs, min_size=count, max_size=count, unique_by=lambda p: p[0]
        )
        return [{"key": key, column: value} for key, value in draw(several)]

    names = rows("name", TEXTS)
    ends = {"source": "hub", "target": "end"}
    three = {"referrer": "hub", "customer": "end", "provider": "hub"}
    case = {"customer": "hub", "provider": "end"}
    hubs = [{"key": key, "kind": "TEAM", "name": key} for key in ("hub",)]
    hubs += [{"key": "end", "kind": "ORGANISATION", "name": "0"}]
    tables = {
        "organisations": [*names, {"key": "end", "name": "0"}],
        "contracts": rows("title", st.one_of(st.just(""), TEXTS)),
        "capabilities": rows("name", st.one_of(st.just(""), TEXTS)),
        "referrals": rows("on", DAYS),
        "serviceCases": rows("opened_at", TIMES),
        "investments": rows("on", DAYS),
        "exchanges": rows("deliverable", TEXTS),
    }
    world = {
        "members": hubs + [{**row, "kind": "ORGANISATION"} for row in names],
        "ties": [{"kind": "INVESTMENT", **ends, **r} for r in tables["investments"]]
        + [{"kind": "EXCHANGE", **ends, **r} for r in tables["exchanges"]],
        "contracts": tables["contracts"],
        "capabilities": tables["capabilities"],
        "referrals": [{**row, **three} for row in tables["referrals"]],
        "service_cases": [{**row, **case} for row in tables["serviceCases"]],
    }
    return world, {name: in_order(found) for name, found in tables.items()}


def in_order(rows: list[dict[str, str]]) -> list[str]:
    """By value, what is blank last, then by key: by code point, as Python compares."""

    def place(row: dict[str, str]) -> tuple[bool, str, str]:
        [value] = [value for column, value in row.items() if column != "key"]
        if "deliverable" in row:
            value = "ties without a day are in the order of their keys"
        if value.endswith("+02:00"):
            value = "2020-01-01T00:00:00Z"
        if value.endswith("00Z"):
            value = value[:-1] + ".0Z"
        return value == "", value, row["key"]

    return [row["key"] for row in sorted(rows, key=place)]


def keys_of(page: dict[str, Any]) -> list[str]:
    assert page["nodes"] == [edge["node"] for edge in page["edges"]]
    return [node["key"] for node in page["nodes"]]


def check(page: dict[str, Any], keys: list[str], total: int, **info: bool) -> None:
    """A page has these keys, says these two things of its place, and counts all."""
    assert keys_of(page) == keys
    cursors = [edge["cursor"] for edge in page["edges"]] or [None]
    ends = {"startCursor": cursors[0], "endCursor": cursors[-1]}
    assert page["pageInfo"] == info | ends
    assert page["totalCount"] == total


def walked(page: Any, keys: list[str], size: int) -> None:
    """Both ways through all pages, each record once."""
    after = None
    for start in range(0, max(1, len(keys)), size):
        found = page(first=size, after=after)
        more, less = start + size < len(keys), after is not None
        expected = keys[start : start + size]
        check(found, expected, len(keys), hasNextPage=more, hasPreviousPage=less)
        after = found["pageInfo"]["endCursor"]
    before = None
    for stop in range(len(keys), 0, -size):
        found = page(last=size, before=before)
        more, less = before is not None, stop > size
        expected = keys[max(0, stop - size) : stop]
        check(found, expected, len(keys), hasNextPage=more, hasPreviousPage=less)
        before = found["pageInfo"]["startCursor"]


@given(data=st.data())
@settings(max_examples=6, phases=[Phase.generate])
def test_pages_in_default_order_show_each_record_once(draw, ask, data):
    world, orders = data.draw(ordered())
    draw(world)
    for name, keys in orders.items():
        document = PAGE % name

        def page(name=name, document=document, **window: Any) -> dict[str, Any]:
            return ask(document, **window)[name]

        walked(page, keys, data.draw(st.integers(1, 4)))
        if not keys:
            continue
        cursors = [edge["cursor"] for edge in page(first=200)["edges"]]
        places = st.integers(0, len(keys) - 1)
        low, high, size = data.draw(places), data.draw(places), data.draw(places) + 1
        window = {"after": cursors[low], "before": cursors[high]}
        inside = keys[low + 1 : high]
        assert keys_of(page(first=size, **window)) == inside[:size]
        assert keys_of(page(last=size, **window)) == inside[-size:]


@given(data=st.data())
@settings(max_examples=4, phases=[Phase.generate])
def test_pages_of_what_hangs_on_a_member_show_each_record_once(draw, ask, data):
    world, orders = data.draw(ordered())
    draw(world)
    for name in ("exchanges", "investments", "referrals", "serviceCases"):
        inner = PAGE.replace(" %s(", f' member(key: "hub") {{ {name}(') % () + " }"

        def page(name=name, document=inner, **window: Any) -> dict[str, Any]:
            return ask(document, **window)["member"][name]

        walked(page, orders[name], data.draw(st.integers(1, 4)))


def test_a_next_page_is_the_same_whatever_changed_before_it(draw, ask, graph, runner):
    keys = [f"{n:02d}" for n in range(0, 20, 2)]
    draw({"capabilities": [{"key": key, "name": key} for key in keys]})
    document = PAGE % "capabilities"
    first = ask(document, first=4)["capabilities"]
    assert keys_of(first) == ["00", "02", "04", "06"]
    for text in (
        "CREATE (:Capability {key: '01', name: '01'})",
        "CREATE (:Capability {key: '05', name: '05'})",
        "MATCH (c:Capability) WHERE c.key IN ['00', '06'] DETACH DELETE c",
    ):
        runner.run(graph._driver.execute_query(text, database_=graph._database))
    after = first["pageInfo"]["endCursor"]
    second = ask(document, first=4, after=after)["capabilities"]
    assert keys_of(second) == ["08", "10", "12", "14"]
    before = second["pageInfo"]["startCursor"]
    assert keys_of(ask(document, last=4, before=before)["capabilities"]) == [
        "01",
        "02",
        "04",
        "05",
    ]


def test_a_page_has_twenty_records_unless_asked_otherwise(draw, ask):
    draw({"capabilities": [{"key": f"{n:03d}"} for n in range(230)]})
    document = PAGE % "capabilities"
    sizes = {
        20: [{}, {"first": None}, {"last": None, "after": None}],
        200: [{"first": 200}, {"last": 200}],
    }
    for size, windows in sizes.items():
        for window in windows:
            found = ask(document, **window)["capabilities"]
            assert (len(found["nodes"]), found["totalCount"]) == (size, 230)


# Errors

CURSOR = encode_parts(["Capability", "a", "a"])
ERRORS = {
    "first and last": ("capabilities(first: 1, last: 1)", "one of them"),
    "first 0": ("capabilities(first: 0)", "first: expected 1 to 200, got 0"),
    "first 201": ("capabilities(first: 201)", "first: expected 1 to 200, got 201"),
    "last 0": ("capabilities(last: 0)", "last: expected 1 to 200, got 0"),
    "last -1": ("teams(last: -1)", "last: expected 1 to 200, got -1"),
    "no cursor": (
        'capabilities(after: "what")',
        "after: expected a cursor from this API, got 'what'",
    ),
    "blank cursor": ('teams(before: "")', "before: expected a cursor from this API"),
    "a cursor without its checksum": (
        f'capabilities(before: "{CURSOR}")',
        "before: expected a cursor from this API",
    ),
    "another's cursor": (
        f'teams(before: "{encode_cursor("Capability", ["a", "a"])}")',
        "before: the cursor was made for another type, order, filter or asOf",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_bad_window_is_the_clients_error(draw, ask, name):
    field, says = ERRORS[name]
    draw({"members": [member("a")]})
    [error] = ask(f"{{ {field} {{ totalCount nodes {{ id }} }} }}", errors=True)[
        "errors"
    ]
    assert error.original_error.code == "BAD_USER_INPUT"
    assert says in error.message


@pytest.mark.parametrize(
    "id",
    [
        "",
        "what",
        "é",
        encode_parts(["Nothing", "a"]),
        encode_parts("Team"),
        encode_parts(["Team"]),
    ],
)
def test_a_bad_id_is_the_clients_error(ask, id):
    text = "query ($id: ID!) { node(id: $id) { id } }"
    [error] = ask(text, errors=True, id=id)["errors"]
    assert error.original_error.code == "BAD_USER_INPUT"
    assert error.message == f"id: expected an id from this API, got {id!r}."


def test_too_many_ids_are_the_clients_error(ask):
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [global_id("Team", str(n)) for n in range(201)]
    [error] = ask(text, errors=True, ids=ids)["errors"]
    assert error.original_error.code == "BAD_USER_INPUT"
    assert error.message == "ids: expected at most 200, got 201."
    assert ask(text, ids=ids[:200]) == {"nodes": [None] * 200}


# No statement a row

BRANCHED = """query ($first: Int) { organisations(first: $first) { totalCount nodes {
  exchanges { totalCount nodes { source { key } target { key sector } } }
  memberships { nodes { target { key memberships(first: 3) { nodes { key } } } } }
  referrals { nodes { customer { key } provider { key } contract { key } } }
} } }"""
CHAIN = """query ($first: Int) { organisations(first: $first) { nodes {
  exchanges(direction: OUT) { nodes { target {
    memberships { nodes { target { key } } } } } } } } }"""


def test_the_number_of_statements_does_not_grow_with_the_records(draw, ask, caplog):
    keys = [f"m{n:02d}" for n in range(20)]
    pairs = list(zip(keys, keys[1:] + keys[:1], strict=True))
    draw(
        {
            "members": [member(key) for key in keys],
            "ties": [tie("EXCHANGE", *pair) for pair in pairs]
            + [tie("DEPENDENCY", *pair) for pair in pairs]
            + [tie("MEMBERSHIP", key, "club") for key in keys],
            "communities": [{"key": "club"}],
            "referrals": [
                {"key": a + b, "referrer": a, "customer": b, "provider": a}
                for a, b in pairs
            ],
        }
    )

    def statements(document: str, first: int) -> list[str]:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "service.graph"):
            found = ask(document, first=first)["organisations"]["nodes"]
        assert len(found) == first
        return [record.args[0] for record in caplog.records]

    assert statements(CHAIN, 5) == statements(CHAIN, 15)
    assert len(statements(CHAIN, 15)) == 5
    # Branches may share a statement or not, as their answers come in.
    for first in (5, 15):
        assert len(statements(BRANCHED, first)) <= 14
