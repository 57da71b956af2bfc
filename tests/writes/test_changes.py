"""The change log: what it reports, what it undoes, what it deletes."""

from __future__ import annotations

import logging

import pytest

from service.change_log import history, retention
from service.change_log.undo import undo
from service.errors import BadInput
from service.formats.export import EXPORT_FORMATS, connections_of, export_graph
from service.settings import Settings

WORLD = {
    "members": [
        {"key": "acme", "kind": "ORGANISATION", "name": "Acme", "roles": "SUPPLIER"},
        {"key": "ingrid-h", "kind": "PERSON", "name": "Ingrid Hallberg"},
        {"key": "ann", "kind": "PERSON", "name": "Ann"},
    ],
    "ties": [
        {"kind": "EMPLOYMENT", "source": "ingrid-h", "target": "acme", "title": "CEO"},
        {"kind": "ACQUAINTANCE", "source": "ingrid-h", "target": "ann", "score": "2"},
    ],
    "feedback": [
        {"key": "from-ingrid", "giver": "ingrid-h", "comment": "Ingrid Hallberg likes"}
    ],
}
CHANGES = """query ($after: Int!, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter, first: 200) { nodes {
    number operation kind key ends by before after } pageInfo { hasNextPage } } }"""


@pytest.fixture(autouse=True)
def start(draw, graph, runner):
    """The number of the log's last change before the world was drawn."""
    before = runner.run(history.bounds(graph)).last
    draw(WORLD)
    return before


@pytest.fixture
def last(graph, runner):
    return lambda: runner.run(history.bounds(graph)).last


def facts(changes):
    return [(c["operation"], c["kind"], c["key"]) for c in changes["changes"]["nodes"]]


def test_an_import_is_logged_record_by_record_without_a_gap(ask, start):
    found = ask(CHANGES, after=start)
    assert [c["number"] for c in found["changes"]["nodes"]] == [
        start + n for n in range(1, 7)
    ]
    assert facts(found) == [
        ("CREATE", "Organisation", "acme"),
        ("CREATE", "Person", "ingrid-h"),
        ("CREATE", "Person", "ann"),
        ("CREATE", "Feedback", "from-ingrid"),
        ("CREATE", "Acquaintance", "ACQUAINTANCE:ann:ingrid-h:"),
        ("CREATE", "Employment", "EMPLOYMENT:ingrid-h:acme:"),
    ]
    tie = found["changes"]["nodes"][5]
    assert tie["ends"] == ["ingrid-h", "acme"]
    assert (tie["before"], tie["after"]) == (None, {"title": "CEO"})


def test_changes_are_found_by_kind_and_by_the_key_of_an_end(ask, start):
    asked = {"kinds": ["Employment", "Person"], "keys": ["ingrid-h"]}
    assert facts(ask(CHANGES, after=start, filter=asked)) == [
        ("CREATE", "Person", "ingrid-h"),
        ("CREATE", "Employment", "EMPLOYMENT:ingrid-h:acme:"),
    ]


def test_the_history_of_a_record_tells_what_it_was_and_became(ask):
    for region in ("North", "South"):
        ask(
            """mutation ($r: String) { updateOrganisation(
            input: { key: "acme", region: $r }) { __typename } }""",
            r=region,
        )
    ask('mutation { deleteOrganisation(key: "acme") { __typename } }')
    text = '{ history(kind: "Organisation", key: "acme") { operation before after } }'
    named = {"name": "Acme", "roles": ["SUPPLIER"]}
    north, south = {**named, "region": "North"}, {**named, "region": "South"}
    assert ask(text)["history"] == [
        {"operation": "CREATE", "before": None, "after": named},
        {"operation": "UPDATE", "before": named, "after": north},
        {"operation": "UPDATE", "before": north, "after": south},
        {"operation": "DELETE", "before": south, "after": None},
    ]


WHOLE = """{ organisation(key: "acme") { name roles region
  employments(direction: IN) { nodes { key title source { key } } } } }"""


