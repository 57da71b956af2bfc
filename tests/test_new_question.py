"""`task new-question`: its stubs are sound, and stand in the places that they need."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = "trading_partners"
STUBS = [
    "cypher/trading_partners/trading_partners.cypher",
    "service/analyses/trading_partners.py",
    "schema/questions/trading_partners.py",
    "tests/questions/test_trading_partners.py",
]
SDL = """
from schema.export import schema
from service.graph.statements import read_file
field = schema._schema.query_type.fields["tradingPartners"]
assert field.description == "With whom does this member exchange?"
assert all(argument.description for argument in field.args.values())
assert read_file("trading_partners/trading_partners")[0].rows == "by key"
"""


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the tree with a new question in it."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("service", "schema", "cypher", "seeds", "tests", ".ci"):
        ignored = shutil.ignore_patterns("__pycache__", "*.csv", "*.json")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    said = run(copy, sys.executable, ".ci/new_question.py", "trading_partners")
    assert all(stub in said for stub in STUBS)
    return copy


def test_the_stubs_are_written_and_listed_by_one_import_and_one_line(tree):
    before = (ROOT / "schema" / "query.py").read_text().splitlines()
    after = (tree / "schema" / "query.py").read_text().splitlines()
    assert [line for line in after if line not in before] == [
        f"from schema.questions.{NAME} import TradingPartners, {NAME}",
        f"    {NAME}: TradingPartners = analysis_field({NAME})",
    ]
    assert len(after) == len(before) + 2


def test_the_stubs_pass_the_linter(tree):
    files = [*(stub for stub in STUBS if stub.endswith(".py")), "schema/query.py"]
    run(tree, sys.executable, "-m", "ruff", "check", *files)
    run(tree, sys.executable, "-m", "ruff", "format", "--check", *files)


def test_the_field_and_its_arguments_are_described_and_the_header_is_sound(tree):
    run(tree, sys.executable, "-c", SDL)


def test_a_name_that_is_taken_is_refused_and_nothing_is_written(tree):
    command = [sys.executable, ".ci/new_question.py", "brokerage"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Choose another name" in done.stderr
    assert not (tree / "cypher" / "brokerage" / "brokerage.cypher").exists()


@pytest.mark.parametrize("name", ["", "Camel", "two words", "-x"])
def test_a_name_that_is_no_name_is_refused(tree, name):
    command = [sys.executable, ".ci/new_question.py", *([name] if name else [])]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    assert done.returncode == 1
    assert "snake_case" in done.stderr
