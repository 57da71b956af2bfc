"""What a client is told as it happens."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry

from schema.context import Info
from schema.writes.changes import Change, ChangeFilter, shown, wanted
from service.errors import BadInput


@strawberry.type(description="Over graphql-transport-ws, or as server-sent events.")
class Subscription:
    @strawberry.subscription(  # type: ignore[untyped-decorator]
        description="Each change once, in order: those after a number, or from now on"
        " where there is none. Resume with the number of the last one received."
    )
    async def changes(
        self,
        info: Info,
        filter: ChangeFilter | None = strawberry.UNSET,
        after: int | None = strawberry.UNSET,
    ) -> AsyncGenerator[Change, None]:
        feed = info.context.feed
        if feed is None:
            raise BadInput("Subscriptions are served by `valuenet serve` alone.")
        number = after if isinstance(after, int) else None
        async with aclosing(feed.follow(number, wanted(filter or None))) as found:
            async for change in found:
                yield shown(change)
