"""`valuenet ask`: the answer alone on stdout, and errors in the exit code."""

import json


def test_ask_prints_the_answer_alone(run, maker, tmp_path):
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
