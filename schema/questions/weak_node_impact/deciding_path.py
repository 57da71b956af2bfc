"""The path of a loss to a member: computed for all callers at once, in a thread."""

from __future__ import annotations

from typing import Any

from schema.context import Context
from schema.records.reading import members_of
from service.algorithms.cascade import Cascade
from service.computation.pool import in_thread


async def deciding_path(
    context: Context, keys: list[str], cascade: Cascade, member: int
) -> list[Any]:
    """The members from the seed to this one; `keys` holds the key of each number."""

    async def fetch(members: list[str]) -> dict[str, list[int]]:
        def paths() -> dict[str, list[int]]:
            return {text: cascade.deciding_path(int(text)) for text in members}

        return await in_thread(paths)

    name = ("deciding path", cascade)
    path = await context.load(name, str(member), fetch) or []
    return await members_of(context, [keys[step] for step in path])
