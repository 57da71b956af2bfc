"""What all commands share: help, one line for a failure, exit codes."""

import pytest

from service.cli.command_group import COMMANDS


def test_the_version_is_told(run):
    assert run("--version") == (0, "valuenet 0.1.0\n", "")


def test_the_help_lists_each_command(run):
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    listed = [line.split()[0] for line in out.split("Commands:")[1].splitlines()[1:]]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_s_own_help_begins_as_the_list_says(run, command):
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert COMMANDS[command].rstrip(".") in " ".join(out.split())
    assert out.startswith(f"Usage: valuenet {command} ")


def test_an_almost_right_command_is_suggested(run):
    code, out, err = run("serv")
    assert (code, out) == (2, "")
    assert "No such command 'serv'. Did you mean 'serve'?" in err


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
        (["database", "start"], "NEO4J_URI names another server"),
    ],
)
def test_bad_input_is_told_in_a_line_with_exit_code_2(run, arguments, text):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert text in err
    assert "Traceback" not in err


def test_a_bad_setting_is_told_by_its_name(run, environment):
    environment.setenv("VALUENET_MAX_PAGE", "0")
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert err.startswith("valuenet: VALUENET_MAX_PAGE: ")
    assert len(err.splitlines()) == 1


def test_a_database_that_does_not_answer_is_told_in_a_line(run, environment):
    environment.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    code, out, err = run("ask", stdin=b"{__typename}")
    assert (code, out) == (1, "")
    assert err.startswith("valuenet: the Neo4j at bolt://127.0.0.1:1 does not answer")
    assert len(err.splitlines()) == 1


def test_a_defect_is_a_line_unless_a_traceback_is_asked_for(run, environment):
    def broken(*_arguments, **_named):
        raise ValueError("odd")

    environment.setattr("service.cli.ask.run_with_graph", broken)
    code, _, err = run("ask", stdin=b"{__typename}")
    assert code == 1
    text = "unexpected ValueError: odd; set VALUENET_DEBUG=1 to see the traceback"
    assert err == f"valuenet: {text}\n"
    environment.setenv("VALUENET_DEBUG", "1")
    with pytest.raises(ValueError, match="odd"):
        run("ask", stdin=b"{__typename}")


def test_ctrl_c_ends_quietly_with_130(run, environment):
    def interrupted(*_arguments, **_named):
        raise KeyboardInterrupt

    environment.setattr("service.cli.ask.run_with_graph", interrupted)
    assert run("ask", stdin=b"{__typename}") == (130, "", "")
