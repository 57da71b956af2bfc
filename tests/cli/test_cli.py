"""The `valuenet` command: answers on stdout, one line for a failure, exit codes."""

import io
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from neo4j import GraphDatabase
from rich.console import Console

import seeds
from service.cli import main
from service.cli.ask import answer_of
from service.cli.demo_tour import print_tour
from service.server.tokens import TokenFile, TokenScope
from service.settings import Settings

COMMAND = [
    sys.executable,
    "-c",
    # A shell that runs us in the background leaves Ctrl-C ignored.
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from service.cli import main; sys.exit(main())",
]
MAKER = {
    "members": [
        {"key": "maker", "kind": "ORGANISATION", "name": "The Maker"},
        {"key": "making", "kind": "TEAM", "name": "Making", "team_kind": "PRODUCTION"},
    ],
    "ties": [{"kind": "AFFILIATION", "source": "making", "target": "maker"}],
}


@pytest.fixture
def given(address, graph, monkeypatch, tmp_path):
    """The environment of a command: the run's Neo4j, and nothing of this machine's."""
    environment = {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "VALUENET_HOME": str(tmp_path / "home"),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def run(given, capfdbinary):
    """Run the command here: its exit code, its stdout and its stderr."""

    def run(*arguments, stdin=b""):
        given.setattr(sys, "argv", ["valuenet", *map(str, arguments)])
        given.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        try:
            code = main()
        except SystemExit as end:
            code = end.code or 0
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    handlers, level = list(logging.root.handlers), logging.root.level
    ended = signal.getsignal(signal.SIGTERM)
    yield run
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    signal.signal(signal.SIGTERM, ended)


def test_the_version_is_told(run):
    assert run("--version") == (0, "valuenet 0.1.0\n", "")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nix"], "No such command 'nix'"),
        (["load"], "Missing argument"),
        (["load", "/nix"], "valuenet: /nix: no such file or folder"),
        (["load", ".", "--format", "nix"], "expected one of tables, yc, cordis"),
        (["ask", "/nix.graphql"], "valuenet: /nix.graphql: No such file"),
        (["ask", "--variables", "["], "valuenet: --variables: not JSON"),
        (["ask", "--variables", "[]"], "valuenet: --variables: expected an object"),
        (["ask", "-"], "empty; expected a GraphQL document"),
        (["serve", "--host", "0.0.0.0"], "on loopback only"),
        (
            ["serve", "--host", "no.such.host.invalid"],
            "is not a known address",
        ),
        (["database", "start"], "NEO4J_URI names a server of its own"),
    ],
)
def test_bad_input_is_told_in_a_line_with_exit_code_2(run, arguments, text):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert text in err
    assert "Traceback" not in err


def test_a_bad_setting_is_told_by_its_name(run, given):
    given.setenv("VALUENET_MAX_PAGE", "0")
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert err.startswith("valuenet: VALUENET_MAX_PAGE: ")
    assert len(err.splitlines()) == 1


def test_a_database_that_does_not_answer_is_told_in_a_line(run, given):
    given.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    code, out, err = run("ask", stdin=b"{__typename}")
    assert (code, out) == (1, "")
    assert err.startswith("valuenet: the Neo4j at bolt://127.0.0.1:1 does not answer")
    assert len(err.splitlines()) == 1


def test_a_defect_is_a_line_unless_a_traceback_is_asked_for(run, given):
    def broken(*_arguments, **_named):
        raise ValueError("odd")

    given.setattr("service.cli.ask.run_with_graph", broken)
    code, _, err = run("ask", stdin=b"{__typename}")
    assert code == 1
    text = "unexpected ValueError: odd; set VALUENET_DEBUG=1 to see the traceback"
    assert err == f"valuenet: {text}\n"
    given.setenv("VALUENET_DEBUG", "1")
    with pytest.raises(ValueError, match="odd"):
        run("ask", stdin=b"{__typename}")


def test_ctrl_c_ends_quietly_with_130(run, given):
    def interrupted(*_arguments, **_named):
        raise KeyboardInterrupt

    given.setattr("service.cli.ask.run_with_graph", interrupted)
    assert run("ask", stdin=b"{__typename}") == (130, "", "")


def test_ask_prints_the_answer_alone(run, draw, tmp_path):
    draw(MAKER)
    file = tmp_path / "name.graphql"
    file.write_text("query($key: String!) {organisation(key: $key) {name}}")
    code, out, err = run("ask", file, "--variables", '{"key": "maker"}')
    assert (code, err) == (0, "")
    assert json.loads(out) == {"data": {"organisation": {"name": "The Maker"}}}


