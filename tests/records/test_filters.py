"""Filters, orders, pages and aggregates of records against plain Python."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.oracles.records import ATTRIBUTES, Asked, Graph, measured
from tests.records.test_records import walked
from tests.support.answers import same
from tests.support.read_arguments import filters, orders
from tests.support.worlds import member, tie, weighted_networks

NAMES = [
    "A",
    "a",
    "Aa",
    "B",
    "\ue000",
    "\ue000a",
    "😀",
    "a😀",
    "a\uffee",
    "'\"`$",
    "m0",
]
ROOT = """query (
  $filter: %(kind)sFilter, $order: [%(kind)sOrder!], $asOf: Date,
  $first: Int, $after: String, $last: Int, $before: String
) { found: %(field)s(filter: $filter, orderBy: $order, asOf: $asOf,
    first: $first, after: $after, last: $last, before: $before) { ...all } }"""
AROUND = """query (
  $filter: %(kind)sFilter, $order: [%(kind)sOrder!], $asOf: Date, $key: String!,
  $way: Direction, $first: Int, $after: String, $last: Int, $before: String
) { member(key: $key) { found: %(field)s(direction: $way,
    filter: $filter, orderBy: $order, asOf: $asOf,
    first: $first, after: $after, last: $last, before: $before) { ...all } } }"""
ALL = """ fragment all on %(kind)sConnection {
  edges { cursor node { key } } nodes { key } totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"""
FIELDS = {"Member": "members", "Exchange": "exchanges", "Investment": "investments"}

DEFAULT_ORDERS = {
    "Member": [{"field": "NAME"}],
    "Exchange": [],
    "Investment": [{"field": "ON"}],
}


@st.composite
def named_worlds(draw: Any) -> Any:
    """A network whose members have odd names."""
    world = draw(weighted_networks())
    for row in world["members"]:
        row["name"] = draw(st.sampled_from(NAMES))
    cells = st.sampled_from(sorted(ATTRIBUTES))
    for row in [*world["members"], *world["ties"]]:
        row |= {"x:tier": draw(cells), "x:GO term": draw(cells)}
    return world


def days() -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, None, "2026-11-01", "2021-06-01"])


@given(data=st.data())
@settings(max_examples=6, phases=[Phase.generate])
def test_filters_and_orders_find_what_plain_python_finds(draw, ask, data):
    world = data.draw(named_worlds())
    draw(world)
    graph = Graph(world)
    for kind, field in [*FIELDS.items(), ("Member", "members")]:
        asked = {"filter": data.draw(filters(kind)), "order": data.draw(orders(kind))}
        as_of = data.draw(days())
        document = (ROOT + ALL) % {"kind": kind, "field": field}

        def page(document=document, asked=asked, as_of=as_of, **window: Any) -> Any:
            return ask(document, **asked, asOf=as_of, **window)["found"]

        expected = Asked(graph, as_of).listed(
            graph.of(kind), asked["filter"], asked["order"] or DEFAULT_ORDERS[kind]
        )
        walked(page, [one["key"] for one in expected], data.draw(st.integers(3, 7)))


@given(data=st.data())
@settings(max_examples=5, phases=[Phase.generate])
def test_so_they_do_for_what_hangs_on_a_member(draw, ask, data):
    world = data.draw(named_worlds())
    draw(world)
    graph = Graph(world)
    for kind, field in [("Exchange", "exchanges"), ("Investment", "investments")]:
        anchor = data.draw(st.sampled_from(graph.members))
        way = data.draw(st.sampled_from(["OUT", "IN", "BOTH"]))
        asked = {
            "filter": data.draw(filters(kind, nested=True)),
            "order": data.draw(orders(kind, nested=True)),
        }
        as_of = data.draw(days())
        document = (AROUND + ALL) % {"kind": kind, "field": field}
        fixed = {**asked, "asOf": as_of, "key": anchor["key"], "way": way}

        def page(document=document, fixed=fixed, **window: Any) -> Any:
            return ask(document, **fixed, **window)["member"]["found"]

        expected = Asked(graph, as_of).listed(
            graph.around(anchor, field, way),
            asked["filter"],
            asked["order"] or DEFAULT_ORDERS[kind],
            anchor,
        )
        walked(page, [one["key"] for one in expected], data.draw(st.integers(2, 4)))


@given(data=st.data())
@settings(max_examples=5, phases=[Phase.generate])
def test_an_order_never_changes_which_records_come(draw, ask, data):
    world = data.draw(named_worlds())
    draw(world)
    document = (ROOT + ALL) % {"kind": "Member", "field": "members"}
    wanted = data.draw(filters("Member"))
    keys = [
        sorted(
            node["key"]
            for node in ask(
                document, filter=wanted, order=data.draw(orders("Member")), first=200
            )["found"]["nodes"]
        )
        for _ in range(3)
    ]
    assert keys[0] == keys[1] == keys[2]


SUMS = """query ($filter: ExchangeFilter, $asOf: Date, $way: Direction) {
  exchangesAggregate(filter: $filter, asOf: $asOf) { ...sums
    groupBy(keys: [{ field: CURRENCY }, { field: SINCE, bucket: QUARTER }]) {
      hasMore nodes { keys { name value } count value { sum } } } }
  members(first: 200) { nodes { key
    exchangesAggregate(filter: $filter, asOf: $asOf, direction: $way) { ...sums } } } }
fragment sums on ExchangeAggregate { count
  value { count distinct sum avg min max median stdev currency }
  since { count min max } }"""
OF_VALUES = ("count", "distinct", "sum", "avg", "min", "max", "median", "stdev")


def sums(ties: list[dict[str, Any]]) -> dict[str, Any]:
    value = {name: measured(ties, "value", name) for name in OF_VALUES}
    held = {t["currency"] for t in ties if t.get("value") is not None}
    value = {n: None if v is None else float(v) for n, v in value.items()}
    [*one] = held - {None}
    value["currency"] = one[0] if len(one) == 1 else None
    since = {name: measured(ties, "since", name) for name in ("count", "min", "max")}
    dates = {n: v.isoformat() if n != "count" and v else v for n, v in since.items()}
    return {"count": len(ties), "value": value, "since": dates}


def groups(ties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for one in ties:
        since = one["since"]
        quarter = since and f"{since.year:04d}-Q{(since.month + 2) // 3}"
        found.setdefault((one.get("currency"), quarter), []).append(one)
    several = sorted(found.items(), key=lambda pair: [(k is None, k) for k in pair[0]])
    sums = {key: measured(held, "value", "sum") for key, held in several}
    return [
        {
            "keys": [
                {"name": "currency", "value": currency},
                {"name": "since", "value": quarter},
            ],
            "count": len(held),
            "value": {"sum": sums[currency, quarter]},
        }
        for (currency, quarter), held in several
    ]


@given(data=st.data())
@settings(max_examples=5, phases=[Phase.generate])
def test_aggregates_are_what_plain_python_makes_of_the_values(draw, ask, data):
    world = data.draw(named_worlds())
    draw(world)
    graph = Graph(world)
    wanted = data.draw(st.one_of(st.just({}), filters("Exchange")))
    as_of = data.draw(days())
    way = data.draw(st.sampled_from(["OUT", "IN", "BOTH"]))
    got = ask(SUMS, filter=wanted, asOf=as_of, way=way)
    asked = Asked(graph, as_of)
    kept = asked.listed(graph.of("Exchange"), wanted, [])
    whole = sums(kept) | {"groupBy": {"hasMore": False, "nodes": groups(kept)}}
    same(got["exchangesAggregate"], whole)
    for node in got["members"]["nodes"]:
        ties = graph.around(graph.by_key[node["key"]], "exchanges", way)
        same(node["exchangesAggregate"], sums(asked.listed(ties, wanted, [])))


# Worked out by hand


def invested(key: str, amount: str, on: str, **columns: str) -> dict[str, str]:
    return tie("INVESTMENT", "x", "a", key=key, amount=amount, on=on, **columns)


def test_a_sum_of_unknown_amounts_is_null_with_a_reason(draw, ask):
    """Of 2020 no amount is known, of 2021 one of two; in 2022 one is 0."""
    rounds = [("one", "", "2020-05-01"), ("two", "", "2020-06-01")]
    rounds += [("three", "7", "2021-05-01"), ("four", "", "2021-06-01")]
    rounds += [("five", "0", "2022-05-01")]
    draw({"members": [*map(member, "xa")], "ties": [invested(*r) for r in rounds]})
    text = """query ($of: InvestmentFilter) { investmentsAggregate(filter: $of) {
      count amount { sum count currency withoutCurrency nullReason }
      groupBy(keys: [{ field: ON, bucket: YEAR }]) { nodes {
        keys { value } count amount { sum count nullReason } } } }
      organisations(filter: { key: { eq: "a" } }) { nodes {
        investmentsAggregate(direction: IN, filter: $of) { amount { sum } } } } }"""
    unknown = {"sum": None, "count": 0, "nullReason": "No record has a value."}
    got = ask(text)["investmentsAggregate"]
    assert got["amount"] == {
        "sum": 7,
        "count": 2,
        "currency": None,
        "withoutCurrency": 2,
        "nullReason": None,
    }
    groups = got["groupBy"]["nodes"]
    years = [(g["keys"][0]["value"], g["count"], g["amount"]) for g in groups]
    assert years == [
        ("2020", 2, unknown),
        ("2021", 2, {"sum": 7, "count": 1, "nullReason": None}),
        ("2022", 1, {"sum": 0, "count": 1, "nullReason": None}),
    ]
    got = ask(text, of={"on": {"lt": "2021-01-01"}})
    assert got["investmentsAggregate"]["amount"] == {
        **unknown,
        "currency": None,
        "withoutCurrency": 0,
    }
    [own] = got["organisations"]["nodes"]
    assert own["investmentsAggregate"]["amount"]["sum"] is None
    # Nothing is unknown where there is no record.
    got = ask(text, of={"on": {"gt": "2023-01-01"}})["investmentsAggregate"]
    assert got["amount"]["sum"] == 0
    assert got["groupBy"]["nodes"] == []


def test_what_is_too_large_for_a_number_is_null_with_a_reason(draw, ask):
    amounts = {"one": "1.7e308", "two": "1.7e308", "three": "-1.7e308"}
    rounds = [invested(key, amount, "2020-05-01") for key, amount in amounts.items()]
    draw({"members": [*map(member, "xa")], "ties": rounds})
    text = """query ($of: InvestmentFilter) { investmentsAggregate(filter: $of) {
      amount { sum stdev max nullReason } groupBy(keys: [{ target: KEY }]) { nodes {
        amount { sum nullReason } } } } }"""
    got = ask(text, of={"amount": {"gt": 0}})["investmentsAggregate"]
    largest = "a result is beyond the largest number, 1.8e308."
    reason = f"The values are too large for sum: {largest}"
    assert got["amount"] == {
        "sum": None,
        "stdev": 0,
        "max": 1.7e308,
        "nullReason": reason,
    }
    assert got["groupBy"]["nodes"] == [{"amount": {"sum": None, "nullReason": reason}}]
    got = ask(text, of={"key": {"in": ["one", "three"]}})["investmentsAggregate"]
    assert got["amount"] == {
        "sum": 0,
        "stdev": None,
        "max": 1.7e308,
        "nullReason": f"The values are too large for stdev: {largest}",
    }


@pytest.fixture(scope="module")
def funded(draw):
    """a has 100 SEK and 50 SEK, b 10 SEK and 5 EUR, c nothing; d is a past firm."""
    rounds = [
        ("x", "a", "100", "SEK"),
        ("y", "a", "50", "SEK"),
        ("x", "b", "10", "SEK"),
    ]
    rounds += [("y", "b", "5", "EUR")]
    draw(
        {
            "members": [
                *(member(key, region="north" if key in "ab" else "") for key in "abc"),
                member("d", until="2020-01-01", region="south"),
                *(member(key, roles="INVESTOR") for key in "xy"),
            ],
            "ties": [
                tie(
                    "INVESTMENT",
                    *ends,
                    amount=amount,
                    currency=currency,
                    on=f"202{n}-05-01",
                )
                for n, (*ends, amount, currency) in enumerate(rounds)
            ],
        }
    )


def test_amounts_of_several_currencies_are_not_added_up(funded, ask):
    text = """{ organisations(filter: { key: { in: ["a", "b", "c"] } }) { nodes { key
      investmentsAggregate(direction: IN) { count
        amount { sum avg stdev currency nullReason } } } }
      investmentsAggregate { groupBy(keys: [{ field: CURRENCY }, { target: KEY }]) {
        nodes { keys { name value } amount { sum } } } } }"""
    got = ask(text)
    none = {"sum": 0, "avg": None, "stdev": None, "currency": None}
    mixed = "The amounts are in EUR, SEK: group by CURRENCY."
    assert [n["investmentsAggregate"] for n in got["organisations"]["nodes"]] == [
        {
            "count": 2,
            "amount": {
                "sum": 150,
                "avg": 75,
                "stdev": pytest.approx(35.35533905932738),
                "currency": "SEK",
                "nullReason": None,
            },
        },
        {"count": 2, "amount": none | {"sum": None, "nullReason": mixed}},
        {"count": 0, "amount": none | {"nullReason": "No record has a value."}},
    ]
    nodes = got["investmentsAggregate"]["groupBy"]["nodes"]
    assert [([k["value"] for k in n["keys"]], n["amount"]["sum"]) for n in nodes] == [
        (["EUR", "b"], 5),
        (["SEK", "a"], 150),
        (["SEK", "b"], 10),
    ]


def test_an_order_by_a_sum_puts_what_has_none_last(funded, ask):
    text = """query ($order: [OrganisationOrder!]) {
      organisations(orderBy: $order, filter: { not: { roles: { has: INVESTOR } } }) {
        nodes { key } } }"""

    def keys(**more: Any) -> list[str]:
        sums = {"direction": "IN", "measure": "SUM", "field": "AMOUNT"}
        found = ask(text, order=[{"investments": sums, **more}])
        return [node["key"] for node in found["organisations"]["nodes"]]

    # b's sum is undefined: two currencies.
    assert keys(direction="DESC") == ["a", "c", "d", "b"]
    assert keys(nulls="FIRST") == ["b", "c", "d", "a"]


def test_a_day_leaves_out_what_is_not_active_on_it(funded, ask):
    text = """query ($day: Date) { organisations(asOf: $day, filter: {
        roles: { isEmpty: true } }) { totalCount nodes { key } }
      organisationsAggregate(asOf: $day) { count }
      investments(asOf: $day) { nodes { source { key } } } }"""
    now, then = ask(text, day="2026-11-01"), ask(text, day="2019-12-31")
    assert [n["key"] for n in now["organisations"]["nodes"]] == ["a", "b", "c"]
    assert [n["key"] for n in then["organisations"]["nodes"]] == ["a", "b", "c", "d"]
    assert (now["organisationsAggregate"], then["organisationsAggregate"]) == (
        {"count": 5},
        {"count": 6},
    )
    assert (len(now["investments"]["nodes"]), then["investments"]["nodes"]) == (4, [])


def test_groups_by_count_come_largest_first_and_say_that_there_are_more(funded, ask):
    text = """query ($first: Int) { organisationsAggregate { groupBy(
      keys: [{ field: REGION }], orderBy: COUNT, first: $first) {
        hasMore nodes { keys { value } count } } } }"""
    got = ask(text, first=2)["organisationsAggregate"]["groupBy"]
    assert got == {
        "hasMore": True,
        "nodes": [
            {"keys": [{"value": None}], "count": 3},
            {"keys": [{"value": "north"}], "count": 2},
        ],
    }


def test_texts_and_days_stand_together_in_groups_and_cursors(funded, ask):
    """Cursors by the executor's route too, which `ask` takes."""
    text = """{ investmentsAggregate { groupBy(
        keys: [{ field: CURRENCY }, { field: SINCE }]) { nodes { keys { value } } } }
      investments(first: 2, orderBy: [{ field: CURRENCY }, { field: SINCE }]) {
        pageInfo { endCursor } } }"""
    got = ask(text)
    keys = [
        [key["value"] for key in group["keys"]]
        for group in got["investmentsAggregate"]["groupBy"]["nodes"]
    ]
    assert all(day is None or date.fromisoformat(day) for _, day in keys)
    assert any(day for _, day in keys)
    assert got["investments"]["pageInfo"]["endCursor"]


BAD = {
    "a cursor of another type": 'organisations(after: "%s") { nodes { key } }',
    "a cursor of another filter": 'members(after: "%s", filter: { or: [] }) '
    "{ totalCount }",
    "a cursor of another day": 'members(after: "%s", asOf: "2020-01-01") '
    "{ totalCount }",
    "a cursor of another order": 'members(after: "%s", orderBy: [{ field: KEY }]) '
    "{ totalCount }",
    "two things in one entry": "members(orderBy: [{ field: KEY, exchanges: {} }]) "
    "{ totalCount }",
    "no other end": "exchanges(filter: { other: {} }) { totalCount }",
    "a bucket of a text": "membersAggregate { "
    "groupBy(keys: [{ field: NAME, bucket: DAY }]) { hasMore } }",
    "no keys": "membersAggregate { groupBy(keys: []) { hasMore } }",
    "a count of a field": "members(orderBy: [{ exchanges: { field: VALUE } }]) "
    "{ totalCount }",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_asked_is_the_clients_error(funded, ask, name):
    [edge] = ask("{ members(first: 1) { edges { cursor } } }")["members"]["edges"]
    text = BAD[name].replace("%s", edge["cursor"])
    found = ask(f"{{ {text} }}", errors=True)
    assert [e.original_error.code for e in found["errors"]] == ["BAD_USER_INPUT"]


def deep(levels: int) -> dict[str, Any]:
    return {"not": deep(levels - 1)} if levels else {"name": {"eq": "a"}}


HOSTILE = {
    "nested far": deep(40),
    "a huge list": {"key": {"in": ["a"] * 5_000}},
    "many conditions": {"and": [{"name": {"eq": "a"}}] * 500},
    "half a character": {"name": {"startsWith": json.loads('"\\ud800"')}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_filter_past_all_bounds_is_refused(funded, ask, name):
    text = "query ($f: MemberFilter) { members(filter: $f) { totalCount } }"
    [error] = ask(text, errors=True, f=HOSTILE[name])["errors"]
    assert error.original_error.code == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "text", ["\0", "'}) DETACH DELETE n //", "`", "\\", "$values.v0", "😀", "%", ".*"]
)
def test_hostile_text_is_text(funded, ask, text):
    document = """query ($t: String!) { members(filter: { or: [
      { name: { contains: $t, containsIgnoreCase: $t } }, { key: { eq: $t } } ] }) {
        totalCount } }"""
    assert ask(document, t=text) == {"members": {"totalCount": 0}}


# While others write


def test_pages_hold_every_lasting_record_once_while_others_come_and_go(
    draw, ask, graph, runner
):
    lasting = [f"k{n:02d}" for n in range(0, 40, 2)]
    draw({"capabilities": [{"key": key, "name": key[-1]} for key in lasting]})
    document = """query ($after: String) { capabilities(first: 3, after: $after,
      orderBy: [{ field: NAME, direction: DESC }]) {
        nodes { key } pageInfo { hasNextPage endCursor } } }"""
    write = "MERGE (c:Capability {key: $key}) SET c.name = right($key, 1)"
    drop = "MATCH (c:Capability {key: $key}) DELETE c"

    async def several(texts: list[tuple[str, str]]) -> None:
        run = graph._driver.execute_query
        await asyncio.gather(
            *(run(t, {"key": k}, database_=graph._database) for t, k in texts)
        )

    seen, after = [], None
    for number in range(100):
        found = ask(document, after=after)["capabilities"]
        seen += [node["key"] for node in found["nodes"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
        comer, goer = f"k{number % 20 * 2 + 1:02d}", f"k{(number * 7) % 20 * 2 + 1:02d}"
        runner.run(several([(write, comer), (drop, goer)]))
    assert [key for key in sorted(seen) if key in lasting] == lasting
    order = [key for key in seen if key in lasting]
    assert order == sorted(sorted(lasting), key=lambda key: key[-1], reverse=True)


NULLS = {
    "a value": ({"name": {"eq": None}}, "filter.name.eq"),
    "two operators": ({"name": {"gt": "a", "lt": None}}, "filter.name.lt"),
    "a list": ({"name": {"in": None}}, "filter.name.in"),
    "case": ({"name": {"containsIgnoreCase": None}}, "filter.name.containsIgnoreCase"),
    "isNull itself": ({"name": {"isNull": None}}, "filter.name.isNull"),
    "an enum": ({"kind": {"ne": None}}, "filter.kind.ne"),
    "a date": ({"since": {"gte": None}}, "filter.since.gte"),
    "roles": ({"roles": {"hasAny": None}}, "filter.roles.hasAny"),
    "all operators": ({"region": None}, "filter.region"),
    "and": ({"and": [{}, {"url": {"ne": None}}]}, "filter.and[1].url.ne"),
    "or": ({"or": None}, "filter.or"),
    "not": ({"not": {"name": {"eq": None}}}, "filter.not.name.eq"),
    "some": (
        {"exchanges": {"some": {"value": {"gt": None}}}},
        "filter.exchanges.some.value.gt",
    ),
    "all": ({"exchanges": {"all": None}}, "filter.exchanges.all"),
    "none": (
        {"exchanges": {"none": {"target": {"name": {"eq": None}}}}},
        "filter.exchanges.none.target.name.eq",
    ),
    "among": ({"exchanges": {"among": None, "some": {}}}, "filter.exchanges.among"),
    "count": ({"exchanges": {"count": {"gt": None}}}, "filter.exchanges.count.gt"),
    "a measure": (
        {"exchanges": {"aggregate": {"value": {"sum": {"gt": None}}}}},
        "filter.exchanges.aggregate.value.sum.gt",
    ),
}
NULL_DOCUMENTS = [
    "query ($f: MemberFilter) { members(filter: $f) { totalCount } }",
    "query ($f: MemberFilter) { membersAggregate(filter: $f) { count } }",
    """query ($f: MemberFilter) { membersAggregate(filter: $f) {
      groupBy(keys: [{ field: KIND }]) { nodes { count } } } }""",
    """query ($f: MemberFilter) { members { nodes {
      exchanges(filter: { other: $f }) { totalCount } } } }""",
    """query ($f: MemberFilter) { members(orderBy: [{ exchanges: {
      among: { other: $f } } }]) { totalCount } }""",
]


@pytest.fixture
def answered(draw, graph, runner):
    """The body of a request by the engine, compiled or by the executor."""
    draw({"members": [member("a"), member("b", region="x")]})
    server = Settings()
    engine = GraphQLEngine(server)

    def answered(text: str, compiled: bool = True, **variables: Any) -> dict[str, Any]:
        context = Context(graph, server, Snapshots(graph, server), may_write=True)
        work = engine.execute(text, variables, None, context, compiled=compiled)
        return runner.run(work).body

    return answered


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("name", NULLS)
def test_null_in_a_filter_is_an_error_with_its_path(answered, name, compiled):
    condition, path = NULLS[name]
    for text in NULL_DOCUMENTS[:3]:
        error = answered(text, compiled, f=condition)["errors"][0]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert error["message"].startswith(f"{path}: null is not a value")
        assert "`isNull: true`" in error["message"]


@pytest.mark.parametrize("compiled", [True, False])
def test_null_within_another_filter_or_an_order_is_an_error(answered, compiled):
    for text, path in zip(
        NULL_DOCUMENTS[3:],
        ("filter.other", "orderBy[0].exchanges.among.other"),
        strict=True,
    ):
        body = answered(text, compiled, f={"region": {"eq": None}})
        assert body["errors"][0]["message"].startswith(f"{path}.region.eq: ")


@pytest.mark.parametrize("compiled", [True, False])
def test_a_null_operator_is_an_error_and_an_absent_one_is_none(answered, compiled):
    text = "query ($r: String, $f: MemberFilter) { members(filter: %s) { totalCount } }"
    eq = text.replace("$f: MemberFilter", "$in: [String!]") % (
        "{ region: { eq: $r, in: $in } }"
    )
    everything = answered("{ members { totalCount } }")["data"]
    assert answered(eq, compiled)["data"] == everything
    for values in ({"r": None}, {"in": None}, {"r": "x", "in": None}):
        [error] = answered(eq, compiled, **values)["errors"]
        name = "eq" if values.get("r", "") is None else "in"
        assert error["message"].startswith(f"filter.region.{name}: null")
    for literal in ("{ region: { eq: null } }", "{ not: { region: { ne: null } } }"):
        body = answered(f"{{ members(filter: {literal}) {{ totalCount }} }}", compiled)
        assert "null is not a value" in body["errors"][0]["message"]
    default = (
        eq.replace("$r: String,", '$r: String = "nowhere",')
        .replace(", in: $in", "")
        .replace(", $in: [String!]", "")
    )
    assert answered(default, compiled)["data"]["members"]["totalCount"] == 0
    assert "errors" in answered(default, compiled, r=None)
    whole = "query ($f: MemberFilter) { members(filter: $f) { totalCount } }"
    assert answered(whole, compiled, f=None)["data"] == everything


def test_null_in_a_list_of_values_or_of_filters_is_an_error(answered):
    text = "query ($in: [String!]) { members(filter: { name: { in: $in } }) {"
    text += " totalCount } }"
    assert "errors" in answered(text, **{"in": ["a", None]})
    assert "errors" in answered("{ members(filter: { or: [null] }) { totalCount } }")


def test_null_in_a_filter_of_changes_is_an_error(answered):
    text = "query ($f: ChangeFilter) { changes(filter: $f) { nodes { key } } }"
    for name in ("kinds", "keys", "operations", "run"):
        [error] = answered(text, f={name: None})["errors"]
        assert error["message"].startswith(f"filter.{name}: null selects nothing")
