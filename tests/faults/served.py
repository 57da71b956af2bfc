"""One round of each fault of `valuenet serve` and its Neo4j, under load."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from enum import Enum

import httpx

from service import database
from service.change_log import history
from service.graph import open_graph
from tests.faults.api_process import ApiProcess
from tests.faults.clients import SECONDS, Clients
from tests.faults.loop import check

SUSPENDED_SECONDS = 5


class ServedFault(Enum):
    """What happens to the processes."""

    NEO4J_KILLED = "SIGKILL of Neo4j"
    NEO4J_SUSPENDED = "SIGSTOP of Neo4j"
    API_KILLED = "SIGKILL of the API, which is started again"
    API_SUSPENDED = "SIGSTOP of the API, and SIGCONT after 5 s"


async def served_round(
    api: ApiProcess, fault: ServedFault, name: str
) -> tuple[Clients, float]:
    """What clients were answered, and the seconds until a write succeeded again."""
    with database.connect(api.settings) as address:
        async with open_graph(address, 30) as graph:
            start = (await history.bounds(graph)).last
    clients = Clients(api.base, name)
    load = asyncio.create_task(clients.run())
    await asyncio.sleep(random.uniform(1, 3))
    began = time.monotonic()
    await happen(api, fault)
    await until_a_write_succeeds(clients)
    seconds = time.monotonic() - began
    await asyncio.sleep(1)
    clients.is_over = True
    await load
    await asyncio.sleep(0.5)  # the server ends what a client no longer waits for
    with database.connect(api.settings) as address:
        async with open_graph(address, 30) as graph:
            await check(graph, start, clients.told)
    return clients, seconds


async def happen(api: ApiProcess, fault: ServedFault) -> None:
    match fault:
        case ServedFault.NEO4J_KILLED:
            api.send_to_neo4j(signal.SIGKILL)
        case ServedFault.NEO4J_SUSPENDED:
            api.send_to_neo4j(signal.SIGSTOP)
        case ServedFault.API_KILLED:
            await asyncio.to_thread(api.kill_and_start)
        case ServedFault.API_SUSPENDED:
            api.send(signal.SIGSTOP)
            await asyncio.sleep(SUSPENDED_SECONDS)
            api.send(signal.SIGCONT)


async def until_a_write_succeeds(clients: Clients) -> None:
    async with (
        asyncio.timeout(300),
        httpx.AsyncClient(base_url=clients.base, timeout=SECONDS) as client,
    ):
        while not await clients.write(client):
            pass  # it pauses after a refusal
