"""Loading: read, check everything, then write all of it in one transaction."""

from __future__ import annotations

import secrets
from pathlib import Path

from service.errors import BadInput
from service.formats import FORMATS
from service.formats.records import records
from service.formats.rows import Faults
from service.graph import Graph, Writer
from service.writing import log
from service.writing import write as writing
from service.writing.checks import Mode
from service.writing.log import Author
from service.writing.records import Records
from service.writing.write import Progress


def read(path: Path, name: str) -> tuple[Records, Faults]:
    """Read and check `path` as far as files alone can tell."""
    if name not in FORMATS:
        raise BadInput(f"--format: expected one of {', '.join(FORMATS)}; got {name!r}")
    if not path.exists():
        raise BadInput(f"{path}: no such file or folder")
    faults = Faults()
    return records(FORMATS[name](path, faults), faults), faults


async def write(
    graph: Graph, found: Records, faults: Faults, progress: Progress
) -> dict[str, int]:
    """Write everything or nothing; how many records of each kind there were."""
    author = Author(by="import", run=secrets.token_hex(8))

    async def work(writer: Writer) -> None:
        entries = await writing.write(writer, found, Mode.UPSERT, faults, progress)
        if entries:
            await log.append(writer, entries, author)

    await graph.written(work)
    nodes = {label: len(group) for label, group in found.nodes.items()}
    return nodes | {cls.kind.value: len(group) for cls, group in found.ties.items()}
