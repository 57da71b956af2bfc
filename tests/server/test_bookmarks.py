"""Bookmarks: an answer carries one, and who brings it back sees what it has seen."""

import pytest
from neo4j import GraphDatabase

from service.graph import request_scope
from service.graph.migrations import SCHEMA_VERSION
from service.graph.statements import statement

HEADER = "x-valuenet-bookmark"
WORLD = {
    "members": [
        {"key": key, "kind": "ORGANISATION", "name": key.upper()} for key in "abc"
    ],
    "ties": [{"kind": "EXCHANGE", "source": "a", "target": "b", "deliverable": "x"}],
}
COUNT = "{brokerage(network: {ties: [EXCHANGE]}, groupBy: KIND) {nodeCount}}"


@pytest.fixture(autouse=True)
def world(draw):
    draw(WORLD)


@pytest.fixture
def elsewhere(address):
    """Another process writes; its bookmark is what its client received."""

    def write(text):
        auth = (address.username, address.password)
        with (
            GraphDatabase.driver(address.uri, auth=auth) as driver,
            driver.session(database=address.database) as session,
        ):
            session.run(text).consume()
            return ",".join(session.last_bookmarks().raw_values)

    return write


def test_every_answer_carries_a_bookmark(serve):
    async def work(client):
        texts = ['{organisation(key: "a") {key}}', COUNT, "{__typename}", "{nix}", "{"]
        return [await client.post("/graphql", json={"query": text}) for text in texts]

    for answer in serve(work):
        assert answer.headers[HEADER].startswith("FB:")


ADDED = """MATCH (b:Member {key: 'b'}), (c:Member {key: 'c'})
CREATE (b)-[:PROVIDES {key: 'new', deliverable: 'y'}]->(c)"""


def test_who_brings_a_bookmark_sees_that_write_even_in_a_kept_network(serve, elsewhere):
    """Without one, a network may be as old as VALUENET_NETWORK_AGE_SECONDS."""

    async def work(client):
        async def count(**headers):
            body = {"query": COUNT}
            answer = await client.post("/graphql", json=body, headers=headers)
            return answer.json()["data"]["brokerage"]["nodeCount"]

        before = await count()
        bookmark = elsewhere(ADDED)
        return before, await count(), await count(**{HEADER: bookmark}), await count()

    assert serve(work, network_age_seconds=3_600) == (2, 2, 3, 3)


@pytest.mark.parametrize("given", ["nix", "FB:nix", "a b", ",".join(["FB:x"] * 21)])
def test_another_bookmark_is_the_caller_s_fault(serve, given):
    async def work(client):
        body = {"query": '{organisation(key: "a") {key}}'}
        return await client.post("/graphql", json=body, headers={HEADER: given})

    (error,) = serve(work).json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith("x-valuenet-bookmark: ")


def test_a_write_of_a_request_renews_its_bookmark(graph, runner):
    async def work():
        with request_scope.request_scope(10) as request:
            before = await graph.last_change()
            async with graph.write_transaction() as writer:
                await writer.write(statement("setup/version"), version=SCHEMA_VERSION)
            return before, await request.bookmark(), await graph.last_change()

    before, given, after = runner.run(work())
    assert before != given == after
