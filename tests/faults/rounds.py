"""One round of each fault: a cut, a killed writer, a killed database."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from service import database
from service.change_log import history
from service.database import Address, Compiler
from service.database.home import Home
from service.graph import migrations, open_graph
from service.settings import Settings
from tests.benchmarks.world import environment
from tests.faults.loop import Told, check, create
from tests.faults.proxy import Stage, proxied


async def cut(address: Address, stage: Stage, name: str, rounds: int) -> Told:
    """Writes through a line that is cut at one stage of each."""
    place = urlsplit(address.uri)
    async with proxied(place.hostname or "", place.port or 7687) as proxy:
        through = replace(address, uri=f"bolt://127.0.0.1:{proxy.port}")
        async with open_graph(through, 30) as graph:
            start, told = (await history.bounds(graph)).last, Told()
            for number in range(rounds):
                proxy.stage = stage
                await create(graph, f"{name}-{stage.name}-{number}", told)
                assert proxy.stage is None, "nothing was cut"
            assert told.failed == []
            await check(graph, start, told)
    return told


async def killed_writer(address: Address, name: str, seconds: float) -> Told:
    """A process is killed in its write loop; no process is left to try again."""
    async with open_graph(address, 30) as graph:
        start = (await history.bounds(graph)).last
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.writer"),
            *(address.uri, address.database, name),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{address.password}\n".encode())
        lines = [await process.stdout.readline()]  # it has begun
        await asyncio.sleep(seconds)
        process.kill()
        lines += (await process.stdout.read()).splitlines()
        await process.wait()
        words = [line.decode().split() for line in lines]
        done = [word[1] for word in words if word[:1] == ["done"]]
        sent = [word[1] for word in words if word[:1] == ["sent"]]
        # The last request may have no answer at all.
        following = f"{name}-{len(sent)}"
        told = Told(done, [key for key in [*sent, following] if key not in done])
        await asyncio.sleep(0.5)  # the database notices, and rolls back what was open
        await check(graph, start, told)
    return told


async def killed_database(settings: Settings, name: str) -> Told:
    """Java is killed under eight writers; the server restarts with all data."""
    address = database.start(settings, compiler=Compiler.QUICK)
    told = Told()
    async with open_graph(address, 30) as graph:
        await migrations.prepare(graph)
        start = (await history.bounds(graph)).last
        stop, begun = asyncio.Event(), asyncio.Event()

        async def writer(number: int) -> None:
            count = 0
            while not stop.is_set():
                await create(graph, f"{name}-{number}-{count}", told)
                count += 1
                if told.done:
                    begun.set()

        writers = [asyncio.create_task(writer(number)) for number in range(8)]
        async with asyncio.timeout(60):
            await begun.wait()  # a cold server plans for a while
        await asyncio.sleep(random.uniform(0.2, 1.5))
        pid = database.status(settings).pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        stop.set()
        await asyncio.gather(*writers)
    address = await asyncio.to_thread(database.start, settings, compiler=Compiler.QUICK)
    async with open_graph(address, 30) as graph:
        await check(graph, start, told)
    return told


def killed_compaction(settings: Settings, name: str) -> Told:
    """A compaction is killed at any moment; the database starts with all data."""
    told = Told()

    async def write(address: Address) -> int:
        async with open_graph(address, 30) as graph:
            await migrations.prepare(graph)
            start = (await history.bounds(graph)).last
            for number in range(50):
                await create(graph, f"{name}-{number}", told)
            return start

    async def read(address: Address, start: int) -> None:
        async with open_graph(address, 30) as graph:
            await check(graph, start, told)

    start = asyncio.run(write(database.start(settings, compiler=Compiler.QUICK)))
    database.stop(settings)
    command = "import sys; from service.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "database", "compact"],
        env=environment(VALUENET_HOME=str(settings.home)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(random.uniform(0, 40))
    process.kill()
    process.wait()
    address = database.start(settings, compiler=Compiler.QUICK)
    asyncio.run(read(address, start))
    assert sorted(os.listdir(Home(settings.home).neo4j / "data"))
    assert not Home(settings.home).compacted.exists()
    assert not Home(settings.home).previous_data.exists()
    return told
