"""Forms: only our own pages send them, only writers write, and it can be undone."""

from __future__ import annotations

import re

import pytest
from starlette.requests import Request

from service.server.tokens import TokenScope, create_token
from service.web.notice import NOTICE_COOKIE, notice_of
from service.web.routes import FORMS
from tests.support.worlds import member

CSRF_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NAME = """mutation ($name: String!) { updateOrganisation(
  input: {key: "m0", name: $name}) { __typename } }"""
LAST = '{ history(kind: "Organisation", key: "m0") { number } }'
READ = '{ organisation(key: "m0") { name } }'


async def query(client, text, headers=None, **variables):
    body = {"query": text, "variables": variables}
    return (await client.post("/graphql", json=body, headers=headers)).json()["data"]


async def rename(client, name):
    """Change the member with the API; the number of that change."""
    await query(client, NAME, name=name)
    return (await query(client, LAST))["history"][-1]["number"]


async def csrf_token(client, path="/login"):
    return CSRF_TOKEN.search((await client.get(path)).text)[1]


async def name_now(client):
    return (await query(client, READ))["organisation"]["name"]


@pytest.fixture
def world(draw):
    draw({"members": [member("m0", name="Before")]})


@pytest.mark.database
def test_what_a_form_wrote_is_undone_and_told(world, serve):
    async def work(client):
        number = await rename(client, "After")
        form = {"changes": str(number), "next": "/members/m0?day=2026-11-01"}
        form["csrf_token"] = await csrf_token(client)
        done = await client.post("/undo", data=form)
        name, page = await name_now(client), await client.get(done.headers["location"])
        again = await client.get(done.headers["location"])
        twice = await client.post("/undo", data=form)
        redo = dict(
            re.findall(r'name="(changes|csrf_token|next)" value="([^"]+)"', page.text)
        )
        await client.post("/undo", data=redo)
        return done, name, page, again, twice, await name_now(client)

    done, name, page, again, twice, restored = serve(work)
    assert done.status_code == 303
    assert done.headers["location"] == "/members/m0?day=2026-11-01"
    assert name == "Before"
    assert "Undone: organisation Before changed." in page.text
    assert "Undone" not in again.text  # once
    assert twice.status_code == 409
    assert "later changes depend on these" in twice.text
    assert restored == "After"


@pytest.mark.database
@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "x" * 22}, {}),
        ({"csrf_token": "é"}, {}),
        ({}, {"origin": "https://evil.example"}),
        ({}, {"origin": "http://localhost:9"}),
        ({}, {"origin": "http://["}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"sec-fetch-site": "same-site"}),
        ({}, {"cookie": ""}),
    ],
)
@pytest.mark.parametrize("path", [*FORMS, "/logout"])
def test_a_form_of_another_page_writes_nothing(world, serve, path, fields, headers):
    async def work(client):
        number = await rename(client, "After")
        form = {
            "changes": str(number),
            "next": "/",
            "csrf_token": await csrf_token(client),
        }
        answer = await client.post(path, data={**form, **fields}, headers=headers)
        return answer, await name_now(client)

    answer, name = serve(work)
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert name == "After"


@pytest.mark.database
@pytest.mark.parametrize(
    ("headers", "hosts"),
    [
        ({"origin": "http://localhost", "sec-fetch-site": "same-origin"}, ()),
        ({"origin": "null"}, ()),
        ({"origin": "https://board.example"}, ("board.example",)),
    ],
)
def test_a_form_of_our_own_page_is_taken(world, serve, headers, hosts):
    async def work(client):
        number = await rename(client, "After")
        form = {
            "changes": str(number),
            "next": "/",
            "csrf_token": await csrf_token(client),
        }
        return await client.post("/undo", data=form, headers=headers)

    assert serve(work, hosts=hosts).status_code == 303


