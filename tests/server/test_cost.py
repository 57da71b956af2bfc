"""What a request may cost: computed before it is executed, refused above the limit."""

import asyncio
import re
from pathlib import Path

import pytest
from graphql import (
    get_introspection_query,
    get_named_type,
    is_required_argument,
    parse,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from schema.context import Context
from schema.execution.documents import check_document
from schema.execution.engine import GraphQLEngine
from schema.execution.limits import Limits, limits_of
from schema.execution.response_size import points_of, shape_of
from schema.query import schema
from schema.records.node import global_id
from schema.types.analysis_field import BasePrice, base_price
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.docs.pages import examples

SETTINGS = Settings()
PAGE = SETTINGS.max_page
SHORT = 20  # a page without `first`
BASE = int(BasePrice.NETWORK)


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw(seeds.FOLDER / "demo")


def price(text, variables=None, operation=None):
    found = check_document(schema._schema, text, limits_of(SETTINGS), PAGE)
    assert found.errors == ()
    return found.operations[operation].price(variables or {})


@pytest.fixture(scope="module")
def answer(graph, runner):
    """The whole response to one document, with limits."""

    def answer(text, variables=None, **given):
        settings = Settings(**given)
        context = Context(graph, settings, Snapshots(graph, settings), may_write=True)
        engine = GraphQLEngine(settings)
        return runner.run(engine.execute(text, variables, None, context)).body

    return answer


GROUPS = """{ organisationsAggregate { groupBy(keys: [{ field: REGION }] %s) {
  nodes { keys { name value } count } hasMore } } }"""
MAP = """{ networkMap(network: { ties: [EXCHANGE] } %s) {
  nodes { id } links { weight id } } }"""
TEAMS = "organisations(first: 3) { nodes { name affiliations"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("{ __typename }", 1),
        ("{ __schema { types { name fields { name } } } }", 0),
        ('{ organisation(key: "a") { key name roles } }', 3),
        ("{ organisations { totalCount } }", 1),
        ("{ organisations { nodes { name } } }", SHORT),
        ("{ organisations(first: 7) { nodes { name key } totalCount } }", 15),
        ("{ organisations(last: 7) { edges { cursor node { key } } } }", 14),
        ("{ organisations(first: null) { nodes { name } } }", SHORT),
        ("{ organisations(first: 5000) { nodes { name } } }", PAGE),
        (f"{{ {TEAMS}(first: 4) {{ nodes {{ key }} }} }} }} }}", 3 + 3 * 4),
        (f"{{ {TEAMS} {{ nodes {{ key }} }} }} }} }}", 3 + 3 * SHORT),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ organisation(key: "a") { attributes { name text } } }', 100 * 2),
        ('{ member(key: "a") { attributes(names: ["b", "c"]) { text } } }', 2),
        ("{ teams(first: 3) { nodes { attributes { text } } } }", 3 * 10),
        ('{ teams(first: 3) { nodes { attributes(names: "b") { text } } } }', 3),
        ("{ weakNodes { members { totalLoss member { key name } } } }", BASE + 20 * 3),
        ("{ weakNodes(first: 2) { members { totalLoss } hurtingCount } }", BASE + 3),
        ("{ weakNodes(first: 2) { about { warnings parameters } } }", BASE + 2),
        ("{ weakNodes(first: null) { members { totalLoss } } }", BASE + 20),
        ("{ a: weakNodes { nullReason } b: weakNodes { nullReason } }", 2 * BASE + 2),
        ('{ keyPeople(organisation: "a") { nullReason } }', BasePrice.MEMBER + 1),
        (GROUPS % "", 100 * (2 * 5 + 1) + 1),  # a group has at most five keys
        (GROUPS % "first: 7", 7 * (2 * 5 + 1) + 1),
        (MAP % "", BASE + 200 + 1_000 * 2),
        (MAP % "first: 3, firstLinks: 7", BASE + 3 + 7 * 2),
        (MAP % "first: 9000, firstLinks: 9000", BASE + 2_000 + 9_000 * 2),
        ("{ a: __typename b: __typename a: __typename }", 2),
        ('{ member(key: "a") { key ... on Team { headcount } } }', 2),
        (
            '{ member(key: "a") { key ...P ... on Team { headcount teamKind } } }'
            " fragment P on Person { favoursOpen }",
            3,  # a team has more properties than a person
        ),
    ],
)
def test_a_price_is_the_values_that_may_come(text, points):
    assert price(text) == points


