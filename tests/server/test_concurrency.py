"""Many requests at once: what is shared, what waits, what is refused or cancelled."""

import asyncio
import socket
import time

import orjson
import pytest

import seeds
from schema.execution.engine import LARGE_PRICE, LARGE_READS
from service.analyses import choke_points
from service.graph import Graph, request_scope
from service.graph.planning import AT_ONCE
from service.graph.statements import Statement
from service.settings import Settings
from tests.support.jobs import SECONDS, Job, until
from tests.support.listening import listening

CHOKE = '{{ chokePoints(asOf: "2026-10-{day:02}") {{ chokePointCount }} }}'
CHEAP = '{ organisation(key: "fuktlys") { name } }'
SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b"
SLOW += " RETURN [] AS labels, {key: toString(count(a))} AS properties"
ENDLESS = Statement("endless", SLOW, "", {"keys": []}, ("labels", "properties"))


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw(seeds.FOLDER / "demo")


@pytest.fixture
def job(monkeypatch):
    """The search for choke points begins with it."""
    job, search = Job(), choke_points.search_pairs

    def search_pairs(portfolio):
        job()
        return search(portfolio)

    monkeypatch.setattr(choke_points, "search_pairs", search_pairs)
    yield job
    job.released.set()


def question(day):
    return {"query": CHOKE.format(day=day)}


async def waiting(client, count):
    """Until so many requests wait for an analysis."""
    shared = client._transport.app.state.server.engine.analyses.shared
    await until_true(
        lambda: sum(each.waiting for each in shared._running.values()) >= count
    )


async def joined(client, count):
    """Until so many requests wait for one part of an analysis."""
    shared = client._transport.app.state.server.snapshots._work
    await until_true(
        lambda: any(each.waiting == count for each in shared._running.values())
    )


