"""Commands look at their input first: no server is started, or asked, for a fault."""

from __future__ import annotations

import json
import os
import time
from io import StringIO

import pytest
from rich.console import Console

from service.cli.advice import KEEP_RUNNING, advise_to_keep_running
from service.cli.console import TerminalNotice

MEMBERS = "key,kind,name\na,TEAM,A\n"
DEEP = "[" * 500 + "]" * 500
GRAPHML = "<graphml><graph><node id='a'/><edge source='a' target='a'/>"


@pytest.fixture
def offline(run, environment, tmp_path):
    """Run a command that reaches no database: exit code 1 if it asks for one."""
    environment.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    environment.chdir(tmp_path)
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "members.csv").write_text(MEMBERS)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "members.csv").write_text(MEMBERS + "b,FIRM,B\n")
    (tmp_path / "cut.graphml").write_text(GRAPHML)
    (tmp_path / "odd.toml").write_text("members = 5")
    (tmp_path / "name.graphql").write_text("{ __typename }")
    (tmp_path / "file").write_text("")
    (tmp_path / "latin.graphql").write_bytes(b"# \xe5\n{ __typename }")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    return run


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["load", "bad"], "members.csv line 3, column kind: must be one of"),
        (["load", "good", "bad"], "members.csv line 3, column kind"),
        (["load", "good", "nix"], "valuenet: nix: no such file or folder"),
        (["load", "bad", "--dry-run"], "members.csv line 3, column kind"),
        (["load", "cut.graphml", "--format", "graphml"], "not valid XML"),
        (["load", "good/members.csv", "--mapping", "odd.toml"], "expected a section"),
        (["load", "pipe", "--format", "kumu"], "pipe: expected a file; this is a pipe"),
        (["load", "zero", "--format", "ocds"], "this is a device"),
        (["load", "good", "--report", "nix/pairs.csv"], "nix does not exist"),
        (["load", "good", "--report", "bad"], "this is a folder; expected a file"),
        (["ask", "pipe"], "pipe: expected a file; this is a pipe"),
        (["ask", "zero"], "this is a device"),
        (["ask", "good"], "this is a folder"),
        (["ask", "latin.graphql"], "latin.graphql: not UTF-8 text"),
        (["ask", "name.graphql", "--variables", f'{{"a": {DEEP}}}'], "more than 100"),
        (["ask", "name.graphql", "--variables", f'{{"a": {"9" * 999}}}'], "not JSON"),
        (["report", "c", "--out", "nix/r.html"], "the folder nix does not exist"),
        (["report", "c", "--out", "file/r.html"], "Not a directory"),
        (["export", "good"], "good: already exists"),
        (["export", "file", "--format", "gexf"], "file: already exists"),
        (["export", "nix/a.gexf", "--format", "gexf"], "folder nix does not exist"),
        (["export", "file/a"], "Not a directory"),
        (["export", "x" * 250], "name too long"),
        (["undo", "nix"], "'nix': expected a number (12), a range (12-40) or a run id"),
        (["undo", "9-3"], "9-3: a range is from a lower to a higher number"),
        (["undo", "0"], "0: a range is from a lower to a higher number"),
        (["undo", "9" * 5_000], "expected a number"),
        (["database", "restore", "pipe"], "NEO4J_URI"),
        (["token", "ada", "--file", "good"], "this is a folder"),
        (["token", "ada", "--file", "file/t"], "cannot store the token at file"),
    ],
)
def test_a_fault_in_the_input_is_told_before_a_server_is_needed(
    offline, arguments, text
):
    code, out, err = offline(*arguments)
    assert (code, out) == (2 if "cannot store" not in text else 1, "")
    assert text in err
    assert "unexpected" not in err


@pytest.mark.parametrize("tokens", ["nix", "good"])
def test_a_fault_in_the_tokens_is_told_before_a_server_is_needed(
    offline, environment, tokens
):
    environment.setenv("VALUENET_TOKENS", tokens)
    code, out, err = offline("serve", "--port", "0")
    assert (code, out) == (2, "")
    assert tokens in err
    assert "7687" not in err


@pytest.mark.parametrize(
    ("document", "variables", "code", "message"),
    [
        ("{", "{}", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        ("{ nix }", "{}", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nix'"),
        ("{a" * 500, "{}", "GRAPHQL_VALIDATION_FAILED", "nested too deeply"),
        (
            "{ organisations { nodes { %s } } }" % ("key name " * 800),
            "{}",
            "GRAPHQL_VALIDATION_FAILED",
            "The document repeats the same fields or fragments so often",
        ),
        (
            "query A {__typename} query B {__typename}",
            "{}",
            "OPERATION_RESOLUTION_FAILURE",
            "the document has 2 operations",
        ),
        (
            "subscription { changes { number } }",
            "{}",
            "BAD_USER_INPUT",
            "Subscriptions are served by WebSocket at /graphql",
        ),
        (
            "query ($key: String!) { organisation(key: $key) { name } }",
            '{"key": 5}',
            "BAD_USER_INPUT",
            "Variable '$key' has invalid value",
        ),
    ],
)
def test_a_document_that_does_not_fit_is_answered_without_a_server(
    offline, document, variables, code, message
):
    exit_code, out, err = offline(
        "ask", "-", "--variables", variables, stdin=document.encode()
    )
    assert (exit_code, err) == (1, "")
    [error] = json.loads(out)["errors"]
    assert error["extensions"] == {"code": code}
    assert message in error["message"]


def test_a_good_input_needs_the_server(offline):
    assert offline("load", "good")[0] == 1
    assert offline("ask", "name.graphql")[0] == 1
    assert offline("export", "new")[0] == 1
    assert offline("undo", "1")[0] == 1


def test_names_do_not_command_the_terminal(offline, tmp_path):
    code, _, err = offline("load", "\x1b[2J\u202e")
    assert (code, err) == (
        2,
        "valuenet: \\x1b[2J\\u202e: no such file or folder\n",
    )


@pytest.fixture
def person():
    """The notice of a person at a terminal."""
    notice = TerminalNotice()
    notice.console = Console(file=StringIO(), force_terminal=True, width=1_000)
    return notice


def said_to(person):
    return person.console.file.getvalue()


def test_who_starts_the_server_again_and_again_is_told_once(tmp_path, person, capsys):
    (tmp_path / "run").mkdir()
    for _ in range(2):
        advise_to_keep_running(tmp_path, TerminalNotice())  # of a script
    assert said_to(person) == capsys.readouterr().err == ""
    for _ in range(3):
        advise_to_keep_running(tmp_path, person)
    assert said_to(person) == f"{KEEP_RUNNING}\n"


def test_starts_that_are_far_apart_need_no_advice(tmp_path, person):
    (tmp_path / "run").mkdir()
    advise_to_keep_running(tmp_path, person)
    hour_ago = time.time() - 3_600
    os.utime(tmp_path / "run" / "last-start", (hour_ago, hour_ago))
    advise_to_keep_running(tmp_path, person)
    assert said_to(person) == ""
