"""A folder with a Parquet file for each table, made from its Arrow stream."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import nanoarrow as na
import orjson
from arro3.io import write_parquet

from service.feeds.blocks import row_count
from service.feeds.encoders import PLAIN, Blocks, Header, encode_arrow
from service.feeds.table_reader import Warnings

WARNINGS = "valuenet:warnings"  # a JSON object: the days of each, in a series
ROWS = 100_000  # of a row group, which is held in memory while it is written


class ParquetFolder:
    """Writes one table after the other into a new folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    async def add(
        self,
        name: str,
        header: Header,
        blocks: Blocks,
        key: tuple[str, ...] = (),
        warnings: Warnings | None = None,
    ) -> int:
        """Write a table, and return how many rows it has. Parquet has no keys.

        `warnings` are complete when all blocks are read; they are metadata of the file.
        """
        count = 0

        async def counted() -> AsyncIterator[list[list[object]]]:
            nonlocal count
            async for block in blocks:
                count += row_count(block)
                yield block

        stream = self.path / f"{name}.arrow"
        with stream.open("wb") as out:
            async for part in encode_arrow(header, counted(), PLAIN):
                out.write(part)
        metadata = {WARNINGS: orjson.dumps(warnings).decode()} if warnings else None
        with na.ArrayStream.from_path(stream) as batches:
            write_parquet(
                batches,
                self.path / f"{name}.parquet",
                compression="zstd(1)",
                max_row_group_size=ROWS,
                skip_arrow_metadata=True,
                key_value_metadata=metadata,
            )
        stream.unlink()
        return count
