"""Every example of the README runs and says what the README says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from seeds import SEEDS
from tests.support import worlds
from tests.support.answers import same

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    language: str
    name: str
    text: str


BLOCKS = [Block(*found) for found in BLOCK.findall((ROOT / "README.md").read_text())]
QUESTIONS = [
    (block, BLOCKS[place + 1] if place + 1 < len(BLOCKS) else None)
    for place, block in enumerate(BLOCKS)
    if block.language == "graphql"
]


@pytest.fixture(scope="module")
def network(tmp_path_factory) -> Path:
    """The reader's own spreadsheet."""
    folder = tmp_path_factory.mktemp("readme") / "my-network"
    folder.mkdir()
    for block in BLOCKS:
        if block.language == "csv":
            (folder / block.name).write_text(block.text)
    return folder


@pytest.mark.parametrize(
    ("question", "answer"), QUESTIONS, ids=[str(n) for n in range(len(QUESTIONS))]
)
def test_a_question_has_the_answer_printed_below_it(
    draw, ask, network, question, answer
):
    draw(network if question.name else SEEDS[0].folder)
    data = ask(question.text)
    if answer is not None and answer.language == "json":
        same(data, json.loads(answer.text))


def test_the_commands_run(draw, address, network):
    draw(worlds.four_nodes())
    environment = os.environ | {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }
    lines = [b.text for b in BLOCKS if b.language == "console"]
    commands = [line[2:] for text in lines for line in text.splitlines()]
    assert len(commands) == 7
    for command in commands:
        words = command.removeprefix("uv run ").split()
        script = Path(sys.executable).parent / words[0]
        subprocess.run(
            [script, *words[1:]],
            cwd=network.parent,
            env=environment,
            check=True,
            capture_output=True,
        )


def test_ci_runs_the_test_command_as_it_stands_here():
    commands = [b.text.strip() for b in BLOCKS if b.language == "sh"]
    assert commands[1] in (ROOT / ".ci" / "run").read_text().splitlines()
    assert commands[0].endswith("uv run valuenet demo")
