"""A copy of everything that a database stores in an empty one, and their comparison.

It knows nothing of our vocabulary: any labels, types and properties are copied. Nodes
get new ids, so the checksums of both databases are made with the new ones.
"""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from service.errors import Unavailable
from service.graph import Graph, audit, migrations
from service.graph.statements import Statement, statement
from service.graph.transactions import Reader

BLOCK_IDS = 500  # a node of the change log may have a text of 300 kB
BLOCK_CHARACTERS = 20_000_000  # about: a block is in memory at once
MODULUS = 1 << 128
Block = list[list[Any]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class StoreExtent:
    """The ids end with numbers up to the last ones; all begin like the example."""

    nodes: int
    node_id: str | None
    last_node: int | None
    ties: int
    tie_id: str | None
    last_tie: int | None


@dataclass
class Checksum:
    """Equal for equal records in any order."""

    count: int = 0
    total: int = 0

    def add(self, *record: Any) -> None:
        digest = blake2b(repr(record).encode(), digest_size=16).digest()
        self.count += 1
        self.total = (self.total + int.from_bytes(digest)) % MODULUS


@dataclass
class StoreChecksums:
    nodes: Checksum = field(default_factory=Checksum)
    ties: Checksum = field(default_factory=Checksum)

    @property
    def count(self) -> int:
        return self.nodes.count + self.ties.count


async def extent_of(graph: Graph) -> StoreExtent:
    return (await graph.rows(statement("exports/extent"), StoreExtent))[0]


async def copy(source: Graph, target: Graph, progress: Progress) -> StoreChecksums:
    """Copy all nodes and ties into the empty `target`, then make its indexes."""
    extent, checksums = await extent_of(source), StoreChecksums()
    numbers = array("q", [-1]) * ((extent.last_node or 0) + 1)  # new ones, by the old
    prefix = ""  # of all ids of nodes in the target
    async with source.read_transaction() as reader:
        async for block in stored_nodes(reader, extent):
            for old, new in await create_nodes(target, block):
                prefix, _, number = new.rpartition(":")
                numbers[number_of(old)] = int(number)
            for old, labels, *properties in block:
                add_node(checksums, numbers[number_of(old)], labels, properties)
            progress(len(block))
        async for block in stored_ties(reader, extent):
            rows = []
            for start, type, end, *properties in block:
                ends = [numbers[number_of(node)] for node in (start, end)]
                add_tie(checksums, ends, type, properties)
                left, right = (f"{prefix}:{number}" for number in ends)
                row = {"source": left, "type": type, "target": right}
                rows.append(row | stored_values(*properties))
            await create_ties(target, rows)
            progress(len(block))
    await migrations.define_schema(target)
    return checksums


async def compare(target: Graph, expected: StoreChecksums, progress: Progress) -> None:
    """Raise Unavailable unless `target` has exactly what was copied, and its schema."""
    extent, checksums = await extent_of(target), StoreChecksums()
    async with target.read_transaction() as reader:
        async for block in stored_nodes(reader, extent):
            for node, labels, *properties in block:
                add_node(checksums, number_of(node), labels, properties)
            progress(len(block))
        async for block in stored_ties(reader, extent):
            for start, type, end, *properties in block:
                add_tie(checksums, [number_of(start), number_of(end)], type, properties)
            progress(len(block))
    faults = await audit.missing_indexes(target)
    counts = (extent.nodes, extent.ties) == (expected.nodes.count, expected.ties.count)
    if checksums != expected or not counts or faults:
        raise Unavailable(
            "The copy of the database differs from it, so the database was left as it"
            f" was (expected {expected}, got {checksums}); report this as a defect."
        )


def stored_nodes(reader: Reader, extent: StoreExtent) -> AsyncIterator[Block]:
    query = statement("exports/stored_nodes")
    return stored_blocks(reader, query, extent.node_id, extent.last_node)


def stored_ties(reader: Reader, extent: StoreExtent) -> AsyncIterator[Block]:
    query = statement("exports/stored_ties")
    return stored_blocks(reader, query, extent.tie_id, extent.last_tie)


async def stored_blocks(
    reader: Reader, query: Statement, example: str | None, last: int | None
) -> AsyncIterator[Block]:
    """All records; an id that no record has costs next to nothing."""
    if example is None or last is None:
        return
    prefix = example.rpartition(":")[0]
    start, size = 0, BLOCK_IDS
    while start <= last:
        numbers = range(start, min(start + size, last + 1))
        ids = [f"{prefix}:{number}" for number in numbers]
        block = await reader.block(query, ids=ids)
        yield block
        start, size = numbers.stop, next_size(block)


def next_size(block: Block) -> int:
    """How many ids to read next: few after records with long texts.

    >>> next_size([["4:db:0", ["Member"], [["key", "a"]], []]] * 500)
    500
    >>> next_size([["4:db:0", ["Change"], [["records", "x" * 1_000_000]], []]] * 500)
    19
    """
    sample = block[::20]
    characters = len(repr(sample)) // max(len(sample), 1)
    return max(1, min(BLOCK_IDS, BLOCK_CHARACTERS // max(characters, 1)))


def number_of(element_id: str) -> int:
    return int(element_id.rpartition(":")[2])


async def create_nodes(target: Graph, block: Block) -> list[tuple[str, str]]:
    """The ids of the nodes, old and new."""
    rows = [
        {"id": old, "labels": labels, **stored_values(*properties)}
        for old, labels, *properties in block
    ]
    async with target.write_transaction() as writer:
        ids = await writer.list(statement("writes/copy_nodes"), rows=rows)
    return [(old, new) for old, new in ids]


async def create_ties(target: Graph, rows: list[dict[str, Any]]) -> None:
    async with target.write_transaction() as writer:
        await writer.write(statement("writes/copy_ties"), rows=rows)


def stored_values(plain: Block, moments: Block) -> dict[str, Any]:
    """Properties as parameters: values, and dates and times as texts with their type.

    >>> stored_values([["n", 1]], [["at", "DATE NOT NULL", ["2026-01-01"]]])["moments"]
    [{'name': 'at', 'type': 'DATE', 'texts': ['2026-01-01']}]
    """
    return {
        "properties": dict(plain),
        "moments": [
            {"name": name, "type": type.replace(" NOT NULL", ""), "texts": texts}
            for name, type, texts in moments
        ],
    }


def add_node(
    checksums: StoreChecksums, number: int, labels: list[str], properties: list[Block]
) -> None:
    checksums.nodes.add(number, sorted(labels), *map(by_name, properties))


def add_tie(
    checksums: StoreChecksums, ends: list[int], type: str, properties: list[Block]
) -> None:
    checksums.ties.add(*ends, type, *map(by_name, properties))


def by_name(properties: Block) -> Block:
    """Sorted by name alone, because values of two types do not compare."""
    return sorted(properties, key=lambda part: part[0])
