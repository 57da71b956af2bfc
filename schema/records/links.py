"""Fields that lead from a record node to what it links."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading
from schema.records.node import compiled_as
from service.errors import Unavailable
from service.vocabulary import NODES


def linked(label: str, name: str) -> Any:
    """The one end that the record's link `name` leads to, or null."""
    link = next(k for k in NODES[label].links if k.name == name)

    async def resolve(root: Any, info: Info) -> Any:
        for link_type, *parts in await reading.links(info.context, label, root.key):
            end_label, key = reading.end(parts)
            if (link_type, end_label) == (link.type, link.label):
                return await reading.node(info.context, end_label, key)
        if link.required:
            raise Unavailable(f"{label} {root.key!r} lacks its {name}.")
        return None

    return strawberry.field(
        resolver=resolve, metadata=compiled_as(link), description=f"The {link.noun}."
    )