@pytest.mark.database
def test_a_form_that_is_none_is_refused_with_a_sentence(world, serve):
    async def work(client):
        form = {"changes": "soon", "next": "/", "csrf_token": await csrf_token(client)}
        return [
            await client.post("/undo", data=form),
            await client.post("/undo", data={**form, "changes": "999999"}),
            await client.post("/undo", data={**form, "changes": "9" * 15}),
            await client.post("/undo", data={**form, "changes": "9" * 5_000}),
            await client.post("/undo", data={**form, "changes": "5-3"}),
            await client.post("/undo", json=form),
            await client.post("/undo", data={**form, "next": "x" * 1_000_001}),
            await client.post("/undo", data={f"f{i}": "" for i in range(1_001)}),
            await client.get("/undo"),
        ]

    answers = serve(work)
    assert [answer.status_code for answer in answers] == [400] * 8 + [405]
    texts = ["expected a number", "has no change", "has no change"]
    texts += ["expected a number", "from a lower to a higher"]
    texts += ["x-www-form", "larger", "1,000 fields"]
    for answer, text in zip(answers, texts, strict=False):
        assert text in answer.text


@pytest.mark.parametrize(("count", "is_notice"), [(1, True), (20, True), (21, False)])
def test_a_notice_has_a_limited_number_of_ranges(count, is_notice):
    cookie = f"{NOTICE_COOKIE}=saved:{'.'.join(['2-3'] * count)}"
    request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    notice = notice_of(request)
    assert (notice is not None) is is_notice
    assert notice is None or notice.numbers == [range(2, 4)] * count


@pytest.mark.database
def test_after_a_form_only_our_own_pages_follow(world, serve):
    async def work(client):
        number = await rename(client, "After")
        form = {"changes": str(number), "next": "//evil.example/"}
        form["csrf_token"] = await csrf_token(client)
        return await client.post("/undo", data=form)

    assert serve(work).headers["location"] == "/"


@pytest.mark.database
def test_a_read_token_writes_nothing_and_sees_no_button(draw, serve, tmp_path):
    draw({"members": [member("m0", name="Before")]})
    file = tmp_path / "tokens"
    secrets = {scope: create_token(file, scope.value, scope) for scope in TokenScope}

    async def work(client):
        header = {"authorization": f"Bearer {secrets[TokenScope.WRITE]}"}
        await query(client, NAME, header, name="After")
        changes = await query(client, LAST, header)
        number = changes["history"][-1]["number"]
        client.cookies.set("valuenet_token", secrets[TokenScope.READ])
        page = await client.get("/members/m0")
        form = {"changes": str(number), "next": "/"}
        form["csrf_token"] = CSRF_TOKEN.search(page.text)[1]
        answers = [await client.post(path, data=form) for path in FORMS]
        return page, answers, await query(client, READ, header)

    page, answers, after = serve(work, tokens=file)
    assert set(re.findall(r'<form method="post" action="([^"]+)"', page.text)) == {
        "/logout"
    }
    assert {answer.status_code for answer in answers} == {403}
    assert all("may read only" in answer.text for answer in answers)
    assert after["organisation"]["name"] == "After"


@pytest.mark.database
def test_without_a_token_a_form_leads_to_the_sign_in(draw, serve, tmp_path):
    draw({"members": [member("m0", name="Before")]})
    file = tmp_path / "tokens"
    create_token(file, "writer", TokenScope.WRITE)

    async def work(client):
        form = {"changes": "1", "next": "/", "csrf_token": await csrf_token(client)}
        return [await client.post(path, data=form) for path in FORMS]

    for answer in serve(work, tokens=file):
        assert answer.status_code == 303
        assert answer.headers["location"] == "/login?next=/"


@pytest.mark.database
def test_the_page_and_its_documents_are_trusted(world, serve, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "own.graphql").write_text("{ __typename }")

    async def work(client):
        from service.web.documents import document

        pages = [await client.get(path) for path in ("/", "/members", "/members/m0")]
        question = {"query": document("changes"), "variables": {"after": 0, "first": 1}}
        ours = await client.post("/graphql", json=question)
        other = await client.post("/graphql", json={"query": READ})
        return pages, ours.json(), other.json()

    pages, ours, other = serve(work, documents=folder, trusted_only=True)
    assert {page.status_code for page in pages} == {200}
    assert ours["data"]["changes"]["nodes"]
    assert other["errors"][0]["extensions"]["code"] == "QUERY_NOT_IN_SAFELIST"
