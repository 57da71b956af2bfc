"""Every example of README.md and docs/ runs, and its answer is the one printed."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from schema.execution.subscribing import subscribe
from seeds import SEEDS
from service.change_log.feed import Feed
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.docs.pages import ROOT, blocks_in, commands, examples
from tests.support import worlds
from tests.support.answers import same

EXAMPLES = examples()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    """A folder with the reader's own files."""
    folder = tmp_path_factory.mktemp("docs")
    for block in blocks_in("csv", "toml"):
        file = folder / block.name
        file.parent.mkdir(exist_ok=True)
        file.write_text(block.text)
    return folder


@pytest.fixture(scope="module")
def world(draw, workspace):
    """Load a world unless it is the one that is loaded; what wrote comes last in it."""
    loaded = ""

    def world(name: str) -> None:
        nonlocal loaded
        if name != loaded:
            draw(SEEDS[0].folder if name == "demo" else workspace / name)
            loaded = name

    return world


@pytest.fixture(scope="module")
def answer(graph, runner):
    """The response to a document within the limits of a server."""
    settings = Settings(timeout_seconds=300)  # a cold server, a busy machine
    snapshots, engine = Snapshots(graph, settings), GraphQLEngine(settings)

    def answer(text: str) -> dict:
        context = Context(graph, settings, snapshots, may_write=True)
        return runner.run(engine.execute(text, None, None, context)).body

    return answer


def test_every_world_is_known():
    assert {example.world for example in EXAMPLES} == {"demo", "my-network"}
    assert len(EXAMPLES) >= 28


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if not example.subscribes],
    ids=lambda example: example.id,
)
def test_a_question_has_the_answer_printed_below_it(world, answer, example):
    world(example.world)
    body = answer(example.text)
    assert "errors" not in body, body["errors"]
    assert body["extensions"]["cost"]["actual"] > 0
    if example.answer is not None:
        same(body["data"], json.loads(example.answer))


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if example.subscribes],
    ids=lambda example: example.id,
)
def test_a_subscription_begins_with_the_change_printed_below_it(
    draw, graph, runner, workspace, example
):
    draw(workspace / example.world)
    settings = Settings()

    async def first() -> dict:
        feed = Feed(graph)
        context = Context(
            graph, settings, Snapshots(graph, settings), may_write=True, feed=feed
        )
        engine = GraphQLEngine(settings)
        bodies = subscribe(engine.documents, example.text, None, None, context)
        try:
            return await anext(bodies)
        finally:
            await bodies.aclose()
            await feed.close()

    body = runner.run(first())
    assert "errors" not in body, body
    same(body["data"], json.loads(example.answer))


def test_the_commands_run(draw, address, workspace):
    draw(worlds.four_nodes())
    environment = os.environ | {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }
    lines = commands("console")
    assert len(lines) == 10
    for line in lines:
        words = shlex.split(line.removeprefix("uv run "))
        script = Path(sys.executable).parent / words[0]
        done = subprocess.run(
            [script, *words[1:]],
            cwd=workspace,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (line, done.stderr)


CURLS = [shlex.split(line) for line in commands("sh") if line.startswith("curl ")]


@pytest.mark.parametrize("words", CURLS, ids=lambda words: words[1])
def test_a_request_by_curl_is_answered(world, serve, words):
    world("my-network")
    [url] = [word for word in words if word.startswith("http://127.0.0.1:8000/")]
    option = dict(pairwise(words))
    header, _, value = option.get("-H", "accept: */*").partition(": ")
    method = "POST" if "-d" in option else "GET"

    async def work(client):
        given = {"content": option.get("-d"), "headers": {header: value}}
        return await client.request(method, url, **given)

    answer = serve(work)
    assert answer.status_code == 200
    assert '"errors"' not in answer.text


def test_ci_runs_the_test_command_as_readme_has_it():
    lines = [b.text.strip() for b in blocks_in("sh") if b.page == "README.md"]
    assert lines[1] in (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[0].endswith("uv run valuenet demo")


def test_every_task_of_the_contributing_guide_exists():
    text = (ROOT / "docs" / "CONTRIBUTING.md").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    tasks = project["tool"]["taskipy"]["tasks"]
    named = {rest.split("`")[0].split()[0] for rest in text.split("uv run task ")[1:]}
    assert named <= tasks.keys()