SIZED = """query ($first: Int = 5, $with: Boolean = true) {
  organisations(first: $first) { nodes { key name @include(if: $with) } } }"""


@pytest.mark.parametrize(
    ("variables", "points"),
    [
        ({}, 10),
        ({"first": 2}, 4),
        ({"first": None}, 2 * SHORT),
        ({"with": False}, 5),
        ({"first": "odd"}, 2 * SHORT),
        ({"first": -3}, 0),
    ],
)
def test_variables_and_their_defaults_count(variables, points):
    assert price(SIZED, variables) == points
    assert price(SIZED, variables) == points


def base_of(text):
    """The base prices of the root fields of a document."""
    fields = schema._schema.query_type.fields
    [definition] = parse(text).definitions
    nodes = definition.selection_set.selections
    return sum(base_price(fields[node.name.value]) for node in nodes)


def questions():
    """The root fields that answer with `about`, and their base prices."""
    return {
        name: base_price(field)
        for name, field in schema._schema.query_type.fields.items()
        if "about" in getattr(get_named_type(field.type), "fields", ())
    }


def test_each_question_has_a_base_price_and_no_read_has():
    prices = questions()
    assert set(prices.values()) == set(BasePrice)
    fields = schema._schema.query_type.fields
    assert {name for name, field in fields.items() if base_price(field)} == {*prices}


def test_the_docs_list_the_base_prices():
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    for base in BasePrice:
        [row] = re.findall(rf"^\| {base:,} \| (.*)$", text, re.MULTILINE)
        of_this_price = {name for name, price in questions().items() if price == base}
        if base is not BasePrice.NETWORK:  # all others
            assert set(re.findall(r"`(\w+)`", row)) == of_this_price


def test_many_analyses_in_one_document_are_refused_and_a_few_are_not(answer):
    names = [name for name, base in questions().items() if base >= BASE]
    bodies = {name: selection(name) for name in names}
    assert len(names) > 15
    for count, is_refused in ((15, True), (9, False)):
        fields = (
            f"a{i}: {name} {bodies[name]}" for i, name in enumerate(names[:count])
        )
        text = f"{{ {' '.join(fields)} }}"
        assert (price(text) > SETTINGS.max_cost) is is_refused
    aliases = (f"a{i}: weakNodes {{ nullReason }}" for i in range(15))
    body = answer(f"{{ {' '.join(aliases)} }}")
    assert body["errors"][0]["extensions"]["code"] == "COST_LIMIT_EXCEEDED"


def selection(name):
    """Required arguments with any value, and the warnings of the answer."""
    field = schema._schema.query_type.fields[name]
    required = [
        f"{argument}: {required_value(details.type)}"
        for argument, details in field.args.items()
        if is_required_argument(details)
    ]
    arguments = f"({', '.join(required)})" if required else ""
    return f"{arguments} {{ about {{ warnings }} }}"


def required_value(kind):
    values = {"String": '"a"', "Float": "1", "Date": '"2026-01-01"', "GroupKey": "KIND"}
    return values.get(get_named_type(kind).name, "{ ties: [EXCHANGE] }")


def test_ids_by_variable_count_each():
    text = "query ($ids: [ID!]!, $one: ID!) { a: nodes(ids: $ids) { id } "
    text += "b: nodes(ids: [$one, $one]) { id } }"
    assert price(text, {"ids": ["x"] * 9, "one": "y"}) == 11