def test_what_was_deleted_or_changed_returns(ask, graph, runner, last):
    before, first = ask(WHOLE), last()
    ask(
        """mutation { updateOrganisation(input: {
        key: "acme", name: "A", roles: [], region: "N" }) { __typename } }"""
    )
    ask('mutation { deleteOrganisation(key: "acme") { __typename } }')
    assert ask(WHOLE) == {"organisation": None}
    assert runner.run(undo(graph, [f"{first + 1}-{last()}"], "tester")).count == 3
    assert ask(WHOLE) == before


def test_an_import_is_undone_whole(ask, graph, runner, start, last):
    run = ask("query ($n: Int!) { changes(after: $n) { nodes { run } } }", n=start)
    name = run["changes"]["nodes"][0]["run"]
    assert runner.run(undo(graph, [name], "tester")).count == 6
    assert ask("{ members { totalCount } feedbacks { totalCount } }") == {
        "members": {"totalCount": 0},
        "feedbacks": {"totalCount": 0},
    }


def test_an_undo_that_later_changes_stand_on_names_them(ask, graph, runner, start):
    ask(
        """mutation { createExchange(input: { source: "acme", target: "ann" }) {
        __typename } }"""
    )
    with pytest.raises(BadInput, match=rf"{start + 7} \(CREATE Exchange "):
        runner.run(undo(graph, [str(start + 1)], "tester"))
    with pytest.raises(BadInput, match="has no change"):
        runner.run(undo(graph, ["never"], "tester"))


EVERYTHING = """
MATCH (n) WITH collect(properties(n)) AS nodes
OPTIONAL MATCH ()-[r]->()
RETURN nodes, collect(properties(r)) AS ties
"""


TRACES = ("ingrid", "hallberg", "ceo")


def test_nothing_tells_of_an_erased_person(
    ask, graph, runner, caplog, address, tmp_path
):
    for room in ("service", "schema"):  # the driver tells its troubles only (logs.py)
        caplog.set_level(logging.DEBUG, logger=room)
    ask(
        """mutation { updatePerson(idempotencyKey: "ingrid-h again", input: {
        key: "ingrid-h", description: "Ingrid Hallberg, CEO" }) { __typename } }"""
    )
    ask(
        """mutation {
        updateOrganisation(input: { key: "acme", description: "Ingrid Hallberg's." }) {
        __typename }
        createExchange(input: { key: "notes", source: "acme", target: "ann",
        deliverable: "Notes by Ingrid Hallberg" }) { __typename } }"""
    )
    gone = ask(
        """mutation { erasePerson(key: "ingrid-h") { ... on Person {
        key name introductions } ... on WriteError { message } } }"""
    )["erasePerson"]
    assert gone["key"].startswith("erased-")
    assert (gone["name"], gone["introductions"]) == ("Erased person", "CLOSED")

    async def everything():
        found = await graph._driver.execute_query(
            EVERYTHING, database_=address.database
        )
        return str(found.records)

    told = runner.run(everything()).lower()
    for trace in TRACES:
        assert trace not in told, trace
        assert trace not in caplog.text.lower(), trace
    for format in EXPORT_FORMATS:
        path = tmp_path / format
        wanted = connections_of(format, [])
        runner.run(export_graph(graph, path, format, wanted, lambda rows: None))
        files = [file for file in (path, *path.rglob("*")) if file.is_file()]
        assert files
        written = b"".join(file.read_bytes() for file in files).lower()
        assert [trace for trace in TRACES if trace.encode() in written] == []
    # What was counted stays counted, in the same place.
    shown = ask(
        """{ people { totalCount } organisation(key: "acme") { description
        exchanges(direction: OUT) { nodes { deliverable } }
        employments(direction: IN) { nodes { source { key } title } } }
        person(key: "ann") { acquaintances { nodes { score } } }
        feedbacks { nodes { giver { key } comment } } }"""
    )
    assert shown == {
        "people": {"totalCount": 2},
        "organisation": {
            "description": "Erased person's.",
            "exchanges": {"nodes": [{"deliverable": "Notes by Erased person"}]},
            "employments": {"nodes": [{"source": {"key": gone["key"]}, "title": None}]},
        },
        "person": {"acquaintances": {"nodes": [{"score": 2.0}]}},
        "feedbacks": {"nodes": [{"giver": {"key": gone["key"]}, "comment": None}]},
    }


