"""Every ranking of every question pages to its end, in its stated order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.query import schema
from seeds import SEEDS
from tests.support import worlds
from tests.support.walking import flat, walk
from tests.test_bounded_lists import UNBOUNDED, bounded_lists

PAGE_INFO = "PageInfo"
DAY = 'asOf: "2026-11-01"'
MEMBER = "member { key }"
ENDS = "source { key } target { key }"
EXCHANGE = "exchange { key }"
NEED = "startup { key } capability { key }"
Order = Callable[[Any], Any]


@dataclass(frozen=True)
class Case:
    """A list at `path` of a question: what to select of its rows, and their order.

    An order of None is one that a row does not show: then the tests of the question
    compare the whole list.
    """

    question: str
    path: str
    fields: str
    order: Order | None
    is_own: bool = False  # whether the list has a `first` of its own


def ends(row):
    return row["source"]["key"], row["target"]["key"]


def need(row):
    return row["startup"]["key"], row["capability"]["key"]


def last_if_null(value):
    return (value is None, value)


def by(*names: str, then: Order) -> Order:
    """Descending by numbers (null last), then by another order."""
    return lambda row: ([last_if_null(down(row[name])) for name in names], then(row))


def up(name: str, then: Order) -> Order:
    return lambda row: (last_if_null(row[name]), then(row))


def down(value):
    return None if value is None else -round(value, 9)


def key(row):
    return row["key"]


def member_key(row):
    return row["member"]["key"]


def exchange_key(row):
    return row["exchange"]["key"]


def total(row):
    return -row["scores"]["observed"]["total"], member_key(row)


def largest_loss(row):
    losses = [row[name] for name in ("dependency", "inoperability", "failure")]
    return -round(max(losses), 9), member_key(row)


def path_keys(row):
    return [step["to"]["key"] for step in row["steps"]]


EXCHANGES = f'network: {{ ties: [EXCHANGE], community: "demo", {DAY} }}'
ALL_TIES = (
    "network: { ties: [EXCHANGE, CONTRACT, ACQUAINTANCE, EMPLOYMENT],"
    f' community: "demo", {DAY} }}'
)
BROKERAGE = f"brokerage({EXCHANGES}, groupBy: REGION PAGE)"
HOLES = f"structuralHoles({ALL_TIES} PAGE)"
IMPACT = f'weakNodeImpact(member: "asvik-pump-rnd", compare: true, {DAY} PAGE)'
CHOKE = f"chokePoints({DAY} PAGE)"
TO_MEMBER = (
    f'partnerPaths(startup: "fuktlys", member: "formverk-prototyper", {DAY} PAGE)'
)
PATHS = f'partnerPaths(startup: "fuktlys", {DAY} PAGE)'
VALUE = f"valueNetwork({EXCHANGES})"
CHANGE = """networkChange(network: { ties: [EXCHANGE], community: "hamnverket" }
  from: "2025-11-01", to: "2026-11-01")"""
OPENINGS = f'openings(community: "disk-makers", {DAY} PAGE)'
MEDIATION = f'mediation(mediator: "bytestorget", {DAY})'
REPORT = f'ecosystemReport(community: "demo", {DAY} PAGE)'
LEAVES = f'departureImpact(person: "magnus-wiberg", {DAY})'
OWNED = f'networkOwnership(organisation: "bergslund-ventures", {DAY} PAGE)'
REFERRALS = f"referralNetwork({DAY})"
OWN_NETWORK = f'networking(member: "mira-sand", {DAY})'
GAPS = f'capabilityGaps(startup: "fuktlys", {DAY} PAGE)'
DEPENDENCE = f'dependence(community: "stigning-cohort-2026", {DAY} PAGE)'
SUPPLIERS = f"supplierDiversity({EXCHANGES} PAGE)"
SCORES = f"{MEMBER} scores {{ observed {{ total }} }}"

CASES = [
    Case(BROKERAGE, "brokers", SCORES, total),
    Case(BROKERAGE, "brokers.evidence", ENDS, ends, is_own=True),
    Case(
        HOLES,
        "positions",
        f"{MEMBER} effectiveSize",
        by("effectiveSize", then=member_key),
    ),
    Case(HOLES, "positions.separates", ENDS, ends, is_own=True),
    Case(HOLES, "bridges", ENDS, ends, is_own=True),
    Case(HOLES, "simmelianTies", ENDS, ends, is_own=True),
    Case(IMPACT, "impacts", f"{MEMBER} loss order", None),
    Case(
        IMPACT,
        "comparison.losses",
        f"{MEMBER} dependency inoperability failure",
        largest_loss,
    ),
    Case(
        f"weakNodes({DAY} PAGE)",
        "members",
        f"{MEMBER} totalLoss customersWaiting",
        by("totalLoss", "customersWaiting", then=member_key),
    ),
    Case(
        PATHS,
        "stages.paths",
        "success hops steps { to { key } }",
        by("success", then=lambda row: (row["hops"], path_keys(row))),
    ),
    Case(
        TO_MEMBER,
        "toMember.paths",
        "success hops steps { to { key } }",
        by("success", then=lambda row: (row["hops"], path_keys(row))),
    ),
    Case(CHOKE, "chokePoints", f"{MEMBER} exposure", by("exposure", then=member_key)),
    Case(CHOKE, "chokePoints.pairs", NEED, need, is_own=True),
    Case(CHOKE, "pairsWithoutPath", NEED, need, is_own=True),
    Case(
        f'exposure(startup: "fuktlys", {DAY} PAGE)',
        "members",
        f"{MEMBER} success hops",
        by("success", then=lambda row: (row["hops"], member_key(row))),
    ),
    Case(
        VALUE,
        "longestChains",
        "length exchanges { key }",
        by("length", then=lambda row: 0),
        is_own=True,
    ),
    Case(VALUE, "flowStops", "key sequence", up("sequence", key), is_own=True),
    Case(
        VALUE, "impact", f"{EXCHANGE} benefit", up("benefit", exchange_key), is_own=True
    ),
    Case(
        VALUE,
        "valueCreation",
        f"{EXCHANGE} perceivedValue",
        up("perceivedValue", exchange_key),
        is_own=True,
    ),
    Case(
        VALUE,
        "perceivedValue",
        f"{EXCHANGE} gap",
        lambda row: (-abs(row["gap"]), exchange_key(row)),
        is_own=True,
    ),
    Case(
        VALUE,
        "negativeDeliverables",
        f"{EXCHANGE} receiverValue",
        up("receiverValue", exchange_key),
        is_own=True,
    ),
    Case(
        VALUE,
        "participants",
        f"{MEMBER} load",
        by("load", then=member_key),
        is_own=True,
    ),
    Case(
        VALUE,
        "roles",
        "role load",
        by("load", then=lambda row: row["role"]),
        is_own=True,
    ),
    Case(VALUE, "deadEnds", "key", key, is_own=True),
    Case(VALUE, "sources", "key", key, is_own=True),
    Case(
        VALUE,
        "workArounds",
        f"{ENDS} exchangeCount",
        by("exchangeCount", then=ends),
        is_own=True,
    ),
    Case(
        VALUE,
        "reciprocalPairs",
        f"{ENDS} exchangeCount",
        by("exchangeCount", then=ends),
        is_own=True,
    ),
    Case(VALUE, "workArounds.exchanges", "key", key, is_own=True),
    Case(CHANGE, "membersCame", "key", key, is_own=True),
    Case(CHANGE, "membersWent", "key", key, is_own=True),
    Case(CHANGE, "tiesCame", ENDS, ends, is_own=True),
    Case(CHANGE, "tiesWent", ENDS, ends, is_own=True),
    Case(
        OPENINGS,
        "openings",
        "score members { key }",
        by("score", then=lambda row: [m["key"] for m in row["members"]]),
    ),
    Case(OPENINGS, "openings.via", "key", key, is_own=True),
    Case(MEDIATION, "customers", "key", key, is_own=True),
    Case(MEDIATION, "inactive", "key", key, is_own=True),
    Case(MEDIATION, "providers", "key", key, is_own=True),
    Case(MEDIATION, "mediatedPairs", ENDS, ends, is_own=True),
    Case(REPORT, "coolingTies", f"{ENDS} lost", None),
    Case(REPORT, "partners", "startup { key }", None),
    Case(
        LEAVES,
        "customers",
        "customer { key } points { total }",
        lambda row: (
            last_if_null(down(row["points"]["total"])),
            row["customer"]["key"],
        ),
        is_own=True,
    ),
    Case(LEAVES, "lostRoutes", NEED, need, is_own=True),
    Case(OWNED, "members", MEMBER, member_key),
    Case(OWNED, "soleContacts", MEMBER, member_key),
    Case(
        OWNED,
        "ownedShare.evidence",
        "... on Organisation { key } ... on Person { key } ... on Team { key }",
        key,
        is_own=True,
    ),
    Case(
        f'keyPeople(organisation: "bergslund-ventures", {DAY} PAGE)',
        "people",
        "person { key } members { key }",
        lambda row: (-len(row["members"]), row["person"]["key"]),
    ),
    Case(
        REFERRALS,
        "balances",
        f"{MEMBER} balance",
        by("balance", then=member_key),
        is_own=True,
    ),
    Case(
        REFERRALS,
        "chains",
        "first { key } next { key }",
        lambda row: (row["first"]["key"], row["next"]["key"]),
        is_own=True,
    ),
    Case(
        REFERRALS,
        "orphaned",
        "referral { key }",
        lambda row: row["referral"]["key"],
        is_own=True,
    ),
    Case(
        OWN_NETWORK,
        "ties",
        f"{MEMBER} success",
        by("success", then=member_key),
        is_own=True,
    ),
    Case(OWN_NETWORK, "upkeepDue", MEMBER, None, is_own=True),
    Case(OWN_NETWORK, "matches", MEMBER, None, is_own=True),
    Case(OWN_NETWORK, "communities", "community { key }", None, is_own=True),
    Case(
        GAPS,
        "needs",
        "capability { key } stage",
        up("stage", lambda row: row["capability"]["key"]),
    ),
    Case(GAPS, "needs.candidates", MEMBER, None, is_own=True),
    Case(
        SUPPLIERS,
        "members",
        f"{MEMBER} largestShare",
        by("largestShare", then=member_key),
    ),
    Case(
        SUPPLIERS,
        "members.suppliers",
        "supplier { key } share",
        by("share", then=lambda row: row["supplier"]["key"]),
        is_own=True,
    ),
    Case(DEPENDENCE, "rows", "kind dependent { key } on { key }", None),
    Case(DEPENDENCE, "rows.members", "key", key, is_own=True),
    Case(DEPENDENCE, "rows.needs", "key", key, is_own=True),
    Case(DEPENDENCE, "rows.evidence", "__typename", None, is_own=True),
]


def document(case: Case) -> str:
    """The list of a case with its page info, on a page by variables."""
    *above, name = case.path.split(".")
    page = "first: $first, after: $after"
    own = f"({page})" if case.is_own else ""
    info = f"{name}{PAGE_INFO}{own} {{ hasNextPage endCursor }}"
    inner = f"{name}{own} {{ {case.fields} }} {info}"
    for parent in reversed(above):
        inner = f"{parent} {{ {inner} }}"
    question = case.question.replace(" PAGE", "" if case.is_own else f", {page}")
    return f"query ($first: Int, $after: String) {{ {question} {{ {inner} }} }}"


def holders(value: Any, names: list[str]) -> list[Any]:
    """The objects at a path, those of all items where it leads through lists."""
    for name in names:
        inner = value[name] if isinstance(value, dict) else [v[name] for v in value]
        value = inner
        if isinstance(value, list):
            value = [
                v
                for each in value
                for v in (each if isinstance(each, list) else [each])
            ]
    return value if isinstance(value, list) else [value]


def rows_and_infos(ask, case, first, after):
    [answer] = ask(document(case), first=first, after=after).values()
    *above, name = case.path.split(".")
    return [(each[name], each[name + PAGE_INFO]) for each in holders(answer, above)]


def walked(ask, case, first, index):
    """One of the lists of a case, page by page."""
    pages = walk(lambda after: rows_and_infos(ask, case, first, after)[index])
    assert all(len(page) == first for page in pages[:-1])
    return flat(pages)


@pytest.fixture(scope="module")
def demo(draw):
    draw(SEEDS[0].folder)


LONG = 30  # from so many rows on, pages of one row take too long


def name_of(case: Case) -> str:
    return f"{case.question.partition('(')[0]}.{case.path}"


def compare_walk(ask, case, most=1000):
    """Walk the longest list of a case; all of them are in their order."""
    whole = [rows for rows, _ in rows_and_infos(ask, case, most, None)]
    if whole:
        index = max(range(len(whole)), key=lambda i: len(whole[i]))
        first = 1 if len(whole[index]) < LONG else 17
        assert walked(ask, case, first, index)[:most] == whole[index]
    for rows in whole:
        if case.order:
            assert rows == sorted(rows, key=case.order)
    return whole


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_walk_through_the_demo_is_the_whole_list(demo, ask, case):
    assert compare_walk(ask, case, most=50 if case.question is REPORT else 1000)


def over(network: str) -> list[Case]:
    """The cases of a network of exchanges, over another network."""
    return [
        replace(case, question=case.question.replace(EXCHANGES, network))
        for case in CASES
        if EXCHANGES in case.question
    ]


ANY = "network: { ties: [EXCHANGE] }"
NETWORK_CASES = [
    *over(ANY),
    *(
        replace(case, question=case.question.replace(ALL_TIES, ANY))
        for case in CASES
        if case.question is HOLES
    ),
]


@given(world=worlds.networks(), data=st.data())
@settings(max_examples=8)
def test_a_walk_through_a_random_network_is_the_whole_list(draw, ask, world, data):
    draw(world)
    for case in data.draw(st.permutations(NETWORK_CASES))[:8]:
        compare_walk(ask, case)


@given(world=worlds.cascades())
@settings(max_examples=6)
def test_a_walk_through_random_weak_nodes_is_the_whole_list(draw, ask, world):
    draw(world)
    for case in CASES:
        if case.question.startswith("weakNodes"):
            [rows] = compare_walk(ask, case)
            assert len({row["member"]["key"] for row in rows}) == len(rows)


# Nested in a picture, or never cut.
NOT_PAGED = {"NetworkMap.nodes", "NetworkMap.links", "Opening.roles", *UNBOUNDED}


def test_each_bounded_list_has_its_page_info_and_a_walk():
    paged = {
        f"{name}.{field.removesuffix(PAGE_INFO)}"
        for name, kind in schema._schema.type_map.items()
        if isinstance(kind, GraphQLObjectType)
        for field in kind.fields
        if field.endswith(PAGE_INFO) and field != "pageInfo"
    }
    assert paged == {path for path, _ in bounded_lists()} - NOT_PAGED
    assert paged == {type_path(case) for case in CASES}


def type_path(case: Case) -> str:
    """The list of a case as Type.field."""
    field = case.question.partition("(")[0]
    kind = get_named_type(schema._schema.query_type.fields[field].type)
    *above, name = case.path.split(".")
    for parent in above:
        kind = get_named_type(kind.fields[parent].type)
    return f"{kind.name}.{name}"
