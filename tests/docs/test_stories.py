"""Every story of docs/from-*.md: its commands print what the page says.

The commands run in this process, one story after the other, in a copy of the files of
tests/docs/stories/ and against the Neo4j of the test run, which is empty when a story
begins. After a change of what commands print, write it into the pages with
`UPDATE_STORIES=1 uv run pytest tests/docs/test_stories.py`, and read them again.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shlex
import shutil
import signal
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from service.cli import console, main
from tests.docs.pages import ROOT, STORIES, blocks_of

FILES = ROOT / "tests" / "docs" / "stories"
CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ uv run valuenet (.*)$", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| (.*) \|$", re.MULTILINE)
WIDTH = 100  # columns of the terminal in the pages


@pytest.fixture
def printed(environment, monkeypatch):
    """What a command prints on a terminal, without blanks at the ends of lines."""
    monkeypatch.setattr(console, "PIPE_WIDTH", WIDTH)

    def printed(line: str) -> str:
        terminal = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        monkeypatch.setattr(sys, "argv", ["valuenet", *shlex.split(line)])
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", terminal)
            streams.setattr(sys, "stderr", terminal)
            try:
                code = main()
            except SystemExit as end:
                code = end.code or 0
        text = terminal.buffer.getvalue().decode()
        assert code == 0, (line, text)
        lines = [line.rstrip() for line in text.splitlines()]
        return "\n".join(lines).strip("\n")

    handlers, level = list(logging.root.handlers), logging.root.level
    ended = signal.getsignal(signal.SIGTERM)
    yield printed
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    signal.signal(signal.SIGTERM, ended)


@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.stem)
def test_the_commands_print_what_the_story_says(
    page, printed, draw, tmp_path, monkeypatch
):
    draw({})
    folder = tmp_path / page.stem
    shutil.copytree(FILES / page.stem, folder)
    monkeypatch.chdir(folder)
    text = page.read_text(encoding="utf-8")
    for block in blocks_of(page):
        if block.language == "graphql":
            (folder / block.name).write_text(block.text, encoding="utf-8")

    def with_output(block: re.Match[str]) -> str:
        commands = COMMAND.findall(block[0])
        outputs = [f"$ uv run valuenet {c}\n{printed(c)}\n" for c in commands]
        return "\n".join(outputs)

    actual = CONSOLE.sub(with_output, text)
    if os.environ.get("UPDATE_STORIES"):
        page.write_text(actual, encoding="utf-8")
    assert actual == text
    for block in blocks_of(page):
        if block.language != "console":
            assert block.text in (folder / block.name).read_text(encoding="utf-8")
    for row in TABLE_ROW.findall(text):
        if row.strip("-| "):
            assert row in sheet_rows(folder) or not any(folder.glob("*.xlsx")), row


def sheet_rows(folder: Path) -> set[str]:
    """The rows of all workbooks, as a page shows them."""
    rows = set[str]()
    for file in folder.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(file):
            for row in sheet.iter_rows(values_only=True):
                rows.add(
                    " | ".join(cell_text(cell) for cell in row if cell is not None)
                )
    return rows


def cell_text(cell: object) -> str:
    return str(cell.date() if isinstance(cell, datetime) else cell)


def test_there_is_a_story_for_each_kind_of_file():
    kinds = ["from-a-crm", "from-a-register", "from-excel", "from-gephi", "from-kumu"]
    assert [page.stem for page in STORIES] == kinds
