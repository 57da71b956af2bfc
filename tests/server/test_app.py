"""The API over HTTP: what it takes, what it refuses, and what a client sees."""

import asyncio
import logging
import re

import orjson
import pytest

from schema.execution.engine import GraphQLEngine
from service.database import SILENT
from service.database.supervisor import Supervisor
from service.errors import Unavailable
from service.graph import Graph
from service.server.editor import FOLDER
from service.server.graphql_request import MAX_BYTES
from service.settings import Settings

JSON = {"content-type": "application/json"}
DEEP = b"[" * 500 + b"]" * 500
HELLO = '{organisation(key:"maker"){name}}'


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "maker", "kind": "ORGANISATION", "name": "The Maker"}]})


@pytest.fixture
def post(serve):
    """The answer to one POST of these JSON members."""

    def post(headers=None, profile="development", **body):
        async def work(client):
            return await client.post("/graphql", json=body, headers=headers)

        return serve(work, profile=profile)

    return post


def data(answer):
    """The answer without its price."""
    return {n: v for n, v in answer.json().items() if n != "extensions"}


def codes(answer):
    return {error["extensions"]["code"] for error in answer.json()["errors"]}


def test_a_question_is_answered_as_json_under_an_id(post):
    answer = post(query=HELLO)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    cost = {"requested": 1, "actual": 1, "limit": 100_000}
    assert answer.json() == {
        "data": {"organisation": {"name": "The Maker"}},
        "extensions": {"cost": cost},
    }
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


def test_variables_and_the_operation_name_are_used(post):
    document = "query A($key: String!) {organisation(key: $key) {name}} query B {nix}"
    document = document.replace("nix", "__typename")
    answer = post(query=document, variables={"key": "maker"}, operationName="A")
    assert data(answer) == {"data": {"organisation": {"name": "The Maker"}}}


@pytest.mark.parametrize("given", ["caller-1.x_Y", "a" * 64])
def test_a_sane_request_id_of_the_caller_is_kept(post, given):
    headers = {"x-request-id": given}
    assert post(headers, query=HELLO).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "a" * 65, "a\tb", "é".encode()])
def test_another_request_id_is_replaced(post, given):
    headers = {"x-request-id": given}
    assert len(post(headers, query=HELLO).headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "text/plain"}, b'{"query":"{x}"}', 415),
        ({"content-type": "application/x-www-form-urlencoded"}, b"query={x}", 415),
        ({}, b'{"query":"{x}"}', 415),
        (JSON, b"", 400),
        (JSON, b"{", 400),
        (JSON, b"[1]", 400),
        (JSON, b'"{x}"', 400),
        (JSON, b"{}", 400),
        (JSON, b'{"query":1}', 400),
        (JSON, b'{"query":" "}', 400),
        (JSON, b'{"query":"{x}","variables":[]}', 400),
        (JSON, b'{"query":"{x}","operationName":1}', 400),
        (JSON, b"[" * 100_000, 400),
        (JSON, b'{"query":"{x}","variables":{"a":%s}}' % DEEP, 400),
        (JSON, b'"' + b"x" * MAX_BYTES + b'"', 413),
    ],
)
def test_what_is_no_graphql_request_is_refused(serve, headers, body, status):
    async def work(client):
        return await client.post("/graphql", content=body, headers=headers)

    answer = serve(work)
    assert answer.status_code == status
    assert codes(answer) == {"BAD_REQUEST"}