def test_above_the_limit_nothing_is_executed_and_the_numbers_are_told(answer):
    text = "{ organisations { nodes { key name } } }"
    body = answer(text, max_cost=2 * SHORT - 1)
    (error,) = body["errors"]
    assert error["extensions"] == {"code": "COST_LIMIT_EXCEEDED"}
    assert f"{2 * SHORT:,} points; the limit is {2 * SHORT - 1:,}" in error["message"]
    assert "data" not in body
    assert body["extensions"]["cost"] == {
        "requested": 2 * SHORT,
        "actual": 0,
        "limit": 2 * SHORT - 1,
    }
    cost = answer(text, max_cost=2 * SHORT)["extensions"]["cost"]
    assert cost == {"requested": 2 * SHORT, "actual": 2 * SHORT, "limit": 2 * SHORT}


def test_groups_of_each_record_of_a_page_are_not_refused(answer):
    text = """{ organisations { nodes { key investmentsAggregate { groupBy(
      keys: [{ source: REGION }, { field: ON, bucket: YEAR }]) { hasMore nodes {
        keys { name value } count amount { sum count currency nullReason } } }
      } } } }"""
    body = answer(text)
    assert "errors" not in body
    cost = body["extensions"]["cost"]
    assert cost["requested"] == SHORT * (1 + 1 + 100 * (2 * 5 + 1 + 4))
    assert 0 < leaves(body["data"]) == cost["actual"] <= cost["requested"]


def test_a_deep_list_of_lists_is_refused_by_default(answer):
    most = f"(first: {PAGE})"
    text = f"{{ organisations{most} {{ nodes {{ exchanges{most} {{ nodes {{ target {{"
    text += f" exchanges{most} {{ nodes {{ key }} }} }} }} }} }} }} }}"
    body = answer(text)
    assert body["errors"][0]["extensions"]["code"] == "COST_LIMIT_EXCEEDED"
    assert body["extensions"]["cost"]["requested"] == PAGE**3


def test_every_refusal_says_what_it_cost(answer):
    for text in ("{", "{nix}", "query A {__typename} query B {__typename}"):
        cost = {"requested": 0, "actual": 0, "limit": 100_000}
        assert answer(text)["extensions"] == {"cost": cost}


def test_the_questions_of_the_docs_the_demo_and_the_editor_pass(answer):
    """By their prices; that no answer costs more has a test of its own."""
    files = sorted((Path(seeds.FOLDER) / "demo" / "questions").glob("*.graphql"))
    texts = [file.read_text() for file in files]
    texts += [example.text for example in examples() if not example.subscribes]
    assert len(texts) > 30
    for text in texts:
        [operation] = parse(text).definitions
        name = operation.name.value if operation.name else None
        assert 0 < price(text, operation=name) <= SETTINGS.max_cost, text
    body = answer(get_introspection_query(input_value_deprecation=True))
    assert "errors" not in body
    assert body["extensions"]["cost"]["requested"] == 0


def leaves(value):
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return sum(map(leaves, value))
    return 0 if value == [] else 1


LISTS = ("exchanges", "employments", "contracts", "dependencies", "memberships")
ENDS = {"contracts": "target { key title parties(first: 2) { nodes { role } } }"}
ENDS |= {"memberships": "target { key kind }"}


@st.composite
def documents(drawn):
    """Pages of members with pages of their ties, with fragments and aliases."""
    parts = []
    for place in range(drawn(st.integers(1, 3))):
        name = drawn(st.sampled_from(LISTS))
        size = drawn(st.sampled_from(["", "(first: 1)", "(last: 3)"]))
        end = ENDS.get(name, "source { key } target { name ...Named }")
        parts.append(f"a{place}: {name}{size} {{ totalCount nodes {{ key {end} }} }}")
    first = drawn(st.integers(1, 9))
    return (
        f"{{ members(first: {first}) {{ nodes {{ __typename key ...Named "
        f"... on Person {{ favoursOpen }} {' '.join(parts)} }} }} }}"
        " fragment Named on Member { name ... on Team { headcount } }"
    )


@pytest.fixture(scope="module")
def unlimited(answer):
    return lambda text: answer(text, max_cost=10**9, max_aliases=99)


@settings(max_examples=20)
@given(documents())
def test_no_answer_has_more_values_than_its_price(unlimited, text):
    body = unlimited(text)
    assert "errors" not in body
    cost = body["extensions"]["cost"]
    # Lists of records alone were asked for: an empty one has no value.
    assert leaves(body["data"]) == cost["actual"] <= cost["requested"]


