"""Over whom a loss came to a member: found for all who ask at once, off the loop."""

from __future__ import annotations

import asyncio
from typing import Any

from schema.context import Context
from schema.records.reading import members_of
from service.algorithms.cascade import Cascade


async def deciding_path(
    context: Context, keys: list[str], cascade: Cascade, member: int
) -> list[Any]:
    """The members from the seed to this one; `keys` are those of all numbers."""

    async def fetch(asked: list[str]) -> dict[str, list[int]]:
        def find() -> dict[str, list[int]]:
            return {text: cascade.deciding_path(int(text)) for text in asked}

        return await asyncio.to_thread(find)

    name = ("deciding path", cascade)
    path = await context.load(name, str(member), fetch) or []
    return await members_of(context, [keys[step] for step in path])
