"""The supervisor: a server that is hung is started again; one that keeps ending is not.

That a killed server is started again is tested with `serve`, in tests/cli.
"""

import asyncio
import os
import signal
import time

import pytest

from service import database
from service.database import SILENT, Compiler, supervisor
from service.database.supervisor import Supervisor
from service.errors import Unavailable
from service.settings import Settings


@pytest.fixture
def settings(neo4j, tmp_path):
    return Settings(home=tmp_path / "home", neo4j_uri=None, heap="512m")


async def eventually(condition, seconds=90):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.05)


def send(settings, number):
    os.kill(database.status(settings).pid, number)


def test_a_hung_server_is_started_again_and_the_third_ending_is_the_last(
    settings, monkeypatch
):
    monkeypatch.setattr(supervisor, "SILENT_SECONDS", 3)
    monkeypatch.setattr(supervisor, "ENDINGS_SECONDS", 600)

    async def run(address):
        watched = Supervisor(settings, address, SILENT)
        task = asyncio.create_task(watched.run())
        reasons = []
        for number in (signal.SIGSTOP, signal.SIGKILL):
            send(settings, number)
            await eventually(lambda: watched.outage)
            reasons.append(watched.outage)
            await eventually(lambda: watched.outage is None)
            assert database.status(settings).running
        send(settings, signal.SIGKILL)
        with pytest.raises(Unavailable) as error:
            await task
        return reasons, str(error.value)

    with database.connect(settings, compiler=Compiler.QUICK) as address:
        reasons, last = asyncio.run(run(address))
    assert reasons == [
        "Neo4j has not answered for 3 s; starting it again",
        "Neo4j ended (signal 9); starting it again",
    ]
    assert "the failure number 3" in last


def test_a_server_that_was_suspended_for_a_moment_is_left_alone(settings, monkeypatch):
    monkeypatch.setattr(supervisor, "SILENT_SECONDS", 8)

    async def run(address):
        watched = Supervisor(settings, address, SILENT)
        task = asyncio.create_task(watched.run())
        send(settings, signal.SIGSTOP)
        await asyncio.sleep(3)
        send(settings, signal.SIGCONT)
        await asyncio.sleep(8)
        task.cancel()
        return watched.outage

    with database.connect(settings, compiler=Compiler.QUICK) as address:
        before = database.status(settings).pid
        assert asyncio.run(run(address)) is None
        assert database.status(settings).pid == before
