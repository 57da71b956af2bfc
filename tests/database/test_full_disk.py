"""A real disk without space: the reason is given soon, and nothing is lost."""

from __future__ import annotations

import asyncio
import shutil
import time

import pytest

from service import database
from service.database import SILENT, Compiler, supervisor
from service.database.supervisor import Supervisor
from service.errors import DiskFull, Unavailable
from service.graph import migrations, open_graph
from service.graph.statements import statement
from service.settings import Settings
from service.writes import saves
from service.writes.checks import Mode, NodeIdentity
from service.writes.idempotency import WriteRequest
from tests.support.small_disk import reason_against_small_disks, small_disk

REASON = reason_against_small_disks()
needs_small_disk = pytest.mark.skipif(bool(REASON), reason=REASON)
DISK_MEGABYTES = 200
LEFT = 5_000_000
TEXT = "x" * 300_000


def at(folder):
    return Settings(home=folder / "home", neo4j_uri=None, heap="512m")


@needs_small_disk
def test_a_start_without_space_says_at_once_how_much_it_needs():
    with small_disk(20) as disk:
        with pytest.raises(Unavailable) as error, database.connect(at(disk)):
            pass
        assert "it needs 64 MB of free space, 2" in str(error.value)
        assert "VALUENET_HOME" in str(error.value)
        with pytest.raises(Unavailable, match="needs 6,300 MB of free space"):
            database.require_space_for(at(disk), 9_000_000, "load the records")


@pytest.fixture
def full_disk(neo4j, monkeypatch):
    """Does work with a small disk and the database on it, which is looked at often."""
    monkeypatch.setattr(supervisor, "DATABASE_SECONDS", 1)
    monkeypatch.setattr(supervisor, "WRITABLE_BYTES", 50_000_000)

    def run(work):
        with (
            small_disk(DISK_MEGABYTES) as disk,
            database.connect(at(disk), compiler=Compiler.QUICK) as address,
        ):
            asyncio.run(work(disk, address))

    return run


@needs_small_disk
def test_a_full_disk_stops_writes_alone_and_loses_nothing(full_disk):
    full_disk(fill_and_free)


@needs_small_disk
def test_a_disk_that_is_filled_at_once_is_named_and_nothing_is_lost(full_disk):
    full_disk(fill_at_once)


async def fill_at_once(disk, address):
    ballast, stored = disk / "ballast", []
    async with open_graph(address, 30) as graph:
        await migrations.prepare(graph)
        watched = Supervisor(at(disk), address, SILENT)
        task = asyncio.create_task(watched.run())
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free))
        with pytest.raises(Unavailable, match="disk"):
            await create_for_ever(graph, stored, "short")
        await asyncio.sleep(5)
        assert "the disk is full; free 50 MB of space" in watched.outage
        ballast.unlink()
        await create_when_it_can(graph, stored, "after")
        assert watched.outage is None
        assert await stored_keys(graph, stored) == sorted(stored)
        task.cancel()


async def fill_and_free(disk, address):
    ballast, stored = disk / "ballast", []
    async with open_graph(address, 30) as graph:
        await migrations.prepare(graph)
        await create(graph, stored)
        free = shutil.disk_usage(disk).free
        ballast.write_bytes(bytes(free - LEFT))
        with pytest.raises(DiskFull, match="answers reads"):
            await create_for_ever(graph, stored)
        assert await stored_keys(graph, stored) == stored
        with pytest.raises(DiskFull):
            await create(graph, stored)
        watched = Supervisor(at(disk), address, SILENT)
        task = asyncio.create_task(watched.run())
        await asyncio.sleep(3)
        assert await stored_keys(graph, stored) == stored
        ballast.unlink()
        await create_when_it_can(graph, stored, "after")
        assert await stored_keys(graph, stored) == sorted(stored)
        task.cancel()


async def create(graph, stored, key=None, text=TEXT):
    """One organisation, remembered once it is acknowledged."""
    key = key or f"k{len(stored):03}"
    request = WriteRequest("createOrganisation", key, "test", f"key of {key}")
    record = {"key": key, "name": key, "description": text}
    await saves.save(graph, request, "Organisation", [record], Mode.CREATE)
    stored.append(key)


async def create_when_it_can(graph, stored, key):
    deadline = time.monotonic() + 120
    while key not in stored:
        assert time.monotonic() < deadline
        try:
            await create(graph, stored, key)
        except Unavailable:
            await asyncio.sleep(0.2)


async def create_for_ever(graph, stored, text=TEXT):
    while True:
        await create(graph, stored, text=text)


async def stored_keys(graph, keys):
    read = statement("records/existing", NODE="Member", KIND="Member")
    return sorted(row.key for row in await graph.rows(read, NodeIdentity, keys=keys))
