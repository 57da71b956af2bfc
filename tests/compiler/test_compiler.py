"""One statement per root field: the executor's route is the oracle of the compiled."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from schema.execution.read_plans import MAX_PLAN_BYTES, MAX_PLANS
from service.graph import Graph
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.compiler import golden
from tests.support.documents import Document, documents
from tests.support.everything import everything
from tests.support.worlds import World, member, networks, prefixed, tie, together

STEMS = {
    "member": "members",
    "contract": "contracts",
    "community": "communities",
    "referral": "referrals",
}

# Db hits over the world of one record a kind, of cases that need more than 40.
BUDGETS = {"three_levels": 80, "records_around": 50, "roles_as_views": 50}


SCANNING = {
    "filtered_page",
    "links_of_a_record",
    "ordered_by_what_hangs_on_it",
    "page_by_date",
}


class Counting(Graph):
    """Notes which statements it runs, and by which door."""

    def __init__(self, graph: Graph):
        self.__dict__ = graph.__dict__.copy()
        self.compiled: list[tuple[str, dict[str, Any]]] = []
        self.write_in_batches = 0

    async def value(self, statement: Any, params: dict[str, Any]) -> Any:
        self.compiled.append((statement.text, params))
        return await super().value(statement, params)

    async def rows(self, statement: Any, row: Any, **params: Any) -> Any:
        self.write_in_batches += 1
        return await super().rows(statement, row, **params)


@pytest.fixture(scope="module")
def both(graph, runner):
    """The answers of both routes, compiled first, and what the first one ran."""
    given = Settings(max_cost=10**12, max_aliases=10**4, max_directives=10**4)
    snapshots, engine = Snapshots(graph, given), GraphQLEngine(given)

    def ask(text: str, variables: dict[str, Any], route: bool, door: Graph) -> bytes:
        context = Context(door, given, snapshots, may_write=True)
        work = engine.execute(text, variables, None, context, compiled=route)
        answer = runner.run(work)
        return orjson.dumps(answer.body)

    def both(text: str, **variables: Any) -> tuple[bytes, bytes, Counting]:
        counting = Counting(graph)
        one = ask(text, variables, True, counting)
        return one, ask(text, variables, False, graph), counting

    return both


def keys_of(world: World) -> dict[str, list[str]]:
    """Keys by the root field that finds them, some of each."""
    found = {name: [r["key"] for r in world.get(s, [])] for name, s in STEMS.items()}
    for kind in ("organisation", "team", "person"):
        rows = world["members"]
        found[kind] = [row["key"] for row in rows if row["kind"].lower() == kind]
    found["investor"] = found["customer"] = found["member"]
    return found


def cursors(answer: Any, found: dict[str, list[str]], owner: str = "") -> None:
    """All cursors in an answer by the type of record, which the aliases show."""
    if isinstance(answer, list):
        for item in answer:
            cursors(item, found, owner)
    for name, item in answer.items() if isinstance(answer, dict) else ():
        told = re.match(r"[abz]\d+_([A-Z]\w+)_", name)
        if isinstance(item, str) and name in {"cursor", "startCursor", "e"}:
            found.setdefault(owner, []).append(item)
        cursors(item, found, told[1] if told else owner)


# Where a field fails, the executor gives up the others; one that was just connecting
# leaves its socket to the collector (the driver's doing).
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=3, phases=[Phase.generate])
@given(data=st.data())
def test_both_routes_give_the_same_answer_to_random_documents(data, draw, both):
    world = together([prefixed(data.draw(networks()), "x"), everything()])
    draw(world)
    routes: Counter[str] = Counter()
    for _ in range(25):
        document = data.draw(documents(keys_of(world)))
        one, other, counted = both(document.text, **document.variables)
        assert alike(one, other), document.text
        routes[route(one, counted, document)] += 1
        found: dict[str, list[str]] = {"": ["not-a-cursor"]}
        cursors(orjson.loads(one)["data"], found)
        for _ in range(2 if document.bounds else 0):
            places = bounds(data, document, found)
            one, other, _ = both(document.text, **document.variables | places)
            assert alike(one, other), (document.text, document.variables | places)
    assert routes["compiled"] > routes["executor"]


def alike(one: bytes, other: bytes) -> bool:
    """Byte by byte; but below one null the executor tells whichever error came first,
    which is not the same each time that it runs."""
    if one == other:
        return True
    ours, theirs = (orjson.loads(body) for body in (one, other))
    codes = [
        {error["extensions"]["code"] for error in body.get("errors", ())}
        for body in (ours, theirs)
    ]
    return ours["data"] == theirs["data"] and codes[0] == codes[1] != set()


def route(answer: bytes, counted: Counting, document: Document) -> str:
    """Which one answered; the compiled one runs a statement for each root field."""
    body = orjson.loads(answer)
    assert "data" in body, body
    if counted.write_in_batches or not counted.compiled or "errors" in body:
        return "executor"
    assert len(counted.compiled) == len(body["data"])
    return "compiled"


def bounds(data: Any, document: Document, found: dict[str, list[str]]) -> Any:
    """A cursor for each variable that takes one, now and then of another type."""
    places = {}
    for name in document.bounds:
        fitting = found.get(name.partition("_")[2]) or found[""]
        others = [text for texts in found.values() for text in texts]
        places[name] = data.draw(st.sampled_from([None, *fitting * 3, *others[:2]]))
    return places


NAMED = """query ($names: [String!], $filter: MemberFilter, $order: [MemberOrder!]) {
  organisation(key: "firm") { attributes(names: $names) { name text } }
  members(filter: $filter, orderBy: $order) { nodes { key } } }"""
LONG = "a" * 81
SOUND: list[dict[str, Any]] = [
    {"names": ["tier", "tier", " due "]},
    {"filter": {"attributes": [{"name": "tier"}]}},
]


@pytest.mark.parametrize(
    "values",
    [
        *SOUND,
        {"names": [LONG]},
        {"names": ["\ud800"]},
        {"names": ["a"] * 101},
        {"filter": {"attributes": [{"name": LONG, "eq": "A"}]}},
        {"filter": {"attributes": [{"name": "tier", "eq": None}]}},
        {"order": [{"attribute": ""}]},
        {"order": [{"attribute": "tier", "field": "KEY"}]},
    ],
)
def test_names_of_attributes_are_checked_on_both_routes(draw, both, values):
    draw(everything())
    both(NAMED, names=None)  # a plan that the next request uses
    one, other, counted = both(NAMED, **values)
    assert one == other
    body = orjson.loads(one)
    assert ("errors" in body) is (values not in SOUND)
    assert counted.compiled or "errors" in body


# Documents of which a part is the executor's

MIXED = """query ($deep: Boolean!, $key: String!) {
  ...Two
  brokerage(network: { ties: [EXCHANGE] }, groupBy: REGION, member: $key) { nodeCount }
  a: organisations(first: 2) { totalCount nodes { key } }
  lost: organisation(key: "nobody") { key }
  __schema @include(if: $deep) { queryType { name } }
}
fragment Two on Query {
  b: organisation(key: $key) { id exchanges { nodes { target { key } } } }
  a: organisations(first: 2) { nodes { name } }
  nodes(ids: []) { id }
}"""


def test_what_has_a_statement_is_read_by_it_beside_what_has_none(draw, both):
    draw(everything())
    for deep in (True, False):
        one, other, counted = both(MIXED, deep=deep, key="firm")
        assert one == other
        assert orjson.loads(one)["data"]["a"]["nodes"][0].keys() == {"name", "key"}
        assert len(counted.compiled) == len(("b", "a", "lost"))
        names = ["b", "a", "nodes", "brokerage", "lost", *["__schema"] * deep]
        assert list(orjson.loads(one)["data"]) == names
    one, other, _ = both(MIXED, deep=True, key="nobody")
    assert one == other
    assert orjson.loads(one)["data"] is None


DAYS = """query ($day: Date, $own: Date) {
  organisations(asOf: $day, orderBy: { field: KEY }) { nodes {
    key exchanges { totalCount nodes { target { exchanges { nodes { key } } } } }
    exchangesAggregate { count }
    own: exchanges(asOf: $own) { nodes { key source { exchanges { totalCount } } } }
  } }
}"""


@pytest.mark.parametrize("own", [None, "2023-01-01", "2026-01-01"])
@pytest.mark.parametrize("day", [None, "2023-01-01", "2026-01-01"])
def test_both_routes_hand_the_day_of_a_connection_down(draw, both, day, own):
    """One exchange until 2024, another from then on; each day shows its own."""
    members = [member("a"), member("b")]
    ties = [tie("EXCHANGE", "a", "b", key="old", until="2024-01-01")]
    ties.append(tie("EXCHANGE", "a", "b", key="new", since="2024-01-01"))
    draw({"members": members, "ties": ties})
    one, other, counted = both(DAYS, day=day, own=own)
    assert one == other
    assert (len(counted.compiled), counted.write_in_batches) == (1, 0)
    by_day = {None: ["new", "old"], "2023-01-01": ["old"], "2026-01-01": ["new"]}
    first, _ = orjson.loads(one)["data"]["organisations"]["nodes"]
    keys = [{"key": key} for key in by_day[day]]
    assert first["exchanges"]["totalCount"] == len(keys)
    assert first["exchangesAggregate"] == {"count": len(keys)}
    ends = [exchange["target"] for exchange in first["exchanges"]["nodes"]]
    assert ends == [{"exchanges": {"nodes": keys}} for _ in keys]
    inner = by_day[own or day]
    counts = [e["source"]["exchanges"]["totalCount"] for e in first["own"]["nodes"]]
    assert [e["key"] for e in first["own"]["nodes"]] == inner
    assert counts == [len(inner)] * len(inner)


# Golden files


@pytest.mark.parametrize("name", golden.names())
def test_a_read_becomes_the_statements_of_its_golden_file(name):
    assert golden.cypher_text(name) == (golden.FOLDER / f"{name}.cypher").read_text(
        "utf-8"
    )


@pytest.fixture(scope="module")
def profiles(draw, graph, runner):
    """(case, summary, whether anything came back) of each golden statement, run."""
    draw(everything())

    async def profiled(text: str, params: dict[str, Any]) -> Any:
        driver, database = graph._driver, graph._database
        found = await driver.execute_query(
            f"PROFILE {text}", params, database_=database
        )
        return found.summary

    return [
        (name, runner.run(profiled(text, params)))
        for name in golden.names()
        for text, params in golden.statements(*golden.case(name))
    ]


def test_the_server_has_no_remark_on_a_golden_statement(profiles):
    remarks = [
        (name, status.status_description)
        for name, summary in profiles
        for status in summary.gql_status_objects
        if not status.gql_status.startswith(("00", "02"))
    ]
    assert remarks == []


def test_a_golden_statement_scans_nothing_that_has_an_index(profiles):
    """Records with a date have no index of their default order: null stands last.

    Nor has a count; and with a filter the planner chooses.
    """
    scans = [
        (name, operator)
        for name, summary in profiles
        for operator in operators(summary.profile)
        if "Scan" in operator
    ]
    assert {name for name, _ in scans} <= SCANNING


def operators(plan: dict[str, Any]) -> list[str]:
    inner = [found for each in plan.get("children", []) for found in operators(each)]
    return [plan["operatorType"], *inner]


def hits(plan: dict[str, Any]) -> int:
    own: int = plan.get("dbHits", 0)
    return own + sum(hits(child) for child in plan.get("children", []))


def test_golden_statements_stay_within_their_budgets(profiles):
    found = dict.fromkeys(golden.names(), 0)
    for name, summary in profiles:
        found[name] += hits(summary.profile)
    assert {name: n for name, n in found.items() if n > BUDGETS.get(name, 40)} == {}


# What enters a statement


@pytest.mark.parametrize("odd", ["n1) DETACH DELETE n //", "'}] RETURN 1 //", "`$x`"])
def test_no_text_of_a_caller_is_part_of_a_statement(odd):
    literal = orjson.dumps(odd).decode()
    text = f"""query Stolen($given: String!) {{
      drop_table: organisation(key: {literal}) {{ match_all: name return_1: key }}
      detach_delete: member(key: $given) {{ union_all: id }} }}"""
    found = golden.statements(text, {"given": odd})
    assert [params for _, params in found] == [{"key_0": odd}, {"key_0": odd}]
    for statement, _ in found:
        for word in (odd, "Stolen", "drop_table", "match_all", "return_1", "union_all"):
            assert word not in statement


def test_documents_that_differ_in_names_and_values_alone_share_their_statement():
    one = golden.statements('{ a: organisation(key: "x") { b: name } }', {})
    other = golden.statements('{ c: organisation(key: "y") { d: name } }', {})
    assert [text for text, _ in one] == [text for text, _ in other]


def test_what_is_kept_of_documents_stays_small():
    plans = golden.PLANNER.plans
    for number in range(MAX_PLANS + 500):
        text = f'{{ organisation(key: "{number}") {{ a{number % 7}: name }} }}'
        assert golden.statements(text, {})[0][1] == {"key_0": str(number)}
    assert len(plans.entries) == MAX_PLANS
    assert 0 < plans.byte_count <= MAX_PLAN_BYTES