DOUBLING = "{...F0} " + " ".join(
    f"fragment F{i} on Query {{...F{i + 1} ...G{i + 1}}}"
    f" fragment G{i} on Query {{...F{i + 1} ...G{i + 1}}}"
    for i in range(60)
)
DOUBLING += " fragment F60 on Query {__typename} fragment G60 on Query {__typename}"
CHAIN = "{...F0} " + " ".join(
    f"fragment F{i} on Query {{...F{i + 1}}}" for i in range(300)
)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{nix}", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation {x}", "GRAPHQL_VALIDATION_FAILED"),
        ("fragment F on Query {__typename}", "GRAPHQL_VALIDATION_FAILED"),
        ("query A {__typename} query B {__typename}", "OPERATION_RESOLUTION_FAILURE"),
        ('{weakNodeImpact(member:"nix"){totalLoss}}', "NOT_FOUND"),
        ('{node(id:"nix"){id}}', "BAD_USER_INPUT"),
        ("subscription {changes {number}}", "BAD_USER_INPUT"),
    ],
)
def test_a_document_at_fault_is_told_by_a_code(post, document, code):
    answer = post(query=document)
    assert answer.status_code == 200
    assert codes(answer) == {code}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            "{" + " ".join(f"a{i}:__typename" for i in range(10_000)) + "}",
            id="10,000 aliases",
        ),
        pytest.param(
            "{" + " ".join(f"a{i}:__typename" for i in range(31)) + "}", id="31 aliases"
        ),
        pytest.param("{a" * 5_000 + "}" * 5_000, id="5,000 levels"),
        pytest.param("{a" * 900 + "}" * 900, id="900 levels"),
        pytest.param("{a" * 16 + "}" * 16, id="16 levels"),
        pytest.param("{a(x:" + "[" * 5_000 + "]" * 5_000 + ")}", id="lists in lists"),
        pytest.param(DOUBLING, id="2^60 fields by fragments"),
        pytest.param(CHAIN, id="300 fragments in a chain"),
        pytest.param(
            "{...F} fragment F on Query {...F __typename}", id="a fragment in itself"
        ),
        pytest.param("{" + "__typename " * 2_000 + "}", id="2,000 times one field"),
        pytest.param("{" + "nix " * 1_000 + "}", id="1,000 unknown fields"),
    ],
)
def test_too_much_is_a_client_error_and_never_hangs(post, document):
    assert codes(post(query=document)) == {"GRAPHQL_VALIDATION_FAILED"}


def test_variables_at_fault_are_the_caller_s(post):
    document = "query($key: String!) {organisation(key: $key) {name}}"
    for variables in ({}, {"key": None}, {"key": 1}, {"key": {"a": []}}, None):
        assert codes(post(query=document, variables=variables)) == {"BAD_USER_INPUT"}


def test_clients_that_ask_for_the_newer_media_type_get_its_status(post):
    newer = {"accept": "application/graphql-response+json"}
    refused, answered = post(newer, query="{nix}"), post(newer, query=HELLO)
    assert (refused.status_code, answered.status_code) == (400, 200)
    assert answered.headers["content-type"] == newer["accept"]


def test_a_defect_is_masked_and_logged_once_with_the_request_id(
    serve, monkeypatch, caplog
):
    async def broken(*_args, **_params):
        raise ValueError("a secret")

    async def work(client):
        monkeypatch.setattr(Graph, "rows", broken)
        monkeypatch.setattr(Graph, "value", broken)
        headers = {"x-request-id": "mine"}
        return await client.post("/graphql", json={"query": HELLO}, headers=headers)

    with caplog.at_level(logging.WARNING):
        answer = serve(work)
    (error,) = answer.json()["errors"]
    assert (
        error["message"] == "Internal error. The server's log has details under mine."
    )
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}
    assert "secret" not in answer.text
    told = [record for record in caplog.records if "Unexpected" in record.message]
    assert len(told) == 1
    assert "a secret" in str(told[0].exc_info[1])


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/graphql-response+json"]
)
def test_without_a_database_every_media_type_has_503(serve, monkeypatch, media_type):
    async def gone(*_args, **_params):
        raise Unavailable("The database does not answer.")

    async def work(client):
        monkeypatch.setattr(Graph, "rows", gone)
        monkeypatch.setattr(Graph, "value", gone)
        headers = {"accept": media_type}
        return await client.post("/graphql", json={"query": HELLO}, headers=headers)

    answer = serve(work)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert codes(answer) == {"SERVICE_UNAVAILABLE"}
    assert answer.json()["errors"][0]["message"] == "The database does not answer."


def test_probes_tell_alive_from_ready(serve, monkeypatch):
    async def gone(_graph):
        raise Unavailable("The database does not answer.")

    async def work(client):
        well = await client.get("/livez"), await client.get("/readyz")
        monkeypatch.setattr(Graph, "check_reachable", gone)
        return *well, await client.get("/livez"), await client.get("/readyz")

    *well, alive, unready = serve(work)
    assert [answer.status_code for answer in (*well, alive)] == [200, 200, 200]
    assert well[1].json() == {"ready": True}
    assert unready.status_code == 503
    assert unready.headers["retry-after"]
    assert unready.json() == {
        "ready": False,
        "reason": "The database does not answer.",
    }


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_in_development_a_browser_gets_the_editor_from_here_alone(serve):
    async def work(client):
        page = await client.get("/graphql", headers=BROWSER)
        wanted = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
        files = [await client.get(place) for place in wanted]
        return page, wanted, files

    page, wanted, files = serve(work)
    assert page.status_code == 200
    assert "http" not in page.text.replace("http-equiv", "")
    assert len(wanted) == 6
    assert {file.status_code for file in files} == {200}
    assert {place.removeprefix("/ide/") for place in wanted} <= {
        path.name for path in FOLDER.iterdir()
    }


