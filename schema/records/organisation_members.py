"""Organisation.members: who is inside an organisation, and who is tied to those."""

from __future__ import annotations

from typing import Any

from schema.context import Info, today
from schema.records.connection_fields import Wanted, listing
from schema.records.grouping import Source
from schema.records.reading import nodes_page
from service.networks.members import organisation_sides
from service.vocabulary.enums import Side


async def keys_of(
    root: Any, info: Info, wanted: Wanted, given: dict[str, Any]
) -> list[str]:
    """The keys of one side or of both, on the day asked for or today."""
    day = wanted.day or today()
    inside, outside = await organisation_sides(info.context.graph, root.key, day)
    sides = {Side.INTERNAL: inside, Side.EXTERNAL: outside}
    side = given.get("side")
    return sorted(sides[side] if side else inside | outside)


async def read(root: Any, info: Info, wanted: Wanted, given: dict[str, Any]) -> Any:
    keys = await keys_of(root, info, wanted, given)
    return await nodes_page(info.context, "Member", wanted, keys)


async def sourced(
    root: Any, info: Info, wanted: Wanted, given: dict[str, Any]
) -> Source:
    keys = await keys_of(root, info, wanted, given)
    return Source(wanted, "Member", among=tuple(keys))


def organisation_members() -> Any:
    return listing("Member", read, sourced, None, side=Side)
