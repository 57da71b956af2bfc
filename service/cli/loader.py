"""Loads files together, and says what was done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from service import database
from service.cli.console import TerminalNotice
from service.cli.load_tables import pairs_table
from service.errors import ImportRefusal
from service.formats.causes import lines_of_remarks
from service.formats.differences import Difference, differences
from service.formats.identities.entity import SEPARATE
from service.formats.input_file import InputFile
from service.formats.load import write_records
from service.formats.load_files import LoadFiles, LoadOptions
from service.formats.staging import RecordStage
from service.graph import Graph
from service.settings import Settings
from service.vocabulary.names import counted

T = TypeVar("T")
MAX_NOTES = 20
IF_ONE = (
    "If two of them are one, say so in the file and load it again: the same country for"
    " firms, the same employer for people, or a column `key` with the key that is in"
    " brackets."
)


class Loader:
    """Loads some files together, and says what it did with them."""

    def __init__(
        self,
        files: Sequence[InputFile],
        notice: TerminalNotice,
        options: LoadOptions | None = None,
    ) -> None:
        self.files = LoadFiles(files, options)
        self.notice = notice

    @property
    def about(self) -> str:
        first, *others = (str(file.path) for file in self.files.files)
        return f"{first} and {counted(len(others), 'more path')}" if others else first

    def check(self, settings: Settings | None = None) -> None:
        """Read and check the files, without the database; faults are an error.

        With settings, the disk must have room for what is loaded.
        """
        stage = self.files.parse()
        self.files.faults.refuse()
        if settings:
            count = stage.count()
            doing = f"load {counted(count, 'record')}"
            database.require_space_for(settings, count, doing)

    async def load(self, graph: Graph) -> dict[str, int]:
        """How many records of each kind were loaded."""

        async def write(stage: RecordStage) -> dict[str, int]:
            doing, faults = f"Loading {self.about}", self.files.faults
            with self.notice.records(doing, stage.count()) as advance:
                return await write_records(graph, stage, faults, advance, self.about)

        return await self._with_good_lines(graph, write)

    async def differences(self, graph: Graph) -> dict[str, Difference]:
        """What loading would change."""

        async def compare(stage: RecordStage) -> dict[str, Difference]:
            return await differences(graph, stage, self.files.faults)

        return await self._with_good_lines(graph, compare)

    async def _with_good_lines(
        self, graph: Graph, work: Callable[[RecordStage], Awaitable[T]]
    ) -> T:
        """Work on the stage; lines that the database finds faulty may be left out."""
        while True:
            stage = await self.files.identify(graph)
            try:
                result = await work(stage)
            except ImportRefusal as refusal:
                if not self.files.options.skips_faulty:
                    raise
                self.files.leave_out(refusal.faults)
            else:
                self._print_remarks()
                return result

    def _print_remarks(self) -> None:
        """What was changed or left out, and members with the same name."""
        faults = self.files.faults
        lines = list(lines_of_remarks(faults.notes, faults.examples))
        if lines:
            self.notice.say("Remarks:")
        for line in lines[:MAX_NOTES]:
            self.notice.say(f"  {line}")
        if len(lines) > MAX_NOTES:
            more = counted(len(lines) - MAX_NOTES, "more remark")
            self.notice.say(f"  … and {more}; --report FILE lists all of them")
        if self.files.matches:
            self.notice.console.print(pairs_table(self.files.matches))
        if any(match.decision == SEPARATE for match in self.files.matches):
            self.notice.say(IF_ONE)