def test_ask_knows_no_limits_and_says_errors_by_its_exit_code(run):
    many = "{" + " ".join(f"a{i}:__typename" for i in range(3_000)) + "}"
    code, out, _ = run("ask", "-", stdin=many.encode())
    assert code == 0
    assert len(json.loads(out)["data"]) == 3_000
    code, out, err = run("ask", stdin=b"{nix}")
    assert (code, err) == (1, "")
    (error,) = json.loads(out)["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_token_prints_a_new_token_alone(run, tmp_path):
    file = tmp_path / "tokens"
    code, out, err = run("token", "loader", "--scope", "write", "--file", file)
    assert code == 0
    assert f"VALUENET_TOKENS={file}" in err
    found = TokenFile(file).token_of(f"Bearer {out.strip()}")
    assert (found.name, found.scope) == ("loader", TokenScope.WRITE)
    code, out, err = run("token", "loader", "--file", file)
    assert (code, out) == (2, "")
    assert err.startswith("valuenet: loader already has a token")


def test_load_counts_what_it_loaded_on_stdout(run, draw):
    draw(MAKER)
    code, out, err = run("load", seeds.FOLDER / "demo", seeds.FOLDER / "demo")
    assert code == 0
    assert re.search(r"^ *Organisation +110 *$", out, re.MULTILINE)
    assert re.search(r"^ *Person +134 *$", out, re.MULTILINE)
    assert out.count("Organisation") == 2  # once a path
    assert "Loading" not in out
    assert "Loading" in err


def test_load_tells_every_fault_of_a_bad_folder(run, tmp_path):
    text = "key,kind,name\na,ORGANISATION,A\na,ORGANISATION,B\nb,HOUSE,C\n"
    (tmp_path / "members.csv").write_text(text)
    code, out, err = run("load", tmp_path)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert "valuenet: cannot load:" in lines
    assert sum("members.csv line" in line for line in lines) == 2
    assert lines[-1] == "Nothing of this run was kept."


def test_the_tour_answers_its_questions_from_the_seeds(run, draw, graph, runner):
    """Story B's figures; the widths are those of a terminal and of a pipe."""
    draw(seeds.FOLDER / "demo")
    assert run("load", "--format", "yc", seeds.FOLDER / "yc")[0] == 0

    async def ask(text):
        return await answer_of(graph, Settings(), text)

    told = {}
    for width in (80, 120, 100_000):
        console = Console(file=io.StringIO(), width=width, markup=False)
        runner.run(print_tour(ask, console))
        told[width] = console.file.getvalue()
    for text in told.values():
        assert "…" not in text
        assert text.count("```graphql\n") == 4
        for name in ("brokers_of_the_demo", "weak_team", "partner_paths"):
            assert seeds.question(name).strip() in text
    for width in (80, 120):
        assert max(map(len, told[width].splitlines())) <= width
    piped = told[100_000]
    for row in (
        r"Åsvik Pump Production +46\.0 % +54\.0 % +13 ",
        r"Björkliden Dairy +67\.6 % +32\.4 % +10 ",
        r"Björkliden Dairy +10 +3,200,000 SEK ",
        r"Stenarp Brewery does not wait: Kvarnholm Pumps",
        r"Prototype making: Bergslund Ventures opens the way",
        r"Mass manufacturing: Bergslund Ventures opens the way",
        r"Distribution: Bergslund Ventures opens the way",
        r"766 members, 18,930 arcs",
    ):
        assert re.search(row, piped), row


def test_check_finds_a_sound_graph_sound(run, draw):
    draw(seeds.FOLDER / "demo")
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert "faults: 0; hints: 4" in out
    assert re.search(r"NEO4J_PASSWORD +(not )?set *\n", out)


def test_check_tells_what_breaks_answers_and_what_only_looks_odd(run, draw, address):
    draw(MAKER)
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


def test_clear_asks_first(run, draw, graph):
    draw(MAKER)
    document = b"{teams {totalCount}}"
    code, _, err = run("database", "clear", stdin=b"n\n")
    assert code == 1
    assert "Remove all records of bolt://" in err
    assert json.loads(run("ask", stdin=document)[1])["data"]["teams"]["totalCount"] == 1
    assert run("database", "clear", "--yes")[0] == 0
    assert json.loads(run("ask", stdin=document)[1])["data"]["teams"]["totalCount"] == 0


@pytest.fixture
def server(given):
    """`valuenet serve` as a process of its own, and where it answers."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    found = re.search(r"(http://127\.0\.0\.1:\d+)/graphql", process.stderr.readline())
    try:
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


def until_it_answers(place):
    for _ in range(100):
        try:
            return httpx.get(f"{place}/readyz")
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"{place} does not answer")


@pytest.mark.parametrize(
    ("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_serve_answers_until_it_is_told_to_end(server, kind, code):
    process, place = server
    assert until_it_answers(place).status_code == 200
    body = {"query": "{__typename}"}
    headers = {"x-request-id": "mine"}
    answer = httpx.post(f"{place}/graphql", json=body, headers=headers)
    assert answer.json()["data"] == {"__typename": "Query"}
    process.send_signal(kind)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert re.search(r" INFO .*\[mine\] POST /graphql 200", err)
    assert "Traceback" not in err


def test_a_port_in_use_is_told_before_a_database_starts(run, given, tmp_path):
    given.delenv("NEO4J_URI")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in ("serve", "demo"):
            code, out, err = run(command, "--port", port)
            assert (code, out) == (1, "")
            assert f"cannot listen on port {port}" in err
            assert len(err.splitlines()) == 1
    assert not os.path.exists(tmp_path / "home")
