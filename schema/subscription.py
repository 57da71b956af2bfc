"""The events that a client receives as they happen."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry

from schema.context import Info
from schema.types.field_from import field_from
from schema.writes.changes import Change, ChangeFilter, log_filter, to_graphql
from service.errors import BadInput


async def changes(
    info: Info,
    filter: ChangeFilter | None = strawberry.UNSET,
    after: int | None = strawberry.UNSET,
) -> AsyncGenerator[Change, None]:
    """Each change once, in order, as it happens. To resume, pass the number of the last
    change received as `after`.

    filter: Which changes to send; all by default.
    after: Send the changes after this number first; by default only new ones.
    """
    feed = info.context.feed
    if feed is None:
        raise BadInput("Subscriptions are served by `valuenet serve` alone.")
    number = after if isinstance(after, int) else None
    async with aclosing(feed.follow(number, log_filter(filter or None))) as log_changes:
        async for change in log_changes:
            yield to_graphql(change)


@strawberry.type(
    description="Subscriptions, over graphql-transport-ws or as server-sent events."
)
class Subscription:
    changes: AsyncGenerator[Change, None] = field_from(
        changes, make=strawberry.subscription
    )
