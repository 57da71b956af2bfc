"""`valuenet token`: the new token alone on stdout."""

from service.server.tokens import TokenFile, TokenScope


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
