"""Import: read and check everything, then write it, in one transaction or in several.

All faults are found before the first write, so a faulty file changes nothing. Up to
TRANSACTION_SIZE, one transaction writes everything. Larger loads do not fit the memory
of the server and take several transactions of about that size. Each only sets what the
files say, so running the load again completes one that was killed. The database records
an unfinished load from its first transaction to its last.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry
from service.formats.batches import (
    PART_SIZE,
    TRANSACTION_SIZE,
    RecordBatch,
    groups,
    weight_of,
)
from service.formats.checks import absent_kinds, changes, check_ends, check_parts
from service.formats.input_file import InputFile
from service.formats.load_files import LoadFiles, gc_paused
from service.formats.readers import file_format
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.writes.apply import Progress, apply_changes


def read_records(
    path: Path, name: str, mapping: Path | None = None
) -> tuple[RecordStage, Faults]:
    """Read `path` alone, and check it as far as possible without the database."""
    files = LoadFiles([InputFile(path, file_format(name, mapping), "")])
    stage = files.parse()
    files.close()
    return stage, files.faults


async def write_records(
    graph: Graph,
    stage: RecordStage,
    faults: Faults,
    progress: Progress,
    load: str = "load",
    author: Author | None = None,
) -> dict[str, int]:
    """Write everything, or nothing if there are faults; the counts of each kind.

    `load` is the name by which the database remembers the load while it is unfinished,
    and `author` whom the change log names.
    """
    run = LoadRun(graph, stage, faults, progress, author or new_author())
    try:
        with gc_paused():
            transactions = [
                list(groups(batches, PART_SIZE))
                for batches in groups(stage.batches(), TRANSACTION_SIZE, weight_of)
            ]
            await run.check(transactions)
            if len(transactions) > 1:
                await record_unfinished_load(graph, load, ended=False)
            for parts in transactions:
                await run.write(parts)
            if len(transactions) > 1:
                await record_unfinished_load(graph, load, ended=True)
        return dict(stage.counts)
    finally:
        stage.close()


def new_author(by: str = "import") -> Author:
    """Who loads, with a new run in the change log."""
    return Author(by=by, run=secrets.token_hex(8))


class LoadRun:
    """One load: its records, its faults, and its author in the change log."""

    def __init__(
        self,
        graph: Graph,
        stage: RecordStage,
        faults: Faults,
        progress: Progress,
        author: Author,
    ) -> None:
        self._graph, self._stage = graph, stage
        self._faults, self._progress = faults, progress
        self._author = author
        self._new_kinds: set[str] = set()  # kinds of which the database had none

    async def check(self, transactions: list[list[list[RecordBatch]]]) -> None:
        """Make all checks that must pass before the first write."""
        stage, faults = self._stage, self._faults
        await self._graph.write(lambda writer: check_ends(writer, stage, faults))
        self._new_kinds = await self._graph.write(absent_kinds)
        if len(transactions) > 1:  # a single transaction is checked when it is written
            parts = [part for parts in transactions for part in parts]
            await check_parts(self._graph, stage, parts, self._new_kinds, faults)
        elif not transactions:
            faults.refuse()

    async def write(self, parts: list[list[RecordBatch]]) -> None:
        """Write one transaction, and its change log at the end."""

        async def work(writer: Writer) -> None:
            entries: list[Entry] = []
            # An earlier attempt may have been committed: then no kind is new.
            new_kinds = set() if writer.is_retry else self._new_kinds
            for part in parts:
                records = self._stage.records(part)
                diff = await changes(writer, records, new_kinds, self._faults)
                if not self._faults.faults:  # else only look for further faults
                    entries += await apply_changes(
                        writer, records, diff, self._progress
                    )
            self._faults.refuse()
            if entries:
                await append.append(writer, [Addition(entries, self._author)])

        await self._graph.write(work)


async def record_unfinished_load(graph: Graph, load: str, ended: bool) -> None:
    """Use a transaction of its own, so that no other write waits for this one."""
    update = statement("writes/unfinished_load")
    async with graph.write_transaction() as writer:
        await writer.write(update, load=load, ended=ended)
