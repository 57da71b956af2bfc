"""Inputs of batches mean what those of single writes mean."""

from __future__ import annotations

BATCH = """mutation ($input: [PersonInput!]!) { upsertPeople(input: $input) {
  ... on Batch { count } ... on WriteError { problems { path code } } } }"""
SHOWN = "introductions roles since favoursOpen recoveryDays sector"


def test_a_batch_reads_each_type_of_value_as_a_single_write_does(draw, ask):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})
    given = {
        "name": "One",
        "introductions": "ASK",
        "roles": ["MENTOR", "INVESTOR"],
        "since": "2026-02-03",
        "favoursOpen": 2,
        "recoveryDays": 1.5,
        "sector": None,
    }
    people = [{**given, "key": f"p{n}"} for n in range(30)]
    assert ask(BATCH, input=people) == {"upsertPeople": {"count": 30}}
    single = ask(
        "mutation ($input: PersonInput!) { createPerson(input: $input) {"
        " ... on Person { " + SHOWN + " } } }",
        input={**given, "key": "single"},
    )["createPerson"]
    assert single["roles"] == ["INVESTOR", "MENTOR"]
    of_batch = ask('{ person(key: "p17") { ' + SHOWN + " } }")["person"]
    assert of_batch == single


def test_a_batch_tells_each_problem_with_its_place(draw, ask):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})
    people = [{"key": "a", "name": "A"}, {"key": "b"}, {"key": "a", "name": "A"}]
    people.append({"key": "c", "name": "C", "favoursOpen": -1})
    assert ask(BATCH, input=people)["upsertPeople"]["problems"] == [
        {"path": ["input", "2", "key"], "code": "DUPLICATE"},
        {"path": ["input", "3", "favoursOpen"], "code": "INVALID"},
        {"path": ["input", "1", "name"], "code": "REQUIRED"},
    ]
