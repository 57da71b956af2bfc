"""Loading: read and check everything, then write it, in one transaction or in several.

A fault anywhere is found before the first write, so faulty files leave nothing. Up to
WHOLE, a transaction holds them all. More would not fit the server's memory: they are
written in several of about that size, each of which only ever sets what the files say,
so that a run that was killed is completed by running it again. The database remembers
the run from its first transaction to its last.
"""

from __future__ import annotations

import gc
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry
from service.errors import BadInput
from service.formats.batches import PART, WHOLE, Batch, runs, weight_of
from service.formats.checks import absent, changes, check_ends, check_parts
from service.formats.matching import Matching
from service.formats.readers import file_format
from service.formats.records import records
from service.formats.rows import Faults
from service.formats.staging import Stage
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.writes.apply import Progress, put


def read_records(
    path: Path,
    name: str,
    mapping: Path | None = None,
    matching: Matching | None = None,
) -> tuple[Stage, Faults]:
    """Read and check `path` as far as files alone can tell."""
    file_reader = file_format(name, mapping).read
    if not path.exists():
        raise BadInput(f"{path}: no such file or folder")
    faults = Faults()
    rows = file_reader(path, faults)
    with uncollected():
        return records(matching.settled(rows) if matching else rows, faults), faults


async def write_records(
    graph: Graph, found: Stage, faults: Faults, progress: Progress, load: str = "load"
) -> dict[str, int]:
    """Write everything or, where there are faults, nothing; how many of each kind.

    `load` is what the database remembers of a run that was killed.
    """
    run = Run(graph, found, faults, progress)
    try:
        with uncollected():
            transactions = runs(found.batches(), WHOLE, weight_of)
            whole = [list(runs(one, PART)) for one in transactions]
            await run.check(whole)
            if len(whole) > 1:
                await remember(graph, load, ended=False)
            for parts in whole:
                await run.write(parts)
            if len(whole) > 1:
                await remember(graph, load, ended=True)
        return dict(found.counts)
    finally:
        found.close()


@contextmanager
def uncollected() -> Iterator[None]:
    """Records hold no cycles, and looking for some takes as long as all the rest."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


class Run:
    """One load: what it writes, and the name under which the log has it."""

    def __init__(
        self, graph: Graph, found: Stage, faults: Faults, progress: Progress
    ) -> None:
        self._graph, self._found = graph, found
        self._faults, self._progress = faults, progress
        self._author = Author(by="import", run=secrets.token_hex(8))
        self._new: set[str] = set()  # kinds of which the database had none

    async def check(self, whole: list[list[list[Batch]]]) -> None:
        """All that must be known before the first write."""
        found, faults = self._found, self._faults
        await self._graph.write(lambda writer: check_ends(writer, found, faults))
        self._new = await self._graph.write(absent)
        if len(whole) > 1:  # a single transaction is checked where it is written
            parts = [part for parts in whole for part in parts]
            await check_parts(self._graph, found, parts, self._new, faults)
        elif not whole:
            faults.refuse()

    async def write(self, parts: list[list[Batch]]) -> None:
        """One transaction, its log at its end."""

        async def work(writer: Writer) -> None:
            entries: list[Entry] = []
            # An earlier try may have been kept: then nothing is new.
            new = set() if writer.is_retry else self._new
            for part in parts:
                records = self._found.records(part)
                would = await changes(writer, records, new, self._faults)
                if not self._faults.found:  # else only told: all that is wrong
                    entries += await put(writer, records, would, self._progress)
            self._faults.refuse()
            if entries:
                await append.append(writer, [Addition(entries, self._author)])

        await self._graph.write(work)


async def remember(graph: Graph, load: str, ended: bool) -> None:
    """In a transaction of its own: nobody else's write waits for it."""
    one = statement("writes/unfinished_load")
    async with graph.write_transaction() as writer:
        await writer.write(one, load=load, ended=ended)
