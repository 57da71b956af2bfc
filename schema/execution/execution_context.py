"""Strawberry's executor without the cycle that kept whole answers in memory.

Its helpers are bound methods of it, so that only a search of the garbage collector,
which holds up all requests, freed what an execution had read.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any

from graphql.pyutils import gather_with_cancel
from graphql.type.definition import GraphQLResolveInfoHelpers
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


class AcyclicExecutionContext(StrawberryGraphQLCoreExecutionContext):
    """Is freed, with all that it read, when its execution ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = weakref.ref(self)

        def track(values: Sequence[Any]) -> None:
            if context := own():
                context.track_async_work(values)

        self.async_helpers = GraphQLResolveInfoHelpers(
            gather=lambda values: gather_with_cancel(*values), track=track
        )