def test_in_development_get_answers_queries(serve):
    async def work(client):
        document = "query($key: String!) {organisation(key: $key) {name}}"
        good = {"query": document, "variables": '{"key": "maker"}'}
        return [
            await client.get("/graphql", params=good),
            await client.get("/graphql", params={**good, "variables": "{"}),
            await client.get("/graphql", params={"query": "mutation {x}"}),
            await client.get("/graphql"),
        ]

    good, bad, mutation, empty = serve(work)
    assert data(good) == {"data": {"organisation": {"name": "The Maker"}}}
    assert (bad.status_code, codes(bad)) == (400, {"BAD_REQUEST"})
    assert (mutation.status_code, codes(mutation)) == (405, {"METHOD_NOT_ALLOWED"})
    assert mutation.headers["allow"] == "GET, HEAD, POST"
    assert empty.status_code == 400


def test_in_production_there_is_neither_editor_nor_get_nor_introspection(serve):
    async def work(client):
        look = {"query": "{__schema{types{name}}}"}
        places = ["/graphql", "/graphql?query={__typename}", "/ide/start.js"]
        gets = [await client.get(place, headers=BROWSER) for place in places]
        name = await client.post("/graphql", json={"query": "{__typename}"})
        return gets, name, await client.post("/graphql", json=look)

    gets, name, look = serve(work, profile="production", allow_anonymous=True)
    assert [answer.status_code for answer in gets] == [405, 405, 404]
    assert gets[0].headers["allow"] == "POST"
    assert data(name) == {"data": {"__typename": "Query"}}
    assert codes(look) == {"INTROSPECTION_DISABLED"}


def test_in_development_introspection_is_answered(post):
    answer = post(query="{__schema{queryType{name}}}")
    assert data(answer) == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


def test_while_the_database_is_started_again_every_way_in_has_503(serve, address):
    async def work(client):
        watched = Supervisor(Settings(), address, SILENT)
        watched.outage = "Neo4j ended (signal 9); starting it again"
        client._transport.app.state.server.supervisor = watched
        body = {"query": "subscription { changes { number } }"}
        return [
            await client.post("/graphql", json={"query": HELLO}),
            await client.post("/graphql/stream", json=body),
            await client.get("/export/organisations.csv"),
            await client.get("/readyz"),
        ]

    for response in serve(work):
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert "Neo4j ended (signal 9); starting it again" in response.text


def test_every_response_has_the_security_headers(serve):
    async def work(client):
        return [
            await client.post("/graphql", json={"query": HELLO}),
            await client.post("/graphql", content="{"),
            await client.get("/graphql", headers=BROWSER),
            await client.get("/livez"),
            await client.get("/nowhere"),
            await client.get("/graphql", headers={"host": "evil.example"}),
        ]

    responses = serve(work)
    assert [r.status_code for r in responses] == [200, 415, 200, 200, 404, 421]
    for response in responses:
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert response.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in responses[2].headers["content-security-policy"]


def test_a_request_that_a_stopping_server_cancels_gets_503(serve, monkeypatch):
    async def never(*_args, **_params):
        await asyncio.Event().wait()

    async def work(client):
        monkeypatch.setattr(GraphQLEngine, "execute", never)
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            body = orjson.dumps({"query": HELLO})
            return {"type": "http.request", "body": body, "more_body": False}

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/graphql"}
        scope |= {"headers": headers, "query_string": b"", "raw_path": b"/graphql"}
        task = asyncio.create_task(client._transport.app(scope, receive, send))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return sent

    start, body = serve(work)
    assert start["status"] == 503
    assert (b"retry-after", b"5") in start["headers"]
    assert "stopping" in orjson.loads(body["body"])["errors"][0]["message"]
