"""Documents served by their hash, and a mode that serves no others."""

import hashlib

import pytest

from service.errors import BadInput
from service.server.trusted_documents import read_documents

TEXT = "query Name($key: String!) { organisation(key: $key) { name } }"
OTHER = '{ organisation(key: "maker") { name } }'
DATA = {"organisation": {"name": "The Maker"}}


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [{"key": "maker", "kind": "ORGANISATION", "name": "The Maker"}]})


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "documents" / "board"
    inner.mkdir(parents=True)
    (inner / "name.graphql").write_text(TEXT + "\n")
    return inner.parent


def by_id(text=TEXT):
    return {"documentId": f"sha256:{sha256(text)}"}


def by_apollo(text=TEXT):
    return {
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}
    }


GIVEN = {"variables": {"key": "maker"}}


@pytest.fixture
def outcomes(serve):
    """Of each body its code, or its data."""

    def outcomes(*bodies, newer=False, **settings):
        async def work(client):
            accept = "application/graphql-response+json" if newer else "*/*"
            headers = {"accept": accept}
            asked = [
                await client.post("/graphql", json=body, headers=headers)
                for body in bodies
            ]
            return [told(answer) for answer in asked]

        return serve(work, **settings)

    def told(answer):
        body = answer.json()
        if "errors" in body:
            return answer.status_code, body["errors"][0]["extensions"]["code"]
        return body["data"]

    return outcomes


def test_a_document_is_asked_by_either_name_of_its_hash(outcomes, folder):
    bodies = [
        {**by_id(), **GIVEN},
        {**by_apollo(), **GIVEN},
        {**by_id(TEXT + "\n"), **GIVEN},
        {"query": TEXT, **by_apollo(), **GIVEN},
        {"query": OTHER},
        by_id(OTHER),
        by_apollo(OTHER),
        {"query": OTHER, **by_apollo(TEXT)},
        {"documentId": "name"},
        {"documentId": 1},
        {"extensions": {"persistedQuery": {"sha256Hash": "../name"}}},
    ]
    unknown = (200, "PERSISTED_QUERY_NOT_FOUND")
    assert outcomes(*bodies, documents=folder) == [
        *[DATA] * 5,
        *[unknown] * 2,
        (200, "BAD_USER_INPUT"),
        *[(400, "BAD_REQUEST")] * 3,
    ]


def test_trusted_only_serves_nothing_else(outcomes, folder):
    bodies = [
        {**by_id(), **GIVEN},
        {"query": TEXT, **GIVEN},
        {"query": OTHER},
        {"query": "{__schema{types{name}}}"},
        by_id(OTHER),
    ]
    given = {"documents": folder, "trusted_only": True, "newer": True}
    assert outcomes(*bodies, **given) == [
        DATA,
        DATA,
        *[(403, "QUERY_NOT_IN_SAFELIST")] * 2,
        (404, "PERSISTED_QUERY_NOT_FOUND"),
    ]


def test_without_a_folder_clients_are_told_to_send_texts(outcomes):
    assert (
        outcomes(by_apollo(), by_id()) == [(200, "PERSISTED_QUERY_NOT_SUPPORTED")] * 2
    )


def test_a_document_is_asked_by_get_and_has_a_tag(serve, folder):
    async def work(client):
        parameters = {**by_id(), "variables": '{"key": "maker"}'}
        first = await client.get("/graphql", params=parameters)
        headers = {"if-none-match": first.headers["etag"]}
        return first, await client.get("/graphql", params=parameters, headers=headers)

    first, again = serve(work, documents=folder)
    assert first.json()["data"] == DATA
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_document_that_could_not_be_answered_stops_the_start(serve, folder):
    (folder / "odd.graphql").write_text("query Odd { nix }")
    with pytest.raises(BadInput, match=r"/odd\.graphql: Cannot query field 'nix'"):
        serve(None, documents=folder)
    with pytest.raises(BadInput, match="no such folder"):
        read_documents(folder / "nix", False)
    with pytest.raises(BadInput, match="set VALUENET_DOCUMENTS as well"):
        read_documents(None, True)
