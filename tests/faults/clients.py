"""Clients over HTTP that write and read without a pause, and count every outcome."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.loop import Told

WRITERS, READERS = 6, 2
SECONDS = 90  # a client waits longer than the server may take
PAUSE = 0.05  # after a refusal
CREATE = """mutation ($key: String!, $name: String!) { createOrganisation(
  input: { key: $key, name: $name }, idempotencyKey: $key) { __typename } }"""
READ = "{ communities { totalCount } }"


@dataclass
class Clients:
    """What a load has been answered; `told` is about its writes."""

    base: str
    name: str
    told: Told = field(default_factory=Told)
    outcomes: Counter[str] = field(default_factory=Counter)
    longest: float = 0
    is_over: bool = False
    sent: int = 0

    async def run(self) -> None:
        limits = httpx.Limits(max_connections=WRITERS + READERS)
        async with httpx.AsyncClient(
            base_url=self.base, timeout=SECONDS, limits=limits
        ) as client:
            writers = [self._write_on(client) for _ in range(WRITERS)]
            readers = [self._read_on(client) for _ in range(READERS)]
            await asyncio.gather(*writers, *readers)

    async def _write_on(self, client: httpx.AsyncClient) -> None:
        while not self.is_over:
            await self.write(client)

    async def write(self, client: httpx.AsyncClient) -> bool:
        """Create one organisation; whether that was acknowledged."""
        self.sent += 1
        key = f"{self.name}-{self.sent}"
        variables = {"key": key, "name": key}
        data = await self._ask(client, "write", CREATE, variables)
        is_done = data == {"createOrganisation": {"__typename": "Organisation"}}
        (self.told.done if is_done else self.told.failed).append(key)
        return is_done

    async def _read_on(self, client: httpx.AsyncClient) -> None:
        while not self.is_over:
            await self._ask(client, "read", READ, {})

    async def _ask(
        self, client: httpx.AsyncClient, kind: str, text: str, variables: dict[str, Any]
    ) -> Any:
        body, started = {"query": text, "variables": variables}, time.monotonic()
        try:
            response = await client.post("/graphql", json=body)
        except httpx.TransportError as error:
            self._count(kind, f"no answer ({type(error).__name__})", started)
            await asyncio.sleep(PAUSE)
            return None
        answer = response.json()
        code = "".join(e["extensions"]["code"] for e in answer.get("errors", []))
        retry = ", retry-after" if "retry-after" in response.headers else ""
        self._count(kind, f"{response.status_code} {code or 'data'}{retry}", started)
        if code:
            await asyncio.sleep(PAUSE)
        return answer.get("data")

    def _count(self, kind: str, outcome: str, started: float) -> None:
        self.outcomes[f"{kind}: {outcome}"] += 1
        self.longest = max(self.longest, time.monotonic() - started)
