"""Simultaneous saves share a commit, and each is answered as if it were alone."""

import asyncio
import socket
from dataclasses import replace
from datetime import date

import pytest
from neo4j.exceptions import Neo4jError

import service.graph
from service.change_log.history import bounds
from service.errors import Unavailable
from service.graph import open_graph, request_scope
from service.graph.failures import as_write_error, is_worth_retrying
from service.graph.transactions import Writer
from service.writes import save_group, saves
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest

UPSERT = Mode.UPSERT
LONG = "x" * 40_000  # more than an index of the database takes


@pytest.fixture(autouse=True)
def empty(draw):
    draw({"members": [{"key": "here", "kind": "PERSON", "name": "Here"}]})


@pytest.fixture
def commits(monkeypatch):
    """How many times the change log was written to: once in a transaction."""
    found = []
    append = save_group.append.append

    async def counted(writer: Writer, additions):
        found.append(len(additions))
        return await append(writer, additions)

    monkeypatch.setattr(save_group.append, "append", counted)
    return found


@pytest.fixture
def together(graph, runner):
    """Simultaneous saves: the answer to each, refusals included."""

    def together(*asked, keys=()):
        async def run():
            before = (await bounds(graph)).last
            works = [
                saves.save(
                    graph,
                    WriteRequest("save", given, "tests", key),
                    kind,
                    [given],
                    mode,
                )
                for (kind, given, mode), key in zip(
                    asked, keys or [None] * len(asked), strict=True
                )
            ]
            answers = await asyncio.gather(*works, return_exceptions=True)
            return answers, (await bounds(graph)).last - before

        return runner.run(run())

    return together


def organisation(key, mode=Mode.UPSERT, **given):
    return "Organisation", {"key": key, "name": key.upper(), **given}, mode


@pytest.fixture
def history(ask):
    text = 'query ($key: String!) { history(kind: "Organisation", key: $key) {%s} }'

    def history(key):
        return ask(text % "number operation", key=key)["history"]

    return history


def saved(graph, key, request=None):
    """One organisation, not yet awaited."""
    asked = WriteRequest("save", key, "tests", request)
    given = [{"key": key, "name": "O"}]
    return saves.save(graph, asked, "Organisation", given, UPSERT)


def codes(answer):
    return [problem.code for problem in answer.problems]


def test_many_saves_are_few_commits_and_the_log_has_each(together, commits, history):
    answers, logged = together(*(organisation(f"o{n}") for n in range(40)))
    assert logged == 40
    assert len(commits) < 5
    lasts = sorted(answer.last for answer in answers)
    assert lasts == list(range(lasts[0], lasts[0] + 40))
    for n, answer in enumerate(answers):
        assert [record.key for record in answer.records] == [f"o{n}"]
        [change] = history(f"o{n}")
        assert change["number"] == answer.last


def test_who_is_refused_takes_nobody_along(together):
    answers, logged = together(
        organisation("good"),
        organisation("ended", since=date(2026, 1, 2), until=date(2026, 1, 1)),
        organisation("nobody", Mode.UPDATE),
        ("Exchange", {"source": "good", "target": "gone", "deliverable": "x"}, UPSERT),
        organisation("fine"),
    )
    assert logged == 2
    good, ended, nobody, tie, fine = answers
    assert good.change_count == fine.change_count == 1
    assert (codes(ended), codes(nobody)) == (["DATES"], ["NONE"])
    assert "NONE" in codes(tie)


def test_what_the_database_itself_refuses_takes_nobody_along(together, commits):
    answers, logged = together(
        organisation("first"),
        organisation("good"),
        organisation("long", sector=LONG),
        organisation("fine"),
    )
    assert logged == 3
    assert [type(answer).__name__ for answer in answers[:2]] == ["WriteOutcome"] * 2
    assert isinstance(answers[2], Exception)
    assert answers[3].change_count == 1


def test_saves_of_one_record_follow_each_other(together, ask, history):
    answers, logged = together(
        *(organisation("one", region=f"R{n}") for n in range(5)),
        ("Person", {"key": "one", "name": "Someone else"}, UPSERT),
    )
    assert logged == 5
    assert codes(answers[5]) == ["CONFLICT"]
    found = ask('{organisation(key: "one") {region}}')
    assert found["organisation"]["region"] == "R4"
    operations = [change["operation"] for change in history("one")]
    assert sorted(operations) == ["CREATE", *["UPDATE"] * 4]


def test_twins_of_one_request_are_written_once_and_a_reused_key_is_told(together):
    answers, logged = together(
        organisation("one"),
        organisation("one"),
        organisation("two"),
        keys=["key", "key", "key"],
    )
    assert logged == 1
    assert answers[0].last == answers[1].last
    assert codes(answers[2]) == ["KEY_REUSED"]


def test_a_save_that_changes_nothing_is_answered_beside_one_that_does(together):
    together(organisation("one"))
    answers, logged = together(organisation("one"), organisation("two"))
    assert logged == 1
    assert [answer.change_count for answer in answers] == [0, 1]
    assert [answer.records[0].key for answer in answers] == ["one", "two"]


def test_who_leaves_takes_nobody_along(graph, runner):
    async def run():
        works = [asyncio.create_task(saved(graph, f"o{n}")) for n in range(6)]
        await asyncio.sleep(0)
        works[0].cancel()
        works[3].cancel()
        return await asyncio.gather(*works, return_exceptions=True)

    found = runner.run(run())
    gone = [n for n, one in enumerate(found) if isinstance(one, BaseException)]
    assert gone == [0, 3]


def test_requests_that_share_a_commit_each_have_its_bookmark(graph, runner):
    async def one(n):
        with request_scope.request_scope(10) as seen:
            await saved(graph, f"o{n}")
            return await seen.bookmark()

    async def run():
        return await asyncio.gather(*(one(n) for n in range(6)))

    marks = runner.run(run())
    assert all(mark.startswith("FB:") for mark in marks)


def test_twins_in_two_processes_are_written_once(address, graph, runner):
    """Each has a queue of its own: the database distinguishes them."""

    async def run():
        before = (await bounds(graph)).last
        async with open_graph(address, 60) as other:
            works = [saved(door, "same", "same key") for door in (graph, other) * 4]
            answers = await asyncio.gather(*works)
        return answers, (await bounds(graph)).last - before

    answers, logged = runner.run(run())
    assert logged == 1
    assert len({answer.last for answer in answers}) == 1


def test_what_the_database_has_no_memory_for_is_told_and_not_asked_again():
    code = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
    error = Neo4jError._hydrate_neo4j(code=code, message="716.0 MiB exceeded")
    assert not is_worth_retrying(error, tries=1)
    assert "not have enough memory for this" in str(as_write_error(error))


def test_where_no_database_answers_all_are_told_after_one_try(
    address, runner, monkeypatch
):
    monkeypatch.setattr(service.graph, "PATIENCE_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    gone = replace(address, uri=f"bolt://127.0.0.1:{port}")
    tries = []

    async def run():
        async with open_graph(gone, 5) as graph:
            written = graph.write

            async def counted(work):
                tries.append(work)
                return await written(work)

            graph.write = counted
            works = [saved(graph, f"o{n}") for n in range(8)]
            return await asyncio.gather(*works, return_exceptions=True)

    answers = runner.run(run())
    assert all(isinstance(answer, Unavailable) for answer in answers)
    assert len(tries) == 1
