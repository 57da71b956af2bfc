"""The database is killed under its writers: what was acknowledged is there after."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from service import database
from service.settings import Settings
from tests.faults.rounds import killed_database


def test_what_a_killed_database_acknowledged_is_there_and_the_log_has_no_gap(
    neo4j,
):
    home = Path(tempfile.mkdtemp(prefix="valuenet-tests-"))
    settings = Settings().model_copy(update={"home": home, "neo4j_uri": None})
    try:
        told = asyncio.run(killed_database(settings, "killed"))
        assert told.done
    finally:
        database.stop(settings)
        shutil.rmtree(home, ignore_errors=True)
