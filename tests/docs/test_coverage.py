"""Nothing that a user can ask, run, set or receive is undocumented."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import typer
from graphql import get_named_type

from schema.query import schema
from service.cli import command_group
from service.errors import ErrorCode, WriteErrorCode
from service.feeds.table_files import TABLE_FORMATS
from service.formats.export import EXPORT_FORMATS
from service.formats.readers import READERS
from service.formats.records import COLUMNS
from service.settings import Settings
from service.vocabulary.ties import TIES
from tests.docs.pages import ROOT, commands

QUESTIONS = (ROOT / "docs" / "questions.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
IMPORT = (ROOT / "docs" / "import.md").read_text()
API = (ROOT / "docs" / "api.md").read_text()
README = (ROOT / "README.md").read_text()
PARTS = ("**Who asks it.**", "**Arguments.**", "**Definition.**", "**Source.**")


def analysis_fields() -> dict[str, list[str]]:
    """The fields of Query whose answers say how they were computed: their arguments."""
    fields = schema._schema.query_type.fields
    return {
        name: list(field.args)
        for name, field in fields.items()
        if "about" in getattr(get_named_type(field.type), "fields", {})
    }


def command_paths(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The commands that run something, such as `load` and `database dump`."""
    parts = getattr(command, "commands", None)
    if parts is None:
        yield path, command
        return
    for name, part in parts.items():
        yield from command_paths(part, f"{path} {name}")


COMMANDS = {
    path: command
    for name in command_group.COMMANDS
    for path, command in command_paths(
        typer.main.get_command(import_module(f"service.cli.{name}").app), name
    )
}


@pytest.mark.parametrize("field", analysis_fields())
def test_every_question_has_its_section(field):
    section = QUESTIONS.partition(f"\n## {field}\n")[2].partition("\n## ")[0]
    assert all(part in section for part in PARTS), f"docs/questions.md: ## {field}"
    arguments = section.partition("**Arguments.**")[2].partition("\n\n")[0]
    missing = [a for a in analysis_fields()[field] if f"`{a}`" not in arguments]
    assert not missing, f"docs/questions.md: ## {field}: arguments {missing}"
    assert f"{field}(" in section or "README.md#" in section, "it has an example"
    assert f"](#{field.lower()})" in QUESTIONS, "the table links to it"
    assert f"docs/questions.md#{field.lower()})" in README, "README links to it"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name):
    assert f"`{name} " in OPERATIONS or f"`{name}`" in OPERATIONS
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in OPERATIONS, f"docs/operations.md: {name} {option}"


def test_shell_examples_name_commands_and_options_that_exist():
    for line in commands("sh"):
        _, ours, rest = line.partition("uv run valuenet ")
        if not ours:
            continue
        words = shlex.split(rest)
        name = next(n for n in (" ".join(words[:2]), words[0]) if n in COMMANDS)
        known = {option for p in COMMANDS[name].params for option in p.opts}
        assert {w for w in words if w.startswith("--")} <= known, line


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name):
    prefix = "" if name.startswith("neo4j_") else "VALUENET_"
    row = OPERATIONS.partition(f"\n| `{prefix}{name.upper()}` |")[2].partition("\n")[0]
    assert row.endswith(f"| {Settings.model_fields[name].description} |")


@pytest.mark.parametrize("code", [*ErrorCode, *WriteErrorCode])
def test_every_error_code_is_documented(code):
    assert f"| `{code.value}` | {code.description} |" in API


@pytest.mark.parametrize("format", sorted({*READERS, *EXPORT_FORMATS, *TABLE_FORMATS}))
def test_every_format_is_documented(format):
    assert f"`{format}`" in IMPORT or f"--format {format}`" in IMPORT


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_is_documented_with_its_columns(table):
    assert f"| `{table}.csv` |" in IMPORT
    assert all(f"`{column}`" in IMPORT for column in COLUMNS[table])


@pytest.mark.parametrize("kind", TIES)
def test_every_kind_of_tie_is_documented(kind):
    assert f"| `{kind.value}` |" in IMPORT
