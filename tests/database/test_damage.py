"""Damaged store files: one sentence, soon, that says what to do."""

from __future__ import annotations

import asyncio
import os

import pytest

from service import database
from service.database import Compiler
from service.database.home import Home
from service.errors import Unavailable
from service.graph import migrations, open_graph
from service.graph.statements import statement
from service.settings import Settings
from service.writes import saves
from service.writes.checks import Mode, NodeIdentity
from service.writes.idempotency import WriteRequest


@pytest.fixture(scope="module")
def settings(neo4j, tmp_path_factory):
    home = tmp_path_factory.mktemp("home") / "valuenet"
    settings = Settings(home=home, neo4j_uri=None, heap="512m")

    async def fill(address):
        async with open_graph(address, 30) as graph:
            await migrations.prepare(graph)
            records = [{"key": f"k{n}", "name": f"Name {n}"} for n in range(100)]
            request = WriteRequest("createOrganisations", "k", "test")
            await saves.save(graph, request, "Organisation", records, Mode.CREATE)

    with database.connect(settings, compiler=Compiler.QUICK) as address:
        asyncio.run(fill(address))
    return settings


def damage(file):
    file.write_bytes(os.urandom(file.stat().st_size))


def failure(settings):
    async def read(address):
        async with open_graph(address, 30) as graph:
            query = statement("records/existing", NODE="Member", KIND="Member")
            await graph.rows(query, NodeIdentity, keys=[f"k{n}" for n in range(100)])

    with (
        pytest.raises(Unavailable) as error,
        database.connect(settings, compiler=Compiler.QUICK) as address,
    ):
        asyncio.run(read(address))
    text = str(error.value)
    assert "\n" not in text
    assert "files may be damaged" in text
    assert "restore a backup with `valuenet database restore FILE`" in text
    return text


def test_a_damaged_file_is_named_with_what_to_do(settings):
    databases = Home(settings.home).data / "databases"
    damage(databases / "neo4j" / "neostore.nodestore.db")
    assert "Neo.DatabaseError" in failure(settings)
    damage(databases / "system" / "neostore")
    assert str(Home(settings.home).debug_log) in failure(settings)
