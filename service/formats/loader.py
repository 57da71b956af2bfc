"""Loads files together: check, compare with the database, write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from service import database
from service.change_log.append import Author
from service.errors import ImportRefusal
from service.formats.differences import Difference, differences
from service.formats.input_file import InputFile
from service.formats.load import write_records
from service.formats.load_files import LoadFiles, LoadOptions
from service.formats.staging import RecordStage
from service.graph import Graph
from service.settings import Settings
from service.vocabulary.names import counted
from service.writes.apply import Progress

T = TypeVar("T")
# Shows how many records of a total were written, under a title.
ProgressDisplay = Callable[[str, int], AbstractContextManager[Progress]]


class Loader:
    """Loads some files together; `files` has its remarks and possible duplicates."""

    def __init__(
        self, files: Sequence[InputFile], options: LoadOptions | None = None
    ) -> None:
        self.files = LoadFiles(files, options)

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

    async def load(
        self, graph: Graph, display: ProgressDisplay, author: Author | None = None
    ) -> dict[str, int]:
        """How many records of each kind were loaded."""

        async def write(stage: RecordStage) -> dict[str, int]:
            with display(f"Loading {self.about}", stage.count()) as progress:
                return await write_records(
                    graph, stage, self.files.faults, progress, self.about, author
                )

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
                return await work(stage)
            except ImportRefusal as refusal:
                if not self.files.options.skips_faulty:
                    raise
                self.files.leave_out(refusal.faults)
