"""Organisation.members: internal members of an organisation, and external ones."""

from __future__ import annotations

from typing import Any

from schema.context import Info, today
from schema.records.connection_fields import connection_field
from schema.records.grouping import AggregateSource
from schema.records.reading import nodes_page
from service.compiler.pages import RecordSelection
from service.networks.members import organisation_sides
from service.vocabulary.enums import Side

SIDE = (Side, "Only internal or only external members; both if absent.")


async def keys_of(
    root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
) -> list[str]:
    """The keys of one side or of both, on the day of `asOf` or today."""
    day = selection.day or today()
    internal, external = await organisation_sides(info.context.graph, root.key, day)
    sides = {Side.INTERNAL: internal, Side.EXTERNAL: external}
    side = arguments.get("side")
    return sorted(sides[side] if side else internal | external)


async def read_sides(
    root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
) -> Any:
    keys = await keys_of(root, info, selection, arguments)
    return await nodes_page(info.context, "Member", selection, keys)


async def aggregate_source(
    root: Any, info: Info, selection: RecordSelection, arguments: dict[str, Any]
) -> AggregateSource:
    keys = await keys_of(root, info, selection, arguments)
    return AggregateSource(selection, "Member", keys=tuple(keys))


def organisation_members() -> Any:
    return connection_field(
        "Member",
        read_sides,
        aggregate_source,
        None,
        "Internal members (its teams, subsidiaries and people, transitively) and"
        " external ones (every other member tied to them), on the day of `asOf` or"
        " today.",
        side=SIDE,
    )
