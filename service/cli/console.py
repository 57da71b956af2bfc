"""What a person sees: answers on stdout, everything else on stderr."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from service.database import Advance

# Control characters but line ends, marks that turn the direction, halves of characters.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
PIPE_WIDTH = 100_000  # columns; nothing is wrapped


def console_for(stream: TextIO) -> Console:
    """A console that neither truncates nor wraps piped output."""
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False)


def stdout_console() -> Console:
    return console_for(sys.stdout)


def printable(text: str) -> str:
    r"""The text without what a terminal would obey, such as escape sequences.

    >>> printable("a" + chr(27) + "[2Jb")
    'a\\x1b[2Jb'
    """
    return CONTROLS.sub(lambda match: ascii(match[0])[1:-1], text)


def facts_table(facts: dict[str, str]) -> Table:
    """Names and values in two columns."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts.items():
        table.add_row(name, printable(value))
    return table


class TerminalNotice:
    """The Notice of the command line: lines, and progress bars in a terminal."""

    def __init__(self) -> None:
        self.console = console_for(sys.stderr)

    def say(self, text: str) -> None:
        self.console.print(printable(text), soft_wrap=True)

    @contextmanager
    def progress(self, description: str, total_bytes: int | None) -> Iterator[Advance]:
        columns = (DownloadColumn(), TransferSpeedColumn())
        with self.bar(description, total_bytes, *columns) as advance:
            yield advance

    @contextmanager
    def records(self, description: str, total: int) -> Iterator[Advance]:
        with self.bar(description, total, MofNCompleteColumn()) as advance:
            yield advance

    @contextmanager
    def bar(
        self, description: str, total: int | None, *columns: ProgressColumn
    ) -> Iterator[Advance]:
        if not self.console.is_terminal:
            self.say(description)
        with Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            *columns,
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as progress:
            task = progress.add_task(description, total=total)
            yield lambda amount: progress.advance(task, amount)