DEFAULTS = {
    "a map": MAP % "",
    "a map of a report": """{ ecosystemReport(community: "demo") {
      map { nodes { id } links { id } } brokerage { brokers { member { key } } } } }""",
    "groups by two keys": """{ exchangesAggregate {
      groupBy(keys: [{ source: KEY }, { target: KEY }]) {
        hasMore nodes { keys { name value } value { sum count } } } } }""",
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_size_has_no_more_values_than_its_price(unlimited, name):
    body = unlimited(DEFAULTS[name])
    assert "errors" not in body
    cost = body["extensions"]["cost"]
    values = cost["requested"] - base_of(DEFAULTS[name])
    assert 100 < cost["actual"] <= values <= 10_000


def test_counting_is_the_same_with_and_without_the_short_way():
    text = "{ a { b c } } "
    shape = shape_of(document := parse(text), document.definitions[0])
    rows = [{"b": 1, "c": None}, {"b": [1, 2], "c": {"json": [1, 2]}}]
    assert points_of({"a": rows}, shape) == 4
    assert points_of({"a": [*rows, None]}, shape) == 5
    assert points_of({"a": []}, shape) == 0


@pytest.mark.parametrize(
    ("setting", "text", "what"),
    [
        ("max_depth", '{organisation(key:"a"){key}}', "levels"),
        ("max_aliases", "{a:__typename b:__typename}", "aliases"),
        ("max_root_fields", "{__typename ...F} fragment F on Query {__typename}", "ro"),
        (
            "max_directives",
            "{__typename @skip(if: false) ...F @skip(if: false)}"
            " fragment F on Query {__typename}",
            "directives",
        ),
        ("max_tokens", "{__typename}", "tokens"),
        ("max_list_length", '{nodes(ids:["a","b"]){id}}', "2 items"),
    ],
)
def test_each_cap_is_a_setting_that_its_error_names(answer, setting, text, what):
    body = answer(text, **{setting: 1})
    (error,) = body["errors"]
    assert what in error["message"]
    if setting != "max_tokens":  # the parser's own words
        assert f"VALUENET_{setting.upper()}" in error["message"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_a_long_list_in_a_variable_is_refused(answer):
    text = "query ($ids: [ID!]!) {nodes(ids: $ids) {id}}"
    body = answer(text, {"ids": ["x"] * 4}, max_list_length=3)
    assert "4 items, the limit is 3" in body["errors"][0]["message"]
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_of_many_faults_only_the_first_are_told(answer):
    text = "{__typename " + "@nix" * 10 + "}"
    assert len(answer(text, max_errors=3)["errors"]) == 4  # the last says so
    found = check_document(schema._schema, text, Limits(), PAGE)
    assert len(found.errors) > 9


@pytest.mark.parametrize("door", ["value", "rows"])
def test_a_request_that_takes_too_long_is_ended_and_so_is_its_transaction(
    answer, graph, runner, monkeypatch, door
):
    """Against a statement that would run for minutes."""
    from service.graph import Graph
    from service.graph.statements import Statement

    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b"
    slow += " RETURN [] AS labels, {key: toString(count(a))} AS properties"
    endless = Statement("endless", slow, "", {"keys": []}, ("labels", "properties"))
    usual = getattr(Graph, door)

    async def slowly(self, statement, *others, **params):
        return await usual(self, endless, *others, **params)

    monkeypatch.setattr(Graph, door, slowly)
    ids = "" if door == "value" else f'nodes(ids: ["{global_id("Team", "a")}"]) {{id}}'
    text = f'{{organisation(key: "a") {{key}} {ids}}}'
    body = answer(text, timeout_seconds=0.5)
    assert body["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert body["data"] in (None, {"organisation": None})
    assert runner.run(gone(graph)) == []


async def gone(graph):
    """The transactions of that name that are left after some seconds."""
    show = "SHOW TRANSACTIONS YIELD metaData, status WHERE metaData.name = 'endless'"
    for _ in range(100):
        found = await graph._driver.execute_query(f"{show} RETURN status")
        if not found.records:
            return []
        await asyncio.sleep(0.1)
    return found.records
