"""/export/: who may read tables, and what they cost."""

from __future__ import annotations

from service.formats.connections import CONNECTIONS
from service.server.tokens import TokenScope, create_token
from tests.support.worlds import member


def test_the_price_is_told_and_refused_above_the_limit(draw, get):
    draw({"members": [member(f"m{n:03d}") for n in range(100)]})
    path = "/export/organisations.csv"
    [answer] = get(path)
    columns = len(CONNECTIONS["organisations"].header)
    price = -(-100 * columns // 200)
    assert answer.headers["x-valuenet-cost"] == str(price)
    assert get(path, max_cost=price)[0].status_code == 200
    for method in ("GET", "HEAD"):
        [refused] = get(path, method=method, max_cost=price - 1)
        assert refused.status_code == 400
    text = get(path, max_cost=price - 1)[0].text
    assert f"organisations: 100 rows of {columns} columns cost {price} points" in text
    assert f"the limit is {price - 1}" in text


def test_trusted_only_refuses_tables_and_their_list(draw, get, tmp_path):
    draw({"members": [member("a")]})
    given = {"documents": tmp_path, "trusted_only": True}
    for path in ("/export/organisations.csv", "/export/", "/export/none.csv"):
        [answer] = get(path, **given)
        assert answer.status_code == 403
        assert "trusted documents only" in answer.text
    assert get("/export/organisations.csv", documents=tmp_path)[0].status_code == 200


def test_a_table_needs_a_token_of_any_scope(draw, get, tmp_path):
    draw({"members": [member("a")]})
    tokens = tmp_path / "tokens"
    secrets = [create_token(tokens, scope.value, scope) for scope in TokenScope]
    for path in ("/export/organisations.csv", "/export/"):
        [none] = get(path, tokens=tokens)
        assert none.status_code == 401
        assert none.headers["www-authenticate"] == 'Bearer realm="valuenet"'
        asked = [(path, {"authorization": f"Bearer {s}"}) for s in [*secrets, "x"]]
        statuses = [answer.status_code for answer in get(*asked, tokens=tokens)]
        assert statuses == [200, 200, 401]


def test_a_bookmark_that_is_none_is_refused(draw, get):
    draw({"members": [member("a")]})
    path = "/export/organisations.csv"
    [first] = get(path)
    bookmark = first.headers["x-valuenet-bookmark"]
    again, wrong = get(
        (path, {"x-valuenet-bookmark": bookmark}),
        (path, {"x-valuenet-bookmark": "nix"}),
    )
    assert again.content == first.content
    assert (wrong.status_code, "x-valuenet-bookmark" in wrong.text) == (400, True)
