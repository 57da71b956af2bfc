"""What a person sees: answers on stdout, everything else on stderr."""

from __future__ import annotations

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

from service.database import Advance

NEVER_FOLDED = 100_000  # columns of a pipe


def on(stream: TextIO) -> Console:
    """A console that neither cuts nor folds what is piped on."""
    width = None if stream.isatty() else NEVER_FOLDED
    return Console(file=stream, width=width, highlight=False, markup=False)


def answers() -> Console:
    return on(sys.stdout)


class Told:
    """The Notice of the command line: lines, and bars where somebody looks."""

    def __init__(self) -> None:
        self.console = on(sys.stderr)

    def say(self, text: str) -> None:
        self.console.print(text, soft_wrap=True)

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
            yield lambda done: progress.advance(task, done)
