"""Who may ask: tokens in a file of hashes, 401 and 403, and pages of other origins."""

import logging
import os

import pytest

from service.cli.serve import listen
from service.errors import AuthenticationRequired, BadInput
from service.server.tokens import (
    Token,
    TokenFile,
    TokenScope,
    create_token,
    digest_of,
    read_tokens,
)
from service.settings import Settings

ASK = {"query": "{__typename}"}
WRITE = {"query": "mutation {x}"}


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "a", "kind": "ORGANISATION", "name": "A"}]})


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tokens"


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


def test_a_token_is_told_once_and_its_hash_is_kept_for_its_owner_alone(file):
    secret = create_token(file, "board", TokenScope.READ)
    text = file.read_text()
    assert text == f"board {digest_of(secret)} read\n"
    assert secret not in text
    assert len(secret) > 50
    assert file.stat().st_mode & 0o777 == 0o600
    another = create_token(file, "loader", TokenScope.WRITE)
    assert read_tokens(file) == [
        Token("board", digest_of(secret), TokenScope.READ),
        Token("loader", digest_of(another), TokenScope.WRITE),
    ]
    with pytest.raises(BadInput, match="board already has a token"):
        create_token(file, "board", TokenScope.WRITE)
    with pytest.raises(BadInput, match="a name has"):
        create_token(file, "two words", TokenScope.READ)


def test_beyond_loopback_it_listens_only_where_somebody_asks_for_names(file):
    for guarded in ({"tokens": file}, {"behind_proxy": True}):
        listen(Settings(**guarded), "0.0.0.0", 0).close()
    with pytest.raises(BadInput, match="`valuenet token NAME`"):
        listen(Settings(), "0.0.0.0", 0)


DIGEST = digest_of("x")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a b read", "line 1: expected a name, a SHA-256"),
        (f"# who\na {DIGEST} admin", "line 2: expected"),
        (f"a {DIGEST}", "line 1: expected"),
        (f"a {DIGEST} read\na {DIGEST} write", "two lines have the name a"),
    ],
)
def test_a_fault_in_the_file_is_told_without_its_content(file, text, fault):
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(BadInput) as told:
        read_tokens(file)
    assert fault in str(told.value)
    assert DIGEST not in str(told.value)


def test_a_file_that_others_may_read_is_refused(file):
    create_token(file, "board", TokenScope.READ)
    for mode in (0o640, 0o604, 0o660):
        file.chmod(mode)
        with pytest.raises(BadInput, match="chmod 600"):
            read_tokens(file)
    with pytest.raises(BadInput, match="No such file"):
        read_tokens(file.with_name("nix"))


def test_a_removed_token_is_refused_at_once_and_a_broken_file_lets_nobody_in(
    file, caplog
):
    one = create_token(file, "one", TokenScope.READ)
    two = create_token(file, "two", TokenScope.READ)
    tokens = TokenFile(file)
    assert tokens.token_of(f"bearer {one}").name == "one"
    file.write_text(file.read_text().splitlines(keepends=True)[1])
    os.utime(file, ns=(1, 1))
    with pytest.raises(AuthenticationRequired):
        tokens.token_of(f"Bearer {one}")
    assert tokens.token_of(f"Bearer {two}").name == "two"
    file.chmod(0o644)
    with pytest.raises(AuthenticationRequired):
        tokens.token_of(f"Bearer {two}")
    assert "All requests are refused" in caplog.text


def test_without_a_token_401_and_with_one_too_narrow_403(serve, file, caplog):
    reader = create_token(file, "board", TokenScope.READ)
    writer = create_token(file, "loader", TokenScope.WRITE)

    async def work(client):
        async def ask(body, **headers):
            return await client.post("/graphql", json=body, headers=headers)

        return {
            "none": await ask(ASK),
            "basic": await ask(ASK, authorization="Basic eDp5"),
            "wrong": await ask(ASK, **bearer("x" * 60)),
            "reads": await ask(ASK, **bearer(reader)),
            "narrow": await ask(WRITE, **bearer(reader)),
            "writes": await ask(WRITE, **bearer(writer)),
            "probe": await client.get("/livez"),
        }

    with caplog.at_level(logging.INFO):
        answers = serve(work, tokens=file)
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {
        "none": 401,
        "basic": 401,
        "wrong": 401,
        "reads": 200,
        "narrow": 403,
        "writes": 200,  # and refused by validation: there is nothing to write yet
        "probe": 200,
    }
    challenges = {n: a.headers.get("www-authenticate") for n, a in answers.items()}
    realm = 'Bearer realm="valuenet"'
    assert challenges == {
        "none": realm,
        "basic": realm,
        "wrong": f'{realm}, error="invalid_token"',
        "reads": None,
        "narrow": f'{realm}, error="insufficient_scope", scope="write"',
        "writes": None,
        "probe": None,
    }
    codes = [answers[n].json()["errors"][0]["extensions"]["code"] for n in statuses
             if n not in ("reads", "probe")]  # fmt: skip
    assert codes[:4] == ["UNAUTHENTICATED"] * 3 + ["FORBIDDEN"]
    assert "POST /graphql 200" in caplog.text
    assert ", board" in caplog.text
    assert reader not in caplog.text
    assert writer not in caplog.text


PAGE = {"origin": "https://board.example"}
PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,x-valuenet-bookmark",
}


def test_pages_of_other_origins_are_let_in_by_name_alone(serve, file):
    secret = create_token(file, "board", TokenScope.READ)

    async def work(client):
        ahead = await client.options("/graphql", headers={**PAGE, **PREFLIGHT})
        headers = {**PAGE, **bearer(secret)}
        return ahead, await client.post("/graphql", json=ASK, headers=headers)

    ahead, answer = serve(work, tokens=file)
    assert ahead.status_code == 403
    assert "access-control-allow-origin" not in {**ahead.headers, **answer.headers}
    origins = "https://other.example, https://board.example"
    ahead, answer = serve(work, tokens=file, cors_origins=origins)
    assert ahead.status_code == 200
    for told in (ahead, answer):
        assert told.headers["access-control-allow-origin"] == PAGE["origin"]
    assert "x-valuenet-bookmark" in answer.headers["access-control-expose-headers"]
    assert serve(work, cors_origins="https://other.example")[0].status_code == 403
