"""The copy that `valuenet database compact` makes, and its progress."""

from __future__ import annotations

import asyncio

from service.cli.console import TerminalNotice
from service.database import Address
from service.graph import audit, copying, migrations, open_graph
from service.graph.copying import StoreChecksums

STATEMENT_SECONDS = 3_600  # counting the records of a large database


class Compactor:
    """Copies the records of one database into another, and compares them."""

    def __init__(self, notice: TerminalNotice) -> None:
        self.notice = notice
        self.checksums = StoreChecksums()

    def copy(self, source: Address, target: Address) -> None:
        asyncio.run(self._copy(source, target))

    async def _copy(self, source: Address, target: Address) -> None:
        async with (
            open_graph(source, STATEMENT_SECONDS) as old,
            open_graph(target, STATEMENT_SECONDS) as new,
        ):
            if line := await migrations.prepare(old):
                self.notice.say(line)
            for index in await audit.foreign_indexes(old):
                text = f"Not copied: the index of {index}, which valuenet did not make"
                self.notice.say(text)
            extent = await copying.extent_of(old)
            with self.notice.records("Copying", extent.nodes + extent.ties) as advance:
                self.checksums = await copying.copy(old, new, advance)

    def compare(self, target: Address) -> None:
        asyncio.run(self._compare(target))

    async def _compare(self, target: Address) -> None:
        async with open_graph(target, STATEMENT_SECONDS) as new:
            with self.notice.records("Comparing", self.checksums.count) as advance:
                await copying.compare(new, self.checksums, advance)
