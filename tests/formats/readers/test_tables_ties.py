"""Ties of the `tables` format: names of kinds, built keys, days of beginning."""

from __future__ import annotations

import pytest

from tests.support.everything import every_tie, everything
from tests.support.worlds import member, tie


def test_the_stored_names_of_five_kinds_are_accepted(draw, ask):
    world = everything()
    kinds = {
        "CAPABILITY": "HAS_CAPABILITY",
        "NEED": "NEEDS",
        "OFFER": "OFFERS",
        "COVERAGE": "COVERS",
        "WORK": "WORKS_ON",
    }
    rows = [row for row in every_tie() if row["kind"] in kinds]
    draw(world | {"ties": [row | {"kind": kinds[row["kind"]]} for row in rows]})
    text = """{ capabilityHoldings { nodes { key } } needs { nodes { key stage } }
      offers { nodes { key } } coverages { nodes { key } }
      works { nodes { key timeShare } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "capabilityHoldings": [{"key": "CAPABILITY:firm:capability"}],
        "needs": [{"key": "NEED:person:capability", "stage": 2}],
        "offers": [{"key": "OFFER:crew:offering"}],
        "coverages": [{"key": "COVERAGE:contract:offering"}],
        "works": [{"key": "WORK:person:initiative", "timeShare": 0.25}],
    }


def test_ties_without_keys_get_keys_built_from_their_properties(draw, ask):
    day = {"since": "2020-01-01"}
    kinds = {"a": "ORGANISATION", "b": "ORGANISATION", "p": "PERSON", "q": "PERSON"}
    ties = [
        tie("EXCHANGE", "a", "b", deliverable="Pumps: 5%", **day),
        tie("EXCHANGE", "a", "b", deliverable="Advice", **day),
        tie("INVESTMENT", "a", "b", round="Seed", on="2021-01-01"),
        tie("ACQUAINTANCE", "q", "p", **day),
        tie("CONTRACT", "a", "c", role="SUPPLIER"),
        tie("CONTRACT", "a", "c", role="CUSTOMER"),
        tie("NEED", "a", "k", stage="1"),
        tie("FOLLOWING", "a", "b", channel="Web"),
    ]
    draw(
        {
            "members": [member(k, kind) for k, kind in kinds.items()],
            "ties": [row | {"key": ""} for row in ties],
            "contracts": [{"key": "c"}],
            "capabilities": [{"key": "k"}],
        }
    )
    text = """{ exchanges { nodes { key } } investments { nodes { key } }
      acquaintances { nodes { key since source { key } } }
      contractParties { nodes { key } }
      needs { nodes { key } } followings { nodes { key } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "exchanges": [
            {"key": "EXCHANGE:a:b:2020-01-01:Advice"},
            {"key": "EXCHANGE:a:b:2020-01-01:Pumps%3A 5%25"},
        ],
        "investments": [{"key": "INVESTMENT:a:b:2021-01-01:Seed"}],
        "acquaintances": [
            {"key": "ACQUAINTANCE:p:q:", "since": "2020-01-01", "source": {"key": "p"}}
        ],
        "contractParties": [
            {"key": "CONTRACT:a:c::CUSTOMER"},
            {"key": "CONTRACT:a:c::SUPPLIER"},
        ],
        "needs": [{"key": "NEED:a:k::1"}],
        "followings": [{"key": "FOLLOWING:a:b:"}],
    }


def test_a_blank_since_is_filled_from_the_date_of_the_record(draw, ask):
    three = {"referrer": "a", "customer": "b", "provider": "a"}
    who = {"requester": "a", "introducer": "b", "target": "a"}
    given = {"since": "2020-01-01"}
    draw(
        {
            "members": [member("a"), member("b")],
            "ties": [
                tie("INVESTMENT", "a", "b", key="1", on="2021-01-01"),
                tie("INVESTMENT", "a", "b", key="2", on="2021-01-01", **given),
            ],
            "referrals": [
                {"key": "1", **three, "on": "2022-02-02"},
                {"key": "2", **three, "on": "2022-02-02", **given},
            ],
            "introductions": [{"key": "1", **who, "asked_on": "2023-03-03"}],
            "feedback": [{"key": "1", "giver": "a", "on": "2024-04-04"}],
            "service_cases": [
                {"key": "1", "customer": "a", "provider": "b"}
                | {"opened_at": "2025-05-05T23:59:00Z"}
            ],
        }
    )
    text = """{ investments { nodes { key since } } referrals { nodes { key since } }
      introductions { nodes { since } } feedbacks { nodes { since } }
      serviceCases { nodes { since } } }"""
    assert {name: found["nodes"] for name, found in ask(text).items()} == {
        "investments": [
            {"key": "1", "since": "2021-01-01"},
            {"key": "2", "since": "2020-01-01"},
        ],
        "referrals": [
            {"key": "1", "since": "2022-02-02"},
            {"key": "2", "since": "2020-01-01"},
        ],
        "introductions": [{"since": "2023-03-03"}],
        "feedbacks": [{"since": "2024-04-04"}],
        "serviceCases": [{"since": "2025-05-05"}],
    }


@pytest.mark.parametrize(
    ("given", "shown", "since"),
    [
        ("2026-05-05", "2026-05-05T00:00:00+00:00", "2026-05-05"),
        ("2026-05-05T09:30", "2026-05-05T09:30:00+00:00", "2026-05-05"),
        ("2026-05-05T01:30:00+02:00", "2026-05-04T23:30:00+00:00", "2026-05-04"),
    ],
)
def test_times_are_stored_in_utc(draw, ask, given, shown, since):
    case = {"key": "1", "customer": "a", "provider": "a", "opened_at": given}
    draw({"members": [member("a")], "service_cases": [case]})
    assert ask("{ serviceCases { nodes { openedAt since } } }") == {
        "serviceCases": {"nodes": [{"openedAt": shown, "since": since}]}
    }


def test_a_second_row_of_a_pair_is_another_exchange_with_a_stable_number(
    draw, load, ask, dump
):
    orders = [
        tie("EXCHANGE", "a", "b", value=str(value), key="") for value in (100, 250, 40)
    ]
    world = {"members": [member("a"), member("b")], "ties": orders}
    draw(world)
    text = "{ exchanges { nodes { key value } } }"
    assert ask(text)["exchanges"]["nodes"] == [
        {"key": "EXCHANGE:a:b::", "value": 100},
        {"key": "EXCHANGE:a:b::#2", "value": 250},
        {"key": "EXCHANGE:a:b::#3", "value": 40},
    ]
    before = dump()
    load(world)
    assert dump() == before


def test_a_second_row_of_a_state_fills_its_blanks(draw, ask):
    rows = [
        {**tie("EMPLOYMENT", "p", "a"), "key": "", "title": title, "founder": founder}
        for title, founder in (("", "true"), ("Head", ""), ("Boss", "false"))
    ]
    draw({"members": [member("a"), member("p", "PERSON")], "ties": rows})
    assert ask("{ employments { nodes { title founder } } }")["employments"] == {
        "nodes": [{"title": "Head", "founder": True}]
    }


def test_two_rows_of_two_people_are_one_acquaintance_with_all_contacts(draw, ask):
    first = {"since": "2021-05-01", "contact_months": "2026-01;2026-03"}
    first |= {"score": "1", "score_at": "2026-01-01"}
    second = {"since": "2020-02-01", "contact_months": "2026-03;2026-06"}
    second |= {"score": "1", "score_at": "2026-06-30"}  # a half-life later
    rows = [
        {**tie("ACQUAINTANCE", "p", "q", key=""), **first},
        {**tie("ACQUAINTANCE", "q", "p", key="other"), **second, "context": "CLUB"},
    ]
    draw({"members": [member("p", "PERSON"), member("q", "PERSON")], "ties": rows})
    text = (
        "{ acquaintances { nodes { key since score scoreAt contactMonths context } } }"
    )
    assert ask(text)["acquaintances"]["nodes"] == [
        {
            "key": "ACQUAINTANCE:p:q:",
            "since": "2020-02-01",
            "score": 1.5,
            "scoreAt": "2026-06-30",
            "contactMonths": ["2026-01", "2026-03", "2026-06"],
            "context": "CLUB",
        }
    ]
