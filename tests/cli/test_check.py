"""`valuenet check`: faults and hints."""

import re

import pytest
from neo4j import GraphDatabase

import seeds


def test_check_finds_a_sound_graph_sound(run, draw):
    draw(seeds.FOLDER / "demo")
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert "faults: 0; hints: 4" in out
    assert re.search(r"NEO4J_PASSWORD +(not )?set *\n", out)


def test_check_tells_what_breaks_answers_and_what_only_looks_odd(run, maker, address):
    assert run("check")[0] == 0
    assert "hint   maker: The organisation does not depend" in run("check")[1]
    faults = (
        "MATCH (m:Member {key: 'maker'}) CREATE (m)-[:DEPENDS_ON {key: 'd'}]->(m),"
        " (:Contract {key: 'lone'}), (:Referral {key: 'r'}), (:Offering {name: 'o'}),"
        " (m)-[:WORKS_FOR {key: 'w', since: date('2026-02-01'),"
        " until: date('2026-01-01')}]->(m), (m)-[:FOLLOWS]->(m)"
    )
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        driver.execute_query(faults, database_=address.database)
    code, out, _ = run("check")
    found = [line for line in out.splitlines() if line.startswith(("fault ", "hint "))]
    assert code == 1
    assert [line.split(":")[0] for line in found] == [
        found[0].split(":")[0],  # the offering, by an id of the server's
        "fault  maker FOLLOWS maker",
        "fault  w",
        "fault  r",
        "fault  r",
        "fault  r",
        "fault  lone",
        "fault  maker",
        "hint   w",
        "hint   maker",
    ]
    assert found[0].startswith("fault  Offering ")


def test_check_lists_the_countries_that_are_no_codes(run, draw, address):
    names = {"a": "Sweden", "b": "Sverigge", "c": "Atlantis", "d": ""}
    rows = [
        {"key": key, "kind": "PERSON", "name": key, "country": country}
        for key, country in names.items()
    ]
    draw({"members": rows})
    code, out, _ = run("check")
    assert code == 0
    hints = [line for line in out.splitlines() if line.startswith("hint ")]
    assert [line.split(":")[0] for line in hints] == [
        "hint   Atlantis of c",
        "hint   Sverigge of b",
    ]
    assert "ISO 3166" in hints[0]


def test_check_says_how_a_document_is_a_table(run, maker, monkeypatch, tmp_path):
    monkeypatch.setenv("VALUENET_DOCUMENTS", str(tmp_path))
    documents = {
        "mine": "# Mine.\n{ teams { nodes { key } } }",
        "faulty": "# Faulty.\n{ teams { nodes { kee } } }",
        "none": "{ teams { nodes { key } } }",
        "some": "# Some.\nquery ($a: String!, $b: String!) {\n"
        "  teams(filter: { key: { in: [$a, $b] } }) { nodes { key } } }",
    }
    for name, text in documents.items():
        (tmp_path / f"{name}.graphql").write_text(text)
    code, out, _ = run("check")
    assert code == 0
    lines = out.splitlines()
    assert lines[lines.index("Your tables") + 1].split() == ["mine", "/tables/mine.csv"]
    assert [n for n in lines if str(tmp_path) in n and n.startswith("hint ")] == [
        f"hint   {tmp_path}/faulty.graphql is no table: it is not valid, so the server"
        " does not start: Cannot query field 'kee' on type 'Team'. Did you mean 'key'?",
        f"hint   {tmp_path}/none.graphql is no table: it has no description; begin it"
        " with a comment.",
        f"hint   {tmp_path}/some.graphql needs parameters: read"
        " /tables/some.csv?a=…&b=… or, as OData does not list it, /odata/some?a=…&b=…",
    ]


def test_check_lists_unknown_variables_and_unsafe_settings(run, maker, monkeypatch):
    monkeypatch.setenv("VALUENET_TOKEN", "x")
    monkeypatch.setenv("VALUENET_PROFILE", "production")
    code, out, _ = run("check")
    assert code == 1
    assert "VALUENET_TOKEN is not a setting; do you mean VALUENET_TOKENS?" in out
    assert "VALUENET_ALLOW_ANONYMOUS=true" in out
    assert "faults: 2;" in out


@pytest.mark.parametrize("command", [["load", "."], ["serve"], ["undo", "1"]])
def test_other_commands_do_not_start_with_an_unknown_variable(
    run, maker, monkeypatch, command
):
    monkeypatch.setenv("valuenet_hoem", "x")
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert "valuenet_hoem is not a setting; do you mean VALUENET_HOME?" in err