def test_an_erased_person_s_acquaintances_still_run_from_the_smaller_key(ask):
    ask(
        """mutation { z: createPerson(input: { key: "ew", name: "Eva" }) { __typename }
        a: createPerson(input: { key: "f", name: "Between" }) { __typename }
        b: recordContact(person: "f", other: "ew") { __typename }
        c: recordContact(person: "ann", other: "f") { __typename } }"""
    )
    gone = ask('mutation { erasePerson(key: "f") { ... on Person { key } } }')
    key = gone["erasePerson"]["key"]
    shown = ask(
        """query ($key: String!) { person(key: $key) { acquaintances {
        nodes { source { key } target { key } score } } } }""",
        key=key,
    )
    ties = shown["person"]["acquaintances"]["nodes"]
    ends = sorted((tie["source"]["key"], tie["target"]["key"]) for tie in ties)
    assert ends == [("ann", key), (key, "ew")]
    assert {tie["score"] for tie in ties} == {1.0}
    again = ask(
        """mutation ($key: String!) { recordContact(person: "ew", other: $key) {
        ... on Acquaintance { source { key } } } }""",
        key=key,
    )
    assert again == {"recordContact": {"source": {"key": key}}}


def test_others_keep_the_name_that_they_share_with_an_erased_person(ask):
    ask(
        """mutation { a: createPerson(input: { key: "li", name: "Li" }) { __typename }
        b: createPerson(input: { key: "li-2", name: "Li", description: "Knows Li." }) {
        __typename }
        c: createOrganisation(input: { key: "shop", name: "Li and sons",
        description: "Alice, Li" }) { __typename } }"""
    )
    ask('mutation { erasePerson(key: "li") { __typename } }')
    assert ask(
        """{ person(key: "li-2") { name description }
        organisation(key: "shop") { name description } }"""
    ) == {
        "person": {"name": "Li", "description": "Knows Erased person."},
        "organisation": {"name": "Li and sons", "description": "Alice, Erased person"},
    }


def test_what_is_older_than_the_setting_is_forgotten(ask, graph, runner, start, last):
    async def age():
        await graph._driver.execute_query(
            "MATCH (c:Change) SET c.at = c.at - duration('P9D')"
        )

    runner.run(age())
    ask('mutation { endPerson(key: "ann") { __typename } }')
    runner.run(retention.forget(graph, Settings(log_days=8)))
    assert facts(ask(CHANGES, after=0)) == [("END", "Person", "ann")]
    with pytest.raises(BadInput, match="have been deleted"):
        runner.run(history.changes_after(graph, start + 1, 5, history.Filter()))


def test_an_ended_record_is_active_again_after_an_undo(ask, graph, runner, last):
    ask('mutation { endOrganisation(key: "acme", until: "2026-01-01") { __typename } }')
    runner.run(undo(graph, [str(last())], "tester"))
    text = '{ organisation(key: "acme") { until name } }'
    assert ask(text) == {"organisation": {"until": None, "name": "Acme"}}


def test_what_later_rules_refuse_returns_as_it_was(ask, graph, runner, last):
    query = (
        "MATCH (m:Member {key: 'acme'}) SET m.url = 'www.acme.se', m.name = 'A\\u0001'"
    )
    runner.run(graph._driver.execute_query(query, database_=graph._database))
    ask('mutation { deleteOrganisation(key: "acme") { __typename } }')
    ties = ask("{ employments { totalCount } }")
    assert ties == {"employments": {"totalCount": 0}}
    runner.run(undo(graph, [f"{last() - 1}-{last()}"], "tester"))
    text = """{ organisation(key: "acme") { url name roles
      employments { totalCount } } }"""
    assert ask(text) == {
        "organisation": {
            "url": "www.acme.se",
            "name": "A\u0001",
            "roles": ["SUPPLIER"],
            "employments": {"totalCount": 1},
        }
    }
