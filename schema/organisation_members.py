"""Organisation.members: who is inside an organisation, and who is tied to those."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.about import today
from schema.connection import connection, window_of
from schema.context import Info
from schema.reading import members_of
from service.groups import organisation_sides
from service.vocabulary.enums import Side
from service.vocabulary.nodes import Member


async def organisation_members(
    root: Any,
    info: Info,
    side: Side | None = strawberry.UNSET,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
    last: int | None = strawberry.UNSET,
    before: str | None = strawberry.UNSET,
    as_of: date | None = strawberry.UNSET,
) -> Any:
    context = info.context
    page = window_of(first, after, last, before).page(Member, context.settings.max_page)
    inside, outside = await organisation_sides(
        context.graph, root.key, as_of or today()
    )
    sides = {Side.INTERNAL: inside, Side.EXTERNAL: outside}
    keys = sides[side] if side else inside | outside
    found = await members_of(context, sorted(keys))
    found.sort(key=lambda member: (member.name, member.key), reverse=page.backward)

    async def count() -> int:
        return len(keys)

    beyond = [member for member in found if page.follows(member)]
    return connection(beyond, page, count)
