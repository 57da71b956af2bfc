"""A process that writes until it is killed, and says what was acknowledged.

python -m tests.faults.writer URI DATABASE PREFIX     (the password on stdin)
"""

from __future__ import annotations

import asyncio
import sys

from service.database import Address
from service.graph import open_graph
from tests.faults.loop import Told, create


async def main() -> None:
    uri, database, prefix = sys.argv[1:]
    address = Address(uri, "neo4j", sys.stdin.readline().strip(), database)
    async with open_graph(address, 30) as graph:
        number = 0
        while True:
            told, key = Told(), f"{prefix}-{number}"
            sys.stdout.write(f"sent {key}\n")
            await create(graph, key, told)
            if told.done:
                sys.stdout.write(f"done {key}\n")
            sys.stdout.flush()
            number += 1


if __name__ == "__main__":
    asyncio.run(main())
