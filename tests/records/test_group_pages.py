"""Groups page to their end, and `having` selects them by their measures."""

from __future__ import annotations

from collections import defaultdict
from math import isclose, sqrt
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.records.ranking_windows import WRITTEN_SINCE
from tests.support.walking import flat, walk
from tests.support.worlds import member, tie

GROUPS = """
query ($keys: [InvestmentGroupKey!]!, $having: InvestmentGroupFilter, $by: GroupOrder,
       $first: Int!, $after: String) {
  investmentsAggregate {
    groupBy(keys: $keys, having: $having, orderBy: $by, first: $first, after: $after) {
      totalCount hasMore pageInfo { hasNextPage endCursor }
      nodes { count keys { value } amount { count sum nullReason } }
    }
  }
}"""
BY_YEAR = [{"field": "CURRENCY"}, {"field": "ON", "bucket": "YEAR"}]
OPTIONAL = ("", "A", "B")


@st.composite
def investments(draw):
    """Rounds with and without an amount, a currency, a day."""
    rows = []
    for number in range(draw(st.integers(0, 14))):
        columns = {
            "amount": draw(st.sampled_from(["", "0", "5", "7.5", "20"])),
            "currency": draw(st.sampled_from(["", "EUR", "SEK"])),
            "on": draw(st.sampled_from(["", "2024-02-01", "2025-03-01", "2025-09-09"])),
        }
        rows.append(tie("INVESTMENT", "x", "y", key=f"r{number:02}", **columns))
    return rows


def page_reader(ask, first, **variables):
    def page(after):
        got = ask(GROUPS, first=first, after=after, **variables)
        groups = got["investmentsAggregate"]["groupBy"]
        assert groups["hasMore"] == groups["pageInfo"]["hasNextPage"]
        return groups["nodes"], groups["pageInfo"]

    return page


def grouped(rows):
    """The groups by currency and year, missing last; amounts are None or numbers."""
    groups = defaultdict(list)
    for row in rows:
        year = row["on"][:4] or None
        amount = float(row["amount"]) if row["amount"] else None
        groups[row["currency"] or None, year].append(amount)
    return dict(sorted(groups.items(), key=lambda item: last_if_missing(item[0])))


def last_if_missing(keys):
    return [(key is None, key or "") for key in keys]


def known(amounts):
    return [amount for amount in amounts if amount is not None]


def measured(amounts) -> dict[str, Any]:
    values = known(amounts)
    mean = sum(values) / len(values) if values else None
    spread = None
    if len(values) > 1:
        spread = sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
    return {
        "count": len(values),
        "distinct": len(set(values)),
        "sum": sum(values) if values else None,
        "avg": mean,
        "min": min(values, default=None),
        "max": max(values, default=None),
        "median": median(values) if values else None,
        "stdev": spread,
    }


TESTS = {
    "eq": lambda a, b: isclose(a, b),
    "ne": lambda a, b: not isclose(a, b),
    "lt": lambda a, b: a < b and not isclose(a, b),
    "lte": lambda a, b: a < b or isclose(a, b),
    "gt": lambda a, b: a > b and not isclose(a, b),
    "gte": lambda a, b: a > b or isclose(a, b),
    "in": lambda a, b: a in b,
    "notIn": lambda a, b: a not in b,
}


def meets(value, operators):
    for name, operand in operators.items():
        if name == "isNull":
            if (value is None) != operand:
                return False
        elif value is None or not TESTS[name](value, operand):
            return False
    return True


def passes(amounts, having):
    for name, condition in having.items():
        if name == "count":
            is_met = meets(len(amounts), condition)
        elif name == "and":
            is_met = all(passes(amounts, part) for part in condition)
        elif name == "or":
            is_met = any(passes(amounts, part) for part in condition)
        elif name == "not":
            is_met = not passes(amounts, condition)
        else:
            values = measured(amounts)
            is_met = all(meets(values[m], ops) for m, ops in condition.items())
        if not is_met:
            return False
    return True


