"""Loading the example data into the server's own database, while visitors wait."""

from __future__ import annotations

import asyncio
import logging

from seeds import SEEDS
from service.change_log.history import bounds
from service.errors import ValuenetError
from service.formats.load import write_records
from service.formats.load_files import LoadFiles
from service.graph import Graph

DEMO = SEEDS[0]
LOADING = "the example data"
log = logging.getLogger(__name__)


class DemoLoad:
    """The load of a server: one at a time, and how far it is."""

    def __init__(self) -> None:
        self.count = 0  # records that are written
        self.total: int | None = None  # None: the files are being read
        self.failure: str | None = None  # why the last one loaded nothing
        self.changes = range(0)  # of the log, until a notice offers to undo them
        self._task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def is_complete(self) -> bool:
        return self.total is not None and not (self.is_running or self.failure)

    def start(self, graph: Graph) -> None:
        if not self.is_running:
            self.count, self.total, self.failure = 0, None, None
            self._task = asyncio.create_task(self._load(graph))

    async def _load(self, graph: Graph) -> None:
        files = LoadFiles([DEMO.file])
        try:
            await asyncio.to_thread(files.parse)
            files.faults.refuse()
            stage = await files.identify(graph)
            self.total = stage.count()
            before = (await bounds(graph)).last
            await write_records(graph, stage, files.faults, self._advance, LOADING)
            self.changes = range(before + 1, (await bounds(graph)).last + 1)
        except ValuenetError as error:
            self.failure = str(error)
        except Exception:
            log.exception("Unexpected error while loading %s", LOADING)
            self.failure = "Internal error. The server's log has details."
        finally:
            files.close()

    def _advance(self, count: int) -> None:
        self.count += count

    async def close(self) -> None:
        """End a load that runs: its transaction is rolled back."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
