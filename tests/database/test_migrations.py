"""A database of an earlier schema version is brought to ours; others are left alone."""

from __future__ import annotations

import pytest

from service.errors import ForeignDatabase, NewerDatabase
from service.graph import migrations
from service.graph.migrations import SCHEMA_VERSION
from service.graph.statements import statement

INDEXES = "SHOW INDEXES YIELD name, labelsOrTypes AS labels, properties RETURN *"


@pytest.fixture
def cypher(graph, runner):
    async def run(text, **params):
        result = await graph._driver.execute_query(
            text, params, database_=graph._database
        )
        return [record.data() for record in result.records]

    return lambda text, **params: runner.run(run(text, **params))


@pytest.fixture
def versioned(graph, runner):
    """The database, said to be of another version for as long as the test takes."""

    def say(version):
        read = statement("setup/version")
        runner.run(graph.define([read], version=version))

    runner.run(graph.write_in_batches(statement("writes/clear")))
    yield say
    say(SCHEMA_VERSION)
    runner.run(graph.define(list(migrations.definitions())))
    runner.run(graph.define([statement("setup/await_indexes")]))


def indexed(cypher):
    return {
        (label, *index["properties"]): index["name"]
        for index in cypher(INDEXES)
        for label in index["labels"] or []
        if index["properties"]
    }


def test_an_older_database_gets_what_it_lacks_and_loses_what_is_superseded(
    versioned, cypher, graph, runner
):
    held, label = ("country", "name", "key"), "Organisation"
    cypher(f"DROP INDEX {indexed(cypher)[label, *held]}")
    cypher("CREATE INDEX of_version_3 FOR (n:Organisation) ON (n.country)")
    cypher("CREATE INDEX of_somebody_else FOR (n:Organisation) ON (n.website)")
    versioned(3)
    told = runner.run(migrations.prepare(graph))
    assert told == f"Migrated from schema version 3 to {SCHEMA_VERSION}."
    found = indexed(cypher)
    assert (label, *held) in found
    assert (label, "country") not in found
    assert found[label, "website"] == "of_somebody_else"
    cypher("DROP INDEX of_somebody_else")
    assert runner.run(migrations.prepare(graph)) is None


def test_version_6_changes_nothing_that_is_stored(versioned, cypher, graph, runner):
    cypher("CREATE (:Member:Team {key: 't', name: 'T', country: 'SE'})")
    text = "MATCH (n) WHERE NOT n:ValuenetSchema RETURN labels(n), n {.*, number: 1}"
    before = cypher(text), indexed(cypher)
    versioned(5)
    told = runner.run(migrations.prepare(graph))
    assert told == "Migrated from schema version 5 to 6."
    assert (cypher(text), indexed(cypher)) == before


def test_a_newer_database_is_refused_and_left_as_it_is(versioned, graph, runner):
    versioned(SCHEMA_VERSION + 1)
    with pytest.raises(NewerDatabase, match="update valuenet"):
        runner.run(migrations.prepare(graph))
    assert runner.run(migrations.read_state(graph)).version == SCHEMA_VERSION + 1


def test_a_database_of_somebody_else_is_refused(versioned, cypher, graph, runner):
    cypher("MATCH (s:ValuenetSchema) DELETE s")
    cypher("CREATE (:Theirs)")
    with pytest.raises(ForeignDatabase, match="Nothing was changed"):
        runner.run(migrations.prepare(graph))
    cypher("MATCH (n:Theirs) DELETE n")


def test_version_5_folds_the_search_and_converts_countries(
    versioned, cypher, graph, runner, ask
):
    cypher("DROP INDEX search")
    cypher("CREATE FULLTEXT INDEX search FOR (n:Organisation) ON EACH [n.name]")
    for key, name, country in (
        ("a", "Åsvik", "Sweden"),
        ("b", "Müller", "deutschland"),
        ("c", "Other", "Sverigge"),
        ("d", "Plain", "NO"),
    ):
        cypher(
            "CREATE (:Member:Organisation {key: $key, name: $name, country: $country})",
            key=key,
            name=name,
            country=country,
        )
    versioned(4)
    runner.run(migrations.prepare(graph))
    rows = cypher("MATCH (m:Member) RETURN m.name AS name, m.country AS country")
    assert {row["name"]: row["country"] for row in rows} == {
        "Åsvik": "SE",
        "Müller": "DE",
        "Other": "Sverigge",
        "Plain": "NO",
    }
    text = (
        "query ($t: String!) { search(text: $t) { nodes { ... on Member { key } } } }"
    )
    for word, key in (("asvik", "a"), ("muller", "b")):
        assert ask(text, t=word)["search"]["nodes"] == [{"key": key}]
    [index] = cypher(
        "SHOW FULLTEXT INDEXES YIELD name, options WHERE name = 'search' RETURN *"
    )
    analyzer = index["options"]["indexConfig"]["fulltext.analyzer"]
    assert analyzer == "standard-folding"