NUMBER = st.sampled_from([0, 1, 2, 5, 7.5, 20])
COUNTS = ("count", "distinct")


@st.composite
def operators(draw, whole):
    number = st.integers(0, 3) if whole else NUMBER
    name = draw(st.sampled_from([*TESTS, "isNull"]))
    if name == "isNull":
        return {name: draw(st.booleans())}
    is_list = name in ("in", "notIn")
    return {name: draw(st.lists(number, max_size=3) if is_list else number)}


@st.composite
def conditions(draw, depth=2):
    kinds = ["count", "amount"] + (["and", "or", "not"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "count":
        return {"count": draw(operators(whole=True))}
    if kind == "not":
        return {kind: draw(conditions(depth=depth - 1))}
    if kind in ("and", "or"):
        return {kind: draw(st.lists(conditions(depth=depth - 1), max_size=2))}
    names = ["count", "distinct", "sum", "min", "max", "median", "avg"]
    measure = draw(st.sampled_from(names))
    return {"amount": {measure: draw(operators(whole=measure in COUNTS))}}


MEMBERS = [member("x"), member("y")]


@given(rows=investments(), first=st.sampled_from([1, 2, 3, 100]), data=st.data())
@settings(max_examples=15)
def test_all_groups_come_page_by_page_in_their_order(draw, ask, rows, first, data):
    draw({"members": MEMBERS, "ties": rows})
    groups = grouped(rows)
    for _ in range(4):
        having = data.draw(st.one_of(st.none(), conditions()))
        by = data.draw(st.sampled_from(["KEYS", "COUNT"]))
        variables = {"keys": BY_YEAR, "having": having, "by": by}
        pages = walk(page_reader(ask, first, **variables))
        expected = [
            (list(keys), amounts)
            for keys, amounts in groups.items()
            if having is None or passes(amounts, having)
        ]
        if by == "COUNT":
            expected.sort(key=lambda each: -len(each[1]))
        nodes = flat(pages)
        assert [[k["value"] for k in node["keys"]] for node in nodes] == [
            keys for keys, _ in expected
        ]
        for node, (_, amounts) in zip(nodes, expected, strict=True):
            values = known(amounts)
            assert node["count"] == len(amounts)
            assert node["amount"]["count"] == len(values)
            assert node["amount"]["sum"] == (sum(values) if values else None)
            has_reason = node["amount"]["nullReason"] is not None
            assert has_reason == (not values)
        got = ask(GROUPS, first=first, **variables)["investmentsAggregate"]["groupBy"]
        assert got["totalCount"] == len(expected)


def test_an_unknown_sum_is_no_sum_of_zero(draw, ask):
    rows = [tie("INVESTMENT", "x", "y", key="a", currency="SEK")]
    rows.append(tie("INVESTMENT", "x", "y", key="b", amount="0", currency="EUR"))
    draw({"members": MEMBERS, "ties": rows})

    def currencies(**operators):
        having = {"amount": {"sum": operators}}
        keys = [{"field": "CURRENCY"}]
        nodes, _ = page_reader(ask, 9, keys=keys, having=having)(None)
        return [node["keys"][0]["value"] for node in nodes]

    assert currencies(lte=0) == ["EUR"]
    assert currencies(ne=5) == ["EUR"]
    assert currencies(isNull=True) == ["SEK"]


def test_a_sum_beyond_the_largest_number_or_of_two_currencies_passes_no_bound(
    draw, ask
):
    rows = [
        tie("INVESTMENT", "x", "y", key=key, amount=amount, currency=unit, round=name)
        for key, amount, unit, name in [
            ("a", "1.7e308", "SEK", "huge"),
            ("b", "1.7e308", "SEK", "huge"),
            ("c", "5", "SEK", "mixed"),
            ("d", "5", "EUR", "mixed"),
            ("e", "5", "EUR", "plain"),
        ]
    ]
    draw({"members": MEMBERS, "ties": rows})
    for operators, names in [
        ({"gt": 1}, ["plain"]),
        ({"isNull": True}, ["huge", "mixed"]),
    ]:
        having = {"amount": {"sum": operators}}
        nodes, _ = page_reader(ask, 9, keys=[{"field": "ROUND"}], having=having)(None)
        assert [node["keys"][0]["value"] for node in nodes] == names


MANY = 450


@pytest.fixture(scope="module")
def many(draw):
    rows = [
        tie("INVESTMENT", "x", "y", key=f"r{n:03}", round=f"n{n:03}", amount="1")
        for n in range(MANY)
    ]
    draw({"members": MEMBERS, "ties": rows})


def test_hundreds_of_groups_page_to_their_end(many, ask):
    pages = walk(page_reader(ask, 100, keys=[{"field": "ROUND"}], by="COUNT"))
    assert [len(page) for page in pages] == [100, 100, 100, 100, 50]
    names = [node["keys"][0]["value"] for node in flat(pages)]
    assert names == [f"n{n:03}" for n in range(MANY)]


RELATED = """
query ($after: String) {
  organisations(filter: { key: { in: ["x", "y"] } }) { nodes { key
    investmentsAggregate(direction: IN) {
      groupBy(keys: [{ field: ROUND }], first: 200, after: $after,
              having: { count: { gt: 0 } }) {
        nodes { keys { value } } pageInfo { hasNextPage endCursor } totalCount
      } } } }
}"""


def test_groups_of_related_records_page_too(many, ask):
    def page(after):
        x, y = ask(RELATED, after=after)["organisations"]["nodes"]
        assert x["investmentsAggregate"]["groupBy"]["nodes"] == []
        groups = y["investmentsAggregate"]["groupBy"]
        assert groups["totalCount"] == MANY
        return groups["nodes"], groups["pageInfo"]

    names = [node["keys"][0]["value"] for node in flat(walk(page))]
    assert names == [f"n{n:03}" for n in range(MANY)]


WRITE = """mutation {
  createOrganisation(input: { key: "z", name: "Z" }) { __typename } }"""


def test_a_page_of_groups_after_a_write_says_so(many, serve):
    async def requests(client):
        async def post(query, **variables):
            body = {"query": query, "variables": variables}
            answer = (await client.post("/graphql", json=body)).json()
            assert "errors" not in answer
            return answer

        page = {"keys": [{"field": "ROUND"}], "first": 2}
        begin = await post(GROUPS, **page)
        groups = begin["data"]["investmentsAggregate"]["groupBy"]
        page["after"] = groups["pageInfo"]["endCursor"]
        unchanged = await post(GROUPS, **page)
        await post(WRITE)
        return begin, unchanged, await post(GROUPS, **page)

    begin, unchanged, later = serve(requests)
    assert "warnings" not in begin["extensions"]
    assert "warnings" not in unchanged["extensions"]
    assert later["extensions"]["warnings"] == [WRITTEN_SINCE]
    groups = later["data"]["investmentsAggregate"]["groupBy"]
    names = [node["keys"][0]["value"] for node in groups["nodes"]]
    assert names == ["n002", "n003"]


def test_what_is_no_condition_and_no_cursor_is_refused(many, ask):
    keys = [{"field": "ROUND"}]
    page, other = page_reader(ask, 2, keys=keys), [{"field": "CURRENCY"}]
    after = page(None)[1]["endCursor"]
    for variables, text in [
        ({"keys": keys, "after": "x"}, "after: expected a cursor from this API"),
        ({"keys": keys, "after": ""}, "after: expected a cursor from this API"),
        ({"keys": other, "after": after}, "other arguments"),
        ({"keys": keys, "by": "COUNT", "after": after}, "other arguments"),
        ({"keys": keys, "having": {"count": {"gt": 0}}, "after": after}, "other"),
        ({"keys": keys, "having": {"count": {"gt": None}}}, "having.count.gt: null"),
        ({"keys": keys, "having": {"amount": {"sum": None}}}, "having.amount.sum"),
    ]:
        [error] = ask(GROUPS, errors=True, first=2, **variables)["errors"]
        assert text in error.message
