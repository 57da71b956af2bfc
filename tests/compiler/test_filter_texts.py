"""The Cypher of filters, orders and positions: what it contains, and what never."""

from __future__ import annotations

from datetime import date

import pytest

from service.compiler.bindings import Bindings
from service.compiler.cursors import cursor_owner, decode_cursor, encode_cursor
from service.compiler.filters import predicate
from service.compiler.global_ids import decode_parts, encode_parts
from service.compiler.orders import order_by, order_terms
from service.compiler.positions import after_position
from service.compiler.traversal import MatchedRecord
from service.errors import BadInput
from service.vocabulary.connections import RECORDS

TEXTS = {
    "a scalar": (
        "Organisation",
        {"country": {"eq": "SE"}, "name": {"startsWithIgnoreCase": "å"}},
        "(n.country = $values.v0 AND toLower(n.name) STARTS WITH toLower($values.v1))",
    ),
    "what may be missing": (
        "Organisation",
        {"not": {"country": {"notIn": ["SE"]}}},
        "NOT coalesce((n.country IS NOT NULL AND NOT n.country IN $values.v0), false)",
    ),
    "alternatives": (
        "Team",
        {"or": [{"headcount": {"lt": 3}}, {"roles": {"hasAny": ["MENTOR"]}}]},
        "(n.headcount < $values.v0 OR n:Mentor)",
    ),
    "nothing": ("Team", {"or": []}, "false"),
    "a default": (
        "Dependency",
        {"strength": {"gte": 0.5}},
        "coalesce(n.strength, 1.0) >= $values.v0",
    ),
    "a tie and its end": (
        "Organisation",
        {"investments": {"direction": "IN", "some": {"source": {"key": {"eq": "b"}}}}},
        "EXISTS { MATCH (n)<-[x1:INVESTED_IN]-(x2) WHERE x2.key = $values.v0 }",
    ),
    "either way": (
        "Person",
        {"acquaintances": {"none": {"other": {"region": {"eq": "N"}}}}},
        "NOT EXISTS { MATCH (n)-[x1:KNOWS]-(x2) WHERE x2.region = $values.v0 }",
    ),
    "all": (
        "Contract",
        {"parties": {"all": {"share": {"gt": 0.1}}}},
        "NOT EXISTS { MATCH (n)<-[x1:PARTY_TO]-(x2)"
        " WHERE NOT coalesce(x1.share > $values.v0, false) }",
    ),
    "a count": (
        "Organisation",
        {"referrals": {"direction": "OUT", "count": {"gte": 2}}},
        "COUNT { MATCH (n)-[:MADE]->(x1:Referral) RETURN DISTINCT x1 } >= $values.v0",
    ),
    "a sum of money": (
        "Organisation",
        {
            "investments": {
                "direction": "IN",
                "aggregate": {"amount": {"sum": {"gt": 1}}},
            }
        },
        "any(x3 IN [COLLECT { MATCH (n)<-[x1:INVESTED_IN]-(x2) RETURN CASE WHEN"
        " count(DISTINCT CASE WHEN x1.amount IS NOT NULL THEN x1.currency END) < 2"
        " AND (count(x1.amount) > 0 OR count(x1) = 0)"
        " THEN sum(x1.amount) END AS x }[0]] WHERE x3 > $values.v0)",
    ),
    "a link": (
        "Referral",
        {"contract": {}},
        "EXISTS { MATCH (n)-[:LED_TO]->(x1:Contract) }",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_filter_is_a_predicate_over_parameters(name):
    record, given, text = TEXTS[name]
    assert predicate(RECORDS[record], given, MatchedRecord("n"), Bindings()) == text


def test_on_a_day_only_what_is_active_counts():
    bindings = Bindings(day=date(2026, 11, 1))
    given = {"investments": {"direction": "IN", "some": {}}}
    assert predicate(RECORDS["Team"], given, MatchedRecord("n"), bindings) == (
        "EXISTS { MATCH (n)<-[x1:INVESTED_IN]-(x2)"
        " WHERE (coalesce(x1.since <= $values.day, true)"
        " AND coalesce($values.day < x1.until, true)) }"
    )
    assert bindings.params == {"values": {"day": date(2026, 11, 1)}}


HOSTILE = '`}) DETACH DELETE n //\0\' OR "1"="1'


def test_what_a_caller_writes_is_never_in_the_text():
    given = {"name": {"contains": HOSTILE}, "key": {"in": [HOSTILE]}}
    bindings = Bindings()
    text = predicate(RECORDS["Team"], given, MatchedRecord("n"), bindings)
    assert text == "(n.name CONTAINS $values.v0 AND n.key IN $values.v1)"
    assert bindings.params == {"values": {"v0": HOSTILE, "v1": [HOSTILE]}}


def nested(depth: int) -> dict:
    return {"not": nested(depth - 1)} if depth else {}


def through(depth: int) -> dict:
    inner = {"other": through(depth - 1)} if depth else {}
    return {"exchanges": {"some": inner}}


REFUSED = {
    "an unknown field": ({HOSTILE: {"eq": 1}}, "Team has no"),
    "an unknown operator": ({"name": {HOSTILE: 1}}, "there is no operator"),
    "too many values": (
        {"name": {"in": ["a"] * 1_001}},
        "in: expected at most 1,000 values, got 1,001",
    ),
    "too many conditions": ({"and": [{"name": {"eq": "a"}}] * 201}, "at most 200"),
    "too deep": (nested(12), "nested more than 12 deep"),
    "too far": (through(4), "more than 4 connections deep"),
    "half a character": ({"name": {"eq": "\ud800"}}, "lone surrogate"),
    "no other end": ({"other": {}}, "Team has no other"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_asked_is_refused(name):
    given, says = REFUSED[name]
    with pytest.raises(BadInput, match=says):
        predicate(RECORDS["Team"], given, MatchedRecord("n"), Bindings())


# Orders

ORDERS = {
    "default": ("Organisation", None, "n.name, n.key"),
    "default of a contract": ("Contract", None, "n.title, n.key"),
    "default of a tie": ("Exchange", None, "n.key"),
    "key": ("Team", [{"field": "KEY", "direction": "DESC"}], "n.key DESC"),
    "nulls last both ways": (
        "Team",
        [{"field": "COUNTRY", "direction": "DESC"}, {"field": "REGION"}],
        "n.country IS NULL, n.country DESC, n.region, n.key",
    ),
    "nulls first": (
        "Team",
        [
            {"field": "COUNTRY", "nulls": "FIRST"},
            {"field": "REGION", "direction": "DESC", "nulls": "FIRST"},
        ],
        "n.country IS NULL DESC, n.country, n.region DESC, n.key",
    ),
    "an end": (
        "Investment",
        [{"source": "NAME"}],
        "startNode(n).name, n.key",
    ),
    "a count": (
        "Organisation",
        [{"investments": {"direction": "IN"}, "direction": "DESC"}],
        "COUNT { MATCH (n)<-[x1:INVESTED_IN]-(x2) } DESC, n.key",
    ),
}


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_always_ends_with_the_key(name):
    record, given, text = ORDERS[name]
    assert (
        order_by(order_terms(RECORDS[record], given, MatchedRecord("n"), Bindings()))
        == text
    )


def test_a_place_with_a_null_goes_on_among_the_nulls():
    order = order_terms(
        RECORDS["Team"], [{"field": "COUNTRY"}], MatchedRecord("n"), Bindings()
    )
    assert after_position(order, [None, "k"], Bindings()) == (
        "CASE WHEN n.country IS NULL THEN n.key > $values.v0 ELSE false END"
    )
    assert after_position(order, [None, "k"], Bindings(), backward=True) == (
        "CASE WHEN n.country IS NULL THEN n.key < $values.v0 ELSE true END"
    )
    assert after_position(order, ["SE", "k"], Bindings()) == (
        "CASE WHEN n.country = $values.v1 THEN n.key > $values.v0"
        " WHEN n.country IS NULL THEN true ELSE n.country > $values.v1 END"
    )


def test_an_order_by_two_things_at_once_is_refused():
    for given in ({}, {"field": "NAME", "investments": {}}, {"source": "NAME"}):
        with pytest.raises(BadInput, match=r"takes one criterion|to sort by"):
            order_terms(RECORDS["Team"], [given], MatchedRecord("n"), Bindings())


# Cursors

ORDER = order_terms(
    RECORDS["Investment"],
    [{"field": "ON"}, {"field": "AMOUNT"}, {"field": "BOARD_SEAT"}],
    MatchedRecord("r"),
    Bindings(),
)


def test_a_cursor_gives_its_place_back():
    place = [date(2020, 2, 29), 0.1, None, "å\0\U0001f600"]
    assert decode_cursor(encode_cursor("owner", place), "owner", ORDER) == place


def test_a_cursor_belongs_to_its_type_order_filter_and_day():
    given = {"amount": {"gt": 1.0}, "on": None}
    made = cursor_owner("Investment", ORDER, given, None)
    assert made == cursor_owner("Investment", ORDER, {"amount": {"gt": 1.0}}, None)
    others = [
        cursor_owner("Exchange", ORDER, given, None),
        cursor_owner("Investment", ORDER[1:], given, None),
        cursor_owner(
            "Investment", [ORDER[0].in_direction(True), *ORDER[1:]], given, None
        ),
        cursor_owner("Investment", ORDER, {"amount": {"gt": 2.0}}, None),
        cursor_owner("Investment", ORDER, given, date(2026, 1, 1)),
    ]
    text = encode_cursor(made, [None, None, None, "k"])
    for other in others:
        with pytest.raises(BadInput, match="another type, order, filter or asOf"):
            decode_cursor(text, other, ORDER)


def test_a_cursor_that_was_changed_is_told():
    parts = decode_parts(encode_cursor("owner", [None, 1.0, None, "k"]))
    for changed in ([*parts[:2], 2.0, *parts[3:]], parts[:-1], [], "what", None, {}):
        with pytest.raises(BadInput, match="a cursor from this API"):
            decode_cursor(encode_parts(changed), "owner", ORDER)


def test_a_forged_place_is_the_callers_error():
    for place in (["noon", 1.0], [1, 1.0], [None, "1"], [[], None], [None, {"a": 1}]):
        with pytest.raises(BadInput, match="not understood"):
            decode_cursor(encode_cursor("owner", [*place, None, "k"]), "owner", ORDER)