async def until_true(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def test_equal_questions_at_the_same_time_are_computed_once(serve, job):
    async def work(client):
        requests = [client.post("/graphql", json=question(1)) for _ in range(20)]
        posts = asyncio.gather(*requests)
        await waiting(client, 20)
        job.released.set()
        return await posts

    answers = serve(work, max_analyses=1, analysis_queue=0)
    assert job.runs == 1
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["data"]["chokePoints"]["chokePointCount"] > 0


def test_documents_that_differ_share_the_search(serve, job):
    async def work(client):
        other = {"query": question(1)["query"].replace("chokePointCount", "pairCount")}
        posts = asyncio.gather(
            *(client.post("/graphql", json=body) for body in (question(1), other))
        )
        await until(job.begun)
        await joined(client, 2)
        job.released.set()
        return await posts

    assert {answer.status_code for answer in serve(work)} == {200}
    assert job.runs == 1


def test_a_few_are_computed_a_few_wait_and_further_ones_are_refused(serve, job):
    async def work(client):
        posts = []
        for day in (1, 2):
            post = client.post("/graphql", json=question(day))
            posts.append(asyncio.create_task(post))
            await waiting(client, day)
        refused = await client.post("/graphql", json=question(3))
        cheap = await client.post("/graphql", json={"query": CHEAP})
        assert job.runs <= 1
        assert not any(post.done() for post in posts)
        job.released.set()
        answers = await asyncio.gather(*posts)
        return refused, cheap, answers, await client.post("/graphql", json=question(3))

    refused, cheap, answers, again = serve(work, max_analyses=1, analysis_queue=1)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    [error] = refused.json()["errors"]
    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert "try again" in error["message"]
    assert cheap.json()["data"] == {"organisation": {"name": "Fuktlys"}}
    assert {answer.status_code for answer in (*answers, again)} == {200}


def test_small_reads_pass_large_ones_that_wait_for_their_turn(serve):
    page = "organisations(first: 200) { nodes { key name } }"
    fields = " ".join(f"a{n}: {page}" for n in range(20))
    large = {"query": f"{{ {fields} }}"}
    assert LARGE_PRICE < 20 * 200 * 2

    async def work(client):
        turns = client._transport.app.state.server.engine.large_reads
        assert turns._value == LARGE_READS
        for _ in range(LARGE_READS):
            await turns.acquire()
        posts = asyncio.create_task(client.post("/graphql", json=large))
        await until_true(lambda: turns._waiters)
        small = await client.post("/graphql", json={"query": CHEAP})
        assert not posts.done()
        for _ in range(LARGE_READS):
            turns.release()
        return small, await posts

    small, answer = serve(work)
    assert small.json()["data"] == {"organisation": {"name": "Fuktlys"}}
    assert len(answer.json()["data"]["a9"]["nodes"]) > 5


def test_a_request_that_is_late_is_stopped_and_gives_its_place_to_the_next(serve, job):
    async def work(client):
        job.released.set()
        while "errors" in (await client.post("/graphql", json=question(1))).json():
            pass  # the database is planning the statements
        job.released.clear()
        job.ended.clear()
        late = await client.post("/graphql", json=question(2))
        await until(job.ended)
        job.released.set()
        return late, await client.post("/graphql", json=question(2))

    late, next_one = serve(work, max_analyses=1, analysis_queue=0, timeout_seconds=2)
    assert late.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert next_one.json()["data"]["chokePoints"]["chokePointCount"] > 0


class Client:
    """A client with a socket of its own, which it may close at any time."""

    def __init__(self, place, text):
        host, port = place.removeprefix("http://").split(":")
        body = orjson.dumps({"query": text})
        head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        self.socket = socket.create_connection((host, int(port)), timeout=SECONDS)
        self.socket.sendall(head.encode() + body)

    def answer(self):
        with self.socket, self.socket.makefile("rb") as file:
            return file.read().partition(b"\r\n\r\n")[2]

    def leave(self):
        self.socket.close()


def test_work_of_a_client_that_is_gone_is_stopped(address, job):
    with listening(address, Settings()) as place:
        client = Client(place, question(1)["query"])
        assert job.begun.wait(SECONDS)
        client.leave()
        assert job.ended.wait(SECONDS)
        assert job.outcome == "stopped"


def test_work_goes_on_for_the_clients_that_stay(address, job):
    with listening(address, Settings()) as place:
        first, second = (Client(place, question(1)["query"]) for _ in range(2))
        assert job.begun.wait(SECONDS)
        first.leave()
        assert not job.ended.wait(0.3)
        job.released.set()
        data = orjson.loads(second.answer())["data"]
    assert data["chokePoints"]["chokePointCount"] > 0
    assert (job.runs, job.outcome) == (1, "done")


@pytest.mark.parametrize("door", ["value", "rows"])
def test_a_statement_of_a_client_that_is_gone_is_ended(
    address, graph, runner, monkeypatch, door
):
    usual = getattr(Graph, door)

    async def slowly(self, statement, *others, **params):
        is_request = request_scope.current.get() is not None
        chosen = ENDLESS if is_request else statement
        return await usual(self, chosen, *others, **params)

    def endless():
        show = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.name = 'endless'"
        rows = runner.run(graph._driver.execute_query(f"{show} RETURN 1"))
        return len(rows.records)

    with listening(address, Settings()) as place:
        monkeypatch.setattr(Graph, door, slowly)
        text = CHEAP if door == "value" else question(1)["query"]
        client = Client(place, text)
        assert eventually(lambda: endless() > 0)
        client.leave()
        assert eventually(lambda: endless() == 0)
        monkeypatch.undo()
        assert b"Fuktlys" in Client(place, CHEAP).answer()


def test_few_statements_that_read_much_run_at_once(graph, runner):
    async def running():
        show = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.name = 'endless'"
        return len((await graph._driver.execute_query(f"{show} RETURN 1")).records)

    async def until_running(count):
        for _ in range(20 * SECONDS):
            if await running() == count:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never {count}")

    async def run():
        tasks = [
            asyncio.create_task(graph.long_rows(ENDLESS, dict, keys=[]))
            for _ in range(AT_ONCE + 2)
        ]
        await until_running(AT_ONCE)
        short = Statement("short", "RETURN 1 AS number", "", {}, ("number",))
        assert await graph.rows(short, dict) == [{"number": 1}]
        assert await running() == AT_ONCE
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await until_running(0)

    runner.run(run())


def eventually(condition):
    deadline = time.monotonic() + 15  # half of the time limit of a request
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
